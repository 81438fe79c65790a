//! What an attribute of another directory is to a mailbox: the table in `attributes.toml`, and what somebody says besides.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::LazyLock,
};

use serde::Deserialize;

/// What an attribute says of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub(super) enum Role {
    /// The address that they write from.
    #[serde(rename = "mail")]
    Mail,
    /// Further addresses that reach them.
    #[serde(rename = "proxyAddresses")]
    Alias,
    /// Where their mail is forwarded to.
    #[serde(rename = "targetAddress")]
    Forward,
    /// A name of the mailbox without a domain.
    #[serde(rename = "mailNickname")]
    Nickname,
    /// A sign-in name.
    #[serde(rename = "uid")]
    Login,
    #[serde(rename = "givenName")]
    GivenName,
    #[serde(rename = "sn")]
    Surname,
    #[serde(rename = "displayName")]
    FullName,
    #[serde(rename = "employeeID")]
    EmployeeId,
}

impl Role {
    const ALL: [(&str, Self); 9] = [
        ("mail", Self::Mail),
        ("proxyAddresses", Self::Alias),
        ("targetAddress", Self::Forward),
        ("mailNickname", Self::Nickname),
        ("uid", Self::Login),
        ("givenName", Self::GivenName),
        ("sn", Self::Surname),
        ("displayName", Self::FullName),
        ("employeeID", Self::EmployeeId),
    ];

    fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|it| it.0.eq_ignore_ascii_case(name));
        found.map(|it| it.1)
    }

    /// Its values are addresses.
    pub(super) fn is_address(self) -> bool {
        matches!(self, Self::Mail | Self::Alias | Self::Forward)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    directory: Vec<Directory>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Directory {
    name: String,
    source: String,
    classes: Vec<String>,
    #[serde(default)]
    others: Vec<String>,
    attributes: HashMap<Role, Vec<String>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("attributes.toml")).expect("the table is part of the program, and a test reads it")
});

/// What the attributes of other directories are called.
///
/// It knows those of OpenLDAP and other directories with inetOrgPerson, qmail-ldap, Univention, Zimbra, Domino, Google
/// Workspace and GroupWise; [`AttributeNames::set`] says what it does not know.
#[derive(Clone, Debug)]
pub struct AttributeNames {
    /// By lower-case name: the role, and how early it counts among others of the same role.
    roles: HashMap<String, (Role, usize)>,
    /// Roles for which somebody named the attributes.
    said: HashSet<Role>,
    people: HashSet<String>,
    others: HashSet<String>,
}

/// An attribute that nothing can be filled from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is none of mail, proxyAddresses, targetAddress, mailNickname, uid, givenName, sn, displayName, employeeID"
)]
pub struct UnknownRole(String);

impl Default for AttributeNames {
    /// The built-in table.
    fn default() -> Self {
        let mut names = Self {
            roles: HashMap::new(),
            said: HashSet::new(),
            people: HashSet::new(),
            others: ["computer", "group"].map(str::to_owned).into(),
        };
        for directory in &TABLE.directory {
            let lower = |it: &String| it.to_ascii_lowercase();
            names.people.extend(directory.classes.iter().map(lower));
            names.others.extend(directory.others.iter().map(lower));
            for (role, attributes) in &directory.attributes {
                attributes.iter().for_each(|it| names.add(*role, it));
            }
        }
        names
    }
}

impl AttributeNames {
    /// The directories whose names are known, each with where they are written down.
    pub fn known() -> impl Iterator<Item = (&'static str, &'static str)> {
        TABLE.directory.iter().map(|it| (it.name.as_str(), it.source.as_str()))
    }

    /// What Active Directory calls `attribute` is called `name` in the other directory, and nothing else. Said twice of
    /// one attribute, both names count, the first one first.
    ///
    /// # Errors
    /// When nothing is filled from such an attribute.
    pub fn set(&mut self, attribute: &str, name: &str) -> Result<(), UnknownRole> {
        let role = Role::named(attribute.trim()).ok_or_else(|| UnknownRole(attribute.to_owned()))?;
        if self.said.insert(role) {
            self.roles.retain(|_, it| it.0 != role);
        }
        let rank = self.roles.len();
        self.roles.insert(name.trim().to_ascii_lowercase(), (role, rank));
        Ok(())
    }

    /// The attributes of the other directory for one of Active Directory: those of the table, else the same name.
    pub(super) fn of(&self, attribute: &str) -> Vec<String> {
        let Some(role) = Role::named(attribute) else {
            return vec![attribute.to_owned()];
        };
        let mut found: Vec<(usize, &String)> = self
            .roles
            .iter()
            .filter(|it| it.1.0 == role)
            .map(|it| (it.1.1, it.0))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|it| it.1.clone()).collect()
    }

    /// Every attribute that is understood, in lower case.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.roles.keys().map(String::as_str)
    }

    /// The classes of whoever is a person, as a filter of LDAP (RFC 4515).
    pub fn filter(&self) -> String {
        let classes: BTreeSet<&String> = self.people.iter().collect();
        let each: Vec<String> = classes.iter().map(|it| format!("(objectClass={it})")).collect();
        format!("(|{})", each.concat())
    }

    /// What an attribute is. `aliases.0`, `aliases.1` are what tools make of a list in a table.
    pub(super) fn role(&self, attribute: &str) -> Option<(Role, usize)> {
        let lower = attribute.to_ascii_lowercase();
        let known = |it: &str| self.roles.get(it).copied();
        known(&lower).or_else(|| {
            let (name, number) = lower.rsplit_once('.')?;
            number.bytes().all(|it| it.is_ascii_digit()).then(|| known(name))?
        })
    }

    /// Whether an entry of these classes is a person. A table often leaves classes out, and then lists people.
    pub(super) fn is_person<'a>(&self, classes: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> bool {
        let (mut any, mut is_person) = (false, false);
        for class in classes {
            let class = class.to_ascii_lowercase();
            if self.others.contains(&class) {
                return false;
            }
            any = true;
            is_person |= self.people.contains(&class);
        }
        is_person || !any
    }

    fn add(&mut self, role: Role, name: &str) {
        let rank = self.roles.len();
        self.roles.entry(name.to_ascii_lowercase()).or_insert((role, rank));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_its_sources_and_no_attribute_twice() {
        let mut seen = HashSet::new();
        assert!(AttributeNames::known().all(|(name, source)| !name.is_empty() && !source.is_empty()));
        for directory in &TABLE.directory {
            for name in directory.attributes.values().flatten() {
                assert!(seen.insert(name.to_ascii_lowercase()), "{name} stands there twice");
            }
        }
    }

    #[test]
    fn names_are_known_whatever_their_case_and_a_list_in_a_table_too() {
        let names = AttributeNames::default();
        let role = |it: &str| names.role(it).map(|it| it.0);
        assert_eq!(role("internetaddress"), Some(Role::Mail));
        assert_eq!(role("zimbraMailAlias"), Some(Role::Alias));
        assert_eq!(role("aliases.12"), Some(Role::Alias));
        assert_eq!(role("mailaddress"), Some(Role::Forward));
        assert_eq!(role("Email Address [Required]"), Some(Role::Mail));
        assert_eq!(role("telephoneNumber"), None);
    }

    #[test]
    fn the_delivery_address_counts_before_mail() {
        let names = AttributeNames::default();
        assert!(names.role("zimbraMailDeliveryAddress") < names.role("mail"));
        assert!(names.role("mail") < names.role("InternetAddress"));
    }

    #[test]
    fn what_somebody_says_replaces_the_table() {
        let mut names = AttributeNames::default();
        names.set("Mail", "courriel").unwrap();
        names.set("mail", "courriel2").unwrap();
        assert_eq!(names.role("mail"), None);
        assert!(names.role("COURRIEL") < names.role("courriel2"));
        assert!(
            names
                .set("telephoneNumber", "x")
                .unwrap_err()
                .to_string()
                .contains("proxyAddresses")
        );
        assert_eq!(names.of("extensionAttribute1"), ["extensionAttribute1"]);
        assert_eq!(
            AttributeNames::default().of("employeeID"),
            ["employeenumber", "employeeid", "employee id"]
        );
    }

    #[test]
    fn groups_and_rooms_are_no_people_and_a_row_without_class_is_one() {
        let names = AttributeNames::default();
        let is = |classes: &[&str]| names.is_person(classes.iter().map(|it| std::borrow::Cow::Owned((*it).to_owned())));
        assert!(is(&["top", "inetOrgPerson"]) && is(&[]));
        assert!(!is(&["top", "organizationalUnit"]));
        assert!(!is(&["zimbraAccount", "zimbraCalendarResource"]));
        assert!(!is(&["user", "computer"]));
    }
}
