//! What greetings at each address of an endpoint brought.

use std::net::SocketAddr;

use jalon_domain::engagement::Endpoint;
use jalon_wire::tls::{Handshake, Survey, Version};
use serde::{Deserialize, Serialize};

use super::super::{gather::Looked, inspected, nodes};
use crate::doubt::Doubt;

/// What is known of what an endpoint speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The name that clients call, in A-labels, or an address.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// Each address of the name.
    pub protocols: Vec<Node>,
    /// Addresses that were not asked: the name has too many.
    #[serde(default)]
    pub unasked: usize,
}

/// One address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Where it is; none when the name leads nowhere.
    pub address: Option<SocketAddr>,
    /// What came of the greetings.
    #[serde(flatten)]
    pub heard: Heard,
}

/// What came of the greetings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "heard", rename_all = "kebab-case")]
pub enum Heard {
    /// A server answered.
    Answers {
        /// The version that a current client agrees on.
        version: Option<Version>,
        /// The cipher suite that it agrees on.
        suite: Option<String>,
        /// The authority that answers in the place of Microsoft; none when nobody does.
        #[serde(default)]
        inspected_by: Option<String>,
        /// What the server takes.
        survey: Survey,
    },
    /// The server speaks its protocol and does not offer TLS.
    Plain,
    /// Nothing was heard.
    Unknown {
        /// Why.
        reason: Doubt,
    },
}

impl Facts {
    pub(in crate::tls) fn new(endpoint: &Endpoint, looked: &Looked) -> Self {
        let in_sight = looked.nodes.iter().filter(|it| !looked.is_out_of_sight(it));
        let nodes = in_sight.map(|it| Node {
            address: it.address,
            heard: match &it.seen {
                Ok((handshake, survey)) => heard(handshake, survey),
                Err(it) if it.plain.is_some() => Heard::Plain,
                Err(it) => Heard::Unknown { reason: it.reason },
            },
        });
        Self {
            host: looked.host.clone(),
            port: endpoint.port(),
            protocols: nodes.collect(),
            unasked: looked.left_out,
        }
    }
}

impl nodes::Node for Node {
    fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    fn silence(&self) -> Option<Doubt> {
        match self.heard {
            Heard::Answers { .. } | Heard::Plain => None,
            Heard::Unknown { reason } => Some(reason),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        alike(&self.heard) == alike(&other.heard)
    }
}

fn heard(handshake: &Handshake, survey: &Survey) -> Heard {
    let top = handshake.chain.last().map(|it| it.issuer.clone());
    Heard::Answers {
        version: handshake.protocol,
        suite: handshake.cipher.clone(),
        inspected_by: top.filter(|_| inspected::is_inspected(handshake)),
        survey: survey.clone(),
    }
}

/// What the rules look at; how many connections it took is none of it.
fn alike(heard: &Heard) -> Heard {
    let mut heard = heard.clone();
    if let Heard::Answers { survey, .. } = &mut heard {
        survey.connections = 0;
    }
    heard
}
