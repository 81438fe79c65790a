//! What the columns of a table are called, and which of them hold several values.

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The distinguished name of the entry.
    Dn,
    /// One value.
    One,
    /// Several values, separated by `;`.
    Many,
}

/// The names of the column that identifies a row: csvde, then `Get-ADObject`.
const DN: [&str; 3] = ["dn", "distinguishedName", "DistinguishedName"];

/// What PowerShell calls an attribute, and its LDAP name. `Get-ADUser`: learn.microsoft.com,
/// "Active Directory: Get-ADUser default and extended properties"; `Get-Mailbox` and
/// `Get-Recipient`: learn.microsoft.com, ExchangePowerShell module.
const ALIASES: [(&str, &str); 14] = [
    ("Alias", "mailNickname"),
    ("City", "l"),
    ("Country", "c"),
    ("EmailAddress", "mail"),
    ("EmailAddresses", "proxyAddresses"),
    ("FirstName", "givenName"),
    ("LastName", "sn"),
    ("MobilePhone", "mobile"),
    ("Office", "physicalDeliveryOfficeName"),
    ("OfficePhone", "telephoneNumber"),
    ("PrimarySmtpAddress", "mail"),
    ("State", "st"),
    ("Surname", "sn"),
    ("WindowsEmailAddress", "mail"),
];

/// Attributes by which a row of names is recognised as a header: Active Directory's, and the address in tables out of
/// Domino and Google Workspace.
const KNOWN: [&str; 26] = [
    "c",
    "cn",
    "company",
    "department",
    "description",
    "displayName",
    "Email Address",
    "Email Address [Required]",
    "givenName",
    "InternetAddress",
    "mail",
    "mailNickname",
    "member",
    "name",
    "objectCategory",
    "objectClass",
    "objectGUID",
    "Primary Email",
    "primaryEmail",
    "proxyAddresses",
    "sAMAccountName",
    "sn",
    "targetAddress",
    "telephoneNumber",
    "uid",
    "userPrincipalName",
];

/// Multi-valued attributes of the Active Directory schema that exports carry as one cell. Others
/// are left whole: a `;` in a display name is a character, not a separator.
const MANY: [&str; 14] = [
    "facsimileTelephoneNumber",
    "member",
    "memberOf",
    "msExchPoliciesExcluded",
    "msExchPoliciesIncluded",
    "objectClass",
    "otherFacsimileTelephoneNumber",
    "otherMailbox",
    "otherMobile",
    "otherTelephone",
    "proxyAddresses",
    "servicePrincipalName",
    "showInAddressBook",
    "url",
];

/// The LDAP name of a column; an unknown name stays as it is written.
pub(super) fn ldap_name(column: &str) -> &str {
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(column));
    alias.map_or(column, |(_, name)| name)
}

pub(super) fn role(ldap_name: &str) -> Role {
    if contains(&DN, ldap_name) {
        Role::Dn
    } else if contains(&MANY, ldap_name) {
        Role::Many
    } else {
        Role::One
    }
}

/// Names something that a directory has.
pub(super) fn is_known(ldap_name: &str) -> bool {
    [&DN[..], &KNOWN, &MANY]
        .into_iter()
        .any(|names| contains(names, ldap_name))
}

fn contains(names: &[&str], name: &str) -> bool {
    names.iter().any(|it| it.eq_ignore_ascii_case(name))
}
