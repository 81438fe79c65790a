//! The facts as types: stable in JSON, without opinions.

mod controller;
mod service;
mod trust;
mod unseen;

pub use controller::{Controller, Role};
pub use service::{
    AccountKind, Authority, AuthorityKind, ConnectionPoint, PointKind, Policy, SyncAccount, SyncFacts, Tenant,
};
pub use trust::{Direction, Trust, TrustKind};
pub use unseen::{Absent, Prerequisite, Why};

use serde::{Deserialize, Serialize};

/// Everything that is known of one forest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ForestFacts {
    /// The servers that told it.
    pub read_from: Vec<Server>,
    /// Its domains and their levels.
    pub forest: Forest,
    /// What its schema was made for.
    pub schema: Schema,
    /// Whom its domains trust.
    pub trusts: Vec<Trust>,
    /// Suffixes of sign-in names, declared besides the names of its domains.
    pub upn_suffixes: Vec<String>,
    /// Its domain controllers.
    pub controllers: Vec<Controller>,
    /// Its group policies.
    pub policies: Vec<Policy>,
    /// Its certificate authorities and those it trusts.
    pub authorities: Vec<Authority>,
    /// Where Outlook is sent to inside.
    pub autodiscover: Vec<ConnectionPoint>,
    /// What synchronises it with a tenant already.
    pub sync: SyncFacts,
    /// What was not seen, and why.
    pub absent: Vec<Absent>,
    /// What the facts say of the programme's prerequisites.
    pub prerequisites: Vec<Prerequisite>,
}

/// A server that was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Its name, as it says itself.
    pub name: Option<String>,
    /// The highest functional level that it can serve.
    pub functional_level: Option<u32>,
    /// The bases it holds.
    pub naming_contexts: Vec<String>,
    /// It answers in pages.
    pub pages: bool,
    /// It tells what changed since the last time (DirSync).
    pub changes: bool,
}

/// The domains of a forest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Forest {
    /// The DNS name of its first domain.
    pub root: Option<String>,
    /// Its functional level, as a number.
    pub functional_level: Option<u32>,
    /// The product that the level is named after; none when the table does not know it.
    pub functional_name: Option<String>,
    /// Its domains, the first one first.
    pub domains: Vec<Domain>,
}

/// One domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Domain {
    /// Its DNS name.
    pub dns: String,
    /// Its short name.
    pub netbios: Option<String>,
    /// The DNS name of the domain above it.
    pub parent: Option<String>,
    /// Its functional level, as a number.
    pub functional_level: Option<u32>,
    /// The product that the level is named after.
    pub functional_name: Option<String>,
}

/// What the schema was made for. A version without name is not in the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Schema {
    /// Its version.
    pub version: Option<u32>,
    /// The product that brought this version.
    pub name: Option<String>,
    /// The version of Exchange's part; none when the part is absent or was not seen, which `absent` tells.
    pub exchange_version: Option<u32>,
    /// The release of Exchange that brought it.
    pub exchange_name: Option<String>,
    /// The Exchange organisation, where one was set up.
    pub exchange_organization: Option<Organization>,
    /// The version of Skype's part.
    pub skype_version: Option<u32>,
    /// The release that brought it.
    pub skype_name: Option<String>,
    /// The pools of Skype or Lync servers.
    pub skype_pools: Vec<String>,
}

/// An Exchange organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Option<u32>,
    /// The release that prepared it.
    pub version_name: Option<String>,
    /// What it says of the product itself.
    pub product: Option<String>,
}
