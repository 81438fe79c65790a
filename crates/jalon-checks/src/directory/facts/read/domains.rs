//! The partitions: which domains there are, their levels, the suffixes declared beside their names.

use std::collections::BTreeMap;

use jalon_wire::{entry::Entry, ldap::RootDse};

use super::{domain_name, root_level};
use crate::directory::facts::{
    Part, dn,
    gathered::Gathered,
    tables::tables,
    types::{Domain, Forest},
    value::{count, has_bits, is_a, text, texts},
};

/// Bits of systemFlags: a naming context of Active Directory that is a domain (MS-ADTS 2.2.10).
const IS_DOMAIN: i64 = 3;

/// The forest's domains, the first one first.
pub(super) fn read(gathered: &Gathered) -> Forest {
    let root_base = gathered
        .roots
        .iter()
        .find_map(|it| it.root_domain_naming_context.clone());
    let names: BTreeMap<String, String> = crossings(gathered)
        .map(|it| (it.dn.to_lowercase(), dns_name(it)))
        .collect();
    let mut domains: Vec<Domain> = crossings(gathered).map(|it| domain(it, &names, gathered)).collect();
    let root = root_base.as_deref().map(domain_name);
    if domains.is_empty() {
        domains.extend(gathered.roots.iter().filter_map(asked_domain));
    }
    domains.sort_by(|a, b| (Some(&a.dns) != root.as_ref(), &a.dns).cmp(&(Some(&b.dns) != root.as_ref(), &b.dns)));
    domains.dedup_by(|a, b| a.dns == b.dns);
    let level = forest_level(gathered);
    Forest {
        root,
        functional_level: level,
        functional_name: level.and_then(|it| tables().level(it)),
        domains,
    }
}

/// The suffixes that were declared besides the names of domains, each once.
pub(super) fn suffixes(gathered: &Gathered) -> Vec<String> {
    let containers = gathered.entries(Part::Partitions).iter();
    let declared = containers.filter(|it| is_a(it, "crossRefContainer"));
    let mut suffixes: Vec<String> = declared.flat_map(|it| texts(it, "uPNSuffixes")).collect();
    suffixes.sort_by_key(|it| it.to_lowercase());
    suffixes.dedup_by(|a, b| a.to_lowercase() == b.to_lowercase());
    suffixes
}

/// The bases of all domains; where the partitions are not shown, of those that the server names itself.
pub(in crate::directory::facts) fn domain_bases(gathered: &Gathered, root: &RootDse) -> Vec<String> {
    let mut bases: Vec<String> = crossings(gathered).filter_map(|it| text(it, "nCName")).collect();
    if bases.is_empty() {
        bases.extend(root.default_naming_context.clone());
    }
    bases
}

/// The objects that stand for domains.
fn crossings(gathered: &Gathered) -> impl Iterator<Item = &Entry> {
    let all = gathered.entries(Part::Partitions).iter();
    all.filter(|it| is_a(it, "crossRef") && has_bits(it, "systemFlags", IS_DOMAIN))
}

fn domain(crossing: &Entry, names: &BTreeMap<String, String>, gathered: &Gathered) -> Domain {
    let base = text(crossing, "nCName").unwrap_or_default();
    let from_root = |it: &RootDse| asked_domain(it).filter(|_| is_own(it, &base))?.functional_level;
    let level = count(crossing, "msDS-Behavior-Version").or_else(|| gathered.roots.iter().find_map(from_root));
    // It points to the object that stands for the domain above.
    let above = text(crossing, "trustParent");
    Domain {
        dns: dns_name(crossing),
        netbios: text(crossing, "nETBIOSName"),
        parent: above.and_then(|it| names.get(&it.to_lowercase()).cloned()),
        functional_level: level,
        functional_name: level.and_then(|it| tables().level(it)),
    }
}

fn dns_name(crossing: &Entry) -> String {
    let base = || domain_name(&text(crossing, "nCName").unwrap_or_default());
    text(crossing, "dnsRoot").map_or_else(base, |it| it.to_lowercase())
}

fn is_own(root: &RootDse, base: &str) -> bool {
    root.default_naming_context
        .as_deref()
        .is_some_and(|it| dn::same(it, base))
}

/// The domain of a server, by what it says of itself to anybody.
fn asked_domain(root: &RootDse) -> Option<Domain> {
    let level = root_level(root, "domainFunctionality");
    Some(Domain {
        dns: domain_name(root.default_naming_context.as_deref()?),
        functional_level: level,
        functional_name: level.and_then(|it| tables().level(it)),
        ..Domain::default()
    })
}

fn forest_level(gathered: &Gathered) -> Option<u32> {
    let said = gathered
        .roots
        .iter()
        .find_map(|it| root_level(it, "forestFunctionality"));
    let mut containers = gathered.entries(Part::Partitions).iter();
    let container = containers.find(|it| is_a(it, "crossRefContainer"));
    said.or_else(|| container.and_then(|it| count(it, "msDS-Behavior-Version")))
}
