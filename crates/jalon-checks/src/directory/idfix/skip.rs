//! The objects that IdFix leaves out (`MultiTenantRuleCollection.Skip`, `DedicatedRuleCollection.Skip`).

use super::{Mode, object::Object};

/// How common names begin that belong to systems (`Constants.WellKnownExclusions`).
const NAMES: [&str; 15] = [
    "admini",
    "cas_{",
    "discoverysearchmailbox",
    "federatedemail",
    "guest",
    "httpconnector",
    "krbtgt",
    "iusr_",
    "iwam",
    "msol",
    "support_",
    "systemmailbox",
    "wwioadmini",
    "healthmailbox",
    "exchange online-applicationaccount",
];
/// The same for account names of users.
const ACCOUNTS: [&str; 3] = ["cas_", "support_", "msol_"];
/// The same for mail aliases of users.
const NICKNAMES: [&str; 2] = ["cas_", "systemmailbox"];
/// An error of IdFix: msExchRecipientTypeDetails is compared with these texts, and a directory answers decimal numbers.
/// It never leaves out what it means to leave out here.
const RECIPIENT_TYPES: [&str; 7] = [
    "0x1000",
    "0x2000",
    "0x4000",
    "0x400000",
    "0x800000",
    "0x1000000",
    "0x20000000",
];

/// Whether the object is left out. In dedicated mode IdFix looks at isCriticalSystemObject too, without ever asking the
/// directory for it: nothing is left out for it.
pub(in crate::directory) fn skipped(object: &Object<'_>, mode: Mode) -> bool {
    is_system_name(&object.common_name())
        || is_conflict_copy(object.dn)
        || (mode == Mode::MultiTenant && is_left_out(object).unwrap_or(false))
}

fn is_system_name(name: &str) -> bool {
    name.ends_with('$') || begins(name, &NAMES)
}

/// IdFix means the line feed and the `CNF:` in the name of a conflict copy. What it looks for begins with a NUL, which
/// its comparison ignores: every `ACNF:` is found, whatever stands before it.
fn is_conflict_copy(dn: &str) -> bool {
    let mark = b"ACNF:";
    dn.as_bytes()
        .windows(mark.len())
        .any(|it| it.eq_ignore_ascii_case(mark))
}

/// What multi-tenant mode leaves out besides. `None`: a value cannot be read, which ends IdFix's filter with an error;
/// the object stays, whatever else would have left it out.
fn is_left_out(object: &Object<'_>) -> Option<bool> {
    if is_true(object, "isCriticalSystemObject")? {
        return Some(true);
    }
    if object.is("user") {
        return is_system_user(object);
    }
    if object.is("group") {
        return is_group_without_mail(object);
    }
    Some(false)
}

fn is_system_user(object: &Object<'_>) -> Option<bool> {
    let begins_with = |attribute, words: &[&str]| object.first(attribute).is_some_and(|it| begins(&it, words));
    if begins_with("sAMAccountName", &ACCOUNTS) || begins_with("mailNickname", &NICKNAMES) {
        return Some(true);
    }
    if object.has("displayName")
        && is_true(object, "msExchHideFromAddressLists")?
        && begins_with("displayName", &["msol"])
    {
        return Some(true);
    }
    let recipient_type = object.first("msExchRecipientTypeDetails");
    Some(recipient_type.is_some_and(|it| RECIPIENT_TYPES.contains(&&*it)))
}

/// A security group without mail, a distribution group without addresses. A group without a readable type stays.
fn is_group_without_mail(object: &Object<'_>) -> Option<bool> {
    let group_type: i64 = object.first("groupType")?.trim().parse().ok()?;
    let needed = if group_type < 0 { "mail" } else { "proxyAddresses" };
    Some(!object.has(needed))
}

/// `None` for what is neither true nor false (`Convert.ToBoolean` fails); an absent value is not true.
fn is_true(object: &Object<'_>, attribute: &str) -> Option<bool> {
    let Some(value) = object.first(attribute) else {
        return Some(false);
    };
    let value = value.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    match value {
        it if it.eq_ignore_ascii_case("true") => Some(true),
        it if it.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn begins(value: &str, words: &[&str]) -> bool {
    words
        .iter()
        .any(|it| value.get(..it.len()).is_some_and(|head| head.eq_ignore_ascii_case(it)))
}
