//! The facts of a forest, as its Active Directory tells them: levels, schema, trusts, controllers, policies, authorities,
//! connection points. `gather` asks, `read` turns entries into facts, `judge` says what they mean for the programme's
//! prerequisites; the check `directory.forest` judges them as well.

mod gather;
mod gathered;
mod part;
mod prerequisites;
mod read;
mod sheets;
mod tables;
mod types;
mod value;

use super::dn;

pub use gather::{GatherError, gather};
pub use gathered::{Gathered, Seen, Unseen};
pub use part::Part;
pub(super) use prerequisites::is_known;
pub use prerequisites::{Used, judge};
pub use read::read;
pub use sheets::{Sheet, heading, hidden, is_told, sheets};
pub(super) use tables::tables;
pub use types::{
    Absent, AccountKind, Authority, AuthorityKind, ConnectionPoint, Controller, Direction, Domain, Forest, ForestFacts,
    Organization, PointKind, Policy, Prerequisite, Role, Schema, Server, SyncAccount, SyncFacts, Tenant, Trust,
    TrustKind, Why,
};

#[cfg(test)]
mod tests;
