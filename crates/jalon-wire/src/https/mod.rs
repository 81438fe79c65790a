//! One document over verified HTTPS (RFC 9112): a GET, its status, its headers of interest and its body. No redirect is
//! followed, nothing is remembered, and a certificate that is not trusted is a fact with all that was seen of it.

mod read;
#[cfg(test)]
mod tests;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use jiff::Timestamp;
use rustls::{ClientConfig, RootCertStore, crypto::ring, time_provider::TimeProvider};
use rustls_pki_types::{ServerName, UnixTime};
use serde::{Deserialize, Serialize};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};
use tokio_rustls::TlsConnector;

use crate::{
    reach::Reach,
    tls::{Client, Handshake, Roots, Target, TlsError, Trust, connect},
};

/// Headers may take as much besides the body.
const LARGEST_HEAD: usize = 16 << 10;

/// How documents are fetched; cheap to clone.
#[derive(Clone, Debug)]
pub struct Https {
    roots: Roots,
    reach: Reach,
    timeout: Duration,
    largest: usize,
}

/// What an HTTP server answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Who answered.
    pub peer: SocketAddr,
    /// The status code.
    pub status: u16,
    /// The media type with its parameters, as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Where it would send a browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The body. Bytes that are not UTF-8 become U+FFFD.
    pub body: String,
    /// The body goes on beyond what was read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_cut: bool,
}

/// What came of a fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// The server proved who it is and answered.
    Answered(Page),
    /// Its certificate is not the host's, not within its dates, or leads to no trusted root: nothing was asked.
    Distrusted(Box<Handshake>),
}

impl Https {
    /// Trusts these roots, waits ten seconds for each step and reads 64 kB.
    pub fn new(roots: Roots) -> Self {
        Self {
            roots,
            reach: Reach::LOCAL,
            timeout: Duration::from_secs(10),
            largest: 64 << 10,
        }
    }

    /// How long each step may take: the connection, the handshake, the answer.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Which addresses may be connected.
    #[must_use]
    pub fn with_reach(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }

    /// Fetches `path` from the target.
    ///
    /// # Errors
    /// When no whole answer came: nothing is known of the document then.
    pub async fn get(&self, target: &Target, path: &str, now: Timestamp) -> Result<Fetched, TlsError> {
        let connection = connect::connect(target, self.reach, self.timeout).await?;
        let address = connection.peer;
        let late = |during| move |_| TlsError::Timeout { address, during };
        let name = ServerName::try_from(target.host.clone()).map_err(|it| TlsError::BadTarget {
            target: target.host.clone(),
            reason: it.to_string(),
        })?;
        let connector = TlsConnector::from(Arc::new(self.config(now)));
        let shaken = timeout(self.timeout, connector.connect(name, connection.stream));
        let mut stream = match shaken.await.map_err(late("handshake"))? {
            Ok(stream) => stream,
            // Looked at again, by somebody who accepts anything and says nothing: what is wrong with it is a fact.
            Err(error) => {
                let client = Client::new(self.roots.clone())
                    .with_reach(self.reach)
                    .with_timeout(self.timeout);
                let handshake = client.handshake(&target.clone().at(address), now).await?;
                // One of several servers behind an address may show another certificate than the next: nothing is certain then.
                let is_refused = handshake.verified != Trust::Trusted || !handshake.name_matches;
                return if is_about_certificate(&error) && is_refused {
                    Ok(Fetched::Distrusted(Box::new(handshake)))
                } else {
                    Err(TlsError::HandshakeFailed {
                        address,
                        reason: error.to_string(),
                    })
                };
            }
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nUser-Agent: jalon\r\nAccept: text/plain, */*;q=0.1\r\nConnection: close\r\n\r\n",
            target.host
        );
        let exchange = async {
            stream.write_all(request.as_bytes()).await?;
            stream.flush().await?;
            let mut answer = Vec::new();
            let most = (self.largest + LARGEST_HEAD) as u64;
            let ended = (&mut stream).take(most).read_to_end(&mut answer).await;
            Ok::<_, std::io::Error>((answer, ended))
        };
        let (answer, ended) = timeout(self.timeout, exchange)
            .await
            .map_err(late("answer"))?
            .map_err(|_| TlsError::Closed { address })?;
        read::page(&answer, self.largest, ended.is_ok(), address).map(Fetched::Answered)
    }

    fn config(&self, now: Timestamp) -> ClientConfig {
        let store = RootCertStore {
            roots: self.roots.anchors().to_vec(),
        };
        ClientConfig::builder_with_details(Arc::new(ring::default_provider()), Arc::new(At(now)))
            .with_safe_default_protocol_versions()
            .expect("ring has suites for both versions")
            .with_root_certificates(store)
            .with_no_client_auth()
    }
}

fn is_about_certificate(error: &std::io::Error) -> bool {
    let why = error.get_ref().and_then(|it| it.downcast_ref());
    matches!(why, Some(rustls::Error::InvalidCertificate(_)))
}

/// The time that certificates are judged at: the measurement's.
#[derive(Debug)]
struct At(Timestamp);

impl TimeProvider for At {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0.as_second()).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}
