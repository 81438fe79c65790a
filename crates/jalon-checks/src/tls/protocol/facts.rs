//! What greetings at each address of an endpoint brought.

use std::net::SocketAddr;

use jalon_domain::engagement::Endpoint;
use jalon_wire::tls::{Handshake, Survey, Version};
use serde::{Deserialize, Serialize};

use super::super::{gather::Looked, inspected};
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

    /// The addresses that answer alike, each group with the first of them; one group when none answers.
    pub(super) fn groups(&self) -> Vec<Vec<&Node>> {
        let mut groups: Vec<Vec<&Node>> = Vec::new();
        let answering = |it: &&Node| it.reason().is_none();
        for node in self.protocols.iter().filter(answering) {
            match groups.iter_mut().find(|it| alike(&it[0].heard) == alike(&node.heard)) {
                Some(group) => group.push(node),
                None => groups.push(vec![node]),
            }
        }
        if groups.is_empty() {
            groups.push(self.protocols.iter().take(1).collect());
        }
        groups
    }

    /// Addresses that answered nothing although others did, one for each reason.
    pub(super) fn silent(&self) -> Vec<&Node> {
        let mut silent: Vec<&Node> = Vec::new();
        if self.protocols.iter().all(|it| it.reason().is_some()) {
            return silent;
        }
        for node in &self.protocols {
            let is_new = node.reason().is_some() && silent.iter().all(|it| it.reason() != node.reason());
            silent.extend(is_new.then_some(node));
        }
        silent
    }
}

impl Node {
    fn reason(&self) -> Option<Doubt> {
        match self.heard {
            Heard::Answers { .. } | Heard::Plain => None,
            Heard::Unknown { reason } => Some(reason),
        }
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
