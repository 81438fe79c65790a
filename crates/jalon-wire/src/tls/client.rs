//! Looking at servers: first as a current client, then, when that shows nothing, by hand.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use jiff::Timestamp;
use rustls::ProtocolVersion;
use tokio::time::{Instant, timeout};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{
    Addresses, Dial, Duplex, Handshake, Opened, Roots, Survey, Target, TlsError, Version, alert,
    connect::{addresses, connect, connect_to},
    handshake::Seen,
    hello::{Greeting, Offer, Until, broad, greet, suite_name},
    survey,
    witness::Witness,
};
use crate::reach::Reach;

/// Looks at TLS servers; cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    roots: Roots,
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

    /// Where a target's name leads.
    ///
    /// # Errors
    /// When it leads nowhere, or that cannot be told.
    pub async fn addresses(&self, target: &Target) -> Result<Addresses, TlsError> {
        addresses(target, self.timeout).await
    }

    /// Looks at the first address of a server that answers. Its chain is verified for `now`; whatever comes out of that
    /// is a fact, not an error.
    ///
    /// # Errors
    /// When no certificate was seen.
    pub async fn handshake(&self, target: &Target, now: Timestamp) -> Result<Handshake, TlsError> {
        let first = connect(target, self.reach, self.timeout).await?;
        let dial = self.at(first.peer);
        self.look(first.into(), &*dial, target, now).await
    }

    /// Opens connections to one address.
    pub fn at(&self, address: SocketAddr) -> Box<Dial> {
        let (reach, patience) = (self.reach, self.timeout);
        Box::new(move || {
            Box::pin(async move {
                let connection = connect_to(address, reach, patience).await?;
                Ok(connection.into())
            })
        })
    }

    /// Looks at a server over connections that are opened elsewhere.
    ///
    /// # Errors
    /// When no certificate was seen.
    pub async fn handshake_over(&self, dial: &Dial, target: &Target, now: Timestamp) -> Result<Handshake, TlsError> {
        self.look(dial().await?, dial, target, now).await
    }

    /// Over a connection that is open, and others where it takes more than one.
    async fn look(&self, opened: Opened, dial: &Dial, target: &Target, now: Timestamp) -> Result<Handshake, TlsError> {
        let seen = match self.shake_hands(opened, target).await? {
            Shaken::Seen(seen) => seen,
            Shaken::Refused { peer, refusal } => self.greet_by_hand(dial, peer, target, refusal).await?,
        };
        seen.read(target, &self.roots, now)
    }

    /// Asks a server that was seen which versions and which weak suites it takes.
    pub async fn survey(&self, dial: &Dial, target: &Target, seen: &Handshake) -> Survey {
        survey::run(dial, target.sni(), seen, self.timeout).await
    }

    /// A handshake by rustls. A server that showed its certificates has been seen, however it
    /// ended; one that did not has refused.
    async fn shake_hands(&self, opened: Opened, target: &Target) -> Result<Shaken, TlsError> {
        let Opened { stream, peer, rtt } = opened;
        let witness = Arc::new(Witness::default());
        let connector = TlsConnector::from(Arc::new(witness.config()));
        let started = Instant::now();
        let finished = timeout(self.timeout, connector.connect(target.server_name()?, stream)).await;
        let (took, shown) = (started.elapsed(), witness.shown());
        if shown.chain.is_empty() {
            let refused = |refusal| Ok(Shaken::Refused { peer, refusal });
            return match finished {
                Err(_) => Err(TlsError::Timeout {
                    address: peer,
                    during: "handshake",
                }),
                Ok(Err(error)) => refused(error),
                Ok(Ok(_)) => refused(io::Error::other("it showed no certificate")),
            };
        }
        let (protocol, cipher, interrupted) = match finished {
            Ok(Ok(stream)) => (agreed_version(&stream), agreed_suite(&stream), None),
            Ok(Err(error)) => (shown.protocol, None, Some(error.to_string())),
            Err(_) => (shown.protocol, None, Some("no answer in time".to_owned())),
        };
        Ok(Shaken::Seen(Seen {
            protocol,
            cipher,
            chain: shown.chain,
            staple: shown.staple,
            interrupted,
            peer,
            rtt,
            took,
        }))
    }

    /// Asks a server that showed nothing to a current client what an old one would get.
    async fn greet_by_hand(
        &self,
        dial: &Dial,
        address: SocketAddr,
        target: &Target,
        refusal: io::Error,
    ) -> Result<Seen, TlsError> {
        let mut last = explain(address, &refusal);
        // SSL 3.0 is greeted without extensions, for servers that stumble over them.
        for (best, is_extended) in [(Version::Tls12, true), (Version::Ssl3, false)] {
            let Ok(Opened { stream, peer, rtt }) = dial().await else {
                return Err(last);
            };
            let suites = broad();
            let offer = Offer {
                sni: target.sni(),
                best,
                suites: &suites,
                is_extended,
            };
            let started = Instant::now();
            match greet(stream, &offer, Until::Chain, self.timeout).await {
                // It speaks, only with nothing that a current client accepts.
                Greeting::Hello { hello, chain } => {
                    return Ok(Seen {
                        protocol: Some(hello.version),
                        cipher: Some(suite_name(hello.suite)),
                        chain,
                        staple: Vec::new(),
                        interrupted: Some(refusal.to_string()),
                        peer,
                        rtt,
                        took: started.elapsed(),
                    });
                }
                Greeting::NotTls(saw) => return Err(TlsError::NotTls { address, saw }),
                Greeting::Alert(code) if matches!(last, TlsError::Closed { .. }) => last = refused(address, code),
                Greeting::Silent => return Err(last),
                Greeting::Alert(_) | Greeting::Closed => {}
            }
        }
        Err(last)
    }
}

enum Shaken {
    Seen(Seen),
    /// Nothing was shown, and rustls says this.
    Refused {
        peer: SocketAddr,
        refusal: io::Error,
    },
}

fn agreed_version(stream: &TlsStream<Box<dyn Duplex>>) -> Option<Version> {
    match stream.get_ref().1.protocol_version()? {
        ProtocolVersion::TLSv1_2 => Some(Version::Tls12),
        ProtocolVersion::TLSv1_3 => Some(Version::Tls13),
        _ => None,
    }
}

/// The IANA name: rustls spells those of TLS 1.3 `TLS13_…`.
fn agreed_suite(stream: &TlsStream<Box<dyn Duplex>>) -> Option<String> {
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
