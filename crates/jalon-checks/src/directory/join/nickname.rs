//! Aliases: out of what the other directory calls a mailbox, something that Active Directory can hold and nobody has yet.

use std::collections::{HashMap, HashSet};

use super::fold::{key, plain};

/// The longest alias (DIR-008).
const LONGEST: usize = 64;

/// The aliases that are taken, in the directory and by earlier proposals.
#[derive(Debug)]
pub(super) struct Nicknames {
    taken: HashSet<String>,
    /// The last number that was put behind a stem, so that the hundredth `martin` need not try ninety-nine.
    numbers: HashMap<String, u32>,
}

impl Nicknames {
    pub(super) fn new(taken: HashSet<String>) -> Self {
        Self {
            taken,
            numbers: HashMap::new(),
        }
    }

    /// The first of the wanted ones that is free once it is made sound, or else the first one with a number.
    pub(super) fn choose<'a>(&mut self, wanted: impl Iterator<Item = &'a str>) -> Option<String> {
        let sound: Vec<String> = wanted.filter_map(sound).collect();
        let free = sound.iter().find(|it| !self.taken.contains(&key(it))).cloned();
        let chosen = free.or_else(|| sound.first().map(|it| self.numbered(it)))?;
        self.taken.insert(key(&chosen));
        Some(chosen)
    }

    /// Takes this one and no other, if it is free.
    pub(super) fn take(&mut self, sound: &str) -> bool {
        self.taken.insert(key(sound))
    }

    fn numbered(&mut self, stem: &str) -> String {
        // Room for the number, which has ten digits at most.
        let stem = stem.get(..LONGEST - 10).unwrap_or(stem).trim_end_matches('.');
        let last = self.numbers.entry(key(stem)).or_insert(1);
        loop {
            *last += 1;
            let alias = format!("{stem}{last}");
            if !self.taken.contains(&key(&alias)) {
                return alias;
            }
        }
    }
}

/// What is left of an alias once accents and everything that DIR-008 and DIR-010 bar are gone.
pub(super) fn sound(raw: &str) -> Option<String> {
    let local = raw.split('@').next().unwrap_or_default();
    let folded = plain(local);
    let kept: String = folded
        .chars()
        .filter(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_'))
        .collect();
    let parts: Vec<&str> = kept.split('.').filter(|it| !it.is_empty()).collect();
    let joined = parts.join(".");
    let cut = joined.get(..LONGEST).unwrap_or(&joined).trim_end_matches('.');
    (!cut.is_empty()).then(|| cut.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_made_sound() {
        for (raw, expected) in [
            ("hélène.lefèvre@contoso.example", Some("helene.lefevre")),
            (".Ada  Lovelace.", Some("AdaLovelace")),
            ("o'neil", Some("oneil")),
            ("a..b", Some("a.b")),
            ("!!", None),
            ("Иван", None),
        ] {
            assert_eq!(sound(raw).as_deref(), expected, "{raw}");
        }
        assert_eq!(sound(&"x".repeat(70)).map(|it| it.len()), Some(64));
    }

    #[test]
    fn a_taken_alias_gets_a_number() {
        let mut nicknames = Nicknames::new(["ada".to_owned(), "ada2".to_owned()].into());
        let mut choose = |wanted: &[&str]| nicknames.choose(wanted.iter().copied());
        assert_eq!(choose(&["Ada", "lovelace"]).as_deref(), Some("lovelace"));
        assert_eq!(choose(&["Ada", "lovelace"]).as_deref(), Some("Ada3"));
        assert_eq!(choose(&["ada"]).as_deref(), Some("ada4"));
        assert_eq!(choose(&[]), None);
        assert!(!nicknames.take("ADA") && nicknames.take("byron") && !nicknames.take("Byron"));
    }
}
