//! The resolver: one question, perhaps several servers and several zones, one answer.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use hickory_proto::{
    op::{Message, ResponseCode},
    rr::{self, Name, RData},
};
use jiff::Timestamp;

use super::{
    Anchors, Answer, Clock, DnsError, Memory, Record, RecordType, Roots, Security, Status,
    alias::{Step, Trail},
    authority::{Search, delegation},
    client::Client,
    memory::Key,
    message::Manner,
    name,
    reply::Reply,
    validate::worse,
};
use crate::reach::Reach;

/// A server that somebody named is given up sooner: it stands for nobody but itself.
const NAMED_TRIES: u8 = 5;
const NAMED_PATIENCE: Duration = Duration::from_secs(2);

/// A client of name servers; cheap to clone. Clones remember together.
#[derive(Clone)]
pub struct Resolver {
    way: Way,
    client: Client,
    memory: Memory,
    anchors: Option<Anchors>,
}

/// Who is asked.
#[derive(Clone)]
enum Way {
    /// Servers that ask others.
    Servers(Arc<[SocketAddr]>),
    /// Those of each zone, from the root down.
    Authoritative(Roots),
}

impl Resolver {
    /// Asks these servers, in this order, with two tries of at most three seconds each.
    ///
    /// `query_ids` gives the id of each question and must not be predictable (RFC 5452, 4.3).
    pub fn new(servers: impl Into<Arc<[SocketAddr]>>, query_ids: impl Fn() -> u16 + Send + Sync + 'static) -> Self {
        Self::by(Way::Servers(servers.into()), query_ids)
    }

    /// Asks the servers of each zone themselves, from the root down.
    pub fn authoritative(roots: Roots, query_ids: impl Fn() -> u16 + Send + Sync + 'static) -> Self {
        Self::by(Way::Authoritative(roots), query_ids)
    }

    fn by(way: Way, query_ids: impl Fn() -> u16 + Send + Sync + 'static) -> Self {
        let memory = Memory::default();
        Self {
            way,
            client: Client {
                timeout: Duration::from_secs(3),
                tries: 2,
                query_ids: Arc::new(query_ids),
                pace: memory.pace(),
                clock: None,
                reach: Reach::LOCAL,
            },
            memory,
            anchors: None,
        }
    }

    /// How long the last try waits, over UDP and again over TCP; each before it waits half as long as the next.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.client.timeout = timeout;
        self
    }

    /// How often each server is asked before it counts as silent; at least once.
    #[must_use]
    pub fn with_tries(mut self, tries: u8) -> Self {
        self.client.tries = tries.max(1);
        self
    }

    /// With the time, answers are remembered as long as they say, and signatures can be judged. Without, neither.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.client.clock = Some(clock);
        self
    }

    /// Where chains of signatures begin; without, none is judged.
    #[must_use]
    pub fn with_anchors(mut self, anchors: Anchors) -> Self {
        self.anchors = Some(anchors);
        self
    }

    /// Remembers together with others that ask the same servers in the same way.
    #[must_use]
    pub fn with_memory(mut self, memory: Memory) -> Self {
        self.client.pace = memory.pace();
        self.memory = memory;
        self
    }

    /// Which addresses may be asked; those of the servers it was given always may.
    #[must_use]
    pub fn with_reach(mut self, reach: Reach) -> Self {
        self.client.reach = reach;
        self
    }

    /// The servers, in the order they are asked; those of the root when it starts there.
    pub fn servers(&self) -> Vec<SocketAddr> {
        match &self.way {
            Way::Servers(servers) => servers.to_vec(),
            Way::Authoritative(roots) => roots.servers(),
        }
    }

    /// Asks for the records of a name, following aliases unless aliases are asked for. An absence
    /// is an answer, in [`Answer::status`].
    ///
    /// # Errors
    /// When no server answered: nothing is known then, least of all that a record is absent.
    pub async fn lookup(&self, name: &str, kind: RecordType) -> Result<Answer, DnsError> {
        self.ask(name, kind, false).await
    }

    /// The same, with what signatures say of the answer in [`Answer::security`].
    ///
    /// # Errors
    /// As [`Self::lookup`]. An answer that nobody can validate is no error, and neither is one that is bogus.
    pub async fn lookup_validated(&self, name: &str, kind: RecordType) -> Result<Answer, DnsError> {
        let is_judged = self.anchors.is_some() && self.client.clock.is_some();
        self.ask(name, kind, is_judged).await
    }

    async fn ask(&self, name: &str, kind: RecordType, signed: bool) -> Result<Answer, DnsError> {
        let asked = name::parse(name)?;
        let mut trail = Trail::new(asked.clone());
        let mut security = if signed {
            Security::Secure
        } else {
            Security::Indeterminate
        };
        loop {
            let before = trail.names().len() - 1;
            let reply = self.fetch(trail.end(), kind, signed).await?;
            let step = trail.follow(&reply.message, kind)?;
            if signed {
                let ends = !matches!(step, Step::AskAgain);
                let names = &trail.names()[before..];
                let judged = Box::pin(self.security(&reply.message, names, kind, ends)).await;
                security = worse(security, judged);
            }
            let (status, records) = match step {
                Step::AskAgain => continue,
                Step::Found(records) => (Status::Found, records),
                Step::NoData => (Status::NoData, Vec::new()),
                Step::NxDomain => (Status::NxDomain, Vec::new()),
                Step::NotResponsible => {
                    let (server, name) = (reply.server, name::text(trail.end()));
                    return Err(DnsError::NotResponsible { server, name });
                }
            };
            let answer = self.answer(&asked, &reply, status, records);
            return Ok(Answer {
                chain: trail.chain(),
                alias: trail.alias(),
                security,
                ..answer
            });
        }
    }

    /// Asks one server, past everything that is remembered, for what it knows by itself. To the question for name servers,
    /// a delegation is an answer: what the zone above says.
    ///
    /// # Errors
    /// As [`Self::lookup`]; [`DnsError::NotResponsible`] when the server does not answer for the zone, and
    /// [`DnsError::Silent`] when it, or all servers like it, kept silent a moment ago.
    pub async fn ask_authority(&self, server: SocketAddr, name: &str, kind: RecordType) -> Result<Answer, DnsError> {
        let asked = name::parse(name)?;
        let pace = &self.client.pace;
        if pace.is_silent(server) || pace.is_walled_in() {
            let name = name::text(&asked);
            return Err(DnsError::Silent { server, name });
        }
        let client = Client {
            tries: NAMED_TRIES,
            timeout: self.client.timeout.min(NAMED_PATIENCE),
            ..self.client.clone()
        };
        let manner = Manner {
            recursive: false,
            signed: false,
        };
        let budget = &mut client.budget();
        let servers = [server];
        let reply = Box::pin(client.any(&servers, &asked, kind, manner, budget, |_| true)).await;
        match &reply {
            Err(DnsError::Timeout { .. }) => pace.directly_unheard(),
            Err(DnsError::Unreachable { .. } | DnsError::OutOfReach(_)) => {}
            _ => pace.directly_heard(),
        }
        let reply = reply?;
        let (status, records) = own(&reply, &asked, kind).ok_or_else(|| DnsError::NotResponsible {
            server,
            name: name::text(&asked),
        })?;
        Ok(self.answer(&asked, &reply, status, records))
    }

    fn answer(&self, asked: &Name, reply: &Reply, status: Status, records: Vec<Record>) -> Answer {
        Answer {
            name: name::text(asked),
            status,
            records,
            chain: Vec::new(),
            alias: None,
            security: Security::Indeterminate,
            server: reply.server,
            over: reply.over,
            rtt_ms: u32::try_from(reply.rtt.as_millis()).unwrap_or(u32::MAX),
            at: reply.at,
            left: reply.left(self.now()),
            authoritative: reply.message.metadata.authoritative,
        }
    }

    /// One message that answers the question, remembered or fresh. Aliases are not followed.
    pub(super) async fn fetch(&self, name: &Name, kind: RecordType, signed: bool) -> Result<Arc<Reply>, DnsError> {
        let key = Arc::new(Key {
            name: name.to_lowercase(),
            kind,
            signed,
        });
        if let Some(reply) = self.memory.reply(&key, self.now()) {
            return Ok(reply);
        }
        // Most questions are remembered or under way: only those that are put take the room that takes.
        let fresh = Box::pin(self.fresh(&key.name, kind, signed));
        self.memory.together(&key, fresh).await
    }

    async fn fresh(&self, name: &Name, kind: RecordType, signed: bool) -> Result<Reply, DnsError> {
        let mut budget = self.client.budget();
        match &self.way {
            Way::Servers(servers) => {
                let manner = Manner {
                    recursive: true,
                    signed,
                };
                // Whoever named them decides where they may be.
                let client = Client {
                    reach: Reach::LOCAL,
                    ..self.client.clone()
                };
                client.any(servers, name, kind, manner, &mut budget, knows).await
            }
            Way::Authoritative(roots) => {
                let search = Search {
                    client: &self.client,
                    memory: &self.memory,
                    roots,
                };
                search.resolve(name, kind, signed, 0, &mut budget).await
            }
        }
    }

    pub(super) fn now(&self) -> Option<Timestamp> {
        self.client.now()
    }

    pub(super) fn anchors(&self) -> Option<&Anchors> {
        self.anchors.as_ref()
    }

    pub(super) fn memory(&self) -> &Memory {
        &self.memory
    }
}

/// Whether a server that was to ask others says anything at all: one that cannot, and serves other zones, does not.
fn knows(message: &Message) -> bool {
    let is_start = |it: &rr::Record| matches!(it.data, RData::SOA(_));
    let (code, flags) = (message.metadata.response_code, &message.metadata);
    flags.authoritative
        || flags.recursion_available
        || code == ResponseCode::NXDomain
        || !message.answers.is_empty()
        || message.authorities.iter().any(is_start)
}

/// What a server says of a zone of its own; of a zone below, who serves that.
fn own(reply: &Reply, name: &Name, kind: RecordType) -> Option<(Status, Vec<Record>)> {
    let message = &reply.message;
    let of_kind = |it: &&rr::Record| it.name == *name && it.record_type() == kind.on_the_wire();
    if message.metadata.authoritative {
        let records: Vec<_> = message.answers.iter().filter(of_kind).map(Record::read).collect();
        if !records.is_empty() {
            return Some((Status::Found, records));
        }
    }
    let below = delegation(message, &Name::root(), name);
    if below.is_some_and(|it| kind == RecordType::Ns && it == *name) && message.answers.is_empty() {
        let servers = message.authorities.iter().filter(of_kind).map(Record::read);
        return Some((Status::Found, servers.collect()));
    }
    // An alias says that the name is no zone; nothing at all, with the start of the zone, that there is no such record.
    let knows = |it: &rr::Record| matches!(it.data, RData::SOA(_) | RData::CNAME(_)) && it.name.zone_of(name);
    let all = message.answers.iter().chain(&message.authorities);
    if !message.metadata.authoritative || !all.into_iter().any(knows) {
        return None;
    }
    Some(match message.metadata.response_code {
        ResponseCode::NXDomain => (Status::NxDomain, Vec::new()),
        _ => (Status::NoData, Vec::new()),
    })
}
