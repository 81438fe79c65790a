//! The search that IdFix sends (`SettingsManager`), as a filter over an export: in multi-tenant mode
//! `(|(objectCategory=Person)(objectCategory=Group))`, in dedicated mode the same with `(mail=*)`.

use jalon_wire::entry::{AttributesRef, EntryRef};

use super::Mode;
use crate::directory::dn::relative_name;

/// What a directory files under the category Person, by class; groups besides.
const CLASSES: [&str; 6] = [
    "person",
    "organizationalPerson",
    "user",
    "contact",
    "inetOrgPerson",
    "group",
];

/// Whether the search would have answered the entry.
pub(in crate::directory) fn selected(entry: &EntryRef<'_>, mode: Mode) -> bool {
    is_person_or_group(entry.attributes) && (mode == Mode::MultiTenant || entry.attributes.first("mail").is_some())
}

fn is_person_or_group(attributes: AttributesRef<'_>) -> bool {
    match attributes.first("objectCategory") {
        Some(category) => is_category(&category.readable()),
        None => is_class(attributes),
    }
}

/// A category is the name of a class in the schema: `CN=Person,CN=Schema,…`.
fn is_category(category: &str) -> bool {
    let name = relative_name(category);
    let name = name.as_deref().unwrap_or(category);
    name.eq_ignore_ascii_case("person") || name.eq_ignore_ascii_case("group")
}

/// Without categories, by class. Computers are users by class and have a category of their own. A table often leaves
/// classes out too: it then lists people and groups.
fn is_class(attributes: AttributesRef<'_>) -> bool {
    let is = |class: &str| {
        let mut classes = attributes.values("objectClass");
        classes.any(|it| it.bytes.eq_ignore_ascii_case(class.as_bytes()))
    };
    let is_known = CLASSES.iter().any(|it| is(it)) && !is("computer");
    is_known || attributes.first("objectClass").is_none()
}
