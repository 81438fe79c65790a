//! The top-level domains that an address may end in: a dated list, replaceable as a whole.

use std::collections::HashSet;

/// The list of this program; its date stands in it.
const BUILT_IN: &str = include_str!("tlds.txt");

/// A set of top-level domains.
#[derive(Clone, Debug)]
pub struct TopLevelDomains(HashSet<String>);

impl TopLevelDomains {
    /// Reads a list: names between white space, `#` begins a comment.
    pub fn parse(text: &str) -> Self {
        let words = text
            .lines()
            .map(|it| it.split('#').next().unwrap_or_default())
            .flat_map(str::split_whitespace);
        Self(words.map(|it| it.trim_start_matches('.').to_lowercase()).collect())
    }

    /// Whether an address may end in it. Names in other scripts are taken by their form (RFC 5890, section 2.3.2.1):
    /// a list of them ages fast.
    pub(super) fn has(&self, tld: &str) -> bool {
        let lower = tld.to_ascii_lowercase();
        lower.strip_prefix("xn--").is_some_and(|it| !it.is_empty()) || self.0.contains(&lower)
    }
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
    fn the_built_in_list_knows_countries_and_common_names() {
        let list = TopLevelDomains::default();
        for tld in ["com", "FR", "paris", "cloud", "xn--p1ai", "example"] {
            assert!(list.has(tld), "{tld}");
        }
        for tld in ["local", "lan", "internal", "corp", "petit", "", "xn--"] {
            assert!(!list.has(tld), "{tld}");
        }
    }

    #[test]
    fn a_list_can_be_replaced() {
        let list = TopLevelDomains::parse("# mine\n.Corp lan # both\n");
        assert!(list.has("corp") && list.has("LAN") && !list.has("com"));
    }
}
