//! The sockets: a UDP socket and a TCP listener on the same port of each of two loopback addresses, since a zone has two name
//! servers. What to answer is `answer`'s.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::{JoinSet, yield_now};

use super::Zones;
use super::answer::{Carrier, reply};
use crate::listen;

/// The largest datagram read; a longer one is cut and so answered as malformed.
const LARGEST_DATAGRAM: usize = 4096;
/// Where the name servers of the zones are.
const ADDRESSES: [Ipv4Addr; 2] = [Ipv4Addr::LOCALHOST, Ipv4Addr::new(127, 0, 0, 2)];
/// How often a free port is tried for: the one TCP was given may be taken on UDP, or on the second address.
const ATTEMPTS: usize = 16;

/// A running server; dropping it closes its sockets and connections.
#[derive(Debug)]
pub struct Server {
    addr: SocketAddr,
    zones: Arc<RwLock<Zones>>,
    _tasks: JoinSet<()>,
}

impl Server {
    /// Starts to answer for `zones` on 127.0.0.1 and 127.0.0.2, on `port`, or on any free one when `port` is 0.
    ///
    /// # Errors
    /// When the port is taken or the system refuses a socket.
    pub async fn start(zones: Zones, port: u16) -> io::Result<Self> {
        let sockets = bind(port).await?;
        let addr = sockets[0].1.local_addr()?;
        let zones = Arc::new(RwLock::new(zones));
        let mut tasks = JoinSet::new();
        for (datagrams, streams) in sockets {
            tasks.spawn(answer_datagrams(datagrams, Arc::clone(&zones)));
            let shared = Arc::clone(&zones);
            tasks.spawn(listen::serve(streams, move |stream| {
                answer_stream(stream, Arc::clone(&shared))
            }));
        }
        Ok(Self {
            addr,
            zones,
            _tasks: tasks,
        })
    }

    /// The first address it answers on, the same for UDP and TCP.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Changes the zones between two answers: the next question sees all of the change.
    pub fn edit<T>(&self, change: impl FnOnce(&mut Zones) -> T) -> T {
        change(&mut self.zones.write().unwrap_or_else(PoisonError::into_inner))
    }
}

type Sockets = (UdpSocket, TcpListener);

/// The sockets of both addresses.
async fn bind(port: u16) -> io::Result<[Sockets; 2]> {
    let mut attempts = if port == 0 { ATTEMPTS } else { 1 };
    loop {
        attempts -= 1;
        match bind_both(port).await {
            Err(error) if attempts == 0 => return Err(error),
            Err(_) => {}
            both => return both,
        }
    }
}

async fn bind_both(port: u16) -> io::Result<[Sockets; 2]> {
    let first = bind_one(SocketAddr::from((ADDRESSES[0], port))).await?;
    let port = first.1.local_addr()?.port();
    Ok([first, bind_one(SocketAddr::from((ADDRESSES[1], port))).await?])
}

async fn bind_one(addr: SocketAddr) -> io::Result<Sockets> {
    let streams = TcpListener::bind(addr).await?;
    let datagrams = UdpSocket::bind(streams.local_addr()?).await?;
    Ok((datagrams, streams))
}

async fn answer_datagrams(socket: UdpSocket, zones: Arc<RwLock<Zones>>) {
    let mut buffer = vec![0; LARGEST_DATAGRAM];
    loop {
        let Ok((length, peer)) = socket.recv_from(&mut buffer).await else {
            yield_now().await;
            continue;
        };
        if let Some(answer) = consult(&zones, &buffer[..length], Carrier::Udp)
            && let Err(error) = socket.send_to(&answer, peer).await
        {
            tracing::debug!(%peer, %error, "answer to {peer} was not sent: {error}");
        }
    }
}

/// Answers the questions of one connection; its end, expected or not, is the client's affair.
async fn answer_stream(mut stream: TcpStream, zones: Arc<RwLock<Zones>>) {
    while let Ok(question) = read_message(&mut stream).await {
        let Some(answer) = consult(&zones, &question, Carrier::Tcp) else {
            continue;
        };
        if stream.write_all(&framed(&answer)).await.is_err() {
            return;
        }
    }
}

async fn read_message(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let length = stream.read_u16().await?;
    let mut message = vec![0; usize::from(length)];
    stream.read_exact(&mut message).await?;
    Ok(message)
}

/// Length then message (RFC 1035, 4.2.2), in one piece so that it leaves in one segment.
fn framed(message: &[u8]) -> Vec<u8> {
    let length = u16::try_from(message.len()).expect("the encoder stops at 65,535 bytes");
    let mut framed = length.to_be_bytes().to_vec();
    framed.extend_from_slice(message);
    framed
}

fn consult(zones: &RwLock<Zones>, question: &[u8], carrier: Carrier) -> Option<Vec<u8>> {
    reply(&zones.read().unwrap_or_else(PoisonError::into_inner), question, carrier)
}
