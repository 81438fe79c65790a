//! The top-level domains that an address may end in: a dated list, replaceable as a whole.

use std::{borrow::Cow, collections::HashSet};

/// The list of this program; its date stands in it.
const BUILT_IN: &str = include_str!("tlds.txt");

/// A set of top-level domains, in the form in which the root zone has them: ASCII, lower-case (`xn--…` for a name in
/// another script; RFC 5890, section 2.3.2.1).
#[derive(Clone, Debug)]
pub struct TopLevelDomains(HashSet<Box<str>>);

impl TopLevelDomains {
    /// Reads a list: names between white space, in either form, `#` begins a comment.
    pub fn parse(text: &str) -> Self {
        let words = text
            .lines()
            .map(|it| it.split('#').next().unwrap_or_default())
            .flat_map(str::split_whitespace);
        let name = |it: &str| in_root_zone(it.trim_start_matches('.')).map(|it| it.into_owned().into_boxed_str());
        Self(words.filter_map(name).collect())
    }

    /// Whether an address may end in it, however it is written.
    pub(in crate::directory) fn has(&self, tld: &str) -> bool {
        in_root_zone(tld).is_some_and(|it| self.listed(&it))
    }

    /// Whether it stands in the list exactly as it is written.
    pub(in crate::directory) fn listed(&self, tld: &str) -> bool {
        self.0.contains(tld)
    }
}

/// The form of a name in the root zone; `None` when it cannot be one. What has that form already is not copied.
fn in_root_zone(tld: &str) -> Option<Cow<'_, str>> {
    if !tld.is_ascii() {
        return idna::domain_to_ascii(tld).ok().map(Cow::Owned);
    }
    let is_lower = !tld.bytes().any(|it| it.is_ascii_uppercase());
    Some(if is_lower {
        Cow::Borrowed(tld)
    } else {
        Cow::Owned(tld.to_ascii_lowercase())
    })
}

impl Default for TopLevelDomains {
    /// The list of this program.
    fn default() -> Self {
        Self::parse(BUILT_IN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_list_knows_countries_common_names_and_other_scripts() {
        let list = TopLevelDomains::default();
        for tld in [
            "com",
            "FR",
            "paris",
            "cloud",
            "example",
            "xn--p1ai",
            "XN--P1AI",
            "рф",
            "РФ",
            "中国",
            "vermögensberatung",
        ] {
            assert!(list.has(tld), "{tld}");
        }
        for tld in [
            "local",
            "lan",
            "internal",
            "corp",
            "petit",
            "",
            "xn--",
            "xn--petit-abc",
            "рфф",
            "é.fr",
            "com.",
            "\u{ad}",
        ] {
            assert!(!list.has(tld), "{tld}");
        }
    }

    #[test]
    fn the_built_in_list_is_whole_and_written_as_the_root_zone_is() {
        let list = TopLevelDomains::default();
        // 1,437 names of 2026-09-30, and the reserved one.
        assert_eq!(list.0.len(), 1438);
        for tld in &list.0 {
            let is_plain = tld
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
            assert!(is_plain && list.has(tld) && list.listed(tld), "{tld}");
            // What reads an address may give a name in its own script.
            let (unicode, result) = idna::domain_to_unicode(tld);
            assert!(result.is_ok() && list.has(&unicode), "{tld} {unicode}");
        }
    }

    #[test]
    fn a_name_is_listed_exactly_as_it_stands() {
        let list = TopLevelDomains::default();
        assert!(list.listed("com") && list.listed("xn--p1ai"));
        assert!(!list.listed("COM") && !list.listed("рф") && !list.listed(".com"));
    }

    #[test]
    fn a_list_can_be_replaced() {
        let list = TopLevelDomains::parse("# mine\n.Corp lan # both\nрф\n");
        assert!(list.has("corp") && list.has("LAN") && list.has("xn--p1ai") && !list.has("com"));
    }
}
