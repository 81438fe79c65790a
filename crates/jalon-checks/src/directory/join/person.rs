//! The people of the other directory: what each entry says of a mailbox, whichever product wrote it.

use jalon_domain::finding::FlawKind;
use jalon_wire::entry::{AttributesRef, EntryRef};
use serde::Serialize;

use super::{
    Settings,
    account::values,
    address,
    fold::{dn_key, key},
    index::{Field, Index},
    name::Name,
    names::{AttributeNames, Role},
};

/// Somebody of the other directory, for a reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Who {
    /// The distinguished name, or `row N` where a table has none.
    pub dn: String,
    /// What they are called.
    pub name: Option<String>,
    /// The address that they write from, when Active Directory could hold it.
    pub mail: Option<String>,
}

/// A value of the other directory that Active Directory cannot hold: told, and not used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unusable {
    /// Whose value it is.
    pub person: Who,
    /// The attribute, as the other directory spells it.
    pub attribute: String,
    /// The value.
    pub value: String,
    /// What is wrong with it.
    pub why: FlawKind,
}

/// One person.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) who: Who,
    /// Sound addresses, each once; the one that they write from, `who.mail`, is among them.
    pub(super) addresses: Vec<String>,
    /// Where their mail is forwarded to, outside of their own addresses.
    pub(super) forwards: Vec<String>,
    pub(super) nicknames: Vec<String>,
    pub(super) logins: Vec<String>,
    pub(super) name: Option<Name>,
    /// Values of the key attributes, folded, with the number of their key.
    pub(super) keys: Box<[(u8, String)]>,
    /// The entry says something of a mailbox, sound or not.
    pub(super) has_mail: bool,
}

/// All of them, and who holds which address.
#[derive(Debug)]
pub(super) struct People<'a> {
    pub(super) all: &'a [Person],
    owners: Index,
}

impl<'a> People<'a> {
    /// The way to people who were read.
    pub(super) fn of(all: &'a [Person]) -> Self {
        let mut owners = Index::default();
        for (number, person) in (0..=u32::MAX).zip(all) {
            let mut note = |field, addresses: &[String]| {
                addresses.iter().for_each(|it| owners.note(field, &key(it), number));
            };
            note(Field::Address, &person.addresses);
            note(Field::OtherAddress, &person.forwards);
        }
        owners.seal();
        Self { all, owners }
    }

    /// People other than `but` who have the address as their own.
    pub(super) fn owners(&self, address: &str, but: u32) -> impl Iterator<Item = &'a Person> {
        self.holding(Field::Address, address, but, |it| &it.addresses)
    }

    /// People other than `but` whose mail is forwarded there.
    pub(super) fn forwarders(&self, address: &str, but: u32) -> impl Iterator<Item = &'a Person> {
        self.holding(Field::OtherAddress, address, but, |it| &it.forwards)
    }

    fn holding(
        &self,
        field: Field,
        address: &str,
        but: u32,
        of: fn(&Person) -> &Vec<String>,
    ) -> impl Iterator<Item = &'a Person> {
        let folded = key(address);
        let numbers: Vec<u32> = self.owners.holders(field, &folded).take(super::account::MOST).collect();
        let (all, others) = (self.all, numbers.into_iter().filter(move |it| *it != but));
        others
            .filter_map(|it| all.get(it as usize))
            .filter(move |it| of(it).iter().any(|it| key(it) == folded))
    }
}

impl Person {
    /// By what a map may call them.
    pub(super) fn called(&self) -> impl Iterator<Item = String> {
        let names = self.addresses.iter().chain(&self.logins).map(|it| key(it));
        names.chain([dn_key(&self.who.dn)])
    }
}

/// How entries are read.
pub(super) struct Reader<'a> {
    settings: &'a Settings,
    /// Of each key, the attributes of this directory.
    keys: &'a [Vec<String>],
}

/// One value with its meaning, and how early it counts.
struct Said<'a> {
    role: Role,
    rank: usize,
    attribute: &'a str,
    value: String,
}

impl<'a> Reader<'a> {
    /// Reads with these settings; `keys` are the names of each key's attributes here.
    pub(super) fn new(settings: &'a Settings, keys: &'a [Vec<String>]) -> Self {
        Self { settings, keys }
    }

    /// The person whom an entry is about, if any; what cannot be used of it is put aside.
    pub(super) fn read(&self, entry: &EntryRef<'_>, unusable: &mut Vec<Unusable>) -> Option<Person> {
        let classes = entry.attributes.values("objectClass").map(|it| it.readable());
        let is_person = self.settings.names.is_person(classes);
        is_person.then(|| self.person(entry, unusable))
    }

    fn person(&self, entry: &EntryRef<'_>, unusable: &mut Vec<Unusable>) -> Person {
        let said = said(entry.attributes, &self.settings.names);
        let of = |role: Role| {
            said.iter()
                .filter(move |it| it.role == role)
                .map(|it| it.value.as_str())
        };
        let (given, surname, full) = (
            of(Role::GivenName).next(),
            of(Role::Surname).next(),
            of(Role::FullName).next(),
        );
        let name = full
            .map(str::to_owned)
            .or_else(|| Some(format!("{} {}", given?, surname?)));
        let who = Who {
            dn: entry.dn.to_owned(),
            name,
            mail: None,
        };
        let aliases = of(Role::Nickname).filter(|it| !it.contains('@'));
        let mut person = Person {
            who,
            addresses: Vec::new(),
            forwards: Vec::new(),
            nicknames: aliases.map(str::to_owned).collect(),
            logins: of(Role::Login).map(str::to_owned).collect(),
            name: Name::parse(given, surname, full),
            keys: self.keys(entry.attributes),
            has_mail: said.iter().any(Said::is_address),
        };
        self.addresses(&mut person, &said, unusable);
        person
    }

    /// Takes the sound addresses. The first value of `mail` is the one that they write from, unless none is sound; then
    /// the alias that is marked as primary is.
    fn addresses(&self, person: &mut Person, said: &[Said<'_>], unusable: &mut Vec<Unusable>) {
        let start = unusable.len();
        let mut primary = None;
        for it in said.iter().filter(|it| it.is_address()) {
            if address::without_prefix(&it.value).is_none() {
                continue;
            }
            match address::parse(&it.value, &self.settings.top_level_domains) {
                Ok(address) if it.role == Role::Forward => once(&mut person.forwards, address),
                Ok(address) => {
                    let is_primary = it.role == Role::Mail || it.value.starts_with("SMTP:");
                    if primary.is_none() && is_primary {
                        primary = Some(address.clone());
                    }
                    once(&mut person.addresses, address);
                }
                Err(why) => unusable.push(it.unusable(&person.who, why)),
            }
        }
        let own = |it: &String| person.addresses.iter().any(|own| key(own) == key(it));
        person.forwards.retain(|it| !own(it));
        person.who.mail = primary;
        person.addresses.shrink_to_fit();
        unusable[start..]
            .iter_mut()
            .for_each(|it| it.person.mail.clone_from(&person.who.mail));
    }

    fn keys(&self, held: AttributesRef<'_>) -> Box<[(u8, String)]> {
        let named = (0..=u8::MAX)
            .zip(self.keys)
            .flat_map(|(n, names)| names.iter().map(move |it| (n, it)));
        named
            .flat_map(|(n, name)| values(held, name).map(move |it| (n, key(&it))))
            .collect()
    }
}

impl Said<'_> {
    /// An alias with a domain is an address: Domino delivers to a short name of that form.
    fn is_address(&self) -> bool {
        self.role.is_address() || (self.role == Role::Nickname && self.value.contains('@'))
    }

    fn unusable(&self, person: &Who, why: FlawKind) -> Unusable {
        Unusable {
            person: person.clone(),
            attribute: self.attribute.to_owned(),
            value: self.value.clone(),
            why,
        }
    }
}

/// What an entry says, in the order in which it counts.
fn said<'a>(held: AttributesRef<'a>, names: &AttributeNames) -> Vec<Said<'a>> {
    let mut all = Vec::new();
    for (attribute, value) in held.iter() {
        let Some((role, rank)) = names.role(base(attribute)) else {
            continue;
        };
        let text = value.readable();
        for value in parts(role, &text) {
            let value = value.trim().to_owned();
            if !value.is_empty() {
                all.push(Said {
                    role,
                    rank,
                    attribute,
                    value,
                });
            }
        }
    }
    all.sort_by_key(|it| (it.role, it.rank));
    all
}

/// The name without options that only say how a value was carried.
fn base(attribute: &str) -> &str {
    match attribute.split_once(';') {
        Some((base, options)) if options.eq_ignore_ascii_case("binary") || options.starts_with("range=") => base,
        _ => attribute,
    }
}

/// A cell of a table holds several addresses, and so does a preference of Zimbra; no sound address has a separator in it.
fn parts(role: Role, text: &str) -> impl Iterator<Item = String> {
    let separators: &[char] = if role.is_address() {
        &[';', ',', '\n', '\r']
    } else {
        &[]
    };
    text.split(separators)
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

/// Adds an address that is not there yet.
fn once(addresses: &mut Vec<String>, address: String) {
    if !addresses.iter().any(|it| key(it) == key(&address)) {
        addresses.push(address);
    }
}
