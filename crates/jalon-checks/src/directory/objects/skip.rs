//! Objects that directory synchronisation leaves out, and that are therefore not judged: built-in accounts, system
//! mailboxes, conflict copies, groups without mail. The list is IdFix's for multi-tenant directories, with the recipient
//! types read as the decimal numbers that a directory gives.

use super::{
    names::Name,
    object::{Kind, Object},
};

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

/// Whether the object belongs to a system, or to replication.
pub(super) fn is_system(object: &Object<'_>) -> bool {
    is_system_name(object)
        || is_conflict_copy(object.dn)
        || is_true(object, Name::Critical)
        || is_system_mailbox(object)
}

fn is_system_name(object: &Object<'_>) -> bool {
    let begins = |it: &[u8]| it.ends_with(b"$") || begins(it, &NAMES);
    match object.first(Name::CommonName) {
        Some(name) => begins(name.bytes),
        None => object.common_name().is_some_and(|it| begins(it.as_bytes())),
    }
}

/// Made by replication when two objects were created with one name; exports write the line feed in it in either way.
fn is_conflict_copy(dn: &str) -> bool {
    // Hardly any name gets past the first look.
    dn.contains("CNF:") && (dn.contains("\\0ACNF:") || dn.contains("\nCNF:"))
}

fn is_system_mailbox(object: &Object<'_>) -> bool {
    let begins_with = |name, words: &[&str]| object.first(name).is_some_and(|it| begins(it.bytes, words));
    let is_account = object.kind == Kind::User && begins_with(Name::AccountName, &ACCOUNTS);
    let is_hidden = is_true(object, Name::Hidden) && begins_with(Name::DisplayName, &["msol"]);
    let kind = object.number(Name::RecipientType);
    is_account
        || begins_with(Name::MailNickname, &NICKNAMES)
        || is_hidden
        || kind.is_some_and(|it| RECIPIENT_TYPES.contains(&it))
}

/// A security group needs mail to be synchronised as a recipient, a distribution group an address.
pub(super) fn is_group_without_mail(object: &Object<'_>) -> bool {
    if object.kind != Kind::Group {
        return false;
    }
    match object.number(Name::GroupType) {
        Some(kind) if kind < 0 => !object.has(Name::Mail),
        Some(_) => !object.has(Name::ProxyAddresses),
        None => false,
    }
}

fn is_true(object: &Object<'_>, name: Name) -> bool {
    object
        .first(name)
        .is_some_and(|it| it.bytes.eq_ignore_ascii_case(b"true"))
}

/// Whether it begins with one of the words, which are lower-case. The first letter tells nearly all of them apart.
fn begins(value: &[u8], words: &[&str]) -> bool {
    let first = value.first().map(u8::to_ascii_lowercase);
    let begins = |it: &[u8]| value.get(..it.len()).is_some_and(|head| head.eq_ignore_ascii_case(it));
    let mut words = words.iter().map(|it| it.as_bytes());
    words.any(|it| it.first() == first.as_ref() && begins(it))
}
