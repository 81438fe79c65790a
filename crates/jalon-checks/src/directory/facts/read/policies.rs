//! Group policies, and to how many places each is linked.

use std::collections::BTreeMap;

use jalon_wire::entry::Entry;

use super::domain_name;
use crate::directory::facts::{
    Part, dn,
    gathered::{Gathered, Seen},
    types::Policy,
    value::{count, instant, is_a, number, text, texts},
};

/// Bits of flags: neither half of the policy applies.
const DISABLED: i64 = 3;
/// A bit of a link's options: the link does not count.
const LINK_DISABLED: u32 = 1;

pub(super) fn read(gathered: &Gathered) -> Vec<Policy> {
    let links = links(gathered);
    let found = gathered.of_domains(Part::Policies);
    let mut policies: Vec<Policy> = found
        .filter(|it| is_a(it.1, "groupPolicyContainer"))
        .map(|(domain, it)| policy(domain, it, &links))
        .collect();
    policies.sort_by(|a, b| (&a.domain, &a.name, &a.id).cmp(&(&b.domain, &b.name, &b.id)));
    policies
}

fn policy(domain: &str, entry: &Entry, links: &Option<BTreeMap<String, u32>>) -> Policy {
    let id = dn::name(&entry.dn);
    let linked = |links: &BTreeMap<String, u32>| links.get(&entry.dn.to_lowercase()).copied().unwrap_or_default();
    Policy {
        domain: domain_name(domain),
        name: text(entry, "displayName").unwrap_or_else(|| id.clone()),
        id,
        version: count(entry, "versionNumber"),
        changed: instant(entry, "whenChanged"),
        enabled: number(entry, "flags").unwrap_or_default() & DISABLED != DISABLED,
        links: links.as_ref().map(linked),
    }
}

/// How many links lead to each policy, by its name in lower case; none when some place was not seen: a number too small
/// would say that a policy is not in use.
fn links(gathered: &Gathered) -> Option<BTreeMap<String, u32>> {
    let is_hidden = |it: Part| matches!(it, Part::PolicyLinks | Part::SiteLinks | Part::Domain);
    let mut parts = gathered.parts.iter();
    if parts.any(|((part, _), seen)| is_hidden(*part) && matches!(seen, Seen::Unseen(_))) {
        return None;
    }
    let of_domains = gathered.of_domains(Part::PolicyLinks).map(|it| it.1);
    let mut links: BTreeMap<String, u32> = BTreeMap::new();
    for entry in gathered.entries(Part::SiteLinks).iter().chain(of_domains) {
        for target in texts(entry, "gPLink").iter().flat_map(|it| targets(it)) {
            *links.entry(target).or_default() += 1;
        }
    }
    Some(links)
}

/// The policies of one value: `[LDAP://CN={…},CN=Policies,…;0][LDAP://…;2]`.
fn targets(link: &str) -> Vec<String> {
    let target = |piece: &str| {
        let (target, options) = piece.trim_end_matches(']').rsplit_once(';')?;
        let is_on = options.parse::<u32>().is_ok_and(|it| it & LINK_DISABLED == 0);
        let name = target
            .get(7..)
            .filter(|_| target[..7].eq_ignore_ascii_case("ldap://"))?;
        is_on.then(|| name.to_lowercase())
    };
    link.split('[').filter_map(target).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_are_switched_off_do_not_count() {
        let link = "[LDAP://CN={A},CN=Policies;0][ldap://cn={B},cn=policies;1][LDAP://cn={C};2]";
        assert_eq!(targets(link), ["cn={a},cn=policies", "cn={c}"]);
    }

    #[test]
    fn what_is_no_link_is_passed_over() {
        for odd in [" ", "[]", "[LDAP://;]", "[é;0]", "[LDAPé//x;0]", "[LDAP://x]", "[;0]"] {
            assert_eq!(targets(odd), Vec::<String>::new(), "{odd}");
        }
    }
}
