//! What there is before the program starts: a data folder with somebody in it, an engagement, rehearsal servers.

use std::{net::SocketAddr, path::Path};

use jalon_catalogue::Catalogue;
use jalon_domain::{
    ids::{EngagementId, IdSource},
    text::Lang,
};
use jalon_rehearsal::scene::Scene;
use jalon_service::{
    App, Caller, Clock, Settings, World, account::NewAdministrator, directory::SourceInput, engagement::NewEngagement,
};
use jalon_store::{Location, Store};
use jalon_testkit::{Predictable, Stage};
use jiff::{Timestamp, civil::date};
use uuid::Uuid;

/// The present: the program, which runs beside, lives in it too.
struct Present;

impl Clock for Present {
    fn now(&self) -> Timestamp {
        now()
    }
}

impl IdSource for Present {
    #[expect(clippy::disallowed_methods, reason = "rows of two processes must not meet")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// Now.
#[expect(
    clippy::disallowed_methods,
    reason = "the program that runs beside asks the same clock"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The application on an open store.
pub(crate) fn app(store: Store) -> App {
    let world = World {
        clock: Box::new(Present),
        ids: Box::new(Present),
        entropy: Box::new(Predictable::default()),
    };
    App::new(store, Catalogue::builtin(), world, Settings::default())
}

/// Makes Claire Morel the administrator of a fresh store.
pub(crate) async fn administrator(app: &App) -> Caller {
    let secret = app.set_up_secret().await.unwrap().expect("nobody is known yet");
    let new = NewAdministrator {
        secret,
        name: "Claire Morel".to_owned(),
        email: "claire@nord.example.com".to_owned(),
        password: "a tall stake on a windy moor".to_owned(),
        lang: Lang::En,
    };
    Caller {
        person: app.set_up(new).await.unwrap(),
    }
}

/// A data folder that knows an administrator, and nobody who holds it.
pub(crate) async fn folder_with_somebody(folder: &Path) {
    let app = app(Store::open(&Location::Folder(folder.to_owned())).await.unwrap());
    administrator(&app).await;
    app.store().clone().close().await;
}

/// A data folder whose engagement measures a live directory with a password; nobody has asked it anything yet.
pub(crate) async fn folder_with_a_directory(folder: &Path) {
    let app = app(Store::open(&Location::Folder(folder.to_owned())).await.unwrap());
    let admin = administrator(&app).await;
    let id = engagement(&app, &admin, Vec::new()).await;
    let directory = SourceInput {
        server: "dc1.nord.example".to_owned(),
        user: "svc-jalon@nord.example".to_owned(),
        password: Some("a password".to_owned().into()),
        ..SourceInput::default()
    };
    app.add_source(&admin, id, &directory).await.unwrap();
    app.store().clone().close().await;
}

/// The sample organisation's engagement, which measures `domains`.
pub(crate) async fn engagement(app: &App, admin: &Caller, domains: Vec<String>) -> EngagementId {
    let new = NewEngagement {
        organisation: "Example Nord".to_owned(),
        name: None,
        profile: Stage::profile(),
        start: date(2026, 9, 7),
        target: None,
        domains,
        endpoints: Vec::new(),
    };
    app.create_engagement(admin, &new, Vec::new()).await.unwrap().id
}

/// The sample organisation's servers.
pub(crate) async fn scene() -> Scene {
    Scene::open(now()).await.unwrap()
}

/// Where a host of the scene is.
pub(crate) fn at(scene: &Scene, host: &str) -> SocketAddr {
    let found = scene
        .endpoints()
        .into_iter()
        .find(|it| it.host == host)
        .expect("a host of the scene");
    SocketAddr::new(found.addr, found.port)
}

/// Runs something that blocks while the servers of this process answer.
pub(crate) async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

/// An id as the program takes it.
pub(crate) fn id(json: &serde_json::Value) -> EngagementId {
    json["id"].as_str().expect("an id").parse().expect("an id")
}
