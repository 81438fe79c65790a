//! Several addresses behind one name: each kind of answer is judged once, and what only some of them break is told with
//! their addresses.

use std::net::SocketAddr;

use jalon_domain::{
    evidence::Outcome,
    finding::Defect,
    measure::{CheckReport, RuleResult},
};
use jiff::Timestamp;

use crate::doubt::Doubted;

/// Judges each group of addresses that answer alike, and joins what is said of them. `judge` is given the place of the group
/// and the subject of its findings; behind the groups come so many addresses that did not answer: what would hold without
/// them is in doubt, and what is broken elsewhere is broken.
pub(super) fn judge_each(
    endpoint: &str,
    groups: &[Vec<SocketAddr>],
    silent: usize,
    judge: impl Fn(usize, &str) -> CheckReport,
) -> CheckReport {
    let seen = groups.len().max(1);
    let first = judge(0, endpoint);
    let others: Vec<_> = (1..seen).map(|it| judge(it, endpoint)).collect();
    let unseen: Vec<_> = (seen..seen + silent).map(|it| judge(it, endpoint)).collect();
    if others.is_empty() && unseen.is_empty() {
        return first;
    }
    let all: Vec<&CheckReport> = std::iter::once(&first).chain(&others).collect();
    let mut defects = Vec::new();
    for (place, report) in all.iter().enumerate() {
        let located = judge(place, &located(endpoint, &groups[place]));
        for (at, defect) in report.defects.iter().enumerate() {
            let is_everywhere = all.iter().all(|it| it.defects.iter().any(|it| is_same(it, defect)));
            let told = if is_everywhere {
                Some(defect)
            } else {
                located.defects.get(at)
            };
            defects.extend(told.filter(|told| !defects.iter().any(|it| is_same(it, told))).cloned());
        }
    }
    let everybody: Vec<&CheckReport> = all.iter().copied().chain(&unseen).collect();
    let rules = (0..first.rules.len()).map(|rule| joined(&everybody, rule)).collect();
    CheckReport {
        rules,
        defects,
        ..first.clone()
    }
}

/// Addresses that were left out put in doubt whatever holds at the others.
pub(super) fn doubt_what_holds(report: &mut CheckReport, doubted: &Doubted, retry_at: Option<Timestamp>) {
    for result in report.rules.iter_mut().filter(|it| it.outcome == Outcome::Pass) {
        result.outcome = Outcome::Inconclusive;
        result.reason = Some(doubted.doubt.text(&doubted.about));
        result.retry_at = retry_at;
    }
}

fn located(endpoint: &str, addresses: &[SocketAddr]) -> String {
    let addresses: Vec<String> = addresses.iter().map(|it| it.ip().to_string()).collect();
    format!("{endpoint} ({})", addresses.join(", "))
}

fn is_same(one: &Defect, other: &Defect) -> bool {
    (&one.rule, &one.subject, &one.discriminator, &one.message)
        == (&other.rule, &other.subject, &other.discriminator, &other.message)
}

/// A rule that is broken anywhere is broken; one that is in doubt anywhere is in doubt.
fn joined(reports: &[&CheckReport], rule: usize) -> RuleResult {
    let weight = |it: &RuleResult| match it.outcome {
        Outcome::Fail => 3,
        Outcome::Inconclusive => 2,
        Outcome::Pass => 1,
        Outcome::NotApplicable => 0,
    };
    let all = reports.iter().map(|it| &it.rules[rule]);
    all.max_by_key(|it| weight(it)).expect("there is a report").clone()
}
