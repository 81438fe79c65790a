//! What all clones of a resolver know together: answers, delegations, chains of signatures, and who is asking what.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use foldhash::fast::RandomState;
use hickory_proto::rr::Name;
use jiff::Timestamp;
use tokio::sync::OnceCell;

use super::{
    DnsError, RecordType,
    authority::Cut,
    kept::Kept,
    pace::{Pace, locked},
    reply::Reply,
    validate::Link,
};

/// About so many bytes of answers are remembered.
const ANSWERS: usize = 8 << 20;
/// So many delegations, and so many links of chains of signatures.
const CUTS: usize = 4096;
/// Questions at once to one server.
const AT_ONCE: usize = 64;

/// What is asked for; names are compared without case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) name: Name,
    pub(super) kind: RecordType,
    pub(super) signed: bool,
}

type Outcome = Result<Arc<Reply>, DnsError>;

/// What resolvers know and owe; cheap to clone, and one for all that ask the same servers.
#[derive(Clone)]
pub struct Memory(Arc<Inner>);

struct Inner {
    replies: Mutex<Kept<Arc<Key>, Arc<Reply>>>,
    cuts: Mutex<Kept<Name, Arc<Cut>>>,
    links: Mutex<Kept<Name, Link>>,
    flights: Mutex<HashMap<Arc<Key>, Arc<OnceCell<Outcome>>, RandomState>>,
    pace: Arc<Pace>,
}

impl Default for Memory {
    fn default() -> Self {
        Self::with_limit(AT_ONCE)
    }
}

impl Memory {
    /// Nothing is known, and no server is asked more than `at_once` questions at a time.
    pub fn with_limit(at_once: usize) -> Self {
        Self(Arc::new(Inner {
            replies: Mutex::new(Kept::new(ANSWERS)),
            cuts: Mutex::new(Kept::new(CUTS)),
            links: Mutex::new(Kept::new(CUTS)),
            flights: Mutex::default(),
            pace: Arc::new(Pace::new(at_once)),
        }))
    }

    pub(super) fn pace(&self) -> Arc<Pace> {
        self.0.pace.clone()
    }

    pub(super) fn reply(&self, key: &Arc<Key>, now: Option<Timestamp>) -> Option<Arc<Reply>> {
        locked(&self.0.replies).get(key, now?)
    }

    pub(super) fn keep_reply(&self, key: Arc<Key>, reply: &Arc<Reply>) {
        if reply.lifetime() > 0
            && let Some(until) = reply.until()
        {
            locked(&self.0.replies).put(key, reply.clone(), reply.weight(), until);
        }
    }

    pub(super) fn cut(&self, zone: &Name, now: Option<Timestamp>) -> Option<Arc<Cut>> {
        locked(&self.0.cuts).get(zone, now?)
    }

    pub(super) fn keep_cut(&self, cut: &Arc<Cut>, until: Timestamp) {
        locked(&self.0.cuts).put(cut.zone.clone(), cut.clone(), 1, until);
    }

    pub(super) fn link(&self, zone: &Name, now: Timestamp) -> Option<Link> {
        locked(&self.0.links).get(zone, now)
    }

    pub(super) fn keep_link(&self, zone: Name, link: Link, until: Timestamp) {
        locked(&self.0.links).put(zone, link, 1, until);
    }

    /// Asks once for all who want the same at the same time. Failures are told to those who waited, and then forgotten.
    pub(super) async fn together(&self, key: &Arc<Key>, ask: impl Future<Output = Result<Reply, DnsError>>) -> Outcome {
        let flight = locked(&self.0.flights).entry(key.clone()).or_default().clone();
        let outcome = flight
            .get_or_init(async || {
                let reply = Arc::new(ask.await?);
                self.keep_reply(key.clone(), &reply);
                Ok(reply)
            })
            .await
            .clone();
        let mut flights = locked(&self.0.flights);
        // Later questions are a flight of their own, and not to be landed by a latecomer of this one.
        if flights.get(key).is_some_and(|it| Arc::ptr_eq(it, &flight)) {
            flights.remove(key);
        }
        outcome
    }
}
