//! Identifiers: UUIDv7 newtypes for rows, checked words for things that the catalogue and the checks name.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where new identifiers come from: randomness is a parameter (UUIDv7 in production, a counter in tests).
pub trait IdSource: Send + Sync {
    /// A fresh identifier, later ones sorting after earlier ones.
    fn next(&self) -> Uuid;
}

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh identifier from `ids`.
            pub fn new(ids: &dyn IdSource) -> Self {
                Self(ids.next())
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(raw: &str) -> Result<Self, Self::Err> {
                raw.parse().map(Self)
            }
        }
    )*};
}

uuid_ids! {
    /// An organisation: the customer.
    OrganisationId
    /// One organisation's onboarding to chosen services.
    EngagementId
    /// Somebody who signs in, owns or approves.
    PersonId
    /// One piece of evidence.
    EvidenceId
    /// A durable finding.
    FindingId
    /// One execution of a check family on one target.
    RunId
    /// A claim, a waiver or a "not applicable" set by a person.
    DecisionId
    /// A file kept in the object store.
    AttachmentId
    /// Something that is measured: a domain, an endpoint, a directory source.
    TargetId
    /// A recurring run of a check family.
    ScheduleId
    /// A row of the job table.
    JobId
    /// One line of the audit trail.
    EventId
}

/// A word that is not an identifier of the kind wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{raw}` is not a valid {kind}: {expected}")]
pub struct BadId {
    /// What was given.
    pub raw: String,
    /// Which identifier was wanted.
    pub kind: &'static str,
    /// The shape that is accepted.
    pub expected: &'static str,
}

macro_rules! word_ids {
    ($($(#[$doc:meta])* $name:ident($kind:literal, $expected:literal, $valid:path))*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub struct $name(String);

        impl $name {
            /// Checks the shape of `raw`.
            ///
            /// # Errors
            /// [`BadId`] when it is not one.
            pub fn parse(raw: &str) -> Result<Self, BadId> {
                if $valid(raw) {
                    Ok(Self(raw.to_owned()))
                } else {
                    Err(BadId { raw: raw.to_owned(), kind: $kind, expected: $expected })
                }
            }
            /// The word itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(raw: &str) -> Result<Self, BadId> {
                Self::parse(raw)
            }
        }
        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(raw: String) -> Result<Self, BadId> {
                Self::parse(&raw)
            }
        }
        impl From<$name> for String {
            fn from(it: $name) -> String {
                it.0
            }
        }
    )*};
}

word_ids! {
    /// A responsibility: the merge key of `programme.md` section 4.1, such as `dns.records`.
    ResponsibilityId("responsibility", "lower-case words joined by dots, such as dns.records", is_dotted)
    /// A source bullet, such as `o365.enable.06` or `o365.general.03.1`.
    BulletId("source bullet", "programme, section and number, such as o365.enable.06", is_dotted)
    /// A requirement, unique within its responsibility, such as `ownership`.
    RequirementId("requirement", "one lower-case word, such as ownership", is_word)
    /// A check: family and name, such as `dns.records`.
    CheckId("check", "family and name joined by a dot, such as dns.records", is_dotted)
    /// A rule inside a check, such as `DNS-004`.
    RuleId("rule", "capitals, a dash and a number, such as DNS-004", is_rule)
    /// A gate, such as `remediate` or `core`.
    GateId("gate", "one lower-case word, such as remediate", is_word)
}

impl CheckId {
    /// The family: the part before the first dot.
    pub fn family(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }
}

fn is_word(raw: &str) -> bool {
    (1..=64).contains(&raw.len())
        && raw
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
}

fn is_dotted(raw: &str) -> bool {
    raw.len() <= 64 && raw.contains('.') && raw.split('.').all(is_word)
}

fn is_rule(raw: &str) -> bool {
    raw.split_once('-').is_some_and(|(family, number)| {
        (2..=8).contains(&family.len())
            && family.bytes().all(|it| it.is_ascii_uppercase())
            && (2..=3).contains(&number.len())
            && number.bytes().all(|it| it.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_checked_at_the_door() {
        assert!(ResponsibilityId::parse("dns.records").is_ok());
        assert!(BulletId::parse("o365.general.03.1").is_ok());
        assert!(RuleId::parse("DNS-004").is_ok());
        for raw in ["", "dns", "DNS.records", "dns..records", "dns.re cords"] {
            assert!(ResponsibilityId::parse(raw).is_err(), "{raw}");
        }
        for raw in ["dns-004", "DNS004", "DNS-4", "DNS-0004"] {
            assert!(RuleId::parse(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_check_knows_its_family() {
        assert_eq!(CheckId::parse("dns.records").unwrap().family(), "dns");
    }
}
