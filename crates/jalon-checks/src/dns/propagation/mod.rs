//! Whether a change has arrived everywhere: each authoritative server of a zone asked directly, and resolvers that people
//! use. What was seen is put together in `picture`, without asking anybody.

mod look;
mod picture;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;

use jalon_domain::words;
use jalon_wire::dns::RecordType;
use serde::{Deserialize, Serialize};

pub use look::{Authorities, Watch, authorities};
pub use picture::{Elsewhere, Picture, Serial, SetPicture};

use super::change::Plan;
use crate::doubt::Doubt;

/// A record set to look for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Wanted {
    /// Whose records they are: lower-case A-labels without the last dot.
    pub name: String,
    /// Their type, such as `TXT`.
    pub kind: String,
    /// What they should say, each as a zone line has it behind the name; `None` means what the newest authoritative server
    /// says.
    pub expected: Option<Vec<String>>,
    /// What of it counts, when other records of the set are somebody else's matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
}

/// The records of a set that a fix brings and takes away, each as a zone line has it behind the name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// Those that have to be there.
    pub there: Vec<String>,
    /// Those that must not be.
    pub gone: Vec<String>,
}

impl Part {
    /// Whether a set of records has all of the first and none of the second.
    fn is_in(&self, values: &[String]) -> bool {
        self.there.iter().all(|it| values.contains(it)) && !self.gone.iter().any(|it| values.contains(it))
    }
}

impl Wanted {
    /// The type, when it is one that can be asked for.
    pub fn record_type(&self) -> Option<RecordType> {
        serde_json::from_value(self.kind.as_str().into()).ok()
    }

    /// What a plan changes, as it will be.
    pub fn of_changes(plan: &Plan) -> Vec<Self> {
        let wanted = |it: &jalon_wire::dns::update::SetChange| Self {
            name: it.name.clone(),
            kind: it.kind.clone(),
            expected: Some(picture::values(&it.after)),
            part: None,
        };
        plan.changes().map(wanted).collect()
    }

    /// What a plan changes, whatever else is published beside it: fixes of other rules may change the same set.
    pub fn of_part(plan: &Plan) -> Vec<Self> {
        let wanted = |it: &jalon_wire::dns::update::SetChange| {
            let (before, after) = (picture::values(&it.before), picture::values(&it.after));
            let without = |all: &[String], others: &[String]| {
                let own = all.iter().filter(|it| !others.contains(it));
                own.cloned().collect()
            };
            let part = Part {
                there: without(&after, &before),
                gone: without(&before, &after),
            };
            Self {
                name: it.name.clone(),
                kind: it.kind.clone(),
                // A part without records would be in every answer.
                part: Some(part).filter(|it| !(it.there.is_empty() && it.gone.is_empty())),
                expected: Some(after),
            }
        };
        plan.changes().map(wanted).collect()
    }

    /// What is published, whatever it says.
    pub fn of_published(plan: &Plan) -> Vec<Self> {
        let wanted = |it: &jalon_wire::dns::update::SetChange| Self {
            name: it.name.clone(),
            kind: it.kind.clone(),
            expected: None,
            part: None,
        };
        plan.sets.iter().map(wanted).collect()
    }
}

words! {
    /// What a server is to the zone.
    Role {
        Authoritative = "authoritative", "Authoritative", "Faisant autorité";
        Resolver = "resolver", "Resolver", "Résolveur";
    }
}

/// Somebody who is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Server {
    /// The name that the zone gives it; of a resolver, its address.
    pub name: String,
    /// Where it is asked.
    pub address: SocketAddr,
    /// What it is to the zone.
    pub role: Role,
}

/// What one server says of one record set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// These records.
    Shown {
        /// Each as a zone line has it behind the name, in order.
        values: Vec<String>,
        /// How long the answer may be remembered, in seconds.
        ttl: u32,
    },
    /// No such record.
    Absent,
    /// Nobody knows.
    Unknown {
        /// Why.
        reason: Doubt,
    },
}

/// What one server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Who.
    pub server: Server,
    /// The serial of its zone; only authoritative servers are asked.
    pub serial: Option<u32>,
    /// Of each set that is looked for, in the same order.
    pub sights: Vec<Sight>,
}
