//! What a server says of itself before anything else: its root DSE (RFC 4512, 5.1).

use crate::entry::{Attributes, Value};

/// The root entry of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RootDse {
    /// The bases it holds.
    pub naming_contexts: Vec<String>,
    /// Of an Active Directory domain, its own base.
    pub default_naming_context: Option<String>,
    /// Of Active Directory, where the schema is.
    pub schema_naming_context: Option<String>,
    /// Of Active Directory, where the forest's configuration is.
    pub configuration_naming_context: Option<String>,
    /// Of Active Directory, the base of the forest's first domain.
    pub root_domain_naming_context: Option<String>,
    /// Of other servers, where the schema is.
    pub subschema_subentry: Option<String>,
    /// The controls it knows, by OID.
    pub supported_controls: Vec<String>,
    /// The last number of change that it has given out.
    pub highest_committed_usn: Option<u64>,
    /// Everything it says, for whoever looks for more.
    pub attributes: Attributes,
}

impl RootDse {
    pub(super) fn of(attributes: Attributes) -> Self {
        let all = |name| attributes.values(name).filter_map(text).collect();
        let first = |name| attributes.first(name).and_then(text);
        Self {
            naming_contexts: all("namingContexts"),
            default_naming_context: first("defaultNamingContext"),
            schema_naming_context: first("schemaNamingContext"),
            configuration_naming_context: first("configurationNamingContext"),
            root_domain_naming_context: first("rootDomainNamingContext"),
            subschema_subentry: first("subschemaSubentry"),
            supported_controls: all("supportedControl"),
            highest_committed_usn: first("highestCommittedUSN").and_then(|it| it.parse().ok()),
            attributes,
        }
    }

    /// It is Active Directory, or does everything to look like it.
    pub fn is_active_directory(&self) -> bool {
        self.default_naming_context.is_some() && self.schema_naming_context.is_some()
    }

    /// Where the objects of an organisation are: the domain, or else everything it holds.
    pub fn bases(&self) -> Vec<String> {
        match &self.default_naming_context {
            Some(base) => vec![base.clone()],
            None => self.naming_contexts.clone(),
        }
    }

    /// It knows a control.
    pub fn supports(&self, oid: &str) -> bool {
        self.supported_controls.iter().any(|it| it == oid)
    }
}

fn text(value: Value<'_>) -> Option<String> {
    value.text().map(str::to_owned)
}
