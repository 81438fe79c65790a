//! What a question came to, in plain types.

use std::net::SocketAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Record;

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
    /// The alias at the name itself, where one was followed: what the question for it would have brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<Record>,
    /// What its signatures say.
    #[serde(default, skip_serializing_if = "Security::is_indeterminate")]
    pub security: Security,
    /// Who answered.
    pub server: SocketAddr,
    /// How the last answer travelled.
    pub over: Transport,
    /// How long the last answer took, in milliseconds.
    pub rtt_ms: u32,
    /// When it came, from a server or long ago; not known without a clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// For how many seconds from now on it may still be remembered; of an absence, what RFC 2308 says. The lifetimes of
    /// the records stay as the server told them, however long they have been remembered here.
    #[serde(default)]
    pub left: u32,
    /// Whether the server answered for a zone of its own.
    #[serde(default)]
    pub authoritative: bool,
}
