//! How a report is shown: for people, counts first and then rows; for programs, the document of the contract or flat CSV.

use std::collections::BTreeMap;

use jalon_checks::document;
use jalon_domain::{
    evidence::Outcome,
    finding::{Defect, Fix, Severity},
    ids::RuleId,
    measure::{Report, RuleResult},
    text::{Lang, Text},
};

use super::Judging;
use crate::{
    exit::Result,
    out::{Cell, Format, Out},
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
    match judging.format {
        Format::Csv => out.csv(&COLUMNS),
        _ => Ok(()),
    }
}

/// One report. The only one is printed to be read by people too.
pub(super) fn report(out: &mut Out, judging: &Judging, report: &Report, is_only: bool) -> Result<()> {
    match judging.format {
        Format::Json if is_only => out.pretty(&document(report, judging.fail_on)),
        Format::Json | Format::Ndjson => out.json(&document(report, judging.fail_on)),
        Format::Csv => csv(out, report),
        Format::Table => tables(out, judging, report),
    }?;
    out.send()
}

fn csv(out: &mut Out, report: &Report) -> Result<()> {
    for (_, defect) in report.defects() {
        out.csv(&defect_row(out.lang, report, defect))?;
    }
    for it in doubts(report) {
        out.csv(&doubt_row(out.lang, report, it))?;
    }
    Ok(())
}

fn defect_row(lang: Lang, report: &Report, it: &Defect) -> [String; 12] {
    [
        report.family.word().to_owned(),
        report.target.clone(),
        it.rule.to_string(),
        Outcome::Fail.word().to_owned(),
        it.severity.word().to_owned(),
        it.subject.clone(),
        it.attribute.clone().unwrap_or_default(),
        it.observed.clone(),
        it.expected.clone(),
        it.message.get(lang).to_owned(),
        it.remedy.get(lang).to_owned(),
        it.fix.as_ref().map(|it| it.text.clone()).unwrap_or_default(),
    ]
}

fn doubt_row(lang: Lang, report: &Report, it: &RuleResult) -> [String; 12] {
    let mut row = [const { String::new() }; 12];
    row[0] = report.family.word().to_owned();
    row[1].clone_from(&report.target);
    row[2] = it.rule.to_string();
    row[3] = it.outcome.word().to_owned();
    row[9] = it.reason.as_ref().map(|it| it.get(lang).to_owned()).unwrap_or_default();
    row
}

fn doubts(report: &Report) -> impl Iterator<Item = &RuleResult> {
    results(report).filter(|it| it.outcome == Outcome::Inconclusive)
}

fn results(report: &Report) -> impl Iterator<Item = &RuleResult> {
    report.checks.iter().flat_map(|it| &it.rules)
}

fn tables(out: &mut Out, judging: &Judging, report: &Report) -> Result<()> {
    let defects: Vec<&Defect> = report.defects().map(|it| it.1).collect();
    headline(out, judging, report, &defects)?;
    counts(out, &defects)?;
    rows(out, judging, &defects)?;
    let lang = out.lang;
    let doubts: Vec<Vec<Cell>> = doubts(report)
        .map(|it| vec![(&it.rule).into(), told(lang, it.reason.as_ref())])
        .collect();
    if !doubts.is_empty() {
        out.line("")?;
        out.table(&["rule", "doubt"], &doubts)?;
    }
    if judging.fix {
        fixes(out, judging, &defects)?;
    }
    out.line("")
}

fn told(lang: Lang, text: Option<&Text>) -> Cell {
    text.map(|it| it.get(lang)).unwrap_or_default().into()
}

/// "nord.example.com: Fail. 5 findings: 4 major, 1 minor. Of 17 rules 9 pass, 5 fail, 1 is inconclusive, 2 do not apply."
fn headline(out: &mut Out, judging: &Judging, report: &Report, defects: &[&Defect]) -> Result<()> {
    let outcome = report.outcome(judging.fail_on).name();
    let target = harmless(&report.target).into_owned();
    let args = [
        ("target", target.into()),
        ("family", report.family.name().get(out.lang).to_owned().into()),
        ("outcome", outcome.get(out.lang).to_owned().into()),
    ];
    out.tell("check-headline", &args)?;
    let of = |wanted: Outcome| results(report).filter(|it| it.outcome == wanted).count();
    let rules = [
        ("rules", results(report).count().into()),
        ("pass", of(Outcome::Pass).into()),
        ("fail", of(Outcome::Fail).into()),
        ("inconclusive", of(Outcome::Inconclusive).into()),
        ("idle", of(Outcome::NotApplicable).into()),
    ];
    out.tell("check-rules", &rules)?;
    let weights = Severity::ALL
        .iter()
        .rev()
        .map(|it| (it, defects.iter().filter(|defect| defect.severity == *it).count()));
    let said: Vec<String> = weights
        .filter(|it| it.1 > 0)
        .map(|(severity, count)| out.say(&format!("count-{severity}"), &[("n", count.into())]))
        .collect();
    match defects.len() {
        0 => Ok(()),
        count => out.tell(
            "check-findings",
            &[("n", count.into()), ("weights", said.join(", ").into())],
        ),
    }
}

/// The findings by rule, heaviest first.
fn counts(out: &mut Out, defects: &[&Defect]) -> Result<()> {
    let mut groups: BTreeMap<&RuleId, (Severity, usize)> = BTreeMap::new();
    for it in defects {
        let group = groups.entry(&it.rule).or_insert((it.severity, 0));
        *group = (group.0.max(it.severity), group.1 + 1);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(rule, (severity, _))| (std::cmp::Reverse(*severity), *rule));
    let lang = out.lang;
    let row = |(rule, (severity, count)): (&RuleId, (Severity, usize))| {
        let asks = jalon_checks::rule(rule).map(|it| &it.title);
        vec![
            rule.into(),
            Cell::severity(lang, severity),
            count.into(),
            told(lang, asks),
        ]
    };
    let rows: Vec<Vec<Cell>> = groups.into_iter().map(row).collect();
    if !rows.is_empty() {
        out.line("")?;
    }
    out.table(&["rule", "severity", "count", "asks"], &rows)
}

fn shown<'a>(judging: &Judging, defects: &'a [&'a Defect]) -> &'a [&'a Defect] {
    let most = if judging.limit == 0 {
        defects.len()
    } else {
        judging.limit
    };
    &defects[..most.min(defects.len())]
}

fn rows(out: &mut Out, judging: &Judging, defects: &[&Defect]) -> Result<()> {
    let shown = shown(judging, defects);
    let lang = out.lang;
    let row = |it: &&Defect| {
        let attribute = it.attribute.clone().unwrap_or_default();
        vec![
            (&it.rule).into(),
            (&it.subject).into(),
            attribute.into(),
            it.message.get(lang).into(),
        ]
    };
    let rows: Vec<Vec<Cell>> = shown.iter().map(row).collect();
    if !rows.is_empty() {
        out.line("")?;
    }
    out.table(&["rule", "subject", "attribute", "message"], &rows)?;
    match defects.len() - shown.len() {
        0 => Ok(()),
        more => out.tell("check-more", &[("n", more.into())]),
    }
}

fn fixes(out: &mut Out, judging: &Judging, defects: &[&Defect]) -> Result<()> {
    for it in shown(judging, defects) {
        out.line("")?;
        let (rule, subject) = (it.rule.to_string(), it.subject.clone());
        out.tell(
            "check-fix",
            &[
                ("rule", rule.into()),
                ("subject", subject.into()),
                ("remedy", it.remedy.get(out.lang).to_owned().into()),
            ],
        )?;
        let lang = out.lang;
        let steps = |fix: &Fix| fix.steps.as_ref().map_or(fix.text.clone(), |it| it.get(lang).to_owned());
        let lines = it.fix.as_ref().map(steps).unwrap_or_default();
        for line in lines.lines() {
            out.line(&format!("    {}", harmless(line)))?;
        }
    }
    Ok(())
}
