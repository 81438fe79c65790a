//! Domain controllers and their special roles.

use jalon_domain::text::Text;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// A domain controller.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Controller {
    /// Its DNS name.
    pub name: String,
    /// Its domain.
    pub domain: Option<String>,
    /// Its site.
    pub site: Option<String>,
    /// Its operating system, as it says itself; none when its account was not seen.
    pub operating_system: Option<String>,
    /// The version of that.
    pub version: Option<String>,
    /// It holds the global catalogue.
    pub global_catalog: bool,
    /// It takes no changes.
    pub read_only: bool,
    /// What it alone does.
    pub roles: Vec<Role>,
    /// The last day on which its system is supported; none when the table does not know the system.
    pub supported_until: Option<Date>,
    /// When it last signed in, give or take two weeks.
    pub last_logon: Option<Timestamp>,
}

/// What one controller alone does (FSMO).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It changes the schema.
    SchemaMaster,
    /// It adds and removes domains.
    DomainNamingMaster,
    /// It stands for the primary controller of old.
    PdcEmulator,
    /// It hands out identifiers.
    RidMaster,
    /// It watches references between domains.
    InfrastructureMaster,
}

impl Role {
    /// Its name for people.
    pub fn name(self) -> Text {
        match self {
            Self::SchemaMaster => Text::new("schema", "schéma"),
            Self::DomainNamingMaster => Text::new("domain naming", "noms de domaine"),
            Self::PdcEmulator => Text::new("PDC", "PDC"),
            Self::RidMaster => Text::new("RID", "RID"),
            Self::InfrastructureMaster => Text::new("infrastructure", "infrastructure"),
        }
    }
}

impl Controller {
    /// Whether it runs Windows.
    pub fn is_windows(&self) -> bool {
        self.operating_system
            .as_ref()
            .is_some_and(|it| it.to_lowercase().contains("windows"))
    }
}
