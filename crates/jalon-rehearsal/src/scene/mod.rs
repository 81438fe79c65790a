//! "Example Nord": one organisation with three domains, four hosts and a directory, faults planted in each, all inside
//! the process. The zones are files beside the code; how a server works is `dns`, `tls` and `directory`.

mod fault;

use std::io;
use std::net::{IpAddr, SocketAddr};

use jiff::Timestamp;

pub use fault::Fault;

use crate::directory::{Directory, Plan};
use crate::dns::{BadLine, Server, Zones};
use crate::tls::{Condition, Listener, Listeners, TlsError};

/// The zones of the scene; a test reads them all.
const ZONES: [&str; 5] = [
    include_str!("../../zones/nord.zone"),
    include_str!("../../zones/agences.zone"),
    include_str!("../../zones/siege.zone"),
    include_str!("../../zones/provider.zone"),
    include_str!("../../zones/parents.zone"),
];

/// The hosts that TLS listeners play.
const HOSTS: [(&str, Condition); 4] = [
    (fault::MAIL, Condition::ExpiresSoon),
    ("sts.nord.example.com", Condition::Sound),
    (fault::AUTODISCOVER, Condition::MissingName),
    ("portal.nord.example.com", Condition::Sound),
];

/// The sample organisation, on the air until it is dropped.
pub struct Scene {
    dns: Server,
    tls: Listeners,
    directory: Directory,
    faults: Vec<Fault>,
}

/// A host of the organisation and the loopback port that plays it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its name, to send and to verify.
    pub host: String,
    /// Where it is.
    pub addr: IpAddr,
    /// The TCP port.
    pub port: u16,
}

/// The scene could not be opened or changed.
#[derive(Debug, thiserror::Error)]
pub enum SceneError {
    /// No port for the name server.
    #[error("the name server could not be started: {0}")]
    Dns(#[from] io::Error),
    /// A certificate or its port.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// A line of a zone.
    #[error("a zone of the scene is wrong: {0}")]
    Zone(#[from] BadLine),
}

impl Scene {
    /// The domains of the organisation: the faulty one, the nearly correct one, the correct one.
    pub const DOMAINS: [&str; 3] = ["nord.example.com", "agences.example.com", "siege.example.com"];

    /// Opens every server on 127.0.0.1, with all faults planted and certificates dated from `now`.
    ///
    /// # Errors
    /// See [`SceneError`].
    pub async fn open(now: Timestamp) -> Result<Self, SceneError> {
        let mut tls = Listeners::new(now)?;
        for (host, condition) in HOSTS {
            tls.open(host, condition).await?;
        }
        let directory = Directory::from(Plan::demo());
        Ok(Self {
            dns: Server::start(zones()?, 0).await?,
            tls,
            faults: fault::all(&directory.plan),
            directory,
        })
    }

    /// The name server that answers for the organisation and for the stand-ins of the provider's zones.
    #[must_use]
    pub fn dns(&self) -> SocketAddr {
        self.dns.addr()
    }

    /// The hosts and where they are.
    #[must_use]
    pub fn endpoints(&self) -> Vec<Endpoint> {
        self.tls.iter().map(Endpoint::from).collect()
    }

    /// The root certificate that a check must trust, as PEM.
    #[must_use]
    pub fn roots_pem(&self) -> String {
        self.tls.roots_pem()
    }

    /// The directory export, with what is planted in it.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The faults that are still there, in the order of [`Fault`].
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Publishes the fix of one fault: the next measurement no longer finds it. Twice is no error.
    ///
    /// # Errors
    /// When a new certificate cannot be made; nothing is changed then.
    pub fn heal(&mut self, fault: Fault) -> Result<(), SceneError> {
        if let Some(cure) = fault.zone_cure() {
            self.dns.edit(|zones| cure.apply(zones))?;
        }
        if let Some(host) = fault.host_cure() {
            self.tls.renew(host, Condition::Sound)?;
        }
        if let Fault::Directory(rule) = fault {
            self.directory = Directory::from(self.directory.plan.clone().without(rule));
        }
        self.faults.retain(|it| *it != fault);
        Ok(())
    }

    /// Changes the zones by hand, to plant a fault that the scene does not know.
    pub fn edit<T>(&self, change: impl FnOnce(&mut Zones) -> T) -> T {
        self.dns.edit(change)
    }
}

impl From<&Listener> for Endpoint {
    fn from(listener: &Listener) -> Self {
        Self {
            host: listener.host.clone(),
            addr: listener.addr.ip(),
            port: listener.addr.port(),
        }
    }
}

fn zones() -> Result<Zones, BadLine> {
    let mut zones = Zones::default();
    for text in ZONES {
        zones.publish(text)?;
    }
    Ok(zones)
}
