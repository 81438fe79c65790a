//! Objects that directory synchronisation leaves out, and that are therefore not judged: built-in accounts, system
//! mailboxes, conflict copies, groups without mail. The list is IdFix's for multi-tenant directories, with the recipient
//! types read as the decimal numbers that a directory gives.

use super::object::{Kind, Object};

/// How common names begin that belong to systems.
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
/// The same for mail aliases.
const NICKNAMES: [&str; 2] = ["cas_", "systemmailbox"];
/// msExchRecipientTypeDetails of system, arbitration and discovery mailboxes, journals and the like.
const RECIPIENT_TYPES: [i64; 7] = [0x1000, 0x2000, 0x4000, 0x40_0000, 0x80_0000, 0x100_0000, 0x2000_0000];

/// Whether the object is left out.
pub(super) fn is_skipped(object: &Object<'_>) -> bool {
    is_system_name(object)
        || is_conflict_copy(object.dn)
        || is_true(object, "isCriticalSystemObject")
        || is_system_mailbox(object)
        || is_group_without_mail(object)
}

fn is_system_name(object: &Object<'_>) -> bool {
    object
        .common_name()
        .is_some_and(|it| it.ends_with('$') || begins(&it, &NAMES))
}

/// Made by replication when two objects were created with one name; exports write the line feed in it in either way.
fn is_conflict_copy(dn: &str) -> bool {
    dn.contains("\\0ACNF:") || dn.contains("\nCNF:")
}

fn is_system_mailbox(object: &Object<'_>) -> bool {
    let begins_with = |attribute, words: &[&str]| object.first(attribute).is_some_and(|it| begins(&it, words));
    let is_account = object.kind == Kind::User && begins_with("sAMAccountName", &ACCOUNTS);
    let is_hidden = begins_with("displayName", &["msol"]) && is_true(object, "msExchHideFromAddressLists");
    let kind: Option<i64> = object
        .first("msExchRecipientTypeDetails")
        .and_then(|it| it.trim().parse().ok());
    is_account
        || begins_with("mailNickname", &NICKNAMES)
        || is_hidden
        || kind.is_some_and(|it| RECIPIENT_TYPES.contains(&it))
}

/// A security group needs mail to be synchronised as a recipient, a distribution group an address.
fn is_group_without_mail(object: &Object<'_>) -> bool {
    if object.kind != Kind::Group {
        return false;
    }
    match object.first("groupType").and_then(|it| it.trim().parse::<i64>().ok()) {
        Some(kind) if kind < 0 => object.first("mail").is_none(),
        Some(_) => object.first("proxyAddresses").is_none(),
        None => false,
    }
}

fn is_true(object: &Object<'_>, attribute: &str) -> bool {
    object
        .first(attribute)
        .is_some_and(|it| it.eq_ignore_ascii_case("true"))
}

fn begins(value: &str, words: &[&str]) -> bool {
    words
        .iter()
        .any(|it| value.get(..it.len()).is_some_and(|head| head.eq_ignore_ascii_case(it)))
}
