//! What one look at an endpoint brought.

use jalon_wire::tls::{CertificateFacts, Handshake, StartTls, Trust, Version};
use serde::{Deserialize, Serialize};

use crate::doubt::{Doubt, Doubted};

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
    /// A server older than TLS 1.2 showed its certificates; whom they lead to was not verified.
    TooOld {
        /// The best it speaks.
        version: Version,
        /// The certificates, its own first.
        chain: Vec<CertificateFacts>,
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
    /// `host:port`, the subject of every finding.
    pub(super) fn endpoint(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    pub(super) fn doubted(&self, doubt: Doubt) -> Doubted {
        Doubted {
            doubt,
            about: self.endpoint(),
        }
    }

    /// The certificates that were shown.
    pub(super) fn chain(&self) -> Result<&[CertificateFacts], Doubted> {
        match &self.seen {
            Seen::Shown { handshake } => Ok(&handshake.chain),
            Seen::TooOld { chain, .. } => Ok(chain),
            Seen::Plain { .. } => Err(self.doubted(Doubt::NoHandshake)),
            Seen::Unknown { reason, .. } => Err(self.doubted(*reason)),
        }
    }

    /// Whom they lead to, their own dates aside.
    pub(super) fn trust(&self) -> Result<&Trust, Doubted> {
        match &self.seen {
            Seen::Shown { handshake } => Ok(&handshake.verified_within_dates),
            Seen::TooOld { .. } | Seen::Plain { .. } => Err(self.doubted(Doubt::NoHandshake)),
            Seen::Unknown { reason, .. } => Err(self.doubted(*reason)),
        }
    }
}
