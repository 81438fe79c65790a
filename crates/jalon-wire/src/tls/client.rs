//! Looking at servers: first as a current client, then, when that shows nothing, by hand.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use jiff::Timestamp;
use rustls::ProtocolVersion;
use tokio::{
    net::TcpStream,
    time::{Instant, timeout},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{
    CertificateFacts, Handshake, Roots, Target, TlsError, Version, alert,
    connect::{Connection, connect, connect_to},
    handshake::Seen,
    hello::{Greeting, greet, suite_name},
    witness::Witness,
};
use crate::reach::Reach;

/// Looks at TLS servers; cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    pub(super) roots: Roots,
    pub(super) reach: Reach,
    pub(super) timeout: Duration,
}

impl Client {
    /// Measures chains against these roots, waits ten seconds for each step and reaches wherever a
    /// command on somebody's own machine may.
    pub fn new(roots: Roots) -> Self {
        Self {
            roots,
            reach: Reach::LOCAL,
            timeout: Duration::from_secs(10),
        }
    }

    /// How long each step may take: the look-up, each connection, each handshake.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Which addresses may be connected.
    #[must_use]
    pub fn with_reach(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    /// Looks at one server. Its chain is verified for `now`; whatever comes out of that is a fact,
    /// not an error.
    ///
    /// # Errors
    /// When no certificate of a TLS 1.2 or 1.3 server was seen.
    pub async fn handshake(&self, target: &Target, now: Timestamp) -> Result<Handshake, TlsError> {
        let connection = connect(target, self.reach, self.timeout).await?;
        let address = connection.peer;
        let seen = match self.shake_hands(connection, target, None).await? {
            Shaken::Seen(seen) => seen,
            Shaken::Refused(refusal) => self.greet_by_hand(address, target, refusal).await?,
        };
        seen.read(target, &self.roots, now)
    }

    /// Whether a server accepts a given version, with any of the common cipher suites.
    ///
    /// # Errors
    /// When it cannot be told: no connection, no answer, no TLS.
    pub async fn offers(&self, target: &Target, version: Version) -> Result<bool, TlsError> {
        let connection = connect(target, self.reach, self.timeout).await?;
        let address = connection.peer;
        if version == Version::Tls13 {
            return match self.shake_hands(connection, target, Some(version)).await? {
                Shaken::Seen(_) => Ok(true),
                Shaken::Refused(refusal) => match explain(address, &refusal) {
                    error @ TlsError::NotTls { .. } => Err(error),
                    _ => Ok(false),
                },
            };
        }
        match greet(connection.stream, target.sni(), version, self.timeout).await {
            Greeting::Hello { version: chosen, .. } => Ok(chosen == version),
            Greeting::Alert(_) | Greeting::Closed => Ok(false),
            Greeting::NotTls(saw) => Err(TlsError::NotTls { address, saw }),
            Greeting::Silent => Err(TlsError::Timeout {
                address,
                during: "handshake",
            }),
        }
    }

    /// A handshake by rustls. A server that showed its certificates has been seen, however it
    /// ended; one that did not has refused.
    pub(super) async fn shake_hands(
        &self,
        connection: Connection,
        target: &Target,
        only: Option<Version>,
    ) -> Result<Shaken, TlsError> {
        let Connection { stream, peer, rtt } = connection;
        let witness = Arc::new(Witness::default());
        let connector = TlsConnector::from(Arc::new(witness.config(only)));
        let started = Instant::now();
        let finished = timeout(self.timeout, connector.connect(target.server_name()?, stream)).await;
        let (took, shown) = (started.elapsed(), witness.shown());
        if shown.chain.is_empty() {
            return match finished {
                Err(_) => Err(TlsError::Timeout {
                    address: peer,
                    during: "handshake",
                }),
                Ok(Err(error)) => Ok(Shaken::Refused(error)),
                Ok(Ok(_)) => Ok(Shaken::Refused(io::Error::other("it showed no certificate"))),
            };
        }
        let (protocol, cipher, interrupted) = match finished {
            Ok(Ok(stream)) => (agreed_version(&stream), agreed_suite(&stream), None),
            Ok(Err(error)) => (shown.protocol, None, Some(error.to_string())),
            Err(_) => (shown.protocol, None, Some("no answer in time".to_owned())),
        };
        let chain = shown.chain;
        Ok(Shaken::Seen(Seen {
            protocol,
            cipher,
            chain,
            interrupted,
            peer,
            rtt,
            took,
        }))
    }

    /// Asks a server that showed nothing to a current client what an old one would get.
    async fn greet_by_hand(&self, address: SocketAddr, target: &Target, refusal: io::Error) -> Result<Seen, TlsError> {
        let Ok(connection) = connect_to(address, self.reach, self.timeout).await else {
            return Err(explain(address, &refusal));
        };
        self.greet_on(connection, target, refusal).await
    }

    /// Greets by hand on an open connection.
    pub(super) async fn greet_on(
        &self,
        connection: Connection,
        target: &Target,
        refusal: io::Error,
    ) -> Result<Seen, TlsError> {
        let Connection { stream, peer, rtt } = connection;
        let address = peer;
        let started = Instant::now();
        match greet(stream, target.sni(), Version::Tls12, self.timeout).await {
            Greeting::Hello { version, chain, .. } if version < Version::Tls12 => {
                let chain = chain.iter().map_while(|it| CertificateFacts::read(it).ok()).collect();
                Err(TlsError::ProtocolTooOld {
                    address,
                    version,
                    chain,
                })
            }
            // It speaks TLS 1.2, only with nothing that a current client accepts.
            Greeting::Hello { version, suite, chain } => Ok(Seen {
                protocol: Some(version),
                cipher: Some(suite_name(suite)),
                chain,
                interrupted: Some(refusal.to_string()),
                peer,
                rtt,
                took: started.elapsed(),
            }),
            Greeting::NotTls(saw) => Err(TlsError::NotTls { address, saw }),
            Greeting::Alert(code) => Err(match explain(address, &refusal) {
                TlsError::Closed { .. } => refused(address, code),
                first => first,
            }),
            Greeting::Closed | Greeting::Silent => Err(explain(address, &refusal)),
        }
    }
}

pub(super) enum Shaken {
    Seen(Seen),
    /// Nothing was shown, and rustls says this.
    Refused(io::Error),
}

fn agreed_version(stream: &TlsStream<TcpStream>) -> Option<Version> {
    match stream.get_ref().1.protocol_version()? {
        ProtocolVersion::TLSv1_2 => Some(Version::Tls12),
        ProtocolVersion::TLSv1_3 => Some(Version::Tls13),
        _ => None,
    }
}

/// The IANA name: rustls spells those of TLS 1.3 `TLS13_…`.
fn agreed_suite(stream: &TlsStream<TcpStream>) -> Option<String> {
    let name = stream.get_ref().1.negotiated_cipher_suite()?.suite().as_str()?;
    Some(name.replacen("TLS13_", "TLS_", 1))
}

/// What a refusal means, as far as rustls can tell.
fn explain(address: SocketAddr, refusal: &io::Error) -> TlsError {
    match refusal.get_ref().and_then(|it| it.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::AlertReceived(alert)) => refused(address, u8::from(*alert)),
        Some(rustls::Error::InvalidMessage(_)) => TlsError::NotTls {
            address,
            saw: String::new(),
        },
        Some(error) => TlsError::HandshakeFailed {
            address,
            reason: error.to_string(),
        },
        None => TlsError::Closed { address },
    }
}

fn refused(address: SocketAddr, code: u8) -> TlsError {
    TlsError::HandshakeAlert {
        address,
        alert: alert::name(code),
        code,
    }
}
