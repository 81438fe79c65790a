//! What an endpoint is for, and which names its certificate needs for that beside its own.

use std::{fmt, str::FromStr};

use jalon_domain::{
    finding::Severity,
    profile::{Choice, Profile, UnknownWord},
};
use serde::{Deserialize, Serialize};

/// What an endpoint is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scenario {
    /// Nothing in particular: its own name is enough.
    #[default]
    None,
    /// The federation service of AD FS, or the proxy before it.
    Adfs,
    /// The Exchange servers of a hybrid organisation.
    ExchangeHybrid,
    /// The policy of MTA-STS (RFC 8461, section 3.3): its own name is enough.
    MtaSts,
    /// Autodiscover: its own name is enough.
    Autodiscover,
}

/// A name that a scenario asks for, in the domain of the endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The name.
    pub name: String,
    /// Who calls it.
    pub(super) why: Why,
    /// How much it weighs that it is missing.
    pub(super) severity: Severity,
}

/// Who calls a name, or why it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Devices that register with AD FS.
    Registration,
    /// Outlook, and the hybrid configuration.
    Autodiscover,
    /// Nobody in particular: Microsoft suggests it.
    SmtpDomain,
}

/// Scenario, label in front of the domain (empty for the domain itself), why, weight.
///
/// AD FS: "AD FS requirements", certificate requirements (enterpriseregistration.<UPN suffix> when devices register with
/// AD FS). Hybrid: "Certificate requirements for hybrid deployments" (suggested FQDNs: Autodiscover, primary SMTP domain).
const NEEDED: [(Scenario, &str, Why, Severity); 3] = [
    (
        Scenario::Adfs,
        "enterpriseregistration",
        Why::Registration,
        Severity::Minor,
    ),
    (
        Scenario::ExchangeHybrid,
        "autodiscover",
        Why::Autodiscover,
        Severity::Major,
    ),
    (Scenario::ExchangeHybrid, "", Why::SmtpDomain, Severity::Info),
];

/// First label of a host, the choice that makes it certain (none when the label alone does), scenario. An engagement only.
const CERTAIN: [(&str, Option<Choice>, Scenario); 6] = [
    ("sts", Some(Choice::Federation), Scenario::Adfs),
    ("adfs", Some(Choice::Federation), Scenario::Adfs),
    ("enterpriseregistration", Some(Choice::Federation), Scenario::Adfs),
    ("mail", Some(Choice::ExchangeHybrid), Scenario::ExchangeHybrid),
    ("autodiscover", None, Scenario::Autodiscover),
    ("mta-sts", None, Scenario::MtaSts),
];

impl Scenario {
    /// Every scenario.
    pub const ALL: [Self; 5] = [
        Self::None,
        Self::Adfs,
        Self::ExchangeHybrid,
        Self::MtaSts,
        Self::Autodiscover,
    ];

    /// The word of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Adfs => "adfs",
            Self::ExchangeHybrid => "exchange-hybrid",
            Self::MtaSts => "mta-sts",
            Self::Autodiscover => "autodiscover",
        }
    }

    /// What the name of an endpoint and the choices of its engagement say.
    pub fn certain(host: &str, profile: &Profile) -> Self {
        let label = host.split('.').next().unwrap_or_default();
        let known = CERTAIN
            .iter()
            .find(|it| it.0 == label && it.1.is_none_or(|choice| profile.options.contains(&choice)));
        known.map_or(Self::None, |it| it.2)
    }

    /// The names that it asks for beside the endpoint's own.
    pub fn needed(self, host: &str) -> Vec<Needed> {
        let Some((_, domain)) = host.split_once('.').filter(|it| it.1.contains('.')) else {
            return Vec::new();
        };
        let name = |label: &str| {
            if label.is_empty() {
                domain.to_owned()
            } else {
                format!("{label}.{domain}")
            }
        };
        let all = NEEDED.iter().filter(|it| it.0 == self).map(|it| Needed {
            name: name(it.1),
            why: it.2,
            severity: it.3,
        });
        all.filter(|it| it.name != host).collect()
    }
}

impl FromStr for Scenario {
    type Err = UnknownWord;

    fn from_str(raw: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|it| it.word() == raw)
            .ok_or_else(|| UnknownWord {
                raw: raw.to_owned(),
                accepted: Self::ALL.map(Self::word).join(", "),
            })
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::profile;

    #[test]
    fn a_name_decides_only_where_the_choices_of_the_engagement_agree() {
        let mut profile = profile();
        assert_eq!(Scenario::certain("sts.contoso.example", &profile), Scenario::None);
        assert_eq!(Scenario::certain("mail.contoso.example", &profile), Scenario::None);
        assert_eq!(Scenario::certain("mta-sts.contoso.example", &profile), Scenario::MtaSts);
        profile.options.extend([Choice::Federation, Choice::ExchangeHybrid]);
        assert_eq!(Scenario::certain("sts.contoso.example", &profile), Scenario::Adfs);
        assert_eq!(
            Scenario::certain("mail.contoso.example", &profile),
            Scenario::ExchangeHybrid
        );
        assert_eq!(Scenario::certain("www.contoso.example", &profile), Scenario::None);
    }

    #[test]
    fn the_names_are_in_the_domain_of_the_endpoint_and_never_its_own() {
        let names =
            |scenario: Scenario, host| -> Vec<String> { scenario.needed(host).into_iter().map(|it| it.name).collect() };
        assert_eq!(
            names(Scenario::Adfs, "sts.contoso.example"),
            ["enterpriseregistration.contoso.example"]
        );
        assert!(names(Scenario::Adfs, "enterpriseregistration.contoso.example").is_empty());
        assert_eq!(
            names(Scenario::ExchangeHybrid, "mail.contoso.example"),
            ["autodiscover.contoso.example", "contoso.example"]
        );
        assert!(names(Scenario::ExchangeHybrid, "localhost").is_empty());
        assert!(names(Scenario::Adfs, "contoso.example").is_empty());
    }
}
