//! The sieve that parts accepted findings from those that count, and what it holds at the end.

use std::collections::{BTreeMap, BTreeSet};

use jalon_domain::{evidence::Outcome, finding::Severity};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Lowered, Suppression, Suppressions};
use crate::directory::{Streamed, tally::Seen};

/// Parts what is accepted from what counts, finding by finding.
#[derive(Debug)]
pub struct Sieve {
    today: Date,
    /// Each entry with how many findings it caught.
    entries: Vec<(Suppression, u64)>,
    caught: Vec<Caught>,
    weights: BTreeMap<Severity, u64>,
    /// The rules of which something was caught, and those of which something went through.
    rules: BTreeSet<String>,
    broken: BTreeSet<String>,
}

impl Sieve {
    /// A sieve of those entries.
    pub fn new(suppressions: Suppressions) -> Self {
        Self {
            today: suppressions.today,
            entries: suppressions.entries.into_iter().map(|it| (it, 0)).collect(),
            caught: Vec::new(),
            weights: BTreeMap::new(),
            rules: BTreeSet::new(),
            broken: BTreeSet::new(),
        }
    }

    /// Whether the finding counts. One that an entry means is remembered with the entry.
    pub fn passes(&mut self, seen: &Seen<'_>) -> bool {
        if self.entries.is_empty() {
            return true;
        }
        let (today, mut lower) = (self.today, Lowered::default());
        let meant = |it: &(Suppression, u64)| today <= it.0.until && it.0.means(seen, &mut lower);
        let Some(at) = self.entries.iter().position(meant) else {
            note(&mut self.broken, seen.rule);
            return true;
        };
        self.entries[at].1 += 1;
        *self.weights.entry(seen.severity).or_default() += 1;
        note(&mut self.rules, seen.rule);
        if self.caught.len() < Suppressed::LISTED {
            self.caught.push(Caught::of(seen, at));
        }
        false
    }

    /// What was accepted in the whole run.
    pub fn finish(self) -> Suppressed {
        Suppressed {
            today: self.today,
            entries: self.entries,
            caught: self.caught,
            weights: self.weights,
            passed: self.rules.difference(&self.broken).cloned().collect(),
        }
    }
}

fn note(rules: &mut BTreeSet<String>, rule: &str) {
    if !rules.contains(rule) {
        rules.insert(rule.to_owned());
    }
}

/// A finding that was accepted, and the entry that means it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Caught {
    rule: String,
    severity: Severity,
    dn: String,
    attribute: Option<String>,
    value: String,
    entry: usize,
}

impl Caught {
    fn of(seen: &Seen<'_>, entry: usize) -> Self {
        Self {
            rule: seen.rule.to_owned(),
            severity: seen.severity,
            dn: seen.dn.to_owned(),
            attribute: seen.attribute.map(str::to_owned),
            value: seen.value.to_owned(),
            entry,
        }
    }
}

/// What was accepted in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    today: Date,
    entries: Vec<(Suppression, u64)>,
    caught: Vec<Caught>,
    weights: BTreeMap<Severity, u64>,
    /// The rules of which nothing is left.
    passed: BTreeSet<String>,
}

/// What somebody who keeps the file should know of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark<'a> {
    /// It has ended, and its findings count again.
    Ended(&'a Suppression),
    /// Nothing was found that it means.
    Idle(&'a Suppression),
}

impl Suppressed {
    /// How many findings a document lists at most; the counts go on.
    pub const LISTED: usize = 1000;

    /// How many findings were accepted.
    pub fn total(&self) -> u64 {
        self.weights.values().sum()
    }

    /// The entries that caught something, with how many findings.
    pub fn entries(&self) -> impl Iterator<Item = (&Suppression, u64)> {
        self.entries
            .iter()
            .filter(|it| it.1 > 0)
            .map(|(it, count)| (it, *count))
    }

    /// What to tell whoever keeps the files.
    pub fn remarks(&self) -> impl Iterator<Item = Remark<'_>> {
        self.entries.iter().filter_map(|(it, count)| match count {
            _ if self.today > it.until => Some(Remark::Ended(it)),
            0 => Some(Remark::Idle(it)),
            _ => None,
        })
    }

    /// Takes what was accepted out of what a run counted: a rule of which nothing else was found passes.
    pub fn settle(&self, run: &mut Streamed) {
        for (severity, count) in &self.weights {
            if let Some(found) = run.found.get_mut(severity) {
                *found = found.saturating_sub(*count);
            }
        }
        let results = run.report.checks.iter_mut().flat_map(|it| &mut it.rules);
        for result in results.filter(|it| it.outcome == Outcome::Fail) {
            if self.passed.contains(result.rule.as_str()) {
                result.outcome = Outcome::Pass;
            }
        }
    }

    /// The accepted findings for a document: the first [`LISTED`](Self::LISTED) of them.
    pub fn document(&self) -> Value {
        let one = |it: &Caught| {
            let entry = &self.entries[it.entry].0;
            json!({
                "rule": it.rule,
                "severity": it.severity,
                "dn": it.dn,
                "attribute": it.attribute,
                "value": it.value,
                "reason": entry.reason,
                "until": entry.until,
            })
        };
        self.caught.iter().map(one).collect()
    }
}
