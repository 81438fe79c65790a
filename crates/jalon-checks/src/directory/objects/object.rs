//! An entry as the rules see it: what it is and what it holds. Which objects are left out is `skip`'s.

use std::borrow::Cow;

use jalon_wire::entry::{AttributesRef, EntryRef, Value};

use super::names::Name;
use crate::directory::dn::relative_name;

/// What an object is to directory synchronisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::directory) enum Kind {
    User,
    Contact,
    Group,
}

impl Kind {
    /// Every kind.
    pub(in crate::directory) const ALL: [Self; 3] = [Self::User, Self::Contact, Self::Group];

    /// The class that stands for it.
    pub(in crate::directory) const fn class(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Contact => "contact",
            Self::Group => "group",
        }
    }
}

/// Where the values that matter are in an entry: made anew for each, in the same memory.
#[derive(Default)]
pub(in crate::directory) struct Index {
    /// The place of the first value of each attribute, counted from 1; 0 for none.
    first: [u32; Name::COUNT],
    /// Every value of the attributes that may have several.
    several: Vec<(Name, u32)>,
    members: usize,
}

impl Index {
    fn fill(&mut self, attributes: AttributesRef<'_>) {
        self.first = [0; Name::COUNT];
        self.several.clear();
        self.members = 0;
        for place in 0..attributes.len() {
            let (description, value) = attributes.at(place);
            let Some(name) = Name::of(description) else { continue };
            // A value of spaces only says as much as none.
            if value.bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            let first = &mut self.first[name as usize];
            if *first == 0 {
                *first = place + 1;
            }
            match name {
                Name::Member => self.members += 1,
                Name::ObjectClass | Name::ProxyAddresses | Name::MemberOf => self.several.push((name, place)),
                _ => {}
            }
        }
    }
}

/// One object of a directory.
#[derive(Clone, Copy)]
pub(in crate::directory) struct Object<'a> {
    pub(in crate::directory) dn: &'a str,
    pub(in crate::directory) kind: Kind,
    attributes: AttributesRef<'a>,
    index: &'a Index,
}

impl<'a> Object<'a> {
    /// The object behind an entry; `None` for what is neither a person nor a group (units, computers, containers).
    pub(in crate::directory) fn of(entry: &EntryRef<'a>, index: &'a mut Index) -> Option<Self> {
        index.fill(entry.attributes);
        let object = Self {
            dn: entry.dn,
            kind: Kind::User,
            attributes: entry.attributes,
            index,
        };
        Some(Self {
            kind: object.kind()?,
            ..object
        })
    }

    /// The first value of an attribute, unless it is blank.
    pub(in crate::directory) fn first(&self, name: Name) -> Option<Value<'a>> {
        let place = self.index.first[name as usize].checked_sub(1)?;
        Some(self.attributes.at(place as usize).1)
    }

    /// The same as text.
    pub(in crate::directory) fn text(&self, name: Name) -> Option<Cow<'a, str>> {
        self.first(name).map(Value::readable)
    }

    /// The same as a number.
    pub(in crate::directory) fn number(&self, name: Name) -> Option<i64> {
        self.first(name)?.text()?.trim().parse().ok()
    }

    /// Whether the object has the attribute.
    pub(in crate::directory) fn has(&self, name: Name) -> bool {
        self.index.first[name as usize] != 0
    }

    /// The values of an attribute that may have several (classes, addresses, groups), the blank ones left out.
    pub(in crate::directory) fn values(&self, name: Name) -> impl Iterator<Item = Value<'a>> {
        let (index, attributes) = (self.index, self.attributes);
        let own = index.several.iter().filter(move |it| it.0 == name);
        own.map(move |it| attributes.at(it.1 as usize).1)
    }

    /// How many direct members a group has.
    pub(in crate::directory) fn members(&self) -> usize {
        self.index.members
    }

    /// The common name: the attribute, or else what the distinguished name begins with.
    pub(in crate::directory) fn common_name(&self) -> Option<Cow<'a, str>> {
        self.text(Name::CommonName)
            .or_else(|| relative_name(self.dn).map(Cow::Owned))
    }

    /// The most special class of the object, as the source spells it; what it is where the source leaves classes out.
    pub(in crate::directory) fn class(&self) -> String {
        let last = self.values(Name::ObjectClass).last();
        last.map_or_else(|| self.kind.class().to_owned(), |it| it.readable().into_owned())
    }

    /// By object class. A search for persons and groups never answers computers, although they are users by class.
    fn kind(&self) -> Option<Kind> {
        let mut kind = None;
        for class in self.values(Name::ObjectClass) {
            let is = |it: &str| class.bytes.eq_ignore_ascii_case(it.as_bytes());
            if is("computer") {
                return None;
            }
            if is("group") {
                kind = Some(Kind::Group);
            } else if is("contact") {
                kind = kind.max(Some(Kind::Contact));
            } else if is("user") || is("person") || is("inetOrgPerson") {
                kind = kind.max(Some(Kind::User));
            }
        }
        if kind.is_some() || self.has(Name::ObjectClass) {
            return kind;
        }
        // A table often leaves the class out: it then lists people, unless a group type says otherwise.
        Some(if self.has(Name::GroupType) {
            Kind::Group
        } else {
            Kind::User
        })
    }
}

#[cfg(test)]
mod tests {
    use jalon_wire::entry::Attributes;

    use super::*;

    #[track_caller]
    fn check(classes: &[&str], expected: Option<Kind>) {
        let attributes: Attributes = classes.iter().map(|it| ("objectClass", it.as_bytes())).collect();
        let entry = EntryRef {
            dn: "CN=a",
            dn_stray: false,
            line: 1,
            attributes: attributes.view(),
        };
        assert_eq!(
            Object::of(&entry, &mut Index::default()).map(|it| it.kind),
            expected,
            "{classes:?}"
        );
    }

    #[test]
    fn the_class_says_what_an_object_is() {
        check(&["top", "person", "organizationalPerson", "user"], Some(Kind::User));
        check(
            &["top", "person", "organizationalPerson", "contact"],
            Some(Kind::Contact),
        );
        check(&["top", "person", "organizationalPerson", "user", "computer"], None);
        check(&["top", "Group"], Some(Kind::Group));
        check(&["top", "organizationalUnit"], None);
        check(&[], Some(Kind::User));
    }
}
