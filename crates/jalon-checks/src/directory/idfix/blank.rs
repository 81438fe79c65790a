//! Values that are not there, and what IdFix puts in their place (`BlankStringRule` and what is made of it). A value of
//! white space is not blank to it.

use super::{course::cut, object::Object};

/// Whose value may not be blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blank {
    /// displayName of anything, multi-tenant (DIR-002): the common name, however long.
    Name,
    /// displayName of a group, dedicated (DIR-003, `DisplayNameBlankRule`): the common name, at most 255 characters.
    GroupName,
    /// mailNickname of a contact, dedicated (DIR-010, `MailNicknameBlankRule`): given name and surname, or the account
    /// name, or the common name. An error of IdFix: a user's is not told, although its documentation says so.
    ContactNickname,
    /// targetAddress of a contact or user without mailbox, dedicated (DIR-017, `TargetAddressBlankRule`): the contact's
    /// mail; nothing for a user.
    Target,
}

impl Blank {
    /// Whether the object needs a value.
    pub(super) fn concerns(self, object: &Object<'_>) -> bool {
        match self {
            Self::Name => true,
            Self::GroupName => object.is("group"),
            Self::ContactNickname => object.is("contact"),
            Self::Target => (object.is("contact") || object.is("user")) && !has_mailbox(object),
        }
    }

    /// What to put in its place; `None` when IdFix has no idea.
    pub(super) fn proposal(self, object: &Object<'_>) -> Option<String> {
        match self {
            Self::Name => Some(object.common_name().into_owned()),
            Self::GroupName => Some(cut(&object.common_name(), 255).to_owned()),
            Self::ContactNickname => Some(nickname(object)),
            // It does not look whether there is a mail: dedicated mode only asks for objects with one.
            Self::Target if object.is("contact") => {
                let mail = object.first("mail")?;
                Some(cut(&format!("SMTP:{mail}"), 256).to_owned())
            }
            Self::Target => None,
        }
    }
}

fn has_mailbox(object: &Object<'_>) -> bool {
    object.first("homeMDB").is_some_and(|it| !it.trim().is_empty())
}

fn nickname(object: &Object<'_>) -> String {
    let mut name = object.first("givenName").unwrap_or_default().into_owned();
    if let Some(surname) = object.first("sn") {
        if !name.is_empty() {
            name.push('.');
        }
        name.push_str(&surname);
    }
    if !name.is_empty() {
        return name;
    }
    let account = object.first("sAMAccountName");
    account.unwrap_or_else(|| object.common_name()).into_owned()
}
