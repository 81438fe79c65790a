//! How each flaw spoils an entry, and the bad value that it leaves there. `mark` keeps the values of two flaws apart.

use jiff::{SignedDuration, Timestamp};

use super::Flaw;
use super::entry::Entry;
use super::plan::Plan;
use super::recipe::Part;
use super::sound::{DOMAIN, filetime};

/// The day before which an account is stale where the plan has none.
const SOME_DAY: Timestamp = Timestamp::constant(1_577_836_800, 0);
/// One member more than a group may have.
const MEMBERS: usize = 15_001;

use Flaw as F;

/// One defect, about to be planted.
#[derive(Clone, Copy)]
pub(super) struct Spoiler {
    pub(super) flaw: Flaw,
    /// The position of the first entry.
    pub(super) mark: usize,
    pub(super) is_twin: bool,
    /// The day of the export.
    pub(super) now: Option<Timestamp>,
}

impl Spoiler {
    /// Spoils the entry and returns the bad value; empty where what is wrong is that there is none.
    pub(super) fn spoil(self, entry: &mut Entry, part: &Part) -> String {
        match self.flaw {
            F::NameBlank
            | F::GroupWithoutName
            | F::ContactWithoutTarget
            | F::PersonWithoutTarget
            | F::NicknameMissing
            | F::ContactWithoutNickname => {
                entry.remove(part.attribute);
                String::new()
            }
            F::PrimaryMissing => demote(entry),
            F::PrimaryTwice => self.promote(entry),
            F::GroupWithoutPrimary => {
                entry.set("proxyAddresses", format!("x500:/o=Example Nord/cn={}", self.mark));
                String::new()
            }
            F::GroupTooLarge => enlarge(entry),
            _ => self.plant(entry, part),
        }
    }

    /// A second primary address; what is wrong is both.
    fn promote(self, entry: &mut Entry) -> String {
        entry.add("proxyAddresses", format!("SMTP:second{}@{DOMAIN}", self.mark));
        let primaries = entry.values("proxyAddresses").filter(|it| it.starts_with("SMTP:"));
        primaries.collect::<Vec<_>>().join(" ")
    }

    fn plant(self, entry: &mut Entry, part: &Part) -> String {
        let value = match self.common() {
            Some((first, twin)) => if self.is_twin { twin } else { first }.to_owned(),
            None => self.bad(entry.first(part.attribute)),
        };
        if part.attribute == "proxyAddresses" {
            let value = if value.contains(':') {
                value
            } else {
                format!("smtp:{value}")
            };
            entry.add("proxyAddresses", value.clone());
            return value;
        }
        entry.set(part.attribute, value.clone());
        value
    }

    /// What the two entries of a flaw have, where it spoils two.
    fn common(self) -> Option<(String, String)> {
        let mark = self.mark;
        let shared = |value: String| {
            let twin = capitals(&value);
            Some((value, twin))
        };
        match self.flaw {
            F::MailShared => shared(format!("accueil{mark}@{DOMAIN}")),
            F::NicknameShared | F::NicknameSharedByPeople => shared(format!("accueil{mark}")),
            F::ProxyShared => shared(format!("smtp:commun{mark}@{DOMAIN}")),
            F::AccountShared => shared(format!("svc-scan{mark}")),
            F::TargetShared => shared(format!("SMTP:standard{mark}@partenaire.example.org")),
            F::PrincipalShared => shared(format!("poste{mark}@{DOMAIN}")),
            F::MailIsAlias | F::PrincipalIsAlias => shared(format!("contact{mark}@{DOMAIN}")),
            F::PrincipalLookalike => Some((format!("accès{mark}@{DOMAIN}"), format!("acces{mark}@{DOMAIN}"))),
            F::PrincipalCyrillic => Some((format!("p\u{430}ris{mark}@{DOMAIN}"), format!("paris{mark}@{DOMAIN}"))),
            F::NicknameLookalike => Some((format!("relève{mark}"), format!("releve{mark}"))),
            _ => None,
        }
    }

    /// The bad value, made from the sound one.
    fn bad(self, sound: &str) -> String {
        let mark = self.mark;
        match self.flaw {
            F::NameTooLong => padded(mark, 280),
            F::NameEdgeSpace => format!(" {sound}"),
            F::GivenNameEdgeSpace => format!("{sound} "),
            F::GivenNameTooLong => padded(mark, 70),
            F::NicknameTooLong => padded(mark, 70),
            F::NicknameLeadingDot => format!(".{sound}"),
            F::NicknameBadCharacter => format!("{sound}&co"),
            F::NicknameTrailingDot => format!("{sound}."),
            F::AccountTooLong => format!("svc-{mark}-sauvegarde-exchange"),
            F::AccountBadCharacter => format!("{sound}+"),
            F::Privileged => "1".to_owned(),
            // ADS_UF_NORMAL_ACCOUNT and ADS_UF_ACCOUNTDISABLE.
            F::AccountDisabled => "514".to_owned(),
            F::AccountStale => filetime(self.now.unwrap_or(SOME_DAY) - SignedDuration::from_hours(200 * 24)),
            _ => self.bad_address(sound),
        }
    }

    fn bad_address(self, sound: &str) -> String {
        let mark = self.mark;
        match self.flaw {
            F::MailTooLong => long_address(mark, 257),
            F::MailWithoutAt => format!("standard{mark}"),
            F::MailSpace => format!("accueil {mark}@{DOMAIN}"),
            F::MailNotPrimary => format!("courrier{mark}@{DOMAIN}"),
            F::ProxyTooLong => format!("smtp:{}", long_address(mark, 252)),
            F::ProxySecondColon => format!("smtp:smtp:reprise{mark}@{DOMAIN}"),
            F::ProxySpace => format!("smtp:archive {mark}@{DOMAIN}"),
            F::ProxyWithoutAt => format!("smtp:archive{mark}"),
            F::ProxyBrackets => format!("x500:/o=Example Nord/ou=First Administrative Group/cn=[{mark}]"),
            F::TargetTooLong => format!("SMTP:{}", long_address(mark, 251)),
            F::TargetSecondColon => format!("SMTP:smtp:reprise{mark}@partenaire.example.org"),
            F::TargetSpace => format!("SMTP:agence {mark}@partenaire.example.org"),
            F::TargetWithoutAt => format!("SMTP:agence{mark}"),
            _ => self.bad_principal(sound),
        }
    }

    fn bad_principal(self, sound: &str) -> String {
        let local = sound.split('@').next().unwrap_or(sound);
        match self.flaw {
            F::PrincipalTooLong => format!("{}@{DOMAIN}", padded(self.mark, 114 - 1 - DOMAIN.len())),
            F::PrincipalLocalPartTooLong => format!("{}@{DOMAIN}", padded(self.mark, 65)),
            F::PrincipalDomainTooLong => format!("{local}@{}", Plan::DOMAINS[1]),
            F::PrincipalUnverifiedDomain => format!("{local}@filiale.example.net"),
            F::PrincipalAccent => format!("{}@{DOMAIN}", accented(local)),
            F::PrincipalSpace => format!("{}@{DOMAIN}", local.replacen('.', " ", 1)),
            F::PrincipalApostrophe => format!("{}@{DOMAIN}", local.replacen('.', ".d'", 1)),
            F::PrincipalWithoutAt => local.to_owned(),
            F::PrincipalLocalDomain => format!("{local}@nord.local"),
            _ => sound.to_owned(),
        }
    }
}

/// The primary address becomes one among others.
fn demote(entry: &mut Entry) -> String {
    let value = entry.first("proxyAddresses").replacen("SMTP:", "smtp:", 1);
    entry.set("proxyAddresses", value.clone());
    value
}

/// Members that need not exist: nobody looks them up. The value is their number.
fn enlarge(entry: &mut Entry) -> String {
    let root = entry.root();
    entry.remove("member");
    for number in 1..=MEMBERS {
        entry.push("member", format!("CN=membre-{number:05},OU=Lille,OU=Agences,{root}"));
    }
    MEMBERS.to_string()
}

/// The same value in capitals, but for the prefix of an address: `SMTP:` would make it a primary one.
fn capitals(value: &str) -> String {
    match value.split_once(':') {
        Some((prefix, address)) => format!("{prefix}:{}", address.to_ascii_uppercase()),
        None => value.to_ascii_uppercase(),
    }
}

/// So many characters. The mark comes first, so that a shortened value is still nobody else's.
fn padded(mark: usize, length: usize) -> String {
    let words = "boite-partagee-du-service-".chars().cycle();
    let start = format!("p{mark}-");
    let rest = length - 1 - start.len();
    start.chars().chain(words.take(rest)).chain(['x']).collect()
}

/// An address of so many characters of which each part is as short as it must be. Without its last letter it ends in
/// `.co`, another top-level domain: IdFix judges the shortened value, and then finds nothing more.
fn long_address(mark: usize, length: usize) -> String {
    let label = "agences-et-antennes-des-communes-du-grand-nord";
    let domain = [label; 4].join(".") + "." + DOMAIN;
    format!("{}@{domain}", padded(mark, length - 1 - domain.len()))
}

fn accented(local: &str) -> String {
    if local.contains('e') {
        local.replacen('e', "ë", 1)
    } else {
        format!("{local}ë")
    }
}
