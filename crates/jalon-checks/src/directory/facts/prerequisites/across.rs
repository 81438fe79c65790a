//! P-DIR-02 to 05: what only several forests together can break.

use std::collections::{BTreeMap, BTreeSet};

use jalon_domain::{evidence::Outcome, text::Text};

use super::{Used, is_known, links, said};
use crate::directory::facts::{
    Part,
    types::{ForestFacts, Prerequisite},
};

/// How the forests at hand belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// One forest that trusts no other.
    Alone,
    /// One forest was read, and it is bound to others.
    Bound,
    /// One forest was read, and its trusts were not.
    Unknown,
    /// Several were read.
    Several,
}

impl Bond {
    pub(super) fn of(forests: &[ForestFacts]) -> Self {
        match forests {
            [] => Self::Unknown,
            [one] if links(one).next().is_some() => Self::Bound,
            [one] if is_known(one, Part::Trusts) => Self::Alone,
            [_] => Self::Unknown,
            [_, _, ..] => Self::Several,
        }
    }

    /// What a rule over several forests says when only one was read.
    fn with_one(self, id: &str) -> Option<Prerequisite> {
        let (outcome, reason) = match self {
            Self::Several => return None,
            Self::Alone => (
                Outcome::NotApplicable,
                Text::new(
                    "there is one forest, and it trusts no other",
                    "il n’y a qu’une forêt, et elle n’en approuve aucune autre",
                ),
            ),
            Self::Bound => (
                Outcome::Inconclusive,
                Text::new(
                    "the forest is bound to others, which were not read: name a server of each",
                    "la forêt est liée à d’autres, qui n’ont pas été lues : indiquez un serveur de chacune",
                ),
            ),
            Self::Unknown => (Outcome::Inconclusive, unknown()),
        };
        Some(said(id, outcome, reason))
    }
}

fn unknown() -> Text {
    Text::new(
        "whether the forest is bound to others was not seen",
        "on n’a pas vu si la forêt est liée à d’autres",
    )
}

/// P-DIR-02: which of the supported topologies it is. Only one forest alone tells that by itself.
pub(super) fn topology(forests: &[ForestFacts], bond: Bond) -> Prerequisite {
    let id = "P-DIR-02";
    let (outcome, reason) = match bond {
        Bond::Alone => (Outcome::Pass, Text::new("a single forest", "une seule forêt")),
        Bond::Unknown => (Outcome::Inconclusive, unknown()),
        Bond::Bound => (Outcome::Inconclusive, partners(forests)),
        Bond::Several => (Outcome::Inconclusive, proposed(&class(forests))),
    };
    said(id, outcome, reason)
}

fn proposed(class: &Text) -> Text {
    Text::new(
        format!("proposed: {}; a person confirms it", class.en),
        format!("proposition\u{a0}: {}\u{202f}; à confirmer par une personne", class.fr),
    )
}

fn partners(forests: &[ForestFacts]) -> Text {
    let partners: BTreeSet<&str> = forests.iter().flat_map(links).map(|it| it.partner.as_str()).collect();
    let names = partners.into_iter().collect::<Vec<_>>().join(", ");
    Text::new(
        format!("the forest is bound to {names}: name a server there too, or a person says what it is for"),
        format!(
            "la forêt est liée à {names}\u{a0}: indiquez aussi un serveur de là-bas, ou une personne dit à quoi elle sert"
        ),
    )
}

/// The topology that Exchange's organisations suggest.
fn class(forests: &[ForestFacts]) -> Text {
    let hosts: Vec<&str> = forests
        .iter()
        .filter(|it| it.schema.exchange_organization.is_some())
        .map(root)
        .collect();
    match (hosts.as_slice(), forests.len()) {
        ([], _) => Text::new("several forests without Exchange", "plusieurs forêts sans Exchange"),
        ([host], 2) => Text::new(
            format!("an account forest, and {host} as its resource forest"),
            format!("une forêt de comptes, et {host} comme forêt de ressources"),
        ),
        ([host], _) => Text::new(
            format!("several account forests around {host}"),
            format!("plusieurs forêts de comptes autour de {host}"),
        ),
        (hosts, all) if hosts.len() == all => Text::new(
            "several forests, each with Exchange",
            "plusieurs forêts, chacune avec Exchange",
        ),
        (hosts, _) => Text::new(
            format!("account forests, and several resource forests ({})", hosts.join(", ")),
            format!(
                "des forêts de comptes, et plusieurs forêts de ressources ({})",
                hosts.join(", ")
            ),
        ),
    }
}

/// P-DIR-03: Skype stands where Exchange does.
pub(super) fn skype(forests: &[ForestFacts], bond: Bond) -> Prerequisite {
    let id = "P-DIR-03";
    if let Some(said) = bond.with_one(id) {
        return said;
    }
    let is_seen = |it: &ForestFacts| is_known(it, Part::SkypePools) && is_known(it, Part::ExchangeOrganization);
    if !forests.iter().all(is_seen) {
        let reason = Text::new(
            "which forests hold Skype and Exchange was not seen",
            "on n’a pas vu quelles forêts portent Skype et Exchange",
        );
        return said(id, Outcome::Inconclusive, reason);
    }
    let with_skype: Vec<&ForestFacts> = forests.iter().filter(|it| !it.schema.skype_pools.is_empty()).collect();
    let apart = with_skype.iter().filter(|it| it.schema.exchange_organization.is_none());
    let apart: Vec<&str> = apart.map(|it| root(it)).collect();
    match (with_skype.is_empty(), apart.is_empty()) {
        (true, _) => {
            let reason = Text::new("no forest holds Lync or Skype", "aucune forêt ne porte Lync ni Skype");
            said(id, Outcome::NotApplicable, reason)
        }
        (_, true) => {
            let reason = Text::new(
                "Skype stands in a forest with Exchange",
                "Skype est dans une forêt avec Exchange",
            );
            said(id, Outcome::Pass, reason)
        }
        _ => {
            let names = apart.join(", ");
            let reason = Text::new(
                format!("Skype stands in {names}, where Exchange does not"),
                format!("Skype est dans {names}, où Exchange n’est pas"),
            );
            said(id, Outcome::Fail, reason)
        }
    }
}

/// P-DIR-04: no suffix of sign-in names belongs to two forests.
pub(super) fn suffixes(forests: &[ForestFacts], used: &[Used], bond: Bond) -> Prerequisite {
    let id = "P-DIR-04";
    if let Some(said) = bond.with_one(id) {
        return said;
    }
    if !forests.iter().all(|it| is_known(it, Part::Partitions)) {
        let reason = Text::new(
            "the suffixes of some forest were not seen",
            "les suffixes d’une des forêts n’ont pas été vus",
        );
        return said(id, Outcome::Inconclusive, reason);
    }
    let sets = forests.iter().zip(0..).map(|(forest, at)| {
        let declared = forest.upn_suffixes.iter().cloned();
        // A domain's own name is a suffix without being declared.
        let own = forest.forest.domains.iter().map(|it| it.dns.clone());
        let used = used
            .get(at)
            .into_iter()
            .flat_map(|it: &Used| it.upn_suffixes.iter().cloned());
        declared.chain(own).chain(used).collect()
    });
    let passes = Text::new(
        "no suffix of sign-in names is in two forests",
        "aucun suffixe de nom de connexion n’est dans deux forêts",
    );
    disjoint(id, &shared(sets), passes)
}

/// P-DIR-05: no domain of primary addresses belongs to two forests.
pub(super) fn addresses(forests: &[ForestFacts], used: &[Used], bond: Bond) -> Prerequisite {
    let id = "P-DIR-05";
    if let Some(said) = bond.with_one(id) {
        return said;
    }
    let domains: Vec<BTreeSet<String>> = used.iter().filter_map(|it| it.primary_domains.clone()).collect();
    if domains.len() < forests.len() {
        let reason = Text::new(
            "the addresses of some forest were not read",
            "les adresses d’une des forêts n’ont pas été lues",
        );
        return said(id, Outcome::Inconclusive, reason);
    }
    let passes = Text::new(
        "no domain of primary addresses is in two forests",
        "aucun domaine d’adresse principale n’est dans deux forêts",
    );
    disjoint(id, &shared(domains.into_iter()), passes)
}

fn disjoint(id: &str, shared: &[String], passes: Text) -> Prerequisite {
    if shared.is_empty() {
        return said(id, Outcome::Pass, passes);
    }
    let names = shared.join(", ");
    let reason = Text::new(
        format!("in more than one forest: {names}"),
        format!("dans plus d’une forêt : {names}"),
    );
    said(id, Outcome::Fail, reason)
}

/// What is in more than one of the sets, letter case aside.
fn shared(sets: impl Iterator<Item = BTreeSet<String>>) -> Vec<String> {
    let mut holders: BTreeMap<String, usize> = BTreeMap::new();
    for set in sets {
        let names: BTreeSet<String> = set.iter().map(|it| it.to_lowercase()).collect();
        for name in names {
            *holders.entry(name).or_default() += 1;
        }
    }
    holders.into_iter().filter(|it| it.1 > 1).map(|it| it.0).collect()
}

fn root(forest: &ForestFacts) -> &str {
    forest.forest.root.as_deref().unwrap_or("?")
}
