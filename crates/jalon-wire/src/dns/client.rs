//! Putting one question to one of several servers: which is asked first, how often, and for how long in all.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use hickory_proto::{
    op::{Message, ResponseCode},
    rr::Name,
};
use jiff::Timestamp;

use super::{
    DnsError, RecordType,
    exchange::Peer,
    message::{Manner, Question},
    name,
    pace::Pace,
    reply::Reply,
};
use crate::reach::Reach;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

#[derive(Clone)]
pub(super) struct Client {
    pub(super) timeout: Duration,
    pub(super) tries: u8,
    pub(super) query_ids: Arc<dyn Fn() -> u16 + Send + Sync>,
    pub(super) pace: Arc<Pace>,
    pub(super) clock: Option<Clock>,
    pub(super) reach: Reach,
}

/// What one answer may cost: waiting for turns is not counted, only what servers take.
pub(super) struct Budget {
    left: Duration,
    questions: u32,
}

/// Questions that one answer may take, over all delegations and the addresses of their servers.
const MOST_QUESTIONS: u32 = 64;
/// No try waits less: most answers come sooner.
const SHORTEST: Duration = Duration::from_millis(200);
/// So many times the patience with one server may be spent on one answer.
const PATIENCE: u32 = 6;

impl Budget {
    fn spend(&mut self, time: Duration) {
        self.left = self.left.saturating_sub(time);
    }
}

impl Client {
    pub(super) fn now(&self) -> Option<Timestamp> {
        self.clock.as_ref().map(|it| it())
    }

    pub(super) fn budget(&self) -> Budget {
        Budget {
            left: self.timeout * PATIENCE.max(u32::from(self.tries)),
            questions: MOST_QUESTIONS,
        }
    }

    /// Every server in turn, round after round; one that answered with an error is not asked again, one that kept silent
    /// is. Who was silent a short while ago comes last. The last failure is what is told.
    pub(super) async fn any(
        &self,
        servers: &[SocketAddr],
        name: &Name,
        kind: RecordType,
        manner: Manner,
        budget: &mut Budget,
        accept: impl Fn(&Message) -> bool + Sync,
    ) -> Result<Reply, DnsError> {
        let mut last = DnsError::NoServers;
        let mut hopeful = servers.to_vec();
        hopeful.sort_by_key(|it| self.pace.is_silent(*it));
        for round in 1..=self.tries {
            let patience = self.patience(round);
            for server in std::mem::take(&mut hopeful) {
                match self.one(server, name, kind, manner, patience, budget).await {
                    Ok(reply) if accept(&reply.message) => return Ok(reply),
                    Ok(_) => {
                        last = DnsError::NotResponsible {
                            server,
                            name: name::text(name),
                        }
                    }
                    Err(error) => {
                        if matches!(error, DnsError::Timeout { .. }) {
                            hopeful.push(server);
                        }
                        if budget.left.is_zero() || matches!(error, DnsError::Astray { .. }) {
                            return Err(error);
                        }
                        last = error;
                    }
                }
            }
        }
        Err(last)
    }

    /// How long one try waits: the last as long as was asked for, each before it half of the next. What was lost on the way
    /// is so asked for again soon, and a slow server waited for.
    fn patience(&self, round: u8) -> Duration {
        let halvings = u32::from(self.tries.saturating_sub(round)).min(16);
        (self.timeout / 2_u32.pow(halvings)).max(SHORTEST.min(self.timeout))
    }

    /// One try at one server.
    async fn one(
        &self,
        server: SocketAddr,
        name: &Name,
        kind: RecordType,
        manner: Manner,
        patience: Duration,
        budget: &mut Budget,
    ) -> Result<Reply, DnsError> {
        self.reach.check(server.ip())?;
        if budget.questions == 0 {
            return Err(DnsError::Astray { name: name::text(name) });
        }
        budget.questions -= 1;
        let turn = self.pace.turn(server).await;
        let started = tokio::time::Instant::now();
        let patience = patience.min(budget.left);
        let peer = Peer {
            server,
            patience,
            sockets: self.pace.sockets(),
        };
        let exchanged = self.exchange(peer, name, kind, manner).await;
        budget.spend(started.elapsed());
        drop(turn);
        match &exchanged {
            Ok(_) => self.pace.heard(server),
            Err(DnsError::Timeout { .. }) => self.pace.unheard(server),
            Err(_) => {}
        }
        let reply = exchanged?;
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

    async fn exchange(&self, peer: Peer<'_>, name: &Name, kind: RecordType, manner: Manner) -> Result<Reply, DnsError> {
        let question = |edns| Question {
            id: (self.query_ids)(),
            name,
            kind,
            edns,
            manner,
        };
        let mut exchanged = peer.ask(&question(true)).await?;
        if exchanged.message.metadata.response_code == ResponseCode::FormErr {
            exchanged = peer.ask(&question(false)).await?;
        }
        Ok(Reply {
            message: *exchanged.message,
            server: peer.server,
            over: exchanged.over,
            rtt: exchanged.rtt,
            at: self.now(),
        })
    }
}
