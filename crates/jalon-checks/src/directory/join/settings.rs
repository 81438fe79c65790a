//! How two directories are joined, and what may be changed.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use super::{AttributeNames, Map};
use crate::directory::TopLevelDomains;

/// How two directories are joined, and what may be changed.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What people are recognised by: the first key that finds an object decides.
    pub keys: Vec<Key>,
    /// Who is who by somebody's word, which counts more than any key.
    pub map: Map,
    /// How sure a match by name has to be, from 0 to 1: 0.95 for names that are the same once normalised, 0.93 when they
    /// differ by gaps only, 0.88 for further given names, 0.80 for initials, up to 0.89 for given names that are alike.
    pub confidence: f64,
    /// Values that differ are changed; without it, values are only added.
    pub overwrite: bool,
    /// The domain under which the new mailboxes can be reached: whoever has no forwarding address gets one there.
    pub target_domain: Option<String>,
    /// What the other directory calls its attributes.
    pub names: AttributeNames,
    /// What addresses may end in.
    pub top_level_domains: TopLevelDomains,
}

impl Default for Settings {
    /// employeeID, then addresses, then names of which one can be as sure as 0.90; nothing is overwritten.
    fn default() -> Self {
        Self {
            keys: vec![Key::EMPLOYEE_ID.into(), Key::Mail, Key::Name],
            map: Map::default(),
            confidence: 0.9,
            overwrite: false,
            target_domain: None,
            names: AttributeNames::default(),
            top_level_domains: TopLevelDomains::default(),
        }
    }
}

/// What is read of Active Directory besides the keys.
const AD: [&str; 16] = [
    "objectClass",
    "cn",
    "name",
    "displayName",
    "givenName",
    "sn",
    "mail",
    "mailNickname",
    "proxyAddresses",
    "targetAddress",
    "userPrincipalName",
    "sAMAccountName",
    "homeMDB",
    "msExchMailboxGuid",
    "groupType",
    "isCriticalSystemObject",
];

impl Settings {
    /// The attributes to ask Active Directory for.
    pub fn ad_attributes(&self) -> Vec<String> {
        let keys = self.keys.iter().filter_map(|it| match it {
            Key::Attribute { ad, .. } => Some(ad.clone()),
            Key::Mail | Key::Name => None,
        });
        AD.map(str::to_owned).into_iter().chain(keys).collect()
    }

    /// The attributes to ask the other directory for, where it is one: heads of columns are left out.
    pub fn other_attributes(&self) -> Vec<String> {
        let keys = self.keys.iter().flat_map(|it| it.others(&self.names));
        let asked = self
            .names
            .all()
            .map(str::to_owned)
            .chain(keys)
            .chain(["objectClass".to_owned()]);
        let distinct: BTreeSet<String> = asked.filter(|it| is_attribute(it)).collect();
        distinct.into_iter().collect()
    }
}

/// What an LDAP server can be asked for (RFC 4512, section 2.5).
fn is_attribute(name: &str) -> bool {
    let has_form = name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    has_form && name.starts_with(|it: char| it.is_ascii_alphabetic())
}

/// What people are recognised by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// Equal values of two attributes, whatever their case.
    Attribute {
        /// Active Directory's.
        ad: String,
        /// The other directory's; without one, what the table of attribute names says, or the same name.
        other: Option<String>,
    },
    /// Any address in mail or proxyAddresses that both have.
    Mail,
    /// The names of people.
    Name,
}

/// Neither `mail`, `name`, an attribute nor a pair of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected mail, name, an attribute such as employeeID, or a pair such as employeeID=uid")]
pub struct BadKey;

impl Key {
    const EMPLOYEE_ID: &str = "employeeID";

    /// Reads `mail`, `name`, `employeeID` or `employeeID=uid`.
    ///
    /// # Errors
    /// When it is none of them.
    pub fn parse(raw: &str) -> Result<Self, BadKey> {
        let raw = raw.trim();
        if raw.eq_ignore_ascii_case("mail") {
            return Ok(Self::Mail);
        }
        if raw.eq_ignore_ascii_case("name") {
            return Ok(Self::Name);
        }
        let (ad, other) = match raw.split_once('=') {
            Some((ad, other)) => (ad.trim(), Some(other.trim())),
            None => (raw, None),
        };
        // The other directory's may be the head of a column.
        let other_is_named = other.is_none_or(|it| !it.is_empty());
        if !is_attribute(ad) || !other_is_named {
            return Err(BadKey);
        }
        let (ad, other) = (ad.to_owned(), other.map(str::to_owned));
        Ok(Self::Attribute { ad, other })
    }

    /// The names of the other directory's attribute.
    pub(super) fn others(&self, names: &AttributeNames) -> Vec<String> {
        match self {
            Self::Attribute { other: Some(it), .. } => vec![it.clone()],
            Self::Attribute { ad, other: None } => names.of(ad),
            Self::Mail | Self::Name => Vec::new(),
        }
    }
}

impl From<&str> for Key {
    /// The attribute of that name in both directories.
    fn from(attribute: &str) -> Self {
        Self::Attribute {
            ad: attribute.to_owned(),
            other: None,
        }
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Attribute { ad, other: None } => f.write_str(ad),
            Self::Attribute { ad, other: Some(other) } => write!(f, "{ad}={other}"),
            Self::Mail => f.write_str("mail"),
            Self::Name => f.write_str("name"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_asked_for_names_that_it_can_have() {
        let asked = Settings::default().other_attributes();
        for name in ["mail", "zimbramailalias", "employeenumber", "objectClass"] {
            assert!(asked.iter().any(|it| it == name), "{name} is missing: {asked:?}");
        }
        assert!(asked.iter().all(|it| !it.contains([' ', '.', '['])), "{asked:?}");
        let keys = vec![Key::parse("extensionAttribute1=uid").unwrap()];
        assert!(
            Settings {
                keys,
                ..Settings::default()
            }
            .ad_attributes()
            .contains(&"extensionAttribute1".to_owned())
        );
    }

    #[test]
    fn keys_are_read_as_they_are_shown() {
        for raw in ["mail", "name", "employeeID", "employeeID=uid", "employeeID=Employee ID"] {
            assert_eq!(Key::parse(raw).map(|it| it.to_string()), Ok(raw.to_owned()));
        }
        assert_eq!(Key::parse("MAIL"), Ok(Key::Mail));
        for raw in ["", "=uid", "employeeID=", "e mail"] {
            assert_eq!(Key::parse(raw), Err(BadKey), "{raw}");
        }
    }
}
