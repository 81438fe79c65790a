//! What a run over a directory found, counted while it is found: by rule, attribute, kind of error, weight and place. Of
//! the findings themselves only the first of each rule are kept, so that nothing need be put into words that nobody
//! will read.

mod unit;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet, hash_map::Entry},
    hash::{DefaultHasher, Hash, Hasher},
};

use jalon_domain::finding::{Defect, FlawKind, Severity};
use serde_json::{Value, json};

pub use unit::UnitTally;

use unit::Units;

/// A finding as far as counting it takes, before any sentence about it is made.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The rule that is broken.
    pub rule: &'a str,
    /// How much it weighs here.
    pub severity: Severity,
    /// The object.
    pub dn: &'a str,
    /// The attribute.
    pub attribute: Option<&'a str>,
    /// The value.
    pub value: &'a str,
    /// Every way in which it is wrong.
    pub errors: &'a [FlawKind],
}

/// What was found, in numbers.
#[derive(Debug, Default)]
pub struct Tally {
    most: usize,
    findings: u64,
    rules: BTreeMap<String, OfRule>,
    attributes: BTreeMap<String, AttributeTally>,
    errors: BTreeMap<FlawKind, u64>,
    /// The heaviest finding of each object. Objects are told apart by 64 bits of a hash: the names of half a million
    /// would take more room than the rest of a run, and two of them meet once in a hundred million runs.
    objects: HashMap<u64, Severity>,
    units: Units,
}

/// What was found of one rule.
#[derive(Debug, Default)]
struct OfRule {
    weights: BTreeMap<Severity, u64>,
    objects: HashSet<u64>,
    kept: BTreeMap<Reverse<Severity>, Vec<Defect>>,
}

/// A rule with what breaks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTally<'a> {
    /// The rule.
    pub rule: &'a str,
    /// The heaviest finding.
    pub severity: Severity,
    /// How many findings there are.
    pub findings: u64,
    /// In how many objects.
    pub objects: u64,
}

/// An attribute with what is wrong with its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeTally {
    /// How many findings there are.
    pub findings: u64,
    /// How many of them are wrong in each way; one can be wrong in several.
    pub errors: BTreeMap<FlawKind, u64>,
}

impl<'a> Seen<'a> {
    /// What a defect comes down to.
    pub fn of(defect: &'a Defect) -> Self {
        Self {
            rule: defect.rule.as_str(),
            severity: defect.severity,
            dn: &defect.subject,
            attribute: defect.attribute.as_deref(),
            value: &defect.observed,
            errors: defect.object.as_ref().map_or(&[], |it| &it.errors),
        }
    }
}

impl Tally {
    /// Counts, and keeps at most so many findings of each weight of each rule.
    pub fn keeping(most: usize) -> Self {
        Self {
            most,
            ..Self::default()
        }
    }

    /// Counts a finding. The answer tells whether there is room to [`keep`](Self::keep) it: only then need it be put
    /// into words.
    #[must_use]
    pub fn count(&mut self, seen: &Seen<'_>) -> bool {
        let object = hash(seen.dn);
        self.findings += 1;
        self.place(seen, object);
        seen.errors.iter().for_each(|it| add(&mut self.errors, *it));
        if let Some(name) = seen.attribute {
            let attribute = slot(&mut self.attributes, name);
            attribute.findings += 1;
            seen.errors.iter().for_each(|it| add(&mut attribute.errors, *it));
        }
        let rule = slot(&mut self.rules, seen.rule);
        add(&mut rule.weights, seen.severity);
        rule.objects.insert(object);
        let kept = rule.kept.get(&Reverse(seen.severity)).map_or(0, Vec::len);
        kept < self.most
    }

    /// Keeps a finding that was counted, where there is room.
    pub fn keep(&mut self, defect: Defect) {
        let rule = slot(&mut self.rules, defect.rule.as_str());
        let kept = rule.kept.entry(Reverse(defect.severity)).or_default();
        if kept.len() < self.most {
            kept.push(defect);
        }
    }

    fn place(&mut self, seen: &Seen<'_>, object: u64) {
        let is_news = match self.objects.entry(object) {
            Entry::Vacant(it) => {
                it.insert(seen.severity);
                true
            }
            Entry::Occupied(mut it) => {
                let heaviest = seen.severity.max(*it.get());
                it.insert(heaviest);
                false
            }
        };
        self.units.count(seen.dn, is_news);
    }

    /// How many findings there are.
    pub fn findings(&self) -> u64 {
        self.findings
    }

    /// In how many objects.
    pub fn objects(&self) -> u64 {
        self.objects.len() as u64
    }

    /// How many findings there are of each weight.
    pub fn weights(&self) -> BTreeMap<Severity, u64> {
        let mut weights = BTreeMap::new();
        for (severity, count) in self.rules.values().flat_map(|it| &it.weights) {
            *weights.entry(*severity).or_default() += count;
        }
        weights
    }

    /// How many objects there are by their heaviest finding.
    pub fn objects_by_weight(&self) -> BTreeMap<Severity, u64> {
        let mut weights = BTreeMap::new();
        self.objects.values().for_each(|it| add(&mut weights, *it));
        weights
    }

    /// The broken rules, heaviest first.
    pub fn rules(&self) -> Vec<RuleTally<'_>> {
        let mut rules: Vec<_> = self.rules.iter().map(|(rule, it)| it.tally(rule)).collect();
        rules.sort_by_key(|it| (Reverse(it.severity), it.rule));
        rules
    }

    /// The attributes with flawed values, by name.
    pub fn attributes(&self) -> &BTreeMap<String, AttributeTally> {
        &self.attributes
    }

    /// How many findings are wrong in each way; one can be wrong in several.
    pub fn errors(&self) -> &BTreeMap<FlawKind, u64> {
        &self.errors
    }

    /// The organisational units with most flawed objects, at most so many of them.
    pub fn units(&self, most: usize) -> Vec<UnitTally> {
        self.units.first(most)
    }

    /// What was kept: heaviest first, then by rule, then as found.
    pub fn kept(&self) -> impl Iterator<Item = &Defect> {
        let groups = self.rules.iter().flat_map(|(rule, of)| {
            let key = move |severity: &Reverse<Severity>| (*severity, rule.as_str());
            of.kept.iter().map(move |(severity, it)| (key(severity), it))
        });
        let mut groups: Vec<_> = groups.collect();
        groups.sort_by_key(|it| it.0);
        groups.into_iter().flat_map(|it| it.1)
    }

    /// What was kept of one rule, heaviest first, then as found.
    pub fn kept_of(&self, rule: &str) -> impl Iterator<Item = &Defect> {
        self.rules
            .get(rule)
            .into_iter()
            .flat_map(|it| it.kept.values().flatten())
    }

    /// What was kept, in the same order as [`kept`](Self::kept), leaving the numbers.
    pub fn take_kept(&mut self) -> Vec<Defect> {
        let mut groups: Vec<_> = Vec::new();
        for (rule, it) in &mut self.rules {
            let kept = std::mem::take(&mut it.kept);
            groups.extend(kept.into_iter().map(|(severity, it)| ((severity, rule.as_str()), it)));
        }
        groups.sort_by_key(|it| it.0);
        groups.into_iter().flat_map(|it| it.1).collect()
    }

    /// The numbers for the `stats` of a document.
    pub fn stats(&self) -> Value {
        let rules: BTreeMap<_, _> = self.rules().into_iter().map(|it| (it.rule, it.findings)).collect();
        let attributes: BTreeMap<_, _> = self.attributes.iter().map(|(name, it)| (name, it.findings)).collect();
        let errors: BTreeMap<_, _> = self.errors.iter().map(|(it, count)| (it.word(), count)).collect();
        json!({
            "findings": self.findings,
            "flawed": self.objects(),
            "by_rule": rules,
            "by_attribute": attributes,
            "by_error": errors,
        })
    }
}

impl OfRule {
    fn tally<'a>(&self, rule: &'a str) -> RuleTally<'a> {
        RuleTally {
            rule,
            severity: self.weights.keys().max().copied().unwrap_or(Severity::Info),
            findings: self.weights.values().sum(),
            objects: self.objects.len() as u64,
        }
    }
}

fn hash(dn: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    dn.hash(&mut hasher);
    hasher.finish()
}

fn add<K: Ord>(counts: &mut BTreeMap<K, u64>, key: K) {
    *counts.entry(key).or_default() += 1;
}

/// The entry for `name`, copying the name only the first time.
fn slot<'a, T: Default>(map: &'a mut BTreeMap<String, T>, name: &str) -> &'a mut T {
    if !map.contains_key(name) {
        map.insert(name.to_owned(), T::default());
    }
    map.get_mut(name).expect("it was put there when it was missing")
}

#[cfg(test)]
mod tests;
