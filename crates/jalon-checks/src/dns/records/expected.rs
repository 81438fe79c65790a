//! The records that a cloud expects, read from `expected.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use jalon_domain::profile::{Cloud, Profile, Service};
use serde::Deserialize;

/// What one cloud expects of a domain.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::dns) struct Expected {
    mail: Vec<String>,
    pub(super) spf: String,
    pub(super) selectors: Vec<String>,
    pub(super) aliases: Vec<Alias>,
    pub(super) services: Vec<Endpoint>,
}

/// A CNAME record.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Alias {
    pub(super) rule: String,
    pub(super) label: String,
    pub(super) target: String,
    /// A former target that still works.
    pub(super) legacy: Option<String>,
}

/// An SRV record. Priority and weight are proposed, and any are accepted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Endpoint {
    pub(super) rule: String,
    pub(super) label: String,
    pub(super) port: u16,
    pub(super) target: String,
}

static CLOUDS: LazyLock<BTreeMap<Cloud, Expected>> =
    LazyLock::new(|| toml::from_str(include_str!("expected.toml")).expect("a test reads the table"));

impl Expected {
    /// The table of the profile's cloud, where there is one.
    pub(in crate::dns) fn of(profile: &Profile) -> Option<&'static Self> {
        CLOUDS.get(&profile.cloud)
    }

    /// Whether mail handed to that host arrives in the service.
    pub(super) fn takes_mail(&self, host: &str) -> bool {
        self.mail
            .iter()
            .any(|it| host.strip_suffix(it.as_str()).is_some_and(|token| token.ends_with('.')))
    }

    /// The host that the service usually gives a domain: dots become dashes.
    pub(super) fn mail_host(&self, domain: &str) -> String {
        format!(
            "{}.{}",
            domain.replace('.', "-"),
            self.mail.first().map_or("", String::as_str)
        )
    }
}

/// What SPF has to include for the services of the profile.
pub(in crate::dns) fn include(profile: &Profile) -> Option<&'static str> {
    let has_exchange = profile.services.contains(&Service::Exchange);
    Expected::of(profile).filter(|_| has_exchange).map(|it| it.spf.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worldwide_table_is_read_and_knows_both_forms_of_mail_hosts() {
        let table = &CLOUDS[&Cloud::Worldwide];
        assert!(table.takes_mail("contoso-example.mail.protection.outlook.com"));
        assert!(table.takes_mail("contoso-example.a-v1.mx.microsoft"));
        assert!(!table.takes_mail("mail.protection.outlook.com"));
        assert!(!table.takes_mail("notmail.protection.outlook.com.example"));
        assert!(!table.takes_mail("evilmx.microsoft"));
    }
}
