//! What a fix says on standard error: what would change and what is left to people, what was changed and what was left
//! alone.

use jalon_checks::directory::fix::{
    Plan, Undecided,
    apply::{Ended, Made, ObjectResult, Outcome},
};
use jalon_domain::text::Value;

use super::making::Making;
use crate::{out::Out, text::harmless};

/// What a plan changes and what it leaves to people, at most `limit` of those by name.
pub(super) fn plan(out: &Out, plan: &Plan, limit: usize) {
    if plan.objects.is_empty() {
        say(out, "fix-nothing", &[]);
    } else {
        say(
            out,
            "fix-planned",
            &[("objects", plan.objects.len().into()), ("values", plan.values().into())],
        );
    }
    if plan.undecided.is_empty() {
        return;
    }
    say(out, "fix-undecided", &[("n", plan.undecided.len().into())]);
    for (reason, count) in plan.undecided_by_reason() {
        let reason = reason.text().get(out.lang).to_owned();
        below(
            out,
            "fix-undecided-reason",
            &[("n", count.into()), ("reason", reason.into())],
        );
    }
    let shown = most(limit, plan.undecided.len());
    plan.undecided[..shown].iter().for_each(|it| undecided(out, it));
    more(out, plan.undecided.len() - shown);
}

fn undecided(out: &Out, it: &Undecided) {
    let rules: Vec<&str> = it.rules.iter().map(|it| it.as_str()).collect();
    below(
        out,
        "fix-undecided-row",
        &[
            ("rules", rules.join(" ").into()),
            ("dn", it.dn.as_str().into()),
            ("attribute", it.attribute.as_str().into()),
            ("value", it.value.as_str().into()),
        ],
    );
}

/// What became of a run: how many objects were changed, which were not and why, and how to go on or back.
pub(super) fn outcome(out: &Out, outcome: &Outcome, making: &Making, limit: usize) {
    let count = |made| Value::from(outcome.count(made));
    say(
        out,
        "fix-made",
        &[
            ("n", count(Made::Applied)),
            ("before", count(Made::Before)),
            ("already", count(Made::Already)),
        ],
    );
    let left: Vec<&ObjectResult> = outcome.results.iter().filter(|it| it.told.is_some()).collect();
    if !left.is_empty() {
        say(out, "fix-left", &[("n", left.len().into())]);
    }
    let shown = most(limit, left.len());
    left[..shown]
        .iter()
        .for_each(|it| below(out, "fix-left-row", &told(out, it)));
    more(out, left.len() - shown);
    let all = outcome.remaining + outcome.results.len();
    let done = [("done", outcome.results.len().into()), ("all", all.into())];
    match &outcome.ended {
        Ended::Finished => {}
        Ended::Stopped => say(out, "fix-stopped", &done),
        Ended::Lost { reason } => say(
            out,
            "fix-lost",
            &[&done[..], &[("reason", reason.as_str().into())]].concat(),
        ),
    }
    if outcome.count(Made::Applied) + outcome.count(Made::Before) > 0 {
        let [undo, target] = [making.undo.display().to_string(), making.target.to_string()];
        say(out, "fix-undo", &[("undo", undo.into()), ("target", target.into())]);
    }
}

fn told<'a>(out: &Out, it: &'a ObjectResult) -> [(&'static str, Value<'a>); 2] {
    let told = it.told.as_ref().map_or("", |it| it.get(out.lang));
    [("dn", it.change.dn.as_str().into()), ("told", told.into())]
}

pub(super) fn most(limit: usize, all: usize) -> usize {
    if limit == 0 { all } else { limit.min(all) }
}

fn more(out: &Out, n: usize) {
    if n > 0 {
        below(out, "fix-more", &[("n", n.into())]);
    }
}

/// One line on standard error.
pub(super) fn say(out: &Out, key: &str, args: &[(&str, Value<'_>)]) {
    out.remark(&harmless(&out.say(key, args)));
}

fn below(out: &Out, key: &str, args: &[(&str, Value<'_>)]) {
    out.remark(&format!("  {}", harmless(&out.say(key, args))));
}
