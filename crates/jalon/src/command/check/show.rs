//! How a report is shown: for people, counts first and then rows; for programs, the document of the contract or flat CSV.
//! A directory has too many findings to be shown as one report: that is in `objects` and `tables`.

pub(super) mod objects;
mod tables;
pub(super) mod value;

use std::{cmp::Reverse, collections::BTreeMap};

use jalon_checks::{document, finding};
use jalon_domain::{
    evidence::Outcome,
    finding::{Defect, Fix, Severity},
    measure::{Report, RuleResult},
};
use serde_json::{Value, json};

use super::Judging;
use crate::{
    exit::Result,
    out::{Format, Out},
    text::harmless,
};

/// The columns of CSV; an inconclusive rule is a row too.
const COLUMNS: [&str; 12] = [
    "check",
    "target",
    "rule",
    "outcome",
    "severity",
    "subject",
    "attribute",
    "observed",
    "expected",
    "message",
    "remedy",
    "fix",
];

/// What comes before the first report.
pub(super) fn begin(out: &mut Out, judging: &Judging) -> Result<()> {
    if judging.printed.format == Format::Csv {
        out.csv(&COLUMNS)
    } else {
        Ok(())
    }
}

/// What is shown of one target.
pub(super) enum Shown {
    /// Its document, written.
    Json(String),
    /// Tables or rows of its report.
    Report(Report),
}

impl Shown {
    /// In the format that was asked for. The document of the only target is written to be read by people too.
    pub(super) fn of(report: Report, format: Format, least: Severity, is_only: bool) -> Self {
        match format {
            Format::Json if is_only => Self::Json(format!("{:#}", document(&report, least).value())),
            Format::Json | Format::Ndjson => Self::line(&report, least),
            Format::Csv | Format::Table => Self::Report(report),
        }
    }

    /// The document on one line.
    pub(super) fn line(report: &Report, least: Severity) -> Self {
        Self::Json(serde_json::to_string(&document(report, least)).expect("a document is plain JSON"))
    }
}

/// Prints what is shown of one target.
pub(super) fn show(out: &mut Out, judging: &Judging, shown: &Shown) -> Result<()> {
    match shown {
        Shown::Json(text) => out.written(text),
        Shown::Report(report) if judging.printed.format == Format::Csv => {
            flat(report).iter().try_for_each(|it| out.row(&COLUMNS, it))
        }
        Shown::Report(report) => tables(out, judging, report),
    }?;
    out.send()
}

/// Findings and doubts as flat objects.
fn flat(report: &Report) -> Vec<Value> {
    let defect = |it: &Defect| {
        let mut row = finding(it);
        row["outcome"] = json!(Outcome::Fail);
        row["fix"] = json!(it.fix.as_ref().map(|it| &it.text));
        row
    };
    let doubt = |it: &RuleResult| json!({ "rule": it.rule, "outcome": it.outcome, "message": it.reason });
    let mut rows: Vec<Value> = report
        .defects()
        .map(|it| defect(it.1))
        .chain(doubts(report).map(doubt))
        .collect();
    for row in &mut rows {
        row["check"] = json!(report.family);
        row["target"] = json!(report.target);
    }
    rows
}

fn doubts(report: &Report) -> impl Iterator<Item = &RuleResult> {
    results(report).filter(|it| it.outcome == Outcome::Inconclusive)
}

fn results(report: &Report) -> impl Iterator<Item = &RuleResult> {
    report.checks.iter().flat_map(|it| &it.rules)
}

fn tables(out: &mut Out, judging: &Judging, report: &Report) -> Result<()> {
    let defects: Vec<&Defect> = report.defects().map(|it| it.1).collect();
    headline(out, report, report.outcome(judging.fail_on))?;
    found(out, &defects)?;
    spaced(out, &["rule", "severity", "count", "asks"], &counts(&defects))?;
    let most = if judging.limit == 0 {
        defects.len()
    } else {
        judging.limit.min(defects.len())
    };
    let shown = &defects[..most];
    let rows: Vec<Value> = shown.iter().map(|it| finding(it)).collect();
    spaced(out, &["rule", "subject", "attribute", "message"], &rows)?;
    if most < defects.len() {
        out.tell("check-more", &[("n", (defects.len() - most).into())])?;
    }
    let doubts: Vec<Value> = doubts(report)
        .map(|it| json!({ "rule": it.rule, "doubt": it.reason }))
        .collect();
    spaced(out, &["rule", "doubt"], &doubts)?;
    if judging.fix {
        shown.iter().try_for_each(|it| fix(out, it))?;
    }
    out.line("")
}

/// A table with an empty line before it; nothing when it has no rows.
fn spaced(out: &mut Out, columns: &[&str], rows: &[Value]) -> Result<()> {
    if !rows.is_empty() {
        out.line("")?;
    }
    out.table(columns, rows)
}

/// "nord.example.com · DNS: Fail", then the rules by outcome.
fn headline(out: &mut Out, report: &Report, outcome: Outcome) -> Result<()> {
    let name = |it: jalon_domain::text::Text| it.get(out.lang).to_owned();
    let (family, outcome) = (name(report.family.name()), name(outcome.name()));
    out.tell(
        "check-headline",
        &[
            ("target", report.target.as_str().into()),
            ("family", family.into()),
            ("outcome", outcome.into()),
        ],
    )?;
    let of = |wanted: Outcome| results(report).filter(|it| it.outcome == wanted).count();
    let rules = [
        ("rules", results(report).count()),
        ("pass", of(Outcome::Pass)),
        ("fail", of(Outcome::Fail)),
        ("inconclusive", of(Outcome::Inconclusive)),
        ("idle", of(Outcome::NotApplicable)),
    ];
    out.tell("check-rules", &rules.map(|(name, count)| (name, count.into())))
}

/// How many findings there are, and of what weight.
fn found(out: &mut Out, defects: &[&Defect]) -> Result<()> {
    let mut weights = BTreeMap::new();
    defects
        .iter()
        .for_each(|it| *weights.entry(it.severity).or_default() += 1);
    let weights = weighed(out, &weights);
    match defects.len() {
        0 => Ok(()),
        count => out.tell("check-findings", &[("n", count.into()), ("weights", weights.into())]),
    }
}

/// "2 blockers, 10 major", heaviest first.
fn weighed(out: &Out, weights: &BTreeMap<Severity, u64>) -> String {
    let said = |(severity, count): (&Severity, &u64)| out.say(&format!("count-{severity}"), &[("n", (*count).into())]);
    weights.iter().rev().map(said).collect::<Vec<_>>().join(", ")
}

/// The findings by rule, heaviest first.
fn counts(defects: &[&Defect]) -> Vec<Value> {
    let mut groups: BTreeMap<_, (Severity, usize)> = BTreeMap::new();
    for it in defects {
        let group = groups.entry(&it.rule).or_insert((it.severity, 0));
        *group = (group.0.max(it.severity), group.1 + 1);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(rule, (severity, _))| (Reverse(*severity), *rule));
    let asks = |rule| jalon_checks::rule(rule).map(|it| &it.title);
    let row =
        |(rule, (severity, count))| json!({ "rule": rule, "severity": severity, "count": count, "asks": asks(rule) });
    groups.into_iter().map(row).collect()
}

/// What to do about one finding, and the lines that do it.
fn fix(out: &mut Out, it: &Defect) -> Result<()> {
    out.line("")?;
    let (rule, remedy) = (it.rule.as_str(), it.remedy.get(out.lang));
    out.tell(
        "check-fix",
        &[
            ("rule", rule.into()),
            ("subject", it.subject.as_str().into()),
            ("remedy", remedy.into()),
        ],
    )?;
    let lang = out.lang;
    let text = |it: &Fix| it.steps.as_ref().map_or(it.text.clone(), |it| it.get(lang).to_owned());
    // Steps that only say the remedy again are not said twice.
    let lines = it.fix.as_ref().map(text).filter(|it| it != remedy).unwrap_or_default();
    lines
        .lines()
        .try_for_each(|it| out.line(&format!("    {}", harmless(it))))
}
