//! Several addresses behind one name: each kind of answer is judged once, and what only some of them break is told with
//! their addresses.

use std::net::SocketAddr;

use jalon_domain::{
    evidence::Outcome,
    finding::Defect,
    measure::{CheckReport, RuleResult},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    Context,
    doubt::{Doubt, Doubted},
};

/// When a silent server is worth another try.
const RETRY: SignedDuration = SignedDuration::from_mins(15);

pub(super) fn retry_at(ctx: &Context<'_>) -> Option<Timestamp> {
    ctx.now.saturating_add(RETRY).ok()
}

/// What a check knows of one address.
pub(super) trait Node {
    /// Where it is; none when the name leads nowhere.
    fn address(&self) -> Option<SocketAddr>;
    /// Why it answered nothing; none when it answered.
    fn silence(&self) -> Option<Doubt>;
    /// Whether it answers what another does, as far as the check goes.
    fn is_like(&self, other: &Self) -> bool;
}

/// The addresses of a name by what they answer.
pub(super) struct Nodes<'a, N> {
    /// Those that answer alike, the first of each for all; one, perhaps empty, when none answers.
    pub(super) groups: Vec<Vec<&'a N>>,
    /// Addresses that answered nothing although others did, one for each reason.
    silent: Vec<&'a N>,
}

impl<'a, N: Node> Nodes<'a, N> {
    pub(super) fn of(all: impl IntoIterator<Item = &'a N>) -> Self {
        let (silent, answering): (Vec<&N>, Vec<&N>) = all.into_iter().partition(|it| it.silence().is_some());
        if answering.is_empty() {
            return Self {
                groups: vec![silent.into_iter().take(1).collect()],
                silent: Vec::new(),
            };
        }
        let mut groups: Vec<Vec<&N>> = Vec::new();
        for node in answering {
            match groups.iter_mut().find(|it| it[0].is_like(node)) {
                Some(group) => group.push(node),
                None => groups.push(vec![node]),
            }
        }
        let mut reasons: Vec<&N> = Vec::new();
        for node in silent {
            let is_new = reasons.iter().all(|it| it.silence() != node.silence());
            reasons.extend(is_new.then_some(node));
        }
        Self {
            groups,
            silent: reasons,
        }
    }

    /// Judges each group, with the subject of its findings, and joins what is said of them. What would hold without the
    /// silent addresses is in doubt, and what is broken elsewhere is broken.
    pub(super) fn judge(&self, endpoint: &str, judge: impl Fn(Option<&'a N>, &str) -> CheckReport) -> CheckReport {
        let first = |group: &[&'a N]| group.first().copied();
        let seen: Vec<CheckReport> = self.groups.iter().map(|it| judge(first(it), endpoint)).collect();
        let unseen = self.silent.iter().map(|it| {
            let subject = it.address().map_or_else(|| endpoint.to_owned(), |it| it.to_string());
            judge(Some(it), &subject)
        });
        let unseen: Vec<CheckReport> = unseen.collect();
        let everybody: Vec<&CheckReport> = seen.iter().chain(&unseen).collect();
        let [only] = everybody.as_slice() else {
            let mut defects: Vec<Defect> = Vec::new();
            for (group, report) in self.groups.iter().zip(&seen) {
                let located = judge(first(group), &located(endpoint, group));
                for (defect, located) in report.defects.iter().zip(located.defects) {
                    let is_everywhere = seen.iter().all(|it| it.defects.iter().any(|it| is_same(it, defect)));
                    let told = if is_everywhere { defect.clone() } else { located };
                    if !defects.iter().any(|it| is_same(it, &told)) {
                        defects.push(told);
                    }
                }
            }
            let rules = (0..seen[0].rules.len()).map(|rule| joined(&everybody, rule)).collect();
            return CheckReport {
                rules,
                defects,
                ..seen[0].clone()
            };
        };
        (*only).clone()
    }
}

/// Where this machine speaks no IPv6 at all, an address of it is neither silent nor seen.
pub(crate) fn is_out_of_sight<N>(
    all: &[N],
    node: &N,
    is_v6: impl Fn(&N) -> bool,
    has_no_way: impl Fn(&N) -> bool,
) -> bool {
    is_v6(node) && all.iter().filter(|it| is_v6(it)).all(has_no_way) && !all.iter().all(&is_v6)
}

/// The system has no route at all, by its own words.
pub(crate) fn is_no_way(reason: Doubt, detail: &str) -> bool {
    reason == Doubt::Unreachable && detail.contains("Network is unreachable")
}

/// Addresses that were left out, when the name has too many, put in doubt whatever holds at the others.
pub(super) fn doubt_what_holds(report: &mut CheckReport, left_out: &Doubted, retry_at: Option<Timestamp>) {
    for result in report.rules.iter_mut().filter(|it| it.outcome == Outcome::Pass) {
        result.outcome = Outcome::Inconclusive;
        result.reason = Some(left_out.doubt.text(&left_out.about));
        result.retry_at = retry_at;
    }
}

fn located<N: Node>(endpoint: &str, group: &[&N]) -> String {
    let addresses = group.iter().filter_map(|it| it.address());
    let addresses: Vec<String> = addresses.map(|it| it.ip().to_string()).collect();
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
