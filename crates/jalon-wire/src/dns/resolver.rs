//! The resolver: several servers, several tries, one answer.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use hickory_proto::{op::ResponseCode, rr::Name};
use serde::{Deserialize, Serialize};

use super::{
    DnsError, Record, RecordType,
    alias::{Step, Trail},
    exchange::{Peer, Reply},
    message::Question,
    name,
};

/// What was asked for, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// There are records.
    Found,
    /// The name exists and has no such record.
    NoData,
    /// The name does not exist; behind aliases, the last one.
    NxDomain,
}

/// How an answer travelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// One datagram.
    Udp,
    /// A stream, because a datagram was too small.
    Tcp,
}

/// What signatures say of an answer (RFC 4033, section 5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Signed, from a trusted anchor down.
    Secure,
    /// Proved to stand in a zone that is not signed.
    Insecure,
    /// It should be signed, and its signatures are missing or wrong.
    Bogus,
    /// Nobody validated it.
    #[default]
    Indeterminate,
}

impl Security {
    /// Whether nothing is known of it.
    pub fn is_indeterminate(&self) -> bool {
        *self == Self::Indeterminate
    }
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The name asked for: lower-case A-labels without the last dot.
    pub name: String,
    /// In one word.
    pub status: Status,
    /// The records, unless the status says that there are none.
    pub records: Vec<Record>,
    /// The aliases that were followed, in order.
    pub chain: Vec<String>,
    /// What its signatures say.
    #[serde(default, skip_serializing_if = "Security::is_indeterminate")]
    pub security: Security,
    /// Who answered.
    pub server: SocketAddr,
    /// How the last answer travelled.
    pub over: Transport,
    /// How long the last answer took, in milliseconds.
    pub rtt_ms: u32,
}

/// A client of name servers; cheap to clone.
#[derive(Clone)]
pub struct Resolver {
    servers: Arc<[SocketAddr]>,
    timeout: Duration,
    tries: u8,
    query_ids: Arc<dyn Fn() -> u16 + Send + Sync>,
}

impl Resolver {
    /// Asks these servers, in this order, with two tries of three seconds each.
    ///
    /// `query_ids` gives the id of each question and must not be predictable (RFC 5452, 4.3).
    pub fn new(servers: impl Into<Arc<[SocketAddr]>>, query_ids: impl Fn() -> u16 + Send + Sync + 'static) -> Self {
        Self {
            servers: servers.into(),
            timeout: Duration::from_secs(3),
            tries: 2,
            query_ids: Arc::new(query_ids),
        }
    }

    /// How long each try waits, over UDP and again over TCP.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// How often each server is asked before it counts as silent; at least once.
    #[must_use]
    pub fn with_tries(self, tries: u8) -> Self {
        Self {
            tries: tries.max(1),
            ..self
        }
    }

    /// The servers, in the order they are asked.
    pub fn servers(&self) -> &[SocketAddr] {
        &self.servers
    }

    /// Asks for the records of a name, following aliases unless aliases are asked for. An absence
    /// is an answer, in [`Answer::status`].
    ///
    /// # Errors
    /// When no server answered: nothing is known then, least of all that a record is absent.
    pub async fn lookup(&self, name: &str, kind: RecordType) -> Result<Answer, DnsError> {
        let asked = name::parse(name)?;
        let mut trail = Trail::new(asked.clone());
        loop {
            let (server, reply) = self.ask(trail.end(), kind).await?;
            let (status, records) = match trail.follow(&reply.message, kind)? {
                Step::AskAgain => continue,
                Step::Found(records) => (Status::Found, records),
                Step::NoData => (Status::NoData, Vec::new()),
                Step::NxDomain => (Status::NxDomain, Vec::new()),
                Step::NotResponsible => {
                    let name = name::text(trail.end());
                    return Err(DnsError::NotResponsible { server, name });
                }
            };
            return Ok(Answer {
                name: name::text(&asked),
                status,
                records,
                chain: trail.chain(),
                security: Security::Indeterminate,
                server,
                over: reply.over,
                rtt_ms: u32::try_from(reply.rtt.as_millis()).unwrap_or(u32::MAX),
            });
        }
    }

    /// Every server in turn, round after round; one that answered with an error is not asked
    /// again, one that kept silent is. The last failure is what is told.
    async fn ask(&self, name: &Name, kind: RecordType) -> Result<(SocketAddr, Reply), DnsError> {
        let mut last = DnsError::NoServers;
        let mut hopeful = self.servers.to_vec();
        for _ in 0..self.tries {
            for server in std::mem::take(&mut hopeful) {
                match self.ask_one(server, name, kind).await {
                    Ok(reply) => return Ok((server, reply)),
                    Err(error) => {
                        if matches!(error, DnsError::Timeout { .. }) {
                            hopeful.push(server);
                        }
                        last = error;
                    }
                }
            }
        }
        Err(last)
    }

    async fn ask_one(&self, server: SocketAddr, name: &Name, kind: RecordType) -> Result<Reply, DnsError> {
        let peer = Peer {
            server,
            patience: self.timeout,
        };
        let question = |edns| Question {
            id: (self.query_ids)(),
            name,
            kind,
            edns,
        };
        let mut reply = peer.ask(&question(true)).await?;
        if reply.message.metadata.response_code == ResponseCode::FormErr {
            reply = peer.ask(&question(false)).await?;
        }
        let name = || name::text(name);
        match reply.message.metadata.response_code {
            ResponseCode::NoError | ResponseCode::NXDomain => Ok(reply),
            ResponseCode::ServFail => Err(DnsError::ServFail { server, name: name() }),
            ResponseCode::Refused => Err(DnsError::Refused { server, name: name() }),
            other => Err(DnsError::OtherCode {
                server,
                name: name(),
                code: other.to_string(),
            }),
        }
    }
}
