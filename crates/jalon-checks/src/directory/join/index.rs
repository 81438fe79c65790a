//! Who holds which value: hashes in one sorted list, so that a look-up costs a few steps whatever the size, and a value
//! costs sixteen bytes. A hash only says where to look: whoever asks compares the values themselves.

use std::hash::{DefaultHasher, Hash, Hasher};

/// What a value was held as: the same text is no match in another field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    /// An address in mail or proxyAddresses.
    Address,
    /// An address in another attribute: sign-in names and where mail is forwarded to.
    OtherAddress,
    /// The n-th pair of key attributes.
    Key(u8),
    /// A name once normalised.
    SameName,
    /// A part of a name.
    NameBlock,
}

/// Values and their holders, by number.
#[derive(Debug, Default)]
pub(super) struct Index {
    pairs: Vec<(u64, u32)>,
}

impl Index {
    /// Notes that `holder` has the value, which is folded already.
    pub(super) fn note(&mut self, field: Field, value: &str, holder: u32) {
        self.pairs.push((hash(field, value), holder));
    }

    /// Ends the noting; look-ups come after.
    pub(super) fn seal(&mut self) {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        self.pairs.shrink_to_fit();
    }

    /// Who may hold the value, in the order of their numbers.
    pub(super) fn holders(&self, field: Field, value: &str) -> impl ExactSizeIterator<Item = u32> {
        let wanted = hash(field, value);
        let start = self.pairs.partition_point(|it| it.0 < wanted);
        // Searched for too, not walked to: half a directory may hold one value.
        let length = self.pairs[start..].partition_point(|it| it.0 == wanted);
        self.pairs[start..start + length].iter().map(|it| it.1)
    }
}

fn hash(field: Field, value: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (field, value).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_are_found_by_field_and_value_once_each() {
        let mut index = Index::default();
        for (field, value, holder) in [
            (Field::Address, "a@contoso.example", 7),
            (Field::Address, "a@contoso.example", 3),
            (Field::Address, "a@contoso.example", 3),
            (Field::Key(0), "a@contoso.example", 9),
        ] {
            index.note(field, value, holder);
        }
        index.seal();
        let of = |field, value| index.holders(field, value).collect::<Vec<_>>();
        assert_eq!(of(Field::Address, "a@contoso.example"), [3, 7]);
        assert_eq!(of(Field::Key(0), "a@contoso.example"), [9]);
        assert!(of(Field::Address, "b@contoso.example").is_empty());
    }
}
