//! From the root servers down to those of a zone, delegation by delegation (RFC 1034, 5.3.3). A server is believed about
//! its own zone and what lies below, and about nothing else.

use std::{
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
};

use hickory_proto::{
    op::{Message, ResponseCode},
    rr::{self, Name, RData},
};
use jiff::SignedDuration;

use super::{
    DnsError, RecordType, Roots,
    client::{Budget, Client},
    memory::{Key, Memory},
    message::Manner,
    name::text,
    reply::Reply,
};

/// Delegations on one way down: more than labels of any real name.
const MOST_CUTS: usize = 16;
/// Name servers whose addresses are looked for, and how deep one such search may lead into others.
const MOST_STRANGERS: usize = 3;
const DEEPEST: usize = 3;
/// Addresses of one delegation that are asked.
const MOST_ADDRESSES: usize = 8;

/// A zone and its name servers, as the zone above tells them.
pub(super) struct Cut {
    pub(super) zone: Name,
    servers: Vec<(Name, Vec<IpAddr>)>,
}

/// A search that starts at the root servers.
pub(super) struct Search<'a> {
    pub(super) client: &'a Client,
    pub(super) memory: &'a Memory,
    pub(super) roots: &'a Roots,
}

type Found<'a> = Pin<Box<dyn Future<Output = Result<Reply, DnsError>> + Send + 'a>>;

/// What a message is to the question, coming from a server of `zone`.
enum Said {
    Answer,
    /// Servers of a zone further down.
    Delegation(Name),
    Nothing,
}

impl<'a> Search<'a> {
    pub(super) fn resolve(
        &'a self,
        name: &'a Name,
        kind: RecordType,
        signed: bool,
        depth: usize,
        budget: &'a mut Budget,
    ) -> Found<'a> {
        Box::pin(async move {
            let manner = Manner {
                recursive: false,
                signed,
            };
            let mut cut = self.nearest(name, kind);
            for _ in 0..MOST_CUTS {
                let (zone, servers) = match &cut {
                    Some(cut) => (cut.zone.clone(), self.addresses(cut, depth, budget).await?),
                    None => (Name::root(), self.roots.servers()),
                };
                let accept = |it: &Message| !matches!(said(it, &zone, name, kind), Said::Nothing);
                let mut reply = self.client.any(&servers, name, kind, manner, budget, accept).await?;
                match said(&reply.message, &zone, name, kind) {
                    Said::Delegation(below) => cut = Some(self.learn(&reply, &zone, below)),
                    _ => {
                        reply.keep_to(&zone);
                        return Ok(reply);
                    }
                }
            }
            Err(DnsError::Astray { name: text(name) })
        })
    }

    /// The nearest delegation that is remembered; the root when none is. What a parent says of its child (DS) is asked
    /// above the child.
    fn nearest(&self, name: &Name, kind: RecordType) -> Option<Arc<Cut>> {
        let now = self.client.now();
        let mut zone = match kind {
            RecordType::Ds => name.base_name(),
            _ => name.clone(),
        };
        while !zone.is_root() {
            if let Some(cut) = self.memory.cut(&zone, now) {
                return Some(cut);
            }
            zone = zone.base_name();
        }
        None
    }

    fn learn(&self, reply: &Reply, above: &Name, zone: Name) -> Arc<Cut> {
        let message = &reply.message;
        let is_server = |it: &&rr::Record| it.name == zone;
        let hosts = message
            .authorities
            .iter()
            .filter(is_server)
            .filter_map(|it| match &it.data {
                RData::NS(host) => Some((host.0.to_lowercase(), it.ttl)),
                _ => None,
            });
        let hosts: Vec<(Name, u32)> = hosts.take(16).collect();
        let ttl = hosts.iter().map(|it| it.1).min().unwrap_or(0).min(24 * 60 * 60);
        let servers = hosts.into_iter().map(|(host, _)| {
            let glue = if above.zone_of(&host) {
                addresses_of(&message.additionals, &host)
            } else {
                Vec::new()
            };
            (host, glue)
        });
        let cut = Arc::new(Cut {
            zone,
            servers: servers.collect(),
        });
        let until = reply
            .at
            .and_then(|it| it.checked_add(SignedDuration::from_secs(i64::from(ttl))).ok());
        if let Some(until) = until {
            self.memory.keep_cut(&cut, until);
        }
        cut
    }

    /// The addresses of the servers of a cut; those that came without are looked for when there are too few.
    async fn addresses(&self, cut: &Cut, depth: usize, budget: &mut Budget) -> Result<Vec<SocketAddr>, DnsError> {
        let mut found: Vec<IpAddr> = cut.servers.iter().flat_map(|it| it.1.clone()).collect();
        // Below its own zone a server without an address can be found by nobody.
        let strangers = cut
            .servers
            .iter()
            .filter(|it| it.1.is_empty() && !cut.zone.zone_of(&it.0));
        let mut last = DnsError::NoServers;
        for (host, _) in strangers.take(MOST_STRANGERS) {
            if found.len() >= 2 || depth >= DEEPEST {
                break;
            }
            match self.host(host, depth, budget).await {
                Ok(addresses) => found.extend(addresses),
                Err(error) => last = error,
            }
        }
        found.retain(|it| self.client.reach.check(*it).is_ok());
        // IPv4 first: many networks have no way out by IPv6.
        found.sort_by_key(IpAddr::is_ipv6);
        found.dedup();
        found.truncate(MOST_ADDRESSES);
        if found.is_empty() {
            return Err(match last {
                DnsError::NoServers => DnsError::Astray { name: text(&cut.zone) },
                other => other,
            });
        }
        Ok(found.into_iter().map(|it| (it, self.roots.port()).into()).collect())
    }

    /// The addresses of a name server that came without.
    async fn host(&self, host: &Name, depth: usize, budget: &mut Budget) -> Result<Vec<IpAddr>, DnsError> {
        let mut found = Vec::new();
        for kind in [RecordType::A, RecordType::Aaaa] {
            let key = Arc::new(Key {
                name: host.clone(),
                kind,
                signed: false,
            });
            let reply = match self.memory.reply(&key, self.client.now()) {
                Some(reply) => reply,
                None => {
                    let reply = Arc::new(self.resolve(host, kind, false, depth + 1, budget).await?);
                    self.memory.keep_reply(key, &reply);
                    reply
                }
            };
            found.extend(addresses_of(&reply.message.answers, host));
            if !found.is_empty() {
                break;
            }
        }
        Ok(found)
    }
}

fn addresses_of(records: &[rr::Record], host: &Name) -> Vec<IpAddr> {
    let address = |it: &rr::Record| match &it.data {
        RData::A(it) => Some(IpAddr::V4(it.0)),
        RData::AAAA(it) => Some(IpAddr::V6(it.0)),
        _ => None,
    };
    let own = records.iter().filter(|it| it.name == *host);
    own.filter_map(address).take(4).collect()
}

/// Servers of a zone below `zone` that `name` stands in, in the authority section.
pub(super) fn delegation(message: &Message, zone: &Name, name: &Name) -> Option<Name> {
    let below = |it: &&rr::Record| {
        matches!(it.data, RData::NS(_)) && it.name != *zone && zone.zone_of(&it.name) && it.name.zone_of(name)
    };
    message.authorities.iter().find(below).map(|it| it.name.to_lowercase())
}

fn said(message: &Message, zone: &Name, name: &Name, kind: RecordType) -> Said {
    let is_known = message.metadata.response_code == ResponseCode::NXDomain
        || message.answers.iter().any(|it| it.name == *name)
        || message
            .authorities
            .iter()
            .any(|it| matches!(it.data, RData::SOA(_)) && zone.zone_of(&it.name) && it.name.zone_of(name));
    match delegation(message, zone, name) {
        _ if message.metadata.authoritative && is_known => Said::Answer,
        // The child cannot say what the parent knows of it.
        Some(below) if !(kind == RecordType::Ds && below == *name) => Said::Delegation(below),
        None if message.metadata.authoritative && message.answers.is_empty() => Said::Answer,
        _ => Said::Nothing,
    }
}
