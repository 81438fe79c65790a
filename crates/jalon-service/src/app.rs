//! The application: the store, the catalogue, and the world (time, identifiers, randomness, network) as parameters.

use std::{fmt, net::SocketAddr, sync::Arc, time::Duration};

use jalon_catalogue::Catalogue;
use jalon_domain::ids::IdSource;
use jalon_store::Store;
use jiff::Timestamp;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Where unpredictable bytes come from: session tokens, one-time links, salts.
pub trait Entropy: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// How measurements reach out.
#[derive(Clone, Debug)]
pub struct Network {
    /// Name servers to ask; empty means the system's.
    pub resolvers: Vec<SocketAddr>,
    /// The port on which authoritative name servers listen.
    pub authority_port: u16,
    /// Trusted roots in PEM; none means the public ones.
    pub roots_pem: Option<String>,
    /// Patience with one answer.
    pub timeout: Duration,
    /// Whether loopback and private addresses may be measured.
    pub allow_private: bool,
    /// What measurements made here are marked with.
    pub vantage: String,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            resolvers: Vec::new(),
            authority_port: 53,
            roots_pem: None,
            timeout: Duration::from_secs(5),
            allow_private: true,
            vantage: "local".to_owned(),
        }
    }
}

/// What can be set from outside.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How measurements reach out.
    pub network: Network,
    /// Largest uploaded file, bytes.
    pub upload_limit: u64,
    /// How long a session lasts without being used.
    pub session_idle: Duration,
    /// How many observations are kept per requirement and target; changes of outcome are kept for ever.
    pub keep_observations: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            network: Network::default(),
            upload_limit: 256 << 20,
            session_idle: Duration::from_secs(14 * 24 * 3600),
            keep_observations: 20,
        }
    }
}

/// The world as the program sees it.
pub struct World {
    /// The time.
    pub clock: Box<dyn Clock>,
    /// Identifiers.
    pub ids: Box<dyn IdSource>,
    /// Randomness.
    pub entropy: Box<dyn Entropy>,
}

/// The application. Cheap to clone; every use case is a method on it.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    catalogue: &'static Catalogue,
    world: World,
    settings: Settings,
}

impl App {
    /// Puts it together.
    pub fn new(store: Store, catalogue: &'static Catalogue, world: World, settings: Settings) -> Self {
        Self(Arc::new(Inner {
            store,
            catalogue,
            world,
            settings,
        }))
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The catalogue that new engagements follow.
    pub fn catalogue(&self) -> &'static Catalogue {
        self.0.catalogue
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.0.world.clock.now()
    }

    /// Where identifiers come from.
    pub fn ids(&self) -> &dyn IdSource {
        self.0.world.ids.as_ref()
    }

    /// The clock, for what must ask for the time while it works.
    pub fn clock(&self) -> &dyn Clock {
        self.0.world.clock.as_ref()
    }

    /// Where randomness comes from.
    pub(crate) fn entropy(&self) -> &dyn Entropy {
        self.0.world.entropy.as_ref()
    }

    /// A fresh secret of 256 bits, in base64url without padding.
    pub fn secret(&self) -> String {
        use base64::Engine as _;
        let mut bytes = [0u8; 32];
        self.0.world.entropy.fill(&mut bytes);
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
    }

    /// An unpredictable id for a DNS question (RFC 5452, section 4.3).
    pub fn question_id(&self) -> u16 {
        let mut bytes = [0u8; 2];
        self.0.world.entropy.fill(&mut bytes);
        u16::from_be_bytes(bytes)
    }

    /// A fresh salt.
    pub fn salt(&self) -> [u8; 16] {
        let mut bytes = [0u8; 16];
        self.0.world.entropy.fill(&mut bytes);
        bytes
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("settings", self.settings())
            .finish_non_exhaustive()
    }
}
