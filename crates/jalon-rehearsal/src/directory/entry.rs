//! One entry of the directory in its sound state: which attributes a person, a contact or a group has.

use super::dice::Dice;
use super::people::{DEPARTMENTS, People, Person, SITES};

/// The mail domain and the suffix of sign-in names.
pub(super) const DOMAIN: &str = "nord.example.com";
/// The root of the tree.
const ROOT: &str = "DC=nord,DC=example,DC=com";
/// Kinds of entries follow each other in rounds of this length, so that a position tells the kind.
pub(super) const ROUND: usize = 20;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A person with a mailbox.
    Mailbox,
    /// A person with an address hosted elsewhere: no alias, no mailbox.
    AddressOnly,
    /// An account without sign-in name nor mail.
    Service,
    /// Somebody outside.
    Contact,
    /// A distribution group.
    Distribution,
    /// A security group, with mail in every other round.
    Security,
}

/// An entry about to be written.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    cn: String,
    unit: String,
    pub(super) attributes: Vec<(&'static str, String)>,
}

impl Kind {
    fn at(index: usize) -> Self {
        match index % ROUND {
            0..13 => Self::Mailbox,
            13 | 14 => Self::AddressOnly,
            15 => Self::Service,
            16 | 17 => Self::Contact,
            18 => Self::Distribution,
            _ => Self::Security,
        }
    }
}

impl Entry {
    /// The entry at that position, sound.
    pub(super) fn at(index: usize, seed: u64, people: &mut People) -> Self {
        let mut dice = Dice::of_entry(seed, index);
        let number = index / ROUND + 1;
        match Kind::at(index) {
            Kind::Mailbox => mailbox(&people.next(&mut dice), &mut dice),
            Kind::AddressOnly => address_only(&people.next(&mut dice), &mut dice),
            Kind::Service => service(number),
            Kind::Contact => contact(&people.next(&mut dice)),
            Kind::Distribution => distribution(number, &mut dice),
            Kind::Security => security(number, &mut dice),
        }
    }

    /// Its distinguished name.
    pub(super) fn dn(&self) -> String {
        format!("CN={},{},{ROOT}", self.cn, self.unit)
    }

    /// The first value of the attribute, empty when there is none.
    pub(super) fn first(&self, attribute: &str) -> &str {
        let mut values = self.attributes.iter().filter(|it| it.0 == attribute);
        values.next().map_or("", |it| &it.1)
    }

    /// Replaces all values of the attribute by one.
    pub(super) fn set(&mut self, attribute: &'static str, value: String) {
        match self.attributes.iter_mut().find(|it| it.0 == attribute) {
            Some(held) => held.1 = value,
            None => self.attributes.push((attribute, value)),
        }
    }

    /// Adds one more value, beside those of the same attribute.
    pub(super) fn add(&mut self, attribute: &'static str, value: String) {
        let last = self.attributes.iter().rposition(|it| it.0 == attribute);
        let position = last.map_or(self.attributes.len(), |it| it + 1);
        self.attributes.insert(position, (attribute, value));
    }

    fn new(cn: String, unit: String, classes: &[&str]) -> Self {
        let mut entry = Self {
            unit,
            attributes: Vec::with_capacity(16),
            cn,
        };
        for class in classes {
            entry.push("objectClass", *class);
        }
        let cn = entry.cn.clone();
        entry.push("cn", cn);
        entry
    }

    fn push(&mut self, attribute: &'static str, value: impl Into<String>) {
        self.attributes.push((attribute, value.into()));
    }

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

fn user(person: &Person, dice: &mut Dice) -> Entry {
    let unit = if dice.once_in(3) {
        format!("OU={},OU=Siege", dice.pick(&DEPARTMENTS))
    } else {
        format!("OU={},OU=Agences", dice.pick(&SITES))
    };
    let mut entry = Entry::new(person.account.clone(), unit, &PERSON);
    entry.push_names(person);
    entry.push("sAMAccountName", person.account.as_str());
    entry.push("userPrincipalName", format!("{}@{DOMAIN}", person.local));
    entry
}

fn mailbox(person: &Person, dice: &mut Dice) -> Entry {
    let mut entry = user(person, dice);
    let account = &person.account;
    entry.push_mail(&person.local, &format!("{}@{DOMAIN}", person.local));
    entry.push("proxyAddresses", format!("smtp:{account}@{DOMAIN}"));
    if dice.once_in(4) {
        let group = "Exchange Administrative Group";
        let address = format!("x500:/o=Example Nord/ou={group}/cn=Recipients/cn={account}");
        entry.push("proxyAddresses", address);
    }
    if dice.once_in(6) {
        entry.push("proxyAddresses", format!("sip:{}@{DOMAIN}", person.local));
    }
    if !dice.once_in(3) {
        let server = "CN=Databases,CN=Example Nord,CN=Microsoft Exchange,CN=Services,CN=Configuration";
        entry.push("homeMDB", format!("CN=MBX01,{server},{ROOT}"));
    }
    entry
}

fn address_only(person: &Person, dice: &mut Dice) -> Entry {
    let mut entry = user(person, dice);
    entry.push("mail", format!("{}@{DOMAIN}", person.local));
    entry
}

fn service(number: usize) -> Entry {
    let account = format!("svc-{number:05}");
    let mut entry = Entry::new(account.clone(), "OU=Services".to_owned(), &PERSON);
    entry.push("displayName", format!("Service {number}"));
    entry.push("sAMAccountName", account);
    entry
}

fn contact(person: &Person) -> Entry {
    let nickname = format!("ext.{}", person.local);
    let address = format!("{}@partenaire.example.org", person.local);
    let mut entry = Entry::new(nickname.clone(), "OU=Partenaires".to_owned(), &CONTACT);
    entry.push_names(person);
    entry.push_mail(&nickname, &address);
    entry.push("targetAddress", format!("SMTP:{address}"));
    entry
}

/// A universal distribution group.
fn distribution(number: usize, dice: &mut Dice) -> Entry {
    let team = format!("{} {}", dice.pick(&DEPARTMENTS), dice.pick(&SITES));
    let mut entry = Entry::new(format!("Equipe {team} {number}"), "OU=Groupes".to_owned(), &GROUP);
    let nickname = format!("equipe-{number}");
    entry.push("displayName", format!("Équipe {team} {number}"));
    entry.push("sAMAccountName", nickname.as_str());
    entry.push("groupType", "8");
    entry.push_mail(&nickname, &format!("{nickname}@{DOMAIN}"));
    entry
}

/// A security group: universal with mail, or global without, which directory synchronisation leaves out.
fn security(number: usize, dice: &mut Dice) -> Entry {
    let name = format!("Acces {} {number}", dice.pick(&DEPARTMENTS));
    let mut entry = Entry::new(name.clone(), "OU=Groupes".to_owned(), &GROUP);
    let nickname = format!("acces-{number}");
    entry.push("displayName", name);
    entry.push("sAMAccountName", nickname.as_str());
    if number.is_multiple_of(2) {
        entry.push("groupType", "-2147483640");
        entry.push_mail(&nickname, &format!("{nickname}@{DOMAIN}"));
    } else {
        entry.push("groupType", "-2147483646");
    }
    entry
}
