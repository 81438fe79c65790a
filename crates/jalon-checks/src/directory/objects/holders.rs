//! Who holds which value: one pass, without keeping the values. A value is remembered as a hash and the number of its
//! first holder; names of holders lie in one text. A million objects with four values each take some 200 MB.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher},
};

use super::rules::Attribute;

/// The objects seen so far and the values they hold.
#[derive(Default)]
pub(super) struct Holders {
    names: String,
    ends: Vec<usize>,
    first: HashMap<u64, First, BuildHasherDefault<Taken>>,
    folded: String,
}

#[derive(Clone, Copy)]
struct First {
    holder: u32,
    is_told: bool,
}

/// Somebody else holds the value already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shared {
    /// The first holder.
    pub(super) first: u32,
    /// It has not been told yet.
    pub(super) is_news: bool,
}

impl Holders {
    /// A further object; its number.
    pub(super) fn add(&mut self, dn: &str) -> u32 {
        self.names.push_str(dn);
        self.ends.push(self.names.len());
        u32::try_from(self.ends.len() - 1).unwrap_or(u32::MAX)
    }

    /// The distinguished name of an object.
    pub(super) fn name(&self, holder: u32) -> &str {
        let at = holder as usize;
        let start = at
            .checked_sub(1)
            .and_then(|it| self.ends.get(it))
            .copied()
            .unwrap_or_default();
        self.ends
            .get(at)
            .and_then(|end| self.names.get(start..*end))
            .unwrap_or_default()
    }

    /// Notes that `holder` has the value; says so when another object had it first. Case does not matter, as in the
    /// directory.
    ///
    /// Hashes have 64 bits: among four million values two differ and collide once in two million directories.
    pub(super) fn note(&mut self, attribute: Attribute, value: &str, holder: u32) -> Option<Shared> {
        let key = self.key(attribute, value);
        let first = self.first.entry(key).or_insert(First { holder, is_told: false });
        // An object may hold a value twice, in two attributes' worth of case: nobody else is concerned.
        if first.holder == holder {
            return None;
        }
        let is_news = !std::mem::replace(&mut first.is_told, true);
        Some(Shared {
            first: first.holder,
            is_news,
        })
    }

    fn key(&mut self, attribute: Attribute, value: &str) -> u64 {
        self.folded.clear();
        self.folded.extend(value.trim().chars().flat_map(char::to_lowercase));
        let mut hasher = DefaultHasher::new();
        (attribute as u8).hash(&mut hasher);
        self.folded.hash(&mut hasher);
        hasher.finish()
    }
}

/// A hash that is taken as it is: the keys are hashes already.
#[derive(Default)]
struct Taken(u64);

impl Hasher for Taken {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, it: u64) {
        self.0 = it;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_holders_are_told_each_time_and_the_first_once() {
        let mut holders = Holders::default();
        let [a, b, c] = ["cn=a", "cn=b", "cn=c"].map(|it| holders.add(it));
        assert_eq!(holders.note(Attribute::Mail, "Écho@contoso.example", a), None);
        assert_eq!(
            holders.note(Attribute::Mail, " éCHO@contoso.example", b),
            Some(Shared {
                first: a,
                is_news: true
            })
        );
        assert_eq!(
            holders.note(Attribute::Mail, "écho@contoso.example", c),
            Some(Shared {
                first: a,
                is_news: false
            })
        );
        assert_eq!(holders.note(Attribute::PrincipalName, "écho@contoso.example", c), None);
        assert_eq!(holders.note(Attribute::Mail, "écho@contoso.example", a), None);
        assert_eq!((holders.name(a), holders.name(c)), ("cn=a", "cn=c"));
    }
}
