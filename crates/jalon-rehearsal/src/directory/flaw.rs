//! What can be spoilt in an entry, and the rule of the directory checks that each flaw breaks, and only that one.

use super::entry::{DOMAIN, Entry};

/// One way to spoil an entry. Rules are those of IdFix in multi-tenant mode, under the ids of the directory checks.
///
/// "Shared" flaws spoil two entries with the same value, in different case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// mail of more than 256 characters.
    MailTooLong,
    /// mail shared.
    MailShared,
    /// mailNickname of more than 64 characters.
    NicknameTooLong,
    /// mailNickname that begins with a full stop.
    NicknameLeadingDot,
    /// mailNickname shared.
    NicknameShared,
    /// An address of more than 256 characters in proxyAddresses.
    ProxyTooLong,
    /// A second colon after the prefix of an address in proxyAddresses.
    ProxySecondColon,
    /// A space in an address in proxyAddresses.
    ProxySpace,
    /// An address shared in proxyAddresses, between a person and a group.
    ProxyShared,
    /// sAMAccountName of more than 20 characters, on an account without sign-in name.
    AccountTooLong,
    /// A plus sign in sAMAccountName.
    AccountBadCharacter,
    /// sAMAccountName shared, by two accounts without userPrincipalName.
    AccountShared,
    /// userPrincipalName of more than 113 characters.
    PrincipalTooLong,
    /// `ë` in userPrincipalName.
    PrincipalAccent,
    /// A space in userPrincipalName.
    PrincipalSpace,
    /// An apostrophe in userPrincipalName, which an address may hold and a sign-in name may not.
    PrincipalApostrophe,
    /// userPrincipalName without an @.
    PrincipalWithoutAt,
    /// userPrincipalName under `.local`, which is no public top-level domain.
    PrincipalLocalDomain,
    /// userPrincipalName shared.
    PrincipalShared,
}

use Flaw as F;

impl Flaw {
    /// All of them, in the order of their rules.
    pub const ALL: [Self; 19] = [
        F::MailTooLong,
        F::MailShared,
        F::NicknameTooLong,
        F::NicknameLeadingDot,
        F::NicknameShared,
        F::ProxyTooLong,
        F::ProxySecondColon,
        F::ProxySpace,
        F::ProxyShared,
        F::AccountTooLong,
        F::AccountBadCharacter,
        F::AccountShared,
        F::PrincipalTooLong,
        F::PrincipalAccent,
        F::PrincipalSpace,
        F::PrincipalApostrophe,
        F::PrincipalWithoutAt,
        F::PrincipalLocalDomain,
        F::PrincipalShared,
    ];

    /// The rule it breaks.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            F::MailTooLong => "DIR-005",
            F::MailShared => "DIR-006",
            F::NicknameTooLong | F::NicknameLeadingDot => "DIR-008",
            F::NicknameShared => "DIR-009",
            F::ProxyTooLong | F::ProxySecondColon | F::ProxySpace | F::ProxyShared => "DIR-011",
            F::AccountTooLong => "DIR-013",
            F::AccountBadCharacter => "DIR-014",
            F::AccountShared => "DIR-015",
            F::PrincipalTooLong => "DIR-018",
            F::PrincipalAccent | F::PrincipalSpace | F::PrincipalApostrophe => "DIR-019",
            F::PrincipalWithoutAt | F::PrincipalLocalDomain => "DIR-020",
            F::PrincipalShared => "DIR-021",
        }
    }

    /// The attribute it spoils.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self.rule() {
            "DIR-005" | "DIR-006" => "mail",
            "DIR-008" | "DIR-009" => "mailNickname",
            "DIR-011" => "proxyAddresses",
            "DIR-013" | "DIR-014" | "DIR-015" => "sAMAccountName",
            _ => "userPrincipalName",
        }
    }

    /// Where in a round of entries the flaw finds an entry with the right attributes.
    pub(super) fn place(self) -> usize {
        match self {
            // An address alone: beside a primary proxy address, mail would break a rule about their equality too.
            F::MailTooLong | F::MailShared => 13,
            F::AccountTooLong | F::AccountShared => 15,
            F::NicknameLeadingDot => 18,
            _ => 3,
        }
    }

    /// Where in a later round the second entry of a shared flaw is.
    pub(super) fn twin_place(self) -> Option<usize> {
        match self {
            F::MailShared => Some(14),
            F::AccountShared => Some(15),
            F::NicknameShared | F::ProxyShared => Some(18),
            F::PrincipalShared => Some(5),
            _ => None,
        }
    }

    /// Spoils the entry and returns the bad value. `mark` keeps the values of two defects apart.
    pub(super) fn spoil(self, entry: &mut Entry, mark: usize, is_twin: bool) -> String {
        let value = match self.shared(mark) {
            Some(shared) if is_twin => capitals(&shared),
            Some(shared) => shared,
            None => self.bad(entry.first(self.attribute()), mark),
        };
        if self.attribute() == "proxyAddresses" {
            entry.add("proxyAddresses", value.clone());
        } else {
            entry.set(self.attribute(), value.clone());
        }
        value
    }

    fn shared(self, mark: usize) -> Option<String> {
        match self {
            F::MailShared => Some(format!("accueil{mark}@{DOMAIN}")),
            F::NicknameShared => Some(format!("accueil{mark}")),
            F::ProxyShared => Some(format!("smtp:commun{mark}@{DOMAIN}")),
            F::AccountShared => Some(format!("svc-scan{mark}")),
            F::PrincipalShared => Some(format!("poste{mark}@{DOMAIN}")),
            _ => None,
        }
    }

    /// The bad value, made from the sound one.
    fn bad(self, sound: &str, mark: usize) -> String {
        let local = sound.split('@').next().unwrap_or(sound);
        match self {
            F::MailTooLong => format!("{}{mark}@{DOMAIN}", "boite-partagee.".repeat(17)),
            F::NicknameTooLong => format!("{}{mark}", "assistance-".repeat(6)),
            F::NicknameLeadingDot => format!(".{sound}"),
            F::ProxyTooLong => format!("smtp:{}{mark}@{DOMAIN}", "ancien-service.".repeat(17)),
            F::ProxySecondColon => format!("smtp:smtp:reprise{mark}@{DOMAIN}"),
            F::ProxySpace => format!("smtp:archive {mark}@{DOMAIN}"),
            F::AccountTooLong => format!("svc-sauvegarde-exchange-{mark}"),
            F::AccountBadCharacter => format!("{sound}+"),
            F::PrincipalTooLong => format!("{}{mark}@{DOMAIN}", "prestataire-externe.".repeat(6)),
            F::PrincipalAccent => format!("{}@{DOMAIN}", accented(local)),
            F::PrincipalSpace => format!("{}@{DOMAIN}", local.replacen('.', " ", 1)),
            F::PrincipalApostrophe => format!("{}@{DOMAIN}", local.replacen('.', ".d'", 1)),
            F::PrincipalWithoutAt => local.to_owned(),
            F::PrincipalLocalDomain => format!("{local}@nord.local"),
            _ => sound.to_owned(),
        }
    }
}

/// The same value in capitals, but for the prefix of an address: `SMTP:` would make it a primary one.
fn capitals(value: &str) -> String {
    match value.split_once(':') {
        Some((prefix, address)) => format!("{prefix}:{}", address.to_ascii_uppercase()),
        None => value.to_ascii_uppercase(),
    }
}

fn accented(local: &str) -> String {
    if local.contains('e') {
        local.replacen('e', "ë", 1)
    } else {
        format!("{local}ë")
    }
}
