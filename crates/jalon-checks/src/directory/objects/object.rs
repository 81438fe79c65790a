//! An entry as the rules see it: what it is and what it holds. Which objects are left out is `skip`'s.

use std::borrow::Cow;

use jalon_wire::entry::{AttributesRef, EntryRef};

/// What an object is to directory synchronisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    User,
    Contact,
    Group,
}

/// One object of a directory.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
    pub(super) dn: &'a str,
    pub(super) kind: Kind,
    attributes: AttributesRef<'a>,
}

impl<'a> Object<'a> {
    /// The object behind an entry; `None` for what is neither a person nor a group (units, computers, containers).
    pub(super) fn of(entry: &EntryRef<'a>) -> Option<Self> {
        let kind = kind(entry.attributes)?;
        Some(Self {
            dn: entry.dn,
            kind,
            attributes: entry.attributes,
        })
    }

    /// The first value of an attribute, unless it is empty.
    pub(super) fn first(&self, attribute: &str) -> Option<Cow<'a, str>> {
        self.values(attribute).next()
    }

    /// The values of an attribute that are not empty.
    pub(super) fn values(&self, attribute: &str) -> impl Iterator<Item = Cow<'a, str>> {
        self.attributes
            .values(attribute)
            .map(|it| it.readable())
            .filter(|it| !it.trim().is_empty())
    }

    /// The common name: the attribute, or else what the distinguished name begins with.
    pub(super) fn common_name(&self) -> Option<Cow<'a, str>> {
        self.first("cn").or_else(|| relative_name(self.dn).map(Cow::Owned))
    }
}

/// By object class. A search for persons and groups never answers computers, although they are users by class.
fn kind(attributes: AttributesRef<'_>) -> Option<Kind> {
    let is = |class: &str| {
        attributes
            .values("objectClass")
            .any(|it| it.bytes.eq_ignore_ascii_case(class.as_bytes()))
    };
    if is("computer") {
        return None;
    }
    if is("group") {
        return Some(Kind::Group);
    }
    if is("contact") {
        return Some(Kind::Contact);
    }
    if ["user", "inetOrgPerson", "person"].iter().any(|it| is(it)) {
        return Some(Kind::User);
    }
    // A table often leaves the class out: it then lists people, unless a group type says otherwise.
    match (attributes.first("objectClass"), attributes.first("groupType")) {
        (Some(_), _) => None,
        (None, Some(_)) => Some(Kind::Group),
        (None, None) => Some(Kind::User),
    }
}

/// The value of the first part of a distinguished name, unescaped (RFC 4514, section 3); `None` when there is none.
pub(super) fn relative_name(dn: &str) -> Option<String> {
    let (_, rest) = dn.split_once('=')?;
    let mut name = String::new();
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            ',' | '+' => break,
            '\\' => name.extend(chars.next()),
            c => name.push(c),
        }
    }
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_relative_name_is_unescaped() {
        for (dn, expected) in [
            ("CN=Ada Lovelace,OU=People,DC=contoso,DC=example", Some("Ada Lovelace")),
            ("CN=Lovelace\\, Ada,DC=contoso", Some("Lovelace, Ada")),
            ("CN=,DC=contoso", None),
            ("row 7", None),
        ] {
            assert_eq!(relative_name(dn).as_deref(), expected, "{dn}");
        }
    }
}
