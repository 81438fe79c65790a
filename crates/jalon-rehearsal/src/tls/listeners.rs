//! The sockets: one port a host, a handshake, "200 ok". Which certificate is shown is `condition`'s.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use rustls::ServerConfig;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::Condition;
use super::authority::Authority;
use crate::listen;

/// The longest request head that is read, in bytes.
const LONGEST_HEAD: u64 = 8 * 1024;
/// What every request gets.
const OK: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\nConnection: close\r\n\r\n200 ok\n";

/// One open port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// The condition of its certificate, by [`Condition::name`].
    pub name: &'static str,
    /// Where it listens, on 127.0.0.1.
    pub addr: SocketAddr,
    /// The host it plays; a client sends it as server name and verifies it.
    pub host: String,
}

/// A listener could not be opened or renewed.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The host is not a name a certificate can carry, or a key could not be made.
    #[error("the certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library refused the certificate.
    #[error("the server could not be configured: {0}")]
    Server(#[from] rustls::Error),
    /// The system refused a port.
    #[error("no port could be opened: {0}")]
    Socket(#[from] io::Error),
    /// [`Listeners::renew`] was asked for a host that nobody plays.
    #[error("no listener plays `{0}`")]
    UnknownHost(String),
}

/// The certificate a port shows now.
type Shown = Arc<RwLock<Arc<ServerConfig>>>;

/// Open ports and the authority behind them; dropping it closes them all.
pub struct Listeners {
    now: Timestamp,
    authority: Authority,
    open: Vec<(Listener, Shown)>,
    tasks: JoinSet<()>,
}

impl Listeners {
    /// No port yet, and a new authority whose certificates are dated from `now`.
    ///
    /// # Errors
    /// When the authority's keys cannot be made.
    pub fn new(now: Timestamp) -> Result<Self, TlsError> {
        Ok(Self {
            now,
            authority: Authority::new(now)?,
            open: Vec::new(),
            tasks: JoinSet::new(),
        })
    }

    /// Opens a free port of 127.0.0.1 that plays `host` with such a certificate.
    ///
    /// # Errors
    /// See [`TlsError`].
    pub async fn open(&mut self, host: &str, condition: Condition) -> Result<Listener, TlsError> {
        let shown: Shown = Arc::new(RwLock::new(self.certificate(host, condition)?));
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let listener = Listener {
            name: condition.name(),
            addr: socket.local_addr()?,
            host: host.to_owned(),
        };
        let current = Arc::clone(&shown);
        self.tasks.spawn(listen::serve(socket, move |stream| {
            let config = Arc::clone(&current.read().unwrap_or_else(PoisonError::into_inner));
            answer(config, stream)
        }));
        self.open.push((listener.clone(), shown));
        Ok(listener)
    }

    /// Gives that host a new certificate on the same port; the next handshake sees it.
    ///
    /// # Errors
    /// See [`TlsError`].
    pub fn renew(&mut self, host: &str, condition: Condition) -> Result<(), TlsError> {
        let certificate = self.certificate(host, condition)?;
        let found = self.open.iter_mut().find(|(it, _)| it.host == host);
        let (listener, shown) = found.ok_or_else(|| TlsError::UnknownHost(host.to_owned()))?;
        listener.name = condition.name();
        *shown.write().unwrap_or_else(PoisonError::into_inner) = certificate;
        Ok(())
    }

    /// The open ports, in the order of their opening.
    pub fn iter(&self) -> impl Iterator<Item = &Listener> {
        self.open.iter().map(|(listener, _)| listener)
    }

    /// The root certificate as PEM: a client that trusts it accepts the sound certificates and no other.
    #[must_use]
    pub fn roots_pem(&self) -> String {
        self.authority.root_pem()
    }

    fn certificate(&self, host: &str, condition: Condition) -> Result<Arc<ServerConfig>, TlsError> {
        let request = condition.request(host, self.now);
        Ok(Arc::new(self.authority.server(&request)?))
    }
}

/// One handshake, one request, one answer. A client that leaves early is no news: probes do.
async fn answer(config: Arc<ServerConfig>, stream: TcpStream) {
    if let Err(error) = converse(config, stream).await {
        tracing::debug!(%error, "the client left: {error}");
    }
}

async fn converse(config: Arc<ServerConfig>, stream: TcpStream) -> io::Result<()> {
    let mut stream = TlsAcceptor::from(config).accept(stream).await?;
    let mut head = Vec::new();
    let mut reader = (&mut stream).take(LONGEST_HEAD);
    while !is_whole(&head) && reader.read_buf(&mut head).await? > 0 {}
    stream.write_all(OK).await?;
    stream.shutdown().await
}

fn is_whole(head: &[u8]) -> bool {
    head.windows(4).any(|it| it == b"\r\n\r\n")
}
