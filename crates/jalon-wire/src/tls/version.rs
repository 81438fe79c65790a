//! Protocol versions by the names people use.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A version of the protocol, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Version {
    /// RFC 6101, prohibited by RFC 7568.
    #[serde(rename = "SSL 3.0")]
    Ssl3,
    /// RFC 2246, deprecated by RFC 8996.
    #[serde(rename = "TLS 1.0")]
    Tls10,
    /// RFC 4346, deprecated by RFC 8996.
    #[serde(rename = "TLS 1.1")]
    Tls11,
    /// RFC 5246.
    #[serde(rename = "TLS 1.2")]
    Tls12,
    /// RFC 8446.
    #[serde(rename = "TLS 1.3")]
    Tls13,
}

impl Version {
    /// The minor number on the wire; the major one is always 3.
    pub(super) fn minor(self) -> u8 {
        self as u8
    }

    pub(super) fn from_wire(major: u8, minor: u8) -> Option<Self> {
        let all = [Self::Ssl3, Self::Tls10, Self::Tls11, Self::Tls12, Self::Tls13];
        all.get(usize::from(minor)).copied().filter(|_| major == 3)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Ssl3 => "SSL 3.0",
            Self::Tls10 => "TLS 1.0",
            Self::Tls11 => "TLS 1.1",
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        })
    }
}
