//! The objects of Active Directory: what each holds of a mailbox, and who holds which address. Only that is kept.

use std::collections::HashSet;

use jalon_wire::entry::{AttributesRef, EntryRef, Value};

use super::{
    Key, address,
    fold::{dn_key, key},
    index::{Field, Index},
    name::Name,
};

/// What an object is to the join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Somebody who signs in.
    User,
    /// An entry of the address book.
    Contact,
    /// Anything else that holds addresses: groups, public folders, what the system needs.
    Other,
}

/// One object.
#[derive(Debug)]
pub(in crate::directory) struct Account {
    pub(super) dn: String,
    pub(super) kind: Kind,
    pub(super) mail: Option<String>,
    pub(super) proxies: Box<[String]>,
    pub(super) nickname: Option<String>,
    pub(super) target: Option<String>,
    pub(super) sign_in: Option<String>,
    pub(super) login: Option<String>,
    /// It has a mailbox on a server of its own organisation.
    pub(super) has_mailbox: bool,
    pub(super) name: Option<Name>,
    /// Values of the key attributes, folded, with the number of their key.
    pub(super) keys: Box<[(u8, String)]>,
}

/// All objects that matter, and the way to them.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    pub(super) all: Vec<Account>,
    pub(super) index: Index,
    /// Aliases that are taken, folded.
    pub(super) nicknames: HashSet<String>,
}

impl Accounts {
    /// The way to objects that were read.
    pub(super) fn of(all: Vec<Account>) -> Self {
        let mut accounts = Self::default();
        // Numbers have 32 bits: a directory of more objects than that does not fit into memory either.
        (0..=u32::MAX)
            .zip(&all)
            .for_each(|(number, account)| accounts.note(number, account));
        accounts.index.seal();
        Self { all, ..accounts }
    }

    pub(super) fn get(&self, number: u32) -> Option<&Account> {
        self.all.get(number as usize)
    }

    /// Objects other than `but` that hold the address in whichever attribute.
    pub(super) fn holders<'a>(&'a self, address: &'a str, but: u32) -> impl Iterator<Item = &'a Account> {
        let folded = key(address);
        let numbers: Vec<u32> = [Field::Address, Field::OtherAddress]
            .into_iter()
            .flat_map(|it| self.index.holders(it, &folded).take(MOST))
            .filter(|it| *it != but)
            .collect();
        let accounts = numbers.into_iter().filter_map(|it| self.get(it));
        accounts.filter(move |it| it.has_address(&folded) || it.has_other_address(&folded))
    }

    fn note(&mut self, number: u32, account: &Account) {
        account
            .addresses()
            .for_each(|it| self.index.note(Field::Address, &key(it), number));
        account
            .other_addresses()
            .for_each(|it| self.index.note(Field::OtherAddress, &key(it), number));
        self.nicknames.extend(account.nickname.as_deref().map(key));
        if account.kind != Kind::Other {
            account
                .keys
                .iter()
                .for_each(|(n, it)| self.index.note(Field::Key(*n), it, number));
            if let Some(name) = &account.name {
                name.same()
                    .iter()
                    .for_each(|it| self.index.note(Field::SameName, it, number));
                name.blocks()
                    .iter()
                    .for_each(|it| self.index.note(Field::NameBlock, it, number));
            }
        }
    }
}

/// How many holders of one value are looked at: more than two are as ambiguous as two.
pub(super) const MOST: usize = 64;

impl Account {
    /// What an entry is to the join; nothing where it neither stands for somebody nor holds an address.
    pub(in crate::directory) fn of(entry: &EntryRef<'_>, keys: &[Key]) -> Option<Self> {
        let (kind, held) = (kind(entry), entry.attributes);
        let first = |name: &str| values(held, name).next();
        let name = || {
            Name::parse(
                first("givenName").as_deref(),
                first("sn").as_deref(),
                full_name(held).as_deref(),
            )
        };
        let account = Self {
            dn: entry.dn.to_owned(),
            kind,
            mail: first("mail"),
            proxies: values(held, "proxyAddresses").collect(),
            nickname: first("mailNickname"),
            target: first("targetAddress"),
            sign_in: first("userPrincipalName"),
            login: first("sAMAccountName"),
            has_mailbox: first("homeMDB").is_some() || held.first("msExchMailboxGuid").is_some(),
            name: (kind != Kind::Other).then(name).flatten(),
            keys: if kind == Kind::Other {
                Box::default()
            } else {
                key_values(held, keys)
            },
        };
        (kind != Kind::Other || account.holds_something()).then_some(account)
    }

    /// Its word as an object class.
    pub(super) fn class(&self) -> &'static str {
        match self.kind {
            Kind::User => "user",
            Kind::Contact => "contact",
            Kind::Other => "other",
        }
    }

    /// Whether a folded address is in mail or proxyAddresses.
    pub(super) fn has_address(&self, folded: &str) -> bool {
        self.addresses().any(|it| key(it) == folded)
    }

    fn has_other_address(&self, folded: &str) -> bool {
        self.other_addresses().any(|it| key(it) == folded)
    }

    /// The value of proxyAddresses that carries a folded address.
    pub(super) fn proxy(&self, folded: &str) -> Option<&String> {
        self.proxies
            .iter()
            .find(|it| address::of_proxy(it).is_some_and(|it| key(it) == folded))
    }

    /// By what a map may call it.
    pub(super) fn called(&self) -> impl Iterator<Item = String> {
        let names = [&self.login, &self.sign_in].into_iter().flatten().map(|it| key(it));
        names.chain([dn_key(&self.dn)])
    }

    fn addresses(&self) -> impl Iterator<Item = &str> {
        let proxies = self.proxies.iter().filter_map(|it| address::of_proxy(it));
        self.mail.as_deref().into_iter().chain(proxies)
    }

    fn other_addresses(&self) -> impl Iterator<Item = &str> {
        let target = self.target.as_deref().and_then(address::without_prefix);
        self.sign_in.as_deref().into_iter().chain(target)
    }

    fn holds_something(&self) -> bool {
        self.nickname.is_some() || self.addresses().chain(self.other_addresses()).next().is_some()
    }
}

/// What the system needs, and what replication left behind, is nobody's.
fn kind(entry: &EntryRef<'_>) -> Kind {
    let held = entry.attributes;
    let is = |class: &str| values(held, "objectClass").any(|it| it.eq_ignore_ascii_case(class));
    let is_critical = values(held, "isCriticalSystemObject").any(|it| it.eq_ignore_ascii_case("TRUE"));
    if is_critical || entry.dn.contains("\\0ACNF:") || is("computer") || is("group") {
        return Kind::Other;
    }
    if is("contact") {
        return Kind::Contact;
    }
    let has_class = held.first("objectClass").is_some();
    let is_person = ["user", "inetOrgPerson", "person"].iter().any(|it| is(it));
    // A table often leaves the class out: it then lists people, unless a group type says otherwise.
    if is_person || (!has_class && held.first("groupType").is_none()) {
        Kind::User
    } else {
        Kind::Other
    }
}

fn full_name(held: AttributesRef<'_>) -> Option<String> {
    ["displayName", "cn", "name"]
        .iter()
        .find_map(|it| values(held, it).next())
}

fn key_values(held: AttributesRef<'_>, keys: &[Key]) -> Box<[(u8, String)]> {
    let attributes = (0..=u8::MAX).zip(keys).filter_map(|(n, it)| match it {
        Key::Attribute { ad, .. } => Some((n, ad)),
        Key::Mail | Key::Name => None,
    });
    attributes
        .flat_map(|(n, ad)| values(held, ad).map(move |it| (n, key(&it))))
        .collect()
}

/// The values of an attribute that say something, without the spaces around them.
pub(super) fn values<'a>(held: AttributesRef<'a>, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let said = |it: Value<'a>| {
        let text = it.readable();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    held.values(name).filter_map(said)
}
