//! What becomes of a value that another object held first (`NoDuplicatesRule`).

use jalon_domain::finding::Action;

use super::{address::names_smtp, attribute::Attribute, object::Object};

/// The action for a later holder of `value`, which is the value as mended so far. It stays when the object is one of
/// Exchange's, and an address of another object goes.
///
/// An error of IdFix: it asks whether the value was mended by comparing it with the first value of the attribute, so
/// that every further value of proxyAddresses is one to edit.
pub(super) fn action(object: &Object<'_>, attribute: Attribute, value: &str) -> Action {
    if object.first(attribute.name()).as_deref() != Some(value) {
        return Action::Edit;
    }
    let stays = match attribute {
        Attribute::ProxyAddresses => return address(object, value),
        Attribute::MailNickname => object.has("homeMDB"),
        Attribute::Mail | Attribute::PrincipalName | Attribute::AccountName => object.has("mailNickname"),
        Attribute::DisplayName | Attribute::GivenName | Attribute::TargetAddress => false,
    };
    if stays { Action::Complete } else { Action::Edit }
}

fn address(object: &Object<'_>, value: &str) -> Action {
    let begins_smtp = value.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("smtp:"));
    match (names_smtp(value), object.has("mailNickname")) {
        (true, false) => Action::Remove,
        (true, true) if begins_smtp => Action::Complete,
        _ => Action::Edit,
    }
}
