//! Who takes mail for others, by the names of their hosts: `providers.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// A provider of mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::dns) struct Provider {
    pub(in crate::dns) name: String,
    pub(super) role: Role,
    /// Names that its MX hosts stand below.
    hosts: Vec<String>,
    /// What its customers are told to include in SPF, where that is the same for all. Any of these will do; the first is what it
    /// asks for today.
    #[serde(default)]
    pub(in crate::dns) spf: Vec<String>,
}

/// What a provider does with mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    /// It keeps it in mailboxes.
    Mailbox,
    /// It cleans it and hands it on.
    Filter,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    providers: Vec<Provider>,
}

static PROVIDERS: LazyLock<Vec<Provider>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("providers.toml")).expect("a test reads the table");
    file.providers
});

/// Whose host it is, where that is known.
pub(in crate::dns) fn of(host: &str) -> Option<&'static Provider> {
    let below = |suffix: &String| {
        let rest = host.strip_suffix(suffix.as_str());
        rest.is_some_and(|it| it.is_empty() || it.ends_with('.'))
    };
    PROVIDERS.iter().find(|it| it.hosts.iter().any(below))
}

/// Whether it takes mail for others and hands it on.
pub(in crate::dns) fn is_filter(host: &str) -> bool {
    of(host).is_some_and(|it| it.role == Role::Filter)
}

/// Whether it is a host of Exchange Online.
pub(super) fn is_microsoft(host: &str) -> bool {
    of(host).is_some_and(|it| it.name == "Exchange Online")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: &str, expected: Option<&str>) {
        assert_eq!(of(host).map(|it| it.name.as_str()), expected, "{host}");
    }

    #[test]
    fn hosts_belong_to_whom_they_stand_below() {
        check("contoso-example.mail.protection.outlook.com", Some("Exchange Online"));
        check("contoso-example.a-v1.mx.microsoft", Some("Exchange Online"));
        check("aspmx.l.google.com", Some("Google"));
        check("smtp.google.com", Some("Google"));
        check("infomaniak.ch", Some("Infomaniak"));
        check("notgoogle.com", None);
        check("mail.contoso.example", None);
        check("mail.protection.outlook.com.example", None);
    }

    #[test]
    fn what_customers_include_follows_from_the_host() {
        let include = |host| of(host).and_then(|it| it.spf.first()).map(String::as_str);
        assert_eq!(
            include("contoso-example.mail.protection.outlook.com"),
            Some("spf.protection.outlook.com")
        );
        assert_eq!(
            include("contoso.mail.protection.office365.us"),
            Some("spf.protection.office365.us")
        );
        assert_eq!(include("mx1.mail.ovh.net"), Some("mx.ovh.com"));
        assert_eq!(include("mx.zoho.com"), None);
    }

    #[test]
    fn every_name_stands_once_and_is_lower_case() {
        let mut all: Vec<&String> = PROVIDERS.iter().flat_map(|it| &it.hosts).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert!(all.len() == count && all.iter().all(|it| it.to_ascii_lowercase() == **it));
    }
}
