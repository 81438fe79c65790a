//! What many targets come to: how many ended how, and each rule with the targets that break it.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use jalon_domain::{evidence::Outcome, finding::Severity, ids::RuleId, measure::Report};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    exit::{Exit, Result},
    out::{Format, Out},
};

/// The schema of the summary as a document.
pub(super) const SCHEMA: &str = "jalon.summary/1";

/// What is counted so far.
#[derive(Debug, Default)]
pub(super) struct Summary {
    outcomes: BTreeMap<Outcome, u64>,
    refused: u64,
    resumed: u64,
    rules: BTreeMap<String, Tally>,
}

/// One rule over all targets.
#[derive(Debug, Default)]
struct Tally {
    severity: Option<Severity>,
    findings: u64,
    targets: u64,
    inconclusive: u64,
}

/// What is counted of one target.
pub(super) struct Counted {
    outcome: Outcome,
    findings: Vec<(String, Severity)>,
    doubts: Vec<String>,
}

impl Counted {
    /// What was measured.
    pub(super) fn of(report: &Report, least: Severity) -> Self {
        let results = report.checks.iter().flat_map(|it| &it.rules);
        let doubts = results.filter(|it| it.outcome == Outcome::Inconclusive);
        Self {
            outcome: report.outcome(least),
            findings: report
                .defects()
                .map(|(_, it)| (it.rule.to_string(), it.severity))
                .collect(),
            doubts: doubts.map(|it| it.rule.to_string()).collect(),
        }
    }
}

/// What is read of a document.
#[derive(Deserialize)]
struct Document {
    outcome: Outcome,
    findings: Vec<Finding>,
    inconclusive: Vec<Doubted>,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
    severity: Severity,
}

#[derive(Deserialize)]
struct Doubted {
    rule: String,
}

impl From<Document> for Counted {
    fn from(it: Document) -> Self {
        Self {
            outcome: it.outcome,
            findings: it.findings.into_iter().map(|it| (it.rule, it.severity)).collect(),
            doubts: it.inconclusive.into_iter().map(|it| it.rule).collect(),
        }
    }
}

impl Summary {
    /// Counts one target.
    pub(super) fn count(&mut self, counted: &Counted) {
        *self.outcomes.entry(counted.outcome).or_default() += 1;
        let mut told = BTreeSet::new();
        for (rule, severity) in &counted.findings {
            let tally = self.tally(rule);
            tally.severity = tally.severity.max(Some(*severity));
            tally.findings += 1;
            tally.targets += u64::from(told.insert(rule));
        }
        for rule in &counted.doubts {
            self.tally(rule).inconclusive += 1;
        }
    }

    /// Counts a document of an earlier run.
    pub(super) fn resume(&mut self, document: &Value) {
        self.resumed += 1;
        match Document::deserialize(document) {
            Ok(it) => self.count(&it.into()),
            Err(_) => self.refuse(),
        }
    }

    fn tally(&mut self, rule: &str) -> &mut Tally {
        self.rules.entry(rule.to_owned()).or_default()
    }

    /// Counts a target that could not be measured at all.
    pub(super) fn refuse(&mut self) {
        self.refused += 1;
    }

    /// How a program that measured all this ends.
    pub(super) fn exit(&self) -> Exit {
        let measured = self.outcomes.keys().map(|it| Exit::from(*it));
        let refused = (self.refused > 0).then_some(Exit::Refused);
        measured.chain(refused).max().unwrap_or(Exit::Fine)
    }

    fn targets(&self) -> u64 {
        self.outcomes.values().sum::<u64>() + self.refused
    }

    /// The rules that were broken or could not be judged, the heaviest and most frequent first.
    fn rules(&self) -> Vec<Value> {
        let mut rules: Vec<_> = self.rules.iter().collect();
        rules.sort_by_key(|(rule, it)| (Reverse((it.severity, it.targets, it.inconclusive)), *rule));
        let row = |(rule, it): (&String, &Tally)| {
            json!({
                "rule": rule,
                "severity": it.severity,
                "targets": it.targets,
                "findings": it.findings,
                "inconclusive": it.inconclusive,
                "asks": RuleId::parse(rule).ok().and_then(|it| jalon_checks::rule(&it)).map(|it| &it.title),
            })
        };
        rules.into_iter().map(row).collect()
    }

    /// The summary as a document.
    pub(super) fn document(&self, took: Duration) -> Value {
        let measured = self.targets() - self.resumed;
        let all = Outcome::all(self.outcomes.keys().copied());
        json!({
            "schema": SCHEMA,
            "outcome": all,
            "targets": self.targets(),
            "outcomes": self.outcomes,
            "refused": self.refused,
            "rules": self.rules(),
            "stats": {
                "resumed": self.resumed,
                "elapsed_ms": took.as_millis() as u64,
                "per_second": rate(measured, took),
            },
        })
    }

    /// Prints the summary.
    pub(super) fn show(&self, out: &mut Out, format: Format, took: Duration) -> Result<()> {
        let document = self.document(took);
        match format {
            Format::Json | Format::Ndjson => out.json(&document)?,
            Format::Csv => out.remark(&self.headline(out, took)),
            Format::Table => {
                let headline = self.headline(out, took);
                out.line(&headline)?;
                let columns = ["rule", "severity", "targets", "inconclusive", "asks"];
                out.table(&columns, &self.rules())?;
            }
        }
        out.send()
    }

    fn headline(&self, out: &Out, took: Duration) -> String {
        let of = |it: Outcome| self.outcomes.get(&it).copied().unwrap_or_default();
        let args = [
            ("targets", self.targets().into()),
            ("pass", (of(Outcome::Pass) + of(Outcome::NotApplicable)).into()),
            ("fail", of(Outcome::Fail).into()),
            ("inconclusive", of(Outcome::Inconclusive).into()),
            ("refused", self.refused.into()),
            ("resumed", self.resumed.into()),
            ("seconds", took.as_secs().max(1).into()),
            ("rate", rate(self.targets() - self.resumed, took).into()),
        ];
        out.say("check-summary", &args)
    }
}

/// Targets a second, rounded.
fn rate(targets: u64, took: Duration) -> u64 {
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
    targets.saturating_mul(1000) / milliseconds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(outcome: Outcome, findings: &[(&str, Severity)], doubts: &[&str]) -> Counted {
        Counted {
            outcome,
            findings: findings.iter().map(|it| (it.0.to_owned(), it.1)).collect(),
            doubts: doubts.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    #[test]
    fn rules_are_counted_by_target_and_the_heaviest_comes_first() {
        let mut summary = Summary::default();
        let odd = ("SPF-09", Severity::Minor);
        let findings = [odd, odd, ("DNS-002", Severity::Blocker)];
        summary.count(&counted(Outcome::Fail, &findings, &["NS-01"]));
        let finding = json!({"rule": "SPF-09", "severity": "minor"});
        summary.resume(&json!({"outcome": "fail", "findings": [finding], "inconclusive": []}));
        summary.count(&counted(Outcome::Pass, &[], &[]));
        let told = summary.document(Duration::from_secs(2));
        let rows: Vec<_> = told["rules"].as_array().unwrap().iter().collect();
        let row = |it: &&Value| {
            (
                it["rule"].as_str().unwrap().to_owned(),
                it["targets"].as_u64(),
                it["findings"].as_u64(),
                it["inconclusive"].as_u64(),
            )
        };
        assert_eq!(
            rows.iter().map(row).collect::<Vec<_>>(),
            [
                ("DNS-002".to_owned(), Some(1), Some(1), Some(0)),
                ("SPF-09".to_owned(), Some(2), Some(3), Some(0)),
                ("NS-01".to_owned(), Some(0), Some(0), Some(1)),
            ]
        );
        assert_eq!(
            (
                &told["targets"],
                &told["stats"]["resumed"],
                &told["stats"]["per_second"]
            ),
            (&json!(3), &json!(1), &json!(1))
        );
        assert_eq!(summary.exit(), Exit::Found);
    }

    #[test]
    fn a_target_that_could_not_be_measured_decides_how_it_ends() {
        let mut summary = Summary::default();
        assert_eq!(summary.exit(), Exit::Fine);
        summary.count(&counted(Outcome::Inconclusive, &[], &["SPF-01"]));
        assert_eq!(summary.exit(), Exit::Unsure);
        summary.refuse();
        assert_eq!(summary.exit(), Exit::Refused);
    }
}
