//! The JSON of a check, `jalon.check/1`: the contract that programs outside rely on.

use jalon_domain::{
    evidence::Outcome,
    finding::{Defect, Severity},
    measure::{Report, RuleResult},
};
use serde_json::{Value, json};

use crate::{check, doubt, facts};

/// The document of one run on one target. The outcome counts findings at or above `least`; all of them are listed.
pub fn document(report: &Report, least: Severity) -> Value {
    let outcome = report.outcome(least);
    let results = || report.checks.iter().flat_map(|it| &it.rules);
    let inconclusive: Vec<Value> = results()
        .filter(|it| it.outcome == Outcome::Inconclusive)
        .map(doubted)
        .collect();
    let mut facts = json!({});
    report.checks.iter().for_each(|it| facts::join(&mut facts, &it.facts));
    json!({
        "schema": "jalon.check/1",
        "check": report.family,
        "target": report.target,
        "vantage": report.vantage,
        "started": report.started,
        "ended": report.ended,
        "outcome": outcome,
        "reason": reason(outcome, results()),
        "findings": report.defects().map(|(_, it)| finding(it)).collect::<Vec<_>>(),
        "inconclusive": inconclusive,
        "facts": facts,
        "stats": report.stats,
    })
}

/// One finding of the document, which is also one line of a streamed run.
pub fn finding(defect: &Defect) -> Value {
    let fix = defect.fix.as_ref().map(|it| {
        let mut fix = json!({"kind": it.kind, "text": it.text});
        if let Some(undo) = &it.undo {
            fix["undo"] = json!(undo);
        }
        if let Some(steps) = &it.steps {
            fix["steps"] = json!(steps);
        }
        fix
    });
    json!({
        "rule": defect.rule,
        "severity": defect.severity,
        "subject": defect.subject,
        "attribute": defect.attribute,
        "observed": defect.observed,
        "expected": defect.expected,
        "message": defect.message,
        "remedy": defect.remedy,
        "fix": fix,
        "source": check::rule(&defect.rule).map(|it| &it.source),
    })
}

fn doubted(result: &RuleResult) -> Value {
    json!({
        "rule": result.rule,
        "reason": result.reason.as_ref().map(doubt::code_of),
        "retry_at": result.retry_at,
        "message": result.reason,
    })
}

/// Why the whole run says neither pass nor fail: the first reason of that kind.
fn reason<'a>(outcome: Outcome, mut results: impl Iterator<Item = &'a RuleResult>) -> Option<&'a str> {
    if !matches!(outcome, Outcome::Inconclusive | Outcome::NotApplicable) {
        return None;
    }
    let result = results.find(|it| it.outcome == outcome)?;
    result.reason.as_ref().map(doubt::code_of)
}
