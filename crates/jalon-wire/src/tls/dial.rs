//! How a connection is opened: over TCP, or over whatever stands before TLS (STARTTLS). A look needs several connections.

use std::{future::Future, net::SocketAddr, pin::Pin, time::Duration};

use tokio::io::{AsyncRead, AsyncWrite};

use super::{TlsError, connect::Connection};

/// Bytes in both directions.
pub trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// A connection on which TLS may begin.
pub struct Opened {
    /// The connection.
    pub stream: Box<dyn Duplex>,
    /// Who is at the other end.
    pub peer: SocketAddr,
    /// One round trip, as measured on connecting.
    pub rtt: Duration,
}

impl From<Connection> for Opened {
    fn from(Connection { stream, peer, rtt }: Connection) -> Self {
        let stream = Box::new(stream);
        Self { stream, peer, rtt }
    }
}

/// Opens a connection, each time it is called.
pub type Dial = dyn Fn() -> Pin<Box<dyn Future<Output = Result<Opened, TlsError>> + Send>> + Send + Sync;
