//! Fresh stores on either engine, and a few rows to begin with, for the tests of this crate and of those above it.
//!
//! ```text
//! #[tokio::test]
//! async fn a_setting_comes_back() {
//!     on_both(async |store| { … }).await;
//! }
//! ```

use std::{
    panic::AssertUnwindSafe,
    sync::atomic::{AtomicU64, Ordering},
};

use futures::FutureExt;
use jalon_domain::{
    ids::{EngagementId, IdSource, OrganisationId, PersonId, RunId, TargetId},
    measure::Family,
    profile::{Cloud, Profile, Programme, Service},
    text::Lang,
};
use jiff::{Timestamp, civil::date};
use sea_orm::{ConnectionTrait, SqlxPostgresConnector};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    Engine, Location, Store, connect,
    engagements::{self, Engagement},
    organisations::{self, Organisation},
    people::{self, Person},
    runs::{Run, RunState, Trigger},
    targets::{self, Target},
};

/// Tells a story to a fresh store on SQLite, then to one on PostgreSQL.
///
/// # Panics
/// When the story does, or when there is no PostgreSQL to tell it to.
pub async fn on_both(story: impl AsyncFn(Store)) {
    on_both_places(async |place| story(place.open().await).await).await;
}

/// Tells a story to the place of a fresh store on SQLite, then to one on PostgreSQL: for stories that open it themselves.
///
/// # Panics
/// When the story does, or when there is no PostgreSQL to tell it to.
pub async fn on_both_places(story: impl AsyncFn(&Place)) {
    tell(&story, Place::sqlite()).await;
    tell(&story, Place::postgres().await).await;
}

/// Tells the story to one place, and leaves nothing behind even when it panics.
async fn tell(story: &impl AsyncFn(&Place), place: Place) {
    let told = AssertUnwindSafe(story(&place)).catch_unwind().await;
    let engine = place.engine();
    place.remove().await;
    if let Err(panic) = told {
        eprintln!("the story failed on {engine:?}");
        std::panic::resume_unwind(panic);
    }
}

/// Where a store can be opened, and what is to be removed afterwards.
pub struct Place {
    location: Location,
    folder: TempDir,
    /// The server's address and the database's name.
    database: Option<(String, String)>,
}

impl Place {
    /// An empty folder.
    ///
    /// # Panics
    /// When there is no room for temporary files.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            location: Location::Folder(folder.path().join("data")),
            folder,
            database: None,
        }
    }

    /// An empty database on the server at `JALON_TEST_PG`.
    ///
    /// # Panics
    /// When there is no server.
    pub async fn postgres() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let server = server();
        // The folder's name is unique on this machine, and so is the database's.
        let unique: String = folder
            .path()
            .to_string_lossy()
            .bytes()
            .rev()
            .take(6)
            .map(|it| format!("{it:02x}"))
            .collect();
        let name = format!("jalon_test_{}_{unique}", std::process::id());
        admin(&server, &format!("CREATE DATABASE {name}")).await;
        let (front, _) = server.rsplit_once('/').expect("JALON_TEST_PG ends in /DATABASE");
        let key = folder.path().join("test.key");
        key_file(&key);
        let location = Location::Url {
            url: format!("{front}/{name}"),
            files: folder.path().join("files"),
            key: Some(key),
        };
        Self {
            location,
            folder,
            database: Some((server, name)),
        }
    }

    /// Where the store is.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// The engine there.
    pub fn engine(&self) -> Engine {
        if self.database.is_some() {
            Engine::Postgres
        } else {
            Engine::Sqlite
        }
    }

    /// Opens the store.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open(&self) -> Store {
        Store::open(&self.location).await.expect("the store opens")
    }

    /// Removes everything, whoever is still connected.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn remove(self) {
        if let Some((server, name)) = &self.database {
            admin(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        drop(self.folder);
    }
}

/// A key file that only its owner may read, as an administrator makes it.
fn key_file(path: &std::path::Path) {
    let bytes: Vec<u8> = (100..132).collect();
    let mut file = std::fs::OpenOptions::new();
    file.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    let made = file
        .open(path)
        .and_then(|mut it| std::io::Write::write_all(&mut it, &bytes));
    made.expect("a key file");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the address of the test server is no configuration of the program"
)]
fn server() -> String {
    std::env::var("JALON_TEST_PG").expect(
        "store tests run on PostgreSQL too: set JALON_TEST_PG to postgres://USER@HOST:PORT/DATABASE of a server where \
         databases may be created, or run `cargo xtask test`, which starts one",
    )
}

async fn admin(server: &str, sql: &str) {
    let pool = connect::postgres(server, 1)
        .await
        .expect("the server of JALON_TEST_PG answers");
    let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    connection
        .execute_unprepared(sql)
        .await
        .expect("the user of JALON_TEST_PG may create databases");
    connection.close().await.expect("the connection closes");
}

/// Identifiers that count from 1: the same in every test run, later ones after earlier ones.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl IdSource for Counter {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)) + 1)
    }
}

/// The instant `seconds` after the first second of 2026.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + seconds).expect("within a few years")
}

/// A person, an organisation and its engagement with one target: what most rows refer to.
#[derive(Clone, Debug)]
pub struct Basics {
    /// Ana Nord, no administrator.
    pub person: PersonId,
    /// Nord.
    pub organisation: OrganisationId,
    /// Its engagement.
    pub engagement: EngagementId,
    /// The domain `nord.example`.
    pub target: Target,
}

/// Puts the basics into `store`; a second call with the same `ids` puts in others.
///
/// # Panics
/// When the store does not take them.
pub async fn basics(store: &Store, ids: &dyn IdSource) -> Basics {
    let person = person(PersonId::new(ids));
    let organisation = organisation(OrganisationId::new(ids));
    let engagement = engagement(EngagementId::new(ids), organisation.id);
    let target = target(TargetId::new(ids), &engagement);
    store
        .write(async |tx| {
            people::insert(tx, &person).await?;
            organisations::insert(tx, &organisation).await?;
            engagements::insert(tx, &engagement).await?;
            targets::insert(tx, &target).await
        })
        .await
        .expect("the basics fit an empty store");
    Basics {
        person: person.id,
        organisation: organisation.id,
        engagement: engagement.id,
        target,
    }
}

/// A person with an address of their own.
pub fn person(id: PersonId) -> Person {
    Person {
        id,
        email: format!("ana.{}@nord.example", id.0.as_u128()),
        name: "Ana Nord".into(),
        password_hash: None,
        lang: Lang::Fr,
        theme: None,
        is_admin: false,
        created_at: at(0),
        disabled_at: None,
    }
}

/// An organisation with a slug of its own.
pub fn organisation(id: OrganisationId) -> Organisation {
    Organisation {
        id,
        name: "Nord".into(),
        slug: format!("nord-{}", id.0.as_u128()),
        created_at: at(0),
    }
}

/// An engagement of `organisation`.
pub fn engagement(id: EngagementId, organisation: OrganisationId) -> Engagement {
    Engagement {
        id,
        organisation,
        name: "Nord 2026".into(),
        profile: Profile {
            programmes: [Programme::Office365].into(),
            services: [Service::Exchange].into(),
            options: [].into(),
            seats: 2_340,
            cloud: Cloud::Worldwide,
        },
        catalogue: "1".into(),
        start: date(2026, 1, 5),
        target: None,
        created_at: at(0),
        version: 1,
    }
}

/// The domain `nord.example` of `engagement`.
pub fn target(id: TargetId, engagement: &Engagement) -> Target {
    Target {
        id,
        organisation: engagement.organisation,
        engagement: engagement.id,
        family: Family::Dns,
        value: "nord.example".into(),
        connect: None,
        attachment: None,
        created_at: at(0),
        removed_at: None,
    }
}

/// A run of the target of `of` that somebody asked for.
pub fn run(of: &Basics, ids: &dyn IdSource) -> Run {
    Run {
        id: RunId::new(ids),
        organisation: of.organisation,
        engagement: of.engagement,
        family: Family::Dns,
        target: of.target.id,
        target_value: of.target.value.clone(),
        trigger: Trigger::Manual,
        requested_by: Some(of.person),
        state: RunState::Queued,
        outcome: None,
        reason: None,
        queued_at: at(0),
        started_at: None,
        ended_at: None,
        job: None,
        report: None,
        sha256: None,
        found: 0,
        opened: None,
        closed: None,
        expires_at: None,
    }
}
