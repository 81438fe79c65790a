//! What tests of the service and of the doors stand on: an application on a store of either engine, with a clock that
//! moves only when told, identifiers that count, and people who may act. No product code.

pub mod lab;

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use jalon_catalogue::Catalogue;
use jalon_domain::{
    ids::{EngagementId, IdSource},
    measure::Family,
    profile::{Choice, Cloud, Profile, Programme, Service},
    text::Lang,
};
use jalon_rehearsal::scene::Scene;
use jalon_service::{
    App, Caller, Clock, Entropy, Network, Settings, World,
    account::NewAdministrator,
    engagement::{NewEngagement, NewTarget},
    measure::{Worker, WorkerOptions},
};
use jalon_store::Store;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

pub use jalon_store::testing::{on_both, on_both_places};

/// A clock that stands still until somebody moves it.
#[derive(Clone, Debug)]
pub struct HandClock(Arc<Mutex<Timestamp>>);

impl HandClock {
    /// Stands at `now`.
    pub fn at(now: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    /// Moves on.
    pub fn pass(&self, duration: SignedDuration) {
        let mut now = self.0.lock().expect("nobody panics while holding the clock");
        *now = now.saturating_add(duration).unwrap_or(*now);
    }

    /// Moves on by so many days.
    pub fn pass_days(&self, days: i64) {
        self.pass(SignedDuration::from_hours(24 * days));
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("nobody panics while holding the clock")
    }
}

/// Identifiers that count, laid out as UUIDv7 so that later ones sort after earlier ones.
#[derive(Debug, Default)]
pub struct Counting(AtomicU64);

impl IdSource for Counting {
    fn next(&self) -> Uuid {
        let n = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Uuid::from_u128((u128::from(n) << 64) | (7 << 76) | (2 << 62) | u128::from(n))
    }
}

/// Bytes that differ each time and surprise nobody.
#[derive(Debug, Default)]
pub struct Predictable(AtomicU64);

impl Entropy for Predictable {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self
            .0
            .fetch_add(1, Ordering::Relaxed)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            | 1;
        for byte in bytes {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            *byte = state.to_le_bytes()[3];
        }
    }
}

/// The instant at which stages begin: the rehearsal's certificates are made for it.
pub fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().expect("a valid instant")
}

/// An application with a rehearsal to measure and somebody to act.
pub struct Stage {
    /// The application.
    pub app: App,
    /// Its clock.
    pub clock: HandClock,
    /// What there is to measure.
    pub scene: Scene,
    /// The administrator.
    pub admin: Caller,
}

impl Stage {
    /// Sets the stage on `store`.
    ///
    /// # Panics
    /// When it cannot be set.
    pub async fn on(store: Store) -> Self {
        let clock = HandClock::at(noon());
        let scene = Scene::open(noon()).await.expect("the rehearsal opens on loopback");
        let network = Network {
            resolvers: vec![scene.dns()],
            authority_port: scene.dns().port(),
            roots_pem: Some(scene.roots_pem()),
            ..Network::default()
        };
        let world = World {
            clock: Box::new(clock.clone()),
            ids: Box::new(Counting::default()),
            entropy: Box::new(Predictable::default()),
        };
        let app = App::new(
            store,
            Catalogue::builtin(),
            world,
            Settings {
                network,
                ..Settings::default()
            },
        );
        let secret = app
            .set_up_secret()
            .await
            .expect("the store answers")
            .expect("nobody is known yet");
        let new = NewAdministrator {
            secret,
            name: "Claire Morel".to_owned(),
            email: "claire@nord.example.com".to_owned(),
            password: "a tall stake on a windy moor".to_owned(),
            lang: Lang::En,
        };
        let person = app.set_up(new).await.expect("the first administrator is made");
        Self {
            app,
            clock,
            scene,
            admin: Caller { person },
        }
    }

    /// The sample organisation's profile: Office 365 and EMS with an on-premises directory.
    pub fn profile() -> Profile {
        Profile {
            programmes: Programme::ALL.iter().copied().collect(),
            services: [
                Service::Exchange,
                Service::Teams,
                Service::Intune,
                Service::EntraPremium,
            ]
            .into(),
            options: [
                Choice::DirectorySync,
                Choice::SourceRetirement,
                Choice::DeviceManagement,
                Choice::PublishedServers,
            ]
            .into(),
            seats: 2340,
            cloud: Cloud::Worldwide,
        }
    }

    /// An engagement of the sample organisation that measures the rehearsal.
    ///
    /// # Panics
    /// When it cannot be created.
    pub async fn engagement(&self) -> EngagementId {
        let new = NewEngagement {
            organisation: "Example Nord".to_owned(),
            name: None,
            profile: Self::profile(),
            start: jiff::civil::date(2026, 9, 7),
            target: None,
            domains: Scene::DOMAINS.iter().map(|it| (*it).to_owned()).collect(),
            endpoints: Vec::new(),
        };
        let bytes = self.scene.directory().ldif.clone();
        let stream = futures_once(bytes.into());
        let upload = self
            .app
            .keep_upload("nord.ldif", "text/plain", stream)
            .await
            .expect("the file is kept");
        let created = self
            .app
            .create_engagement(&self.admin, &new, vec![upload])
            .await
            .expect("it is created");
        for endpoint in self.scene.endpoints() {
            let target = NewTarget {
                family: Family::Tls,
                value: format!("{}:{}", endpoint.host, endpoint.port),
                connect: Some(SocketAddr::new(endpoint.addr, endpoint.port).to_string()),
                file: None,
            };
            self.app
                .add_target(&self.admin, created.id, target)
                .await
                .expect("the endpoint is taken");
        }
        created.id
    }

    /// An engagement of another organisation that measures nothing.
    ///
    /// # Panics
    /// When it cannot be created.
    pub async fn engagement_without_targets(&self) -> EngagementId {
        let new = NewEngagement {
            organisation: "Example Ouest".to_owned(),
            name: None,
            profile: Self::profile(),
            start: jiff::civil::date(2026, 9, 7),
            target: None,
            domains: Vec::new(),
            endpoints: Vec::new(),
        };
        let created = self.app.create_engagement(&self.admin, &new, Vec::new());
        created.await.expect("it is created").id
    }

    /// Does everything that waits to be done.
    ///
    /// # Panics
    /// When the store does not answer.
    pub async fn work(&self) {
        let worker = Worker::new(self.app.clone(), WorkerOptions::named("stage"));
        worker.drain().await.expect("the store answers");
    }
}

/// A stream of one piece.
fn futures_once(
    bytes: bytes::Bytes,
) -> impl futures::Stream<Item = std::result::Result<bytes::Bytes, std::convert::Infallible>> {
    futures::stream::once(async move { Ok(bytes) })
}
