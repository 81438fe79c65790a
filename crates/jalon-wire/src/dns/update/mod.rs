//! Changing a zone by a dynamic update (RFC 2136), signed with a shared key (RFC 8945). One message: either everything in
//! it happens or nothing, and nothing when the zone is not what the sender believes.

mod key;
mod message;
mod send;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

pub use self::key::{BadKey, UpdateKey};
use super::Record;

/// One record set before and after a change. All records have the same name and the same type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetChange {
    /// Whose records they are: lower-case A-labels without the last dot.
    pub name: String,
    /// Their type, such as `TXT`.
    pub kind: String,
    /// As they have to be now; none when there must be no such record.
    pub before: Vec<Record>,
    /// As they will be.
    pub after: Vec<Record>,
}

impl SetChange {
    /// The change that takes this one back.
    #[must_use]
    pub fn undone(&self) -> Self {
        Self {
            before: self.after.clone(),
            after: self.before.clone(),
            ..self.clone()
        }
    }
}

/// Whom an update is sent to, and how.
pub struct Sender<'a> {
    /// The primary server of the zone.
    pub server: SocketAddr,
    /// What it is signed with; few servers take updates that are not.
    pub key: Option<&'a UpdateKey>,
    /// The id of the message; not predictable.
    pub id: u16,
    /// The time, in seconds since 1970: signatures hold for five minutes.
    pub now: u64,
    /// How long connecting and each answer may take.
    pub patience: std::time::Duration,
}

/// Why a zone was not changed, or why that is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpdateError {
    /// The zone is not what it was taken for: nothing was changed.
    #[error("the zone {zone} is no longer what it was when the change was planned")]
    Changed {
        /// The zone.
        zone: String,
    },
    /// The server does not take the update: nothing was changed.
    #[error("{server} does not change {zone}: {code}")]
    Refused {
        /// Who was asked.
        server: SocketAddr,
        /// The zone.
        zone: String,
        /// The code of its answer (RFC 2136, section 2.2; RFC 8945, section 3).
        code: String,
    },
    /// What is to be changed cannot be written into a message: nothing was sent.
    #[error("{what} cannot be changed this way: {reason}")]
    Unwritable {
        /// The record or the name.
        what: String,
        /// Why.
        reason: String,
    },
    /// Nothing listens there: nothing was sent.
    #[error("{server} cannot be reached: {reason}")]
    Unreachable {
        /// Who was asked.
        server: SocketAddr,
        /// What the system says.
        reason: String,
    },
    /// It was sent, and no answer came that could be trusted: the zone may have changed or not.
    #[error("{server} did not confirm the change: {reason}")]
    Unconfirmed {
        /// Who was asked.
        server: SocketAddr,
        /// What came instead.
        reason: String,
    },
}

impl Sender<'_> {
    /// Changes the zone.
    ///
    /// # Errors
    /// When it was not changed, or when that is not known ([`UpdateError::Unconfirmed`]).
    pub async fn send(&self, zone: &str, changes: &[SetChange]) -> Result<(), UpdateError> {
        send::send(self, zone, message::build(self.id, zone, changes)?).await
    }
}
