//! A run over a directory as tables: counts first, then the findings that somebody asked to see, then what could not be
//! told, does not apply or is accepted.

use std::collections::BTreeMap;

use jalon_domain::{
    evidence::Outcome,
    finding::{Action, Defect},
    ids::RuleId,
    measure::RuleResult,
    text::{Lang, Text},
};
use serde_json::{Value, json};

use super::{
    super::Judging,
    doubts, fix, headline,
    objects::{View, place},
    spaced,
    value::{share, shorten, visible},
    weighed,
};
use crate::{exit::Result, out::Out};

/// The longest value that a table shows whole, in characters.
const LONGEST_VALUE: usize = 120;

/// The least that is left of a distinguished name on a narrow terminal, in characters.
const SHORTEST_NAME: usize = 24;

pub(super) fn print(out: &mut Out, judging: &Judging, view: &View<'_>) -> Result<()> {
    headline(out, view.report, view.outcome)?;
    found(out, view)?;
    spaced(
        out,
        &["rule", "severity", "findings", "objects", "share", "asks"],
        &counts(out.lang, view),
    )?;
    let most = if judging.limit == 0 { usize::MAX } else { judging.limit };
    let shown: Vec<&Defect> = view.tally.kept().take(most).collect();
    let rows: Vec<Value> = shown.iter().map(|it| row(it, out.width())).collect();
    spaced(
        out,
        &["rule", "dn", "attribute", "errors", "value", "proposed", "action"],
        &rows,
    )?;
    let left = view.tally.findings() - rows.len() as u64;
    if left > 0 {
        out.tell("check-more", &[("n", left.into())])?;
    }
    reasons(out, view)?;
    accepted(out, view)?;
    if judging.fix {
        shown.iter().try_for_each(|it| fix(out, it))?;
    }
    out.line("")
}

/// "12 findings in 9 of 2000 objects (0.5%): 2 blockers, 10 major."
fn found(out: &mut Out, view: &View<'_>) -> Result<()> {
    let (tally, judged) = (view.tally, view.judged());
    if tally.findings() == 0 {
        return Ok(());
    }
    let weights = weighed(out, &tally.weights());
    let args = [
        ("n", tally.findings().into()),
        ("objects", tally.objects().into()),
        ("judged", judged.into()),
        ("share", share(out.lang, tally.objects(), judged).into()),
        ("weights", weights.into()),
    ];
    out.tell("check-objects", &args)
}

/// The broken rules, heaviest first, with what they ask.
fn counts(lang: Lang, view: &View<'_>) -> Vec<Value> {
    let asks = |rule: &str| {
        RuleId::parse(rule)
            .ok()
            .and_then(|it| jalon_checks::rule(&it))
            .map(|it| &it.title)
    };
    let row = |it: jalon_checks::directory::tally::RuleTally<'_>| {
        json!({
            "rule": it.rule,
            "severity": it.severity,
            "findings": it.findings,
            "objects": it.objects,
            "share": share(lang, it.objects, view.judged()),
            "asks": asks(it.rule),
        })
    };
    view.tally.rules().into_iter().map(row).collect()
}

/// One finding. The names of objects are long, and give way first where the terminal is narrow.
fn row(defect: &Defect, width: Option<usize>) -> Value {
    let room = width.map_or(usize::MAX, |it| SHORTEST_NAME.max(it / 3));
    let dn = visible(&defect.subject);
    let value = |it: &str| shorten(&visible(it), LONGEST_VALUE).into_owned();
    let object = defect.object.as_deref();
    json!({
        "rule": defect.rule,
        "dn": shorten(&dn, room),
        "attribute": defect.attribute,
        "errors": object.map(|it| listed(it.errors.iter().map(|it| it.name()))),
        "value": value(&defect.observed),
        "proposed": object.and_then(|it| it.proposed.as_deref()).map(value),
        "action": object.map(|it| it.action).filter(|it| *it != Action::Nothing).map(Action::name),
    })
}

/// Names, one behind the other.
fn listed(names: impl Iterator<Item = Text>) -> Text {
    let names: Vec<Text> = names.collect();
    let join = |of: fn(&Text) -> &str| names.iter().map(of).collect::<Vec<_>>().join(", ");
    Text::new(join(|it| &it.en), join(|it| &it.fr))
}

/// What could not be told, then what does not apply, each with why.
fn reasons(out: &mut Out, view: &View<'_>) -> Result<()> {
    let doubts = grouped(doubts(view.report), "doubt");
    spaced(out, &["rules", "doubt"], &doubts)?;
    let idle = grouped(view.results(Outcome::NotApplicable), "idle");
    spaced(out, &["rules", "idle"], &idle)
}

/// Rules that share a reason share a row.
fn grouped<'a>(results: impl Iterator<Item = &'a RuleResult>, column: &str) -> Vec<Value> {
    let mut groups: BTreeMap<&str, (&Text, Vec<&RuleId>)> = BTreeMap::new();
    for it in results {
        if let Some(reason) = &it.reason {
            let group = groups.entry(&reason.en).or_insert((reason, Vec::new()));
            group.1.push(&it.rule);
        }
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by(|a, b| a.1.cmp(&b.1));
    groups
        .iter()
        .map(|(reason, rules)| json!({ "rules": rules, column: reason }))
        .collect()
}

/// What is accepted, by whom it was written down.
fn accepted(out: &mut Out, view: &View<'_>) -> Result<()> {
    if view.suppressed.total() > 0 {
        out.line("")?;
    }
    view.suppressed.entries().try_for_each(|(it, count)| {
        let [path, line, until] = place(it);
        let args = [
            ("n", count.into()),
            path,
            line,
            until,
            ("reason", it.reason.as_str().into()),
        ];
        out.tell("check-suppressed", &args)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::check::sample;

    #[test]
    fn a_narrow_terminal_shortens_names_in_the_middle() {
        let found = sample::few();
        assert_eq!(row(&found[0], Some(80))["dn"], "CN=Zoé,OU=People,…=example");
        assert_eq!(row(&found[0], None)["dn"], found[0].subject);
    }
}
