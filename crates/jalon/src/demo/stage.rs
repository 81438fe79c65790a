//! The stage: a temporary folder, the rehearsal servers, the application on both, and the story played on them.

use jalon_catalogue::Catalogue;
use jalon_domain::{ids::EngagementId, text::Lang};
use jalon_rehearsal::scene::Scene;
use jalon_service::{
    App, Caller, Network, Settings, World,
    account::NewAdministrator,
    engagement::{NewEngagement, NewMember},
};
use jalon_store::{Location, Store, people};
use jiff::{ToSpan, tz::TimeZone};
use tempfile::TempDir;

use super::{
    clock::{StoryClock, moment},
    play::Play,
    story::{Somebody, Story, story},
};
use crate::{
    exit::{Failure, Result},
    world::{self, FreshIds, SystemEntropy},
};

/// The demonstration, ready to be looked at. Dropping it removes its folder and closes its servers.
pub(crate) struct Stage {
    /// The application.
    pub(crate) app: App,
    /// The engagement.
    pub(crate) engagement: EngagementId,
    /// Who signs in.
    pub(crate) lead: Caller,
    // What measurements reach; it answers as long as it is held.
    _scene: Scene,
    // The last to go: everything else has files in it.
    _folder: TempDir,
}

impl Stage {
    /// Opens the servers and plays the story.
    pub(crate) async fn open(lang: Lang) -> Result<Self> {
        let (story, now) = (story(), world::now());
        let opened = |error: &dyn ToString| Failure::new("demo-stage", &[("error", error.to_string().into())]);
        let folder = tempfile::Builder::new()
            .prefix("jalon-demo-")
            .tempdir()
            .map_err(|it| opened(&it))?;
        let mut scene = Scene::open(now).await.map_err(|it| opened(&it))?;
        let store = Store::open(&Location::Folder(folder.path().to_owned())).await?;
        let clock = StoryClock::new();
        let world = World {
            clock: Box::new(clock.clone()),
            ids: Box::new(FreshIds),
            entropy: Box::new(SystemEntropy),
        };
        let app = App::new(store, Catalogue::builtin(), world, settings(&scene));
        clock.set(moment(now, story.begins, 0));
        let lead = set_up(&app, &story, lang).await?;
        let engagement = create(&app, &story, &lead, lang, now).await?;
        let people = cast(&app, &story, &lead, engagement).await?;
        let mut play = Play {
            app: &app,
            clock: &clock,
            scene: &mut scene,
            engagement,
            organisation: &story.organisation,
            lang,
            now,
            people: &people,
        };
        for day in &story.days {
            play.day(day).await?;
        }
        clock.release();
        Ok(Self {
            app,
            engagement,
            lead,
            _scene: scene,
            _folder: folder,
        })
    }
}

fn settings(scene: &Scene) -> Settings {
    let network = Network {
        resolvers: vec![scene.dns()],
        authority_port: scene.dns().port(),
        roots_pem: Some(scene.roots_pem()),
        ..Network::default()
    };
    Settings {
        network,
        ..Settings::default()
    }
}

/// The first administrator is the project manager: the first of the people by key order would be anybody.
async fn set_up(app: &App, story: &Story, lang: Lang) -> Result<Caller> {
    let who = &story.people[LEAD];
    let secret = app.set_up_secret().await?.unwrap_or_default();
    let password = app.secret();
    let new = NewAdministrator {
        secret,
        name: who.name.clone(),
        email: who.email.clone(),
        password,
        lang,
    };
    Ok(Caller {
        person: app.set_up(new).await?,
    })
}

/// The key of the project manager.
const LEAD: &str = "claire";

async fn create(app: &App, story: &Story, lead: &Caller, lang: Lang, now: jiff::Timestamp) -> Result<EngagementId> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let new = NewEngagement {
        organisation: story.organisation.clone(),
        name: Some(story.name.get(lang).to_owned()),
        profile: story.profile.clone(),
        start: app.now().to_zoned(TimeZone::UTC).date(),
        target: Some(today.saturating_add(i64::from(story.target_in).days())),
        domains: story.domains.clone(),
        endpoints: Vec::new(),
    };
    Ok(app.create_engagement(lead, &new, Vec::new()).await?.id)
}

/// Everybody joins; the project manager comes first.
async fn cast(app: &App, story: &Story, lead: &Caller, engagement: EngagementId) -> Result<Vec<(String, Caller)>> {
    let mut people: Vec<(String, Caller)> = Vec::new();
    for (key, who) in &story.people {
        people.push((key.clone(), join(app, lead, engagement, who).await?));
    }
    people.sort_by_key(|it| it.0 != LEAD);
    Ok(people)
}

async fn join(app: &App, lead: &Caller, engagement: EngagementId, who: &Somebody) -> Result<Caller> {
    for role in &who.roles {
        let new = NewMember {
            name: who.name.clone(),
            email: who.email.clone(),
            level: who.level,
            role: Some(*role),
        };
        app.add_member(lead, engagement, &new).await?;
    }
    let person = people::find_by_email(app.store(), &who.email).await?;
    person
        .map(|person| Caller { person })
        .ok_or_else(|| Failure::new("nobody-called", &[("email", who.email.clone().into())]))
}
