//! Where in the directory flawed objects are: the container of each, called as administrators call it.

use std::{cmp::Reverse, collections::HashMap};

/// How many containers are told apart. A directory with more of them is counted on, its further ones together.
const MOST_UNITS: usize = 10_000;

/// A container with what was found in the objects directly in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitTally {
    /// Its canonical name, such as `contoso.example/Lille/People`; none for what has no place, or one of too many.
    pub name: Option<String>,
    /// How many objects have findings.
    pub objects: u64,
    /// How many findings there are.
    pub findings: u64,
}

/// What was found by container.
#[derive(Debug, Default)]
pub(super) struct Units {
    known: HashMap<String, Count>,
    elsewhere: Count,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    objects: u64,
    findings: u64,
}

impl Units {
    /// A finding of the object `dn`, which is its first when `is_news`.
    pub(super) fn count(&mut self, dn: &str, is_news: bool) {
        let count = self.slot(parent(dn));
        count.findings += 1;
        count.objects += u64::from(is_news);
    }

    fn slot(&mut self, parent: &str) -> &mut Count {
        let has_room = self.known.len() < MOST_UNITS;
        if parent.is_empty() || !(has_room || self.known.contains_key(parent)) {
            return &mut self.elsewhere;
        }
        if !self.known.contains_key(parent) {
            self.known.insert(parent.to_owned(), Count::default());
        }
        self.known.get_mut(parent).unwrap_or(&mut self.elsewhere)
    }

    /// The first of them by flawed objects. What is elsewhere comes last, and only where there is room.
    pub(super) fn first(&self, most: usize) -> Vec<UnitTally> {
        let mut known: Vec<_> = self.known.iter().collect();
        known.sort_by_key(|(name, it)| (Reverse((it.objects, it.findings)), *name));
        let named = known.into_iter().map(|(name, it)| it.named(Some(canonical(name))));
        let elsewhere = (self.elsewhere.findings > 0).then(|| self.elsewhere.named(None));
        named.chain(elsewhere).take(most).collect()
    }
}

impl Count {
    fn named(self, name: Option<String>) -> UnitTally {
        UnitTally {
            name,
            objects: self.objects,
            findings: self.findings,
        }
    }
}

/// What stands behind the first component of a distinguished name; empty where it has one only.
fn parent(dn: &str) -> &str {
    let first = components(dn).next().map_or(0, str::len);
    dn.get(first + 1..).unwrap_or_default().trim_start()
}

/// The components, parted at commas that no backslash precedes (RFC 4514).
fn components(dn: &str) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    dn.split(move |it| {
        let parts = it == ',' && !is_escaped;
        is_escaped = it == '\\' && !is_escaped;
        parts
    })
}

/// `OU=People,OU=Lille,DC=contoso,DC=example` as `contoso.example/Lille/People`.
fn canonical(dn: &str) -> String {
    let parts: Vec<(&str, &str)> = components(dn)
        .map(|it| it.trim().split_once('=').unwrap_or(("", it)))
        .collect();
    let is_domain = |it: &&(&str, &str)| it.0.eq_ignore_ascii_case("DC");
    let domain: Vec<&str> = parts.iter().filter(is_domain).map(|it| it.1).collect();
    let path = parts.iter().rev().filter(|it| !is_domain(it)).map(|it| it.1);
    let domain = Some(domain.join(".")).filter(|it| !it.is_empty());
    domain
        .iter()
        .map(String::as_str)
        .chain(path)
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_container_is_behind_the_first_comma_that_parts() {
        assert_eq!(
            parent(r"CN=Lovelace\, Ada,OU=People,DC=contoso,DC=example"),
            "OU=People,DC=contoso,DC=example"
        );
        assert_eq!(parent(r"CN=Ada\\,OU=People"), "OU=People");
        assert_eq!(parent("CN=Ada"), "");
        assert_eq!(parent("row 7"), "");
        assert_eq!(parent(""), "");
        assert_eq!(parent("CN=é, OU=a"), "OU=a");
    }

    #[test]
    fn a_container_is_called_as_administrators_call_it() {
        assert_eq!(
            canonical("OU=People,OU=Lille,DC=contoso,DC=example"),
            "contoso.example/Lille/People"
        );
        assert_eq!(canonical("DC=contoso,DC=example"), "contoso.example");
        assert_eq!(canonical("OU=People,O=Contoso"), "Contoso/People");
    }

    #[test]
    fn a_directory_of_countless_containers_is_counted_in_bounded_room() {
        let mut units = Units::default();
        let all = MOST_UNITS + 5;
        (0..all).for_each(|n| units.count(&format!("CN=a,OU={n},DC=x"), true));
        units.count("CN=a,OU=1,DC=x", false);
        let counted = units.first(usize::MAX);
        assert_eq!((counted.len(), counted[0].findings), (MOST_UNITS + 1, 2));
        assert_eq!(
            (counted.last().map(|it| (it.name.clone(), it.objects))),
            Some((None, 5))
        );
    }
}
