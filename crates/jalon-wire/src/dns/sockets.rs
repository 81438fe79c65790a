//! Sockets between two questions. Opening one costs more than a question itself; a used one takes a few more, never two at
//! once, so that the kernel still drops what comes from another address and tells when nothing listens.

use std::{
    collections::HashMap,
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Mutex,
    time::Duration,
};

use foldhash::fast::RandomState;
use tokio::{net::UdpSocket, time::Instant};

use super::pace::locked;

/// So many questions, and a socket gives way to one of another port: who looks for the port (RFC 5452) has to begin anew.
const MOST_QUESTIONS: u8 = 16;
/// For so long at most: the way out may be another by then, and a socket keeps the address that it was opened with.
const LONGEST_IDLE: Duration = Duration::from_secs(5);
/// More than any server sends to somebody who offers 1,232 bytes.
const LARGEST_DATAGRAM: usize = 4096;
/// So many wait at most; then they all make room.
const MOST_IDLE: usize = 256;

/// Connected sockets that wait for their next question.
#[derive(Default)]
pub(super) struct Sockets(Mutex<Idle>);

#[derive(Default)]
struct Idle {
    by_server: HashMap<SocketAddr, Vec<Socket>, RandomState>,
    count: usize,
}

/// A socket at a port of its own, connected to one server.
pub(super) struct Socket {
    pub(super) udp: UdpSocket,
    /// Where its datagrams go.
    pub(super) buffer: Box<[u8]>,
    questions: u8,
    /// Since when it waits.
    idle: Instant,
}

impl Sockets {
    /// One that nobody else uses.
    pub(super) async fn take(&self, server: SocketAddr) -> io::Result<Socket> {
        let waiting = locked(&self.0).take(server);
        let mut socket = match waiting {
            Some(socket) => socket,
            None => Socket::open(server).await?,
        };
        socket.questions += 1;
        Ok(socket)
    }

    /// Keeps a socket on which nothing came but the answer. Any other is dropped: something might still come.
    pub(super) fn put_back(&self, server: SocketAddr, socket: Socket) {
        if socket.questions < MOST_QUESTIONS {
            locked(&self.0).put(server, socket);
        }
    }
}

impl Idle {
    /// The one that waited least. When that waited too long, all did.
    fn take(&mut self, server: SocketAddr) -> Option<Socket> {
        let waiting = self.by_server.get_mut(&server)?;
        let socket = waiting.pop()?;
        self.count -= 1;
        if socket.idle.elapsed() < LONGEST_IDLE {
            return Some(socket);
        }
        self.count -= waiting.len();
        self.by_server.remove(&server);
        None
    }

    fn put(&mut self, server: SocketAddr, mut socket: Socket) {
        socket.idle = Instant::now();
        if self.count >= MOST_IDLE {
            self.by_server.clear();
            self.count = 0;
        }
        self.by_server.entry(server).or_default().push(socket);
        self.count += 1;
    }
}

impl Socket {
    /// The system chooses the port.
    async fn open(server: SocketAddr) -> io::Result<Self> {
        let any: SocketAddr = match server {
            SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
            SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
        };
        let udp = UdpSocket::bind(any).await?;
        udp.connect(server).await?;
        Ok(Self {
            udp,
            buffer: vec![0; LARGEST_DATAGRAM].into(),
            questions: 0,
            idle: Instant::now(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn port(sockets: &Sockets, server: SocketAddr, goes_back: bool) -> u16 {
        let socket = sockets.take(server).await.expect("a socket");
        let port = socket.udp.local_addr().expect("bound").port();
        if goes_back {
            sockets.put_back(server, socket);
        }
        port
    }

    #[tokio::test]
    async fn a_socket_is_used_again_for_the_same_server_and_not_for_ever() {
        let (sockets, one, two) = (
            Sockets::default(),
            ([127, 0, 0, 1], 53).into(),
            ([127, 0, 0, 2], 53).into(),
        );
        let first = port(&sockets, one, true).await;
        assert_ne!(port(&sockets, two, true).await, first);
        for _ in 1..MOST_QUESTIONS {
            assert_eq!(port(&sockets, one, true).await, first);
        }
        assert!(locked(&sockets.0).by_server[&one].is_empty());
    }

    #[tokio::test]
    async fn two_never_hold_the_same_socket_and_one_that_is_not_put_back_is_gone() {
        let (sockets, server) = (Sockets::default(), ([127, 0, 0, 1], 53).into());
        let held = sockets.take(server).await.expect("a socket");
        let other = port(&sockets, server, false).await;
        assert_ne!(held.udp.local_addr().expect("bound").port(), other);
        drop(held);
        assert_eq!(locked(&sockets.0).count, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_socket_that_waited_long_is_not_used_again() {
        let (sockets, server) = (Sockets::default(), ([127, 0, 0, 1], 53).into());
        let (one, two) = (sockets.take(server).await, sockets.take(server).await);
        for socket in [one, two] {
            sockets.put_back(server, socket.expect("a socket"));
        }
        tokio::time::advance(LONGEST_IDLE).await;
        let fresh = sockets.take(server).await.expect("a socket");
        assert_eq!((fresh.questions, locked(&sockets.0).count), (1, 0));
    }

    #[tokio::test]
    async fn sockets_to_many_servers_take_bounded_room() {
        let sockets = Sockets::default();
        for number in 0..1000_u16 {
            port(&sockets, (Ipv4Addr::LOCALHOST, 1000 + number).into(), true).await;
            assert!(locked(&sockets.0).count <= MOST_IDLE);
        }
    }
}
