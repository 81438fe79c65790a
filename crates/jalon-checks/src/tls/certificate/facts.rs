//! What looks at the addresses of an endpoint brought.

use std::net::SocketAddr;

use jalon_domain::engagement::Endpoint;
use jalon_wire::tls::{Handshake, Staple, StapleStatus, StartTls};
use serde::{Deserialize, Serialize};

use super::super::{
    Scenario, Settings,
    gather::Looked,
    nodes::{self, Node as _, is_no_way, is_out_of_sight},
};
use crate::doubt::Doubt;

/// What is known of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The name that clients call, in A-labels, or an address.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// The protocol that asks for TLS, where it does not begin at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starttls: Option<StartTls>,
    /// What it is for.
    #[serde(default)]
    pub scenario: Scenario,
    /// Names that its certificate needs for that beside its own.
    #[serde(default)]
    pub needed: Vec<String>,
    /// Why it is not known whether a name is needed; none when that is known of each.
    #[serde(default)]
    pub unsure: Option<Doubt>,
    /// Whether certificates of the roots that were given owe what public ones owe.
    #[serde(default)]
    pub are_roots_public: bool,
    /// Each address of the name.
    pub nodes: Vec<Node>,
    /// Addresses that were not looked at: the name has too many.
    #[serde(default)]
    pub left_out: usize,
}

/// One address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Where it is; none when the name leads nowhere.
    pub address: Option<SocketAddr>,
    /// Certificate timestamps came beside the certificate; none when that could not be seen.
    #[serde(default)]
    pub timestamps_beside: Option<bool>,
    /// What came of the look.
    #[serde(flatten)]
    pub seen: Seen,
}

/// What came of the look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Seen {
    /// A server showed its certificates.
    Shown {
        /// All that was seen.
        handshake: Box<Handshake>,
    },
    /// A server speaks the protocol and does not offer TLS.
    Plain {
        /// Its words, where it had any.
        said: String,
    },
    /// Nothing was seen.
    Unknown {
        /// Why.
        reason: Doubt,
        /// The failure in the words of the client.
        detail: String,
    },
}

impl Facts {
    pub(in crate::tls) fn new(endpoint: &Endpoint, settings: &Settings, looked: Looked) -> Self {
        let nodes = looked.nodes.into_iter().map(|it| {
            let (timestamps_beside, seen) = match it.seen {
                Ok((handshake, survey)) => {
                    let handshake = Box::new(handshake);
                    (survey.has_timestamps, Seen::Shown { handshake })
                }
                Err(it) => {
                    let (reason, detail) = (it.reason, it.detail);
                    let seen = match it.plain {
                        Some(said) => Seen::Plain { said },
                        None => Seen::Unknown { reason, detail },
                    };
                    (None, seen)
                }
            };
            Node {
                address: it.address,
                timestamps_beside,
                seen,
            }
        });
        Self {
            starttls: looked.starttls,
            scenario: looked.scenario,
            needed: looked.needed,
            unsure: looked.unsure,
            host: looked.host,
            port: endpoint.port(),
            are_roots_public: settings.are_roots_public,
            nodes: nodes.collect(),
            left_out: looked.left_out,
        }
    }

    /// The addresses that this machine can reach at all.
    pub(super) fn in_sight(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|it| !self.is_out_of_sight(it))
    }

    /// Whether anything is known of any address.
    pub(super) fn has_answered(&self) -> bool {
        self.nodes.iter().any(|it| it.silence().is_none())
    }

    /// Where this machine speaks no IPv6 at all, an address of it is neither silent nor seen.
    pub(super) fn is_out_of_sight(&self, node: &Node) -> bool {
        let has_no_way = |it: &Node| match &it.seen {
            Seen::Unknown { reason, detail } => is_no_way(*reason, detail),
            Seen::Shown { .. } | Seen::Plain { .. } => false,
        };
        let is_v6 = |it: &Node| it.address.is_some_and(|it| it.is_ipv6());
        is_out_of_sight(&self.nodes, node, is_v6, has_no_way)
    }
}

impl nodes::Node for Node {
    fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    fn silence(&self) -> Option<Doubt> {
        match self.seen {
            Seen::Shown { .. } | Seen::Plain { .. } => None,
            Seen::Unknown { reason, .. } => Some(reason),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (self.handshake(), other.handshake()) else {
            return self.seen == other.seen;
        };
        (&one.chain, &one.verified_within_dates, stapled(one)) == (&two.chain, &two.verified_within_dates, stapled(two))
            && self.timestamps_beside == other.timestamps_beside
    }
}

impl Node {
    /// What it showed.
    pub(super) fn handshake(&self) -> Option<&Handshake> {
        match &self.seen {
            Seen::Shown { handshake } => Some(handshake),
            Seen::Plain { .. } | Seen::Unknown { .. } => None,
        }
    }
}

/// What of a staple does not change from one hour to the next.
fn stapled(it: &Handshake) -> Option<(Option<StapleStatus>, bool)> {
    it.staple.as_ref().map(|it| match it {
        Staple::Answer {
            status, is_about_own, ..
        } => (Some(*status), *is_about_own),
        Staple::Failed { .. } | Staple::Unreadable => (None, false),
    })
}
