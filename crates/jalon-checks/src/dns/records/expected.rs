//! The records that a cloud expects, read from `expected.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use jalon_domain::profile::{Cloud, Profile};
use serde::Deserialize;

/// What one cloud expects of a domain.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::dns) struct Expected {
    mail: Vec<String>,
    /// Whether the host of a domain's mail can be told from its name.
    #[serde(default)]
    is_host_derived: bool,
    pub(super) spf: String,
    #[serde(default)]
    pub(in crate::dns) selectors: Vec<String>,
    #[serde(default)]
    pub(super) msoid: Msoid,
    #[serde(default)]
    pub(super) aliases: BTreeMap<String, String>,
    /// Targets of former times that still work.
    #[serde(default)]
    pub(super) former: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) services: BTreeMap<String, Endpoint>,
}

/// Where a service is. Priority and weight are proposed, and any are accepted.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(super) struct Endpoint {
    pub(super) port: u16,
    pub(super) target: String,
}

/// What is asked of the name `msoid`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Msoid {
    #[default]
    Unknown,
    Required,
    Forbidden,
}

#[derive(Deserialize)]
struct Tables {
    /// Clouds that ask for what another asks for.
    same: BTreeMap<Cloud, Cloud>,
    #[serde(flatten)]
    clouds: BTreeMap<Cloud, Expected>,
}

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| toml::from_str(include_str!("expected.toml")).expect("a test reads the table"));

impl Expected {
    /// The table of the profile's cloud, where there is one.
    pub(in crate::dns) fn of(profile: &Profile) -> Option<&'static Self> {
        let cloud = TABLES.same.get(&profile.cloud).unwrap_or(&profile.cloud);
        TABLES.clouds.get(cloud)
    }

    /// Whether mail handed to that host arrives in the service.
    pub(in crate::dns) fn takes_mail(&self, host: &str) -> bool {
        self.mail
            .iter()
            .any(|it| host.strip_suffix(it.as_str()).is_some_and(|token| token.ends_with('.')))
    }

    /// What the hosts of mail are named below.
    pub(super) fn mail_suffix(&self) -> &str {
        self.mail.first().map_or("", String::as_str)
    }

    /// The host that the service gives a domain, where that can be told from the name: dots become dashes. What becomes of a
    /// dash is the service's own affair.
    pub(super) fn mail_host(&self, domain: &str) -> Option<String> {
        let can_be_told = self.is_host_derived && !domain.contains('-');
        let suffix = self.mail.first().filter(|_| can_be_told)?;
        Some(format!("{}.{suffix}", domain.replace('.', "-")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::profile;

    fn table(cloud: Cloud) -> &'static Expected {
        Expected::of(&Profile { cloud, ..profile() }).expect("a table")
    }

    #[track_caller]
    fn check(cloud: Cloud, host: &str, expected: bool) {
        assert_eq!(table(cloud).takes_mail(host), expected, "{cloud} {host}");
    }

    #[test]
    fn each_cloud_knows_its_own_mail_hosts() {
        check(Cloud::Worldwide, "contoso-example.mail.protection.outlook.com", true);
        check(Cloud::Worldwide, "contoso-example.a-v1.mx.microsoft", true);
        check(Cloud::Gcc, "contoso-example.mail.protection.outlook.com", true);
        check(Cloud::GccHigh, "contoso.mail.protection.office365.us", true);
        check(Cloud::GccHigh, "contoso-example.mail.protection.outlook.com", false);
        check(Cloud::China, "contoso-example.mail.protection.partner.outlook.cn", true);
        check(Cloud::Worldwide, "mail.protection.outlook.com", false);
        check(Cloud::Worldwide, "notmail.protection.outlook.com.example", false);
        check(Cloud::Worldwide, "evilmx.microsoft", false);
    }

    #[test]
    fn a_mail_host_is_told_only_where_the_name_tells_it() {
        let host = |cloud, domain| table(cloud).mail_host(domain);
        assert_eq!(
            host(Cloud::Worldwide, "contoso.example").as_deref(),
            Some("contoso-example.mail.protection.outlook.com")
        );
        assert_eq!(host(Cloud::Worldwide, "con-toso.example"), None);
        assert_eq!(host(Cloud::GccHigh, "contoso.example"), None);
    }

    #[test]
    fn no_table_is_guessed_for_clouds_that_publish_none() {
        for cloud in [Cloud::Bleu, Cloud::Delos] {
            assert!(Expected::of(&Profile { cloud, ..profile() }).is_none());
        }
        assert_eq!(table(Cloud::China).msoid, Msoid::Required);
        assert!(!table(Cloud::China).aliases.contains_key("enterpriseregistration"));
    }
}
