//! What the page shows: targets by family with how they stand, people with their access and roles.

use jalon_domain::{
    evidence::Outcome,
    ids::{EngagementId, PersonId, TargetId},
    measure::Family,
    programme::Role,
};
use jalon_service::{
    Level,
    directory::SourceView,
    engagement::{Membership, Picture},
    view::{Header, checks::TargetRow},
};
use jiff::Timestamp;

use crate::{App, error::PageError, session::Session};

/// The page.
#[derive(Clone, Debug, PartialEq)]
pub struct Targets {
    /// The engagement.
    pub header: Header,
    /// Every family with its targets.
    pub families: Vec<(Family, Vec<Target>)>,
    /// Everybody who takes part, by name.
    pub people: Vec<Member>,
    /// The largest file, bytes.
    pub upload_limit: u64,
}

/// A target.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its id.
    pub id: TargetId,
    /// As typed.
    pub value: String,
    /// What its last run said, and when it ended.
    pub last: Option<(Outcome, Timestamp)>,
    /// When what was seen of it expires first.
    pub expires_at: Option<Timestamp>,
    /// Open findings on it.
    pub findings: usize,
    /// How it is reached, where it is a live directory.
    pub source: Option<SourceView>,
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The widest access that their parts give.
    pub level: Level,
    /// Their roles.
    pub roles: Vec<Role>,
    /// Whether they speak for the provider.
    pub is_provider: bool,
    /// Whether they were invited and have not joined yet.
    pub is_awaited: bool,
    /// Whether they may no longer sign in.
    pub is_disabled: bool,
}

/// Loads it; the checks' own view decides who may see it.
pub(super) async fn load(app: &App, session: &Session, id: EngagementId) -> Result<Targets, PageError> {
    let checks = app.service.checks(&session.caller, id).await?;
    let picture = Picture::load(&app.service, app.service.store(), id).await?;
    let sources = app.service.sources(&session.caller, id).await?;
    let families = checks
        .families
        .into_iter()
        .map(|it| (it.family, it.targets.iter().map(|it| target(it, &sources)).collect()));
    Ok(Targets {
        header: checks.header,
        families: families.collect(),
        people: people(&picture.members),
        upload_limit: app.service.settings().upload_limit,
    })
}

fn target(row: &TargetRow, sources: &[SourceView]) -> Target {
    let last = row.last.as_ref().and_then(|it| Some((it.outcome?, it.ended_at?)));
    Target {
        id: row.id,
        value: row.value.clone(),
        last,
        expires_at: row.last.as_ref().and_then(|it| it.expires_at),
        findings: row.findings,
        source: sources.iter().find(|it| it.id == row.id).cloned(),
    }
}

/// One line a person, however many roles they hold.
fn people(parts: &[Membership]) -> Vec<Member> {
    let mut people: Vec<Member> = Vec::new();
    for Membership { member, person } in parts {
        let (level, is_provider) = (Level::from_word(&member.access), member.party == "provider");
        match people.iter_mut().find(|it| it.id == person.id) {
            Some(known) => {
                known.level = known.level.max(level);
                known.roles.extend(member.role);
                known.is_provider |= is_provider;
            }
            None => people.push(Member {
                id: person.id,
                name: person.name.clone(),
                email: person.email.clone(),
                level,
                roles: member.role.into_iter().collect(),
                is_provider,
                is_awaited: person.password_hash.is_none(),
                is_disabled: person.disabled_at.is_some(),
            }),
        }
    }
    people
}
