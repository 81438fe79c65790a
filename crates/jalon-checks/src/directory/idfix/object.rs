//! An entry as IdFix sees it: its name, its class, its values. Which entries it asks for is `select`'s, which of them it
//! leaves out `skip`'s.

use std::borrow::Cow;

use jalon_wire::entry::{AttributesRef, EntryRef};

use crate::directory::dn;

/// One object of a directory.
pub(in crate::directory) struct Object<'a> {
    /// Its distinguished name.
    pub(in crate::directory) dn: &'a str,
    /// The last of its classes, as written (`ComposedRule.GetObjectType`).
    pub(in crate::directory) class: Cow<'a, str>,
    attributes: AttributesRef<'a>,
}

impl<'a> Object<'a> {
    /// The object of an entry. A table may leave the class out: then a group type makes a group, anything else a user.
    pub(in crate::directory) fn of(entry: &EntryRef<'a>) -> Self {
        let attributes = entry.attributes;
        let class = attributes.values("objectClass").last().map(|it| it.readable());
        let supposed = || match attributes.first("groupType") {
            Some(_) => Cow::Borrowed("group"),
            None => Cow::Borrowed("user"),
        };
        Self {
            dn: entry.dn,
            class: class.unwrap_or_else(supposed),
            attributes,
        }
    }

    /// The first value of an attribute, which may be empty.
    pub(in crate::directory) fn first(&self, attribute: &str) -> Option<Cow<'a, str>> {
        self.attributes.first(attribute).map(|it| it.readable())
    }

    /// The values of an attribute.
    pub(in crate::directory) fn values(&self, attribute: &str) -> impl Iterator<Item = Cow<'a, str>> {
        self.attributes.values(attribute).map(|it| it.readable())
    }

    /// The attribute has a value.
    pub(super) fn has(&self, attribute: &str) -> bool {
        self.attributes.first(attribute).is_some()
    }

    /// Its class is that one.
    pub(super) fn is(&self, class: &str) -> bool {
        self.class.eq_ignore_ascii_case(class)
    }

    /// The common name: the attribute, or else what the distinguished name begins with. IdFix always has it from the
    /// directory; an export may leave it out.
    pub(super) fn common_name(&self) -> Cow<'a, str> {
        let named = || dn::name(self.dn).into();
        self.first("cn").unwrap_or_else(named)
    }
}
