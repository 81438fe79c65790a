//! How hard servers are pressed: so many questions at once to each, in the order they came, and so many in all. Who went
//! silent is remembered for a while, so that others are asked first.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use foldhash::fast::RandomState;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

use super::sockets::Sockets;

/// Sockets open at once: half of what most systems allow a process (a soft limit of 1,024 files).
const MOST_AT_ONCE: usize = 512;
/// So many silences in a row, and a server is asked last.
const SILENCES: u32 = 2;
/// For so long.
const LAST_FOR: Duration = Duration::from_secs(30);
/// Servers whose pace is remembered; those that owe nothing make room for others.
const MOST_SERVERS: usize = 4096;
/// So many different servers silent and none ever heard: there is no way out to them.
const NO_WAY_OUT: u32 = 6;

/// The pace of all questions of one resolver and its clones.
pub(super) struct Pace {
    at_once: usize,
    all: Arc<Semaphore>,
    servers: Mutex<HashMap<SocketAddr, Arc<Server>, RandomState>>,
    direct: Mutex<Direct>,
    sockets: Sockets,
}

struct Server {
    turns: Arc<Semaphore>,
    silence: Mutex<Silence>,
}

#[derive(Default)]
struct Silence {
    in_a_row: u32,
    last: Option<Instant>,
}

/// What became of the questions to servers that somebody named.
#[derive(Default)]
struct Direct {
    heard: bool,
    silent: u32,
    last: Option<Instant>,
}

/// The right to ask one question; dropping it hands it on.
pub(super) struct Turn {
    _own: Option<OwnedSemaphorePermit>,
    _all: Option<OwnedSemaphorePermit>,
}

impl Pace {
    pub(super) fn new(at_once: usize) -> Self {
        Self {
            at_once: at_once.max(1),
            all: Arc::new(Semaphore::new(MOST_AT_ONCE)),
            servers: Mutex::default(),
            direct: Mutex::default(),
            sockets: Sockets::default(),
        }
    }

    /// What questions are sent through.
    pub(super) const fn sockets(&self) -> &Sockets {
        &self.sockets
    }

    /// Waits for a turn at the server. Who waited first goes first.
    pub(super) async fn turn(&self, server: SocketAddr) -> Turn {
        let turns = self.server(server).turns.clone();
        // No semaphore here is ever closed.
        let own = turns.acquire_owned().await.ok();
        let all = self.all.clone().acquire_owned().await.ok();
        Turn { _own: own, _all: all }
    }

    pub(super) fn heard(&self, server: SocketAddr) {
        *locked(&self.server(server).silence) = Silence::default();
    }

    pub(super) fn unheard(&self, server: SocketAddr) {
        let server = self.server(server);
        let mut silence = locked(&server.silence);
        silence.in_a_row += 1;
        silence.last = Some(Instant::now());
    }

    /// Whether the server was silent again and again, a short while ago.
    pub(super) fn is_silent(&self, server: SocketAddr) -> bool {
        let server = self.server(server);
        let silence = locked(&server.silence);
        silence.in_a_row >= SILENCES && silence.last.is_some_and(|it| it.elapsed() < LAST_FOR)
    }

    /// A server that somebody named answered: there is a way out.
    pub(super) fn directly_heard(&self) {
        locked(&self.direct).heard = true;
    }

    pub(super) fn directly_unheard(&self) {
        let mut direct = locked(&self.direct);
        direct.silent += 1;
        direct.last = Some(Instant::now());
    }

    /// Whether named servers need not be asked: none of them was ever heard, and several were not, a short while ago.
    pub(super) fn is_walled_in(&self) -> bool {
        let direct = locked(&self.direct);
        !direct.heard && direct.silent >= NO_WAY_OUT && direct.last.is_some_and(|it| it.elapsed() < LAST_FOR)
    }

    fn server(&self, server: SocketAddr) -> Arc<Server> {
        let mut servers = locked(&self.servers);
        if servers.len() >= MOST_SERVERS && !servers.contains_key(&server) {
            servers.retain(|_, it| it.turns.available_permits() < self.at_once || Arc::strong_count(it) > 1);
        }
        let new = || {
            Arc::new(Server {
                turns: Arc::new(Semaphore::new(self.at_once)),
                silence: Mutex::default(),
            })
        };
        servers.entry(server).or_insert_with(new).clone()
    }
}

pub(super) fn locked<T>(it: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_server_has_so_many_turns_and_the_first_to_wait_is_the_first_to_go() {
        let (pace, server) = (Pace::new(2), "127.0.0.1:53".parse().expect("an address"));
        let (one, two) = (pace.turn(server).await, pace.turn(server).await);
        let other = "127.0.0.2:53".parse().expect("an address");
        let _elsewhere = pace.turn(other).await;
        let (mut third, mut fourth) = (Box::pin(pace.turn(server)), Box::pin(pace.turn(server)));
        let waits = |it: &mut std::pin::Pin<Box<_>>| futures_now(it).is_none();
        assert!(waits(&mut third) && waits(&mut fourth));
        drop(one);
        assert!(waits(&mut fourth));
        let third = futures_now(&mut third).expect("its turn");
        drop((two, third));
        assert!(futures_now(&mut fourth).is_some());
    }

    fn futures_now<T>(it: &mut std::pin::Pin<Box<impl Future<Output = T>>>) -> Option<T> {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match it.as_mut().poll(&mut context) {
            std::task::Poll::Ready(it) => Some(it),
            std::task::Poll::Pending => None,
        }
    }

    #[tokio::test]
    async fn the_pace_of_many_servers_takes_bounded_room() {
        let pace = Pace::new(2);
        for number in 0..20_000_u32 {
            pace.unheard((std::net::Ipv4Addr::from(number), 53).into());
        }
        assert!(locked(&pace.servers).len() <= MOST_SERVERS);
    }
}
