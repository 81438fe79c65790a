//! What the forest publishes: policies, authorities, connection points, and what synchronises it already.

use jalon_domain::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A group policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its domain.
    pub domain: String,
    /// What people call it.
    pub name: String,
    /// Its identifier, in braces.
    pub id: String,
    /// How often it was changed, for users and for computers: the two halves of `versionNumber`.
    pub version: Option<u32>,
    /// When it was last changed.
    pub changed: Option<Timestamp>,
    /// Whether any half of it applies where it is linked.
    pub enabled: bool,
    /// To how many domains, units and sites it is linked; none when the links were not seen.
    pub links: Option<u32>,
}

/// A certificate of an authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// The name of the object.
    pub name: String,
    /// What it is for.
    pub kind: AuthorityKind,
    /// The server that issues; only an enrolment service has one.
    pub dns: Option<String>,
    /// Whose certificate it is; none when the object holds none that can be read.
    pub subject: Option<String>,
    /// Until when the certificate holds.
    pub not_after: Option<Timestamp>,
}

/// What the forest uses an authority for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorityKind {
    /// It issues certificates to the forest.
    Enrollment,
    /// It may issue certificates for signing in (NTAuth).
    Logon,
    /// A root that every computer of the forest trusts.
    Root,
    /// An authority in between.
    Intermediate,
}

/// Where Outlook inside of the network is sent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConnectionPoint {
    /// The name of the object: usually the Exchange server.
    pub name: String,
    /// What it gives.
    pub kind: PointKind,
    /// Where it leads.
    pub url: Option<String>,
    /// Whom it is for: sites and domains.
    pub keywords: Vec<String>,
    /// When it was last changed.
    pub changed: Option<Timestamp>,
}

/// What a connection point gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointKind {
    /// The address of the service.
    Url,
    /// Another directory to look in.
    Pointer,
}

/// What synchronises the forest already, as far as its directory shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SyncFacts {
    /// The tenant that devices are sent to (hybrid join).
    pub tenant: Option<Tenant>,
    /// Accounts that synchronisation has made.
    pub accounts: Vec<SyncAccount>,
}

/// A tenant, as a connection point names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tenant {
    /// One of its domains.
    pub name: Option<String>,
    /// Its identifier.
    pub id: Option<String>,
}

/// An account that synchronisation has made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SyncAccount {
    /// Its domain.
    pub domain: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub kind: AccountKind,
    /// The server that synchronises, as the account's description says.
    pub server: Option<String>,
    /// The tenant that it synchronises with, from the same sentence.
    pub tenant: Option<String>,
    /// When it was made.
    pub created: Option<Timestamp>,
}

/// What an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Microsoft Entra Connect reads the directory with it.
    Connect,
    /// Microsoft Entra Cloud Sync reads the directory with it.
    CloudSync,
    /// Seamless single sign-on hands its tickets out.
    SeamlessSso,
}

impl AuthorityKind {
    /// Its name for people.
    pub fn name(self) -> Text {
        match self {
            Self::Enrollment => Text::new("issues certificates", "émet des certificats"),
            Self::Logon => Text::new("for signing in (NTAuth)", "pour l’ouverture de session (NTAuth)"),
            Self::Root => Text::new("trusted root", "racine de confiance"),
            Self::Intermediate => Text::new("in between", "intermédiaire"),
        }
    }
}

impl PointKind {
    /// Its name for people.
    pub fn name(self) -> Text {
        match self {
            Self::Url => Text::new("address", "adresse"),
            Self::Pointer => Text::new("pointer to another directory", "renvoi vers un autre annuaire"),
        }
    }
}

impl AccountKind {
    /// Its name for people.
    pub fn name(self) -> Text {
        match self {
            Self::Connect => Text::same("Microsoft Entra Connect"),
            Self::CloudSync => Text::same("Microsoft Entra Cloud Sync"),
            Self::SeamlessSso => Text::new("seamless single sign-on", "authentification unique transparente"),
        }
    }
}
