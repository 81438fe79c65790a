//! What objects may not share: each value as the directory compares it, in a space of its own kind, as a number. The
//! values themselves are not kept; those that turn out to be shared are read again.

use std::{
    borrow::Cow,
    hash::{BuildHasher, Hasher},
};

use jalon_wire::entry::Value;

use super::{alike, names::Name, object::Object};
use crate::directory::claims::Claim;

/// In which attributes an object holds a value.
pub(super) mod mark {
    pub(in super::super) const MAIL: u8 = 1;
    pub(in super::super) const PRINCIPAL: u8 = 2;
    pub(in super::super) const PROXY: u8 = 4;
    pub(in super::super) const NICKNAME: u8 = 8;
    pub(in super::super) const ACCOUNT: u8 = 16;
    pub(in super::super) const TARGET: u8 = 32;
    /// The value is not written so, but looks so once accents and look-alikes are taken for what they look like.
    pub(in super::super) const ALIKE: u8 = 128;
}

/// The attribute that a mark stands for.
pub(super) const MARKS: [(u8, Name); 6] = [
    (mark::PRINCIPAL, Name::PrincipalName),
    (mark::MAIL, Name::Mail),
    (mark::PROXY, Name::ProxyAddresses),
    (mark::NICKNAME, Name::MailNickname),
    (mark::ACCOUNT, Name::AccountName),
    (mark::TARGET, Name::TargetAddress),
];

/// What may not be shared with what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    /// Addresses at which mail arrives, and sign-in names, which the cloud takes for addresses.
    Address,
    /// Any other value, compared within its own attribute.
    Own(Name),
}

impl Space {
    const fn number(self) -> u64 {
        match self {
            Self::Address => 0,
            Self::Own(name) => 1 + name as u64,
        }
    }
}

/// One value of an object as it is compared.
#[derive(Clone, Copy)]
struct Key {
    start: usize,
    end: usize,
    space: Space,
    marks: u8,
}

/// The values of one object as they are compared: made anew for each object, in the same memory.
#[derive(Default)]
pub(super) struct Keys {
    bytes: Vec<u8>,
    keys: Vec<Key>,
}

impl Keys {
    /// Takes the values of an object. A sign-in name is left out where people sign in with another attribute.
    pub(super) fn fill(&mut self, object: &Object<'_>, signs_in_otherwise: bool) {
        self.bytes.clear();
        self.keys.clear();
        let mut single = |name: Name, space: Space, mark: u8| {
            if let Some(value) = object.first(name) {
                self.push(value, 0, space, mark);
            }
        };
        single(Name::Mail, Space::Address, mark::MAIL);
        if !signs_in_otherwise {
            single(Name::PrincipalName, Space::Address, mark::PRINCIPAL);
        }
        single(Name::MailNickname, Space::Own(Name::MailNickname), mark::NICKNAME);
        single(Name::TargetAddress, Space::Own(Name::TargetAddress), mark::TARGET);
        // An account name matters to the tenant only where there is no sign-in name.
        if !object.has(Name::PrincipalName) {
            single(Name::AccountName, Space::Own(Name::AccountName), mark::ACCOUNT);
        }
        for value in object.values(Name::ProxyAddresses) {
            let is_smtp = value.bytes.get(..5).is_some_and(|it| it.eq_ignore_ascii_case(b"smtp:"));
            let (prefix, space) = if is_smtp {
                (5, Space::Address)
            } else {
                (0, Space::Own(Name::ProxyAddresses))
            };
            self.push(value, prefix, space, mark::PROXY);
        }
    }

    /// Every key of the object, as what it claims: number, and the attributes that hold it.
    pub(super) fn claims(&self, object: u32) -> impl Iterator<Item = Claim> {
        self.keys.iter().map(move |it| Claim {
            key: number(it.space, &self.bytes[it.start..it.end]),
            object,
            marks: it.marks,
        })
    }

    /// The key that a number stands for: numbers may coincide, keys do not.
    pub(super) fn named(&self, wanted: u64) -> Option<&[u8]> {
        let keys = self.keys.iter().map(|it| (it.space, &self.bytes[it.start..it.end]));
        keys.into_iter().find(|it| number(it.0, it.1) == wanted).map(|it| it.1)
    }

    fn push(&mut self, value: Value<'_>, prefix: usize, space: Space, marks: u8) {
        let bytes = value.bytes[prefix..].trim_ascii();
        let start = self.bytes.len();
        if bytes.is_ascii() {
            self.bytes.extend_from_slice(bytes);
            self.bytes[start..].make_ascii_lowercase();
            self.add(start, space, marks);
            return;
        }
        let text = Value { bytes, ..value }.readable().trim().to_lowercase();
        self.bytes.extend_from_slice(text.as_bytes());
        self.add(start, space, marks);
        let looks = alike::folded(&text);
        if looks != text && matches!(space, Space::Address | Space::Own(Name::MailNickname)) {
            let start = self.bytes.len();
            self.bytes.extend_from_slice(looks.as_bytes());
            self.add(start, space, marks | mark::ALIKE);
        }
    }

    /// The bytes from `start` on are a key, unless the object has it already: then it is held in one attribute more.
    fn add(&mut self, start: usize, space: Space, marks: u8) {
        let end = self.bytes.len();
        let is_alike = |it: u8| it & mark::ALIKE != 0;
        let held = self.keys.iter_mut().find(|it| {
            it.space == space
                && is_alike(it.marks) == is_alike(marks)
                && self.bytes[it.start..it.end] == self.bytes[start..end]
        });
        match held {
            Some(held) => {
                held.marks |= marks;
                self.bytes.truncate(start);
            }
            None => self.keys.push(Key {
                start,
                end,
                space,
                marks,
            }),
        }
    }
}

/// What two objects may not both hold, for a reader: the value without its prefix, as it is compared.
pub(super) fn compared(name: Name, value: &str) -> Cow<'_, str> {
    let bare = match (name, value.get(..5)) {
        (Name::ProxyAddresses, Some(prefix)) if prefix.eq_ignore_ascii_case("smtp:") => &value[5..],
        _ => value,
    };
    Cow::Owned(bare.trim().to_lowercase())
}

/// The key as a number of 64 bits. Where two keys of a directory have one number by chance, the keys themselves are
/// compared before anything is said.
fn number(space: Space, key: &[u8]) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(space.number()).build_hasher();
    hasher.write(key);
    hasher.finish()
}
