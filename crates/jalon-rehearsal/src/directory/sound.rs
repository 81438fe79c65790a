//! The entries of the directory in their sound state: which attributes a person, a contact or a group has. Every strict
//! rule passes on them, and so do both modes of IdFix.

use jiff::{SignedDuration, Timestamp};

use super::dice::Dice;
use super::entry::{Entry, Unit};
use super::people::{DEPARTMENTS, People, Person, SITES};

/// The mail domain and the suffix of sign-in names.
pub(super) const DOMAIN: &str = "nord.example.com";
/// Kinds of entries follow each other in rounds of this length, so that a position tells the kind.
pub(super) const ROUND: usize = 20;

/// How long ago somebody sound has signed in at most.
const RECENT_DAYS: u64 = 120;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A person with a mailbox.
    Mailbox,
    /// A person whose mail is hosted elsewhere: an address and where it leads, no mailbox and no other address.
    Elsewhere,
    /// An account without sign-in name nor mail.
    Service,
    /// Somebody outside.
    Contact,
    /// A distribution group.
    Distribution,
    /// A security group, with mail in every other round.
    Security,
}

impl Kind {
    fn at(index: usize) -> Self {
        match index % ROUND {
            0..13 => Self::Mailbox,
            13 | 14 => Self::Elsewhere,
            15 => Self::Service,
            16 | 17 => Self::Contact,
            18 => Self::Distribution,
            _ => Self::Security,
        }
    }
}

/// Makes the entries one after the other, and remembers what the next ones need: bounded, whatever their number.
pub(super) struct Population {
    seed: u64,
    root: &'static str,
    /// The day of the export; without it, nobody has a date of sign-in.
    now: Option<Timestamp>,
    people: People,
    /// The names of this round's accounts, of whom its groups are made.
    accounts: Vec<String>,
    index: usize,
}

impl Population {
    pub(super) fn new(seed: u64, root: &'static str, now: Option<Timestamp>) -> Self {
        Self {
            seed,
            root,
            now,
            people: People::default(),
            accounts: Vec::new(),
            index: 0,
        }
    }

    /// The next entry, sound.
    pub(super) fn next(&mut self) -> Entry {
        let mut dice = Dice::of_entry(self.seed, self.index);
        let number = self.index / ROUND + 1;
        let kind = Kind::at(self.index);
        let mut entry = match kind {
            Kind::Mailbox => mailbox(&self.people.next(&mut dice), &mut dice),
            Kind::Elsewhere => elsewhere(&self.people.next(&mut dice), &mut dice),
            Kind::Service => service(number),
            Kind::Contact => contact(&self.people.next(&mut dice)),
            Kind::Distribution => distribution(number, &mut dice),
            Kind::Security => security(number, &mut dice),
        }
        .below(self.root);
        match kind {
            Kind::Mailbox | Kind::Elsewhere | Kind::Service => self.account(&mut entry, &mut dice),
            Kind::Distribution | Kind::Security => self.members(&mut entry, &mut dice),
            Kind::Contact => {}
        }
        self.index += 1;
        entry
    }

    fn account(&mut self, entry: &mut Entry, dice: &mut Dice) {
        if let Some(now) = self.now {
            let minutes = dice.below(RECENT_DAYS * 24 * 60) as i64;
            entry.push("lastLogonTimestamp", filetime(now - SignedDuration::from_mins(minutes)));
        }
        if self.index.is_multiple_of(ROUND) {
            self.accounts.clear();
        }
        self.accounts.push(entry.dn());
    }

    fn members(&self, entry: &mut Entry, dice: &mut Dice) {
        let first = dice.below(self.accounts.len() as u64 / 2) as usize;
        for dn in self.accounts.iter().skip(first).take(5) {
            entry.push("member", dn.as_str());
        }
    }
}

/// 100-nanosecond steps since 1601, as Active Directory counts time (MS-ADTS, `LargeInteger`).
pub(super) fn filetime(at: Timestamp) -> String {
    const FROM_1601_TO_1970: i64 = 11_644_473_600;
    ((at.as_second() + FROM_1601_TO_1970) * 10_000_000).to_string()
}

impl Entry {
    fn push_names(&mut self, person: &Person) {
        self.push("sn", person.surname);
        self.push("givenName", person.given);
        self.push("displayName", format!("{} {}", person.given, person.surname));
    }

    /// The address and what goes with it: alias and primary proxy address.
    fn push_mail(&mut self, nickname: &str, address: &str) {
        self.push("mail", address);
        self.push("mailNickname", nickname);
        self.push("proxyAddresses", format!("SMTP:{address}"));
    }
}

const PERSON: [&str; 4] = ["top", "person", "organizationalPerson", "user"];
const CONTACT: [&str; 4] = ["top", "person", "organizationalPerson", "contact"];
const GROUP: [&str; 2] = ["top", "group"];

/// The database of the mailboxes; in a real forest it lies deeper below the configuration.
const DATABASE: &str = "CN=MBX01,CN=Databases,DC=nord,DC=example,DC=com";

/// An ordinary account (ADS_UF_NORMAL_ACCOUNT), enabled.
const ENABLED: &str = "512";

fn user(person: &Person, dice: &mut Dice) -> Entry {
    let department = dice.pick(&DEPARTMENTS);
    let unit = if dice.once_in(3) {
        Unit::Below(department, "Siege")
    } else {
        Unit::Below(dice.pick(&SITES), "Agences")
    };
    let mut entry = Entry::new(person.account.clone(), unit, &PERSON);
    entry.push_names(person);
    entry.push("department", department);
    entry.push("sAMAccountName", person.account.as_str());
    entry.push("userPrincipalName", format!("{}@{DOMAIN}", person.local));
    entry.push("userAccountControl", ENABLED);
    entry
}

fn mailbox(person: &Person, dice: &mut Dice) -> Entry {
    let mut entry = user(person, dice);
    let account = &person.account;
    entry.push_mail(&person.local, &format!("{}@{DOMAIN}", person.local));
    entry.push("proxyAddresses", format!("smtp:{account}@{DOMAIN}"));
    if dice.once_in(10) {
        let group = "Exchange Administrative Group";
        let address = format!("x500:/o=Example Nord/ou={group}/cn=Recipients/cn={account}");
        entry.push("proxyAddresses", address);
    }
    if dice.once_in(6) {
        entry.push("proxyAddresses", format!("sip:{}@{DOMAIN}", person.local));
    }
    entry.push("homeMDB", DATABASE);
    entry
}

fn elsewhere(person: &Person, dice: &mut Dice) -> Entry {
    let mut entry = user(person, dice);
    let address = format!("{}@{DOMAIN}", person.local);
    entry.push("targetAddress", format!("SMTP:{address}"));
    entry.push("mail", address);
    entry.push("mailNickname", person.local.as_str());
    entry
}

fn service(number: usize) -> Entry {
    let account = format!("svc-{number:05}");
    let mut entry = Entry::new(account.clone(), Unit::Top("Services"), &PERSON);
    entry.push("displayName", format!("Service {number}"));
    entry.push("sAMAccountName", account);
    entry.push("userAccountControl", ENABLED);
    entry
}

fn contact(person: &Person) -> Entry {
    let nickname = format!("ext.{}", person.local);
    let address = format!("{}@partenaire.example.org", person.local);
    let mut entry = Entry::new(nickname.clone(), Unit::Top("Partenaires"), &CONTACT);
    entry.push_names(person);
    entry.push_mail(&nickname, &address);
    entry.push("targetAddress", format!("SMTP:{address}"));
    entry
}

fn group(name: String, display_name: String, nickname: &str) -> Entry {
    let mut entry = Entry::new(name, Unit::Top("Groupes"), &GROUP);
    entry.push("displayName", display_name);
    entry.push("sAMAccountName", nickname);
    entry
}

/// A universal distribution group.
fn distribution(number: usize, dice: &mut Dice) -> Entry {
    let team = format!("{} {}", dice.pick(&DEPARTMENTS), dice.pick(&SITES));
    let nickname = format!("equipe-{number}");
    let mut entry = group(
        format!("Equipe {team} {number}"),
        format!("Équipe {team} {number}"),
        &nickname,
    );
    entry.push("groupType", "8");
    entry.push_mail(&nickname, &format!("{nickname}@{DOMAIN}"));
    entry
}

/// A security group: universal with mail, or global without, which directory synchronisation leaves out.
fn security(number: usize, dice: &mut Dice) -> Entry {
    let name = format!("Acces {} {number}", dice.pick(&DEPARTMENTS));
    let nickname = format!("acces-{number}");
    let mut entry = group(name.clone(), name, &nickname);
    if number.is_multiple_of(2) {
        entry.push("groupType", "-2147483640");
        entry.push_mail(&nickname, &format!("{nickname}@{DOMAIN}"));
    } else {
        entry.push("groupType", "-2147483646");
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the reference of FILETIME.
    #[test]
    fn time_counts_from_1601() {
        let at = |it: &str| filetime(it.parse().expect("a time"));
        assert_eq!(at("1601-01-01T00:00:00Z"), "0");
        assert_eq!(at("1970-01-01T00:00:00Z"), "116444736000000000");
    }

    #[test]
    fn the_day_of_the_export_changes_nothing_but_the_dates_of_sign_in() {
        let now = "2026-11-20T17:00:00Z".parse().expect("a time");
        let (mut dated, mut undated) = (Population::new(7, "", Some(now)), Population::new(7, "", None));
        for _ in 0..100 {
            let (mut with, without) = (dated.next(), undated.next());
            with.remove("lastLogonTimestamp");
            assert_eq!(with.attributes, without.attributes);
        }
    }
}
