//! What each rule said: how many of each outcome, then the rules, failures first.

use jalon_domain::{evidence::Outcome, text::Lang};
use jalon_service::view::checks::{RuleRow, RunPage};
use maud::{Markup, html};

use super::{M, run::Shown};
use crate::{
    links,
    text::t,
    ui::{dates, lists, marks},
};

/// From what is wrong to what does not matter here.
const OUTCOMES: [Outcome; 4] = [
    Outcome::Pass,
    Outcome::Fail,
    Outcome::Inconclusive,
    Outcome::NotApplicable,
];

fn count(page: &RunPage, outcome: Outcome) -> usize {
    page.rules.iter().filter(|it| it.outcome == outcome).count()
}

/// How many rules of each outcome, each a link to them.
pub(super) fn figures(lang: Lang, page: &RunPage) -> Markup {
    let base = links::run(page.header.id, page.run.id);
    let figure = |it: &Outcome| {
        let n = count(page, *it);
        let href = (n > 0).then(|| format!("{base}?outcome={it}#rules"));
        (dates::count(lang, n), marks::outcome(lang, *it), href)
    };
    lists::figures(&OUTCOMES.iter().map(figure).collect::<Vec<_>>())
}

/// The table.
pub(super) fn section(lang: Lang, it: &Shown<'_>) -> Markup {
    let rules = it
        .page
        .rules
        .iter()
        .filter(|rule| it.outcome.is_none_or(|wanted| rule.outcome == wanted));
    let found = t!(lang, M, "found");
    html! {
        section.mt-4 #rules aria-labelledby="h-rules" {
            div.j-sech { h2 #h-rules { (t!(lang, M, "rules")) } (chips(lang, it)) }
            table.j-tbl.stack.top {
                caption.visually-hidden { (t!(lang, M, "rules")) }
                thead { tr {
                    th scope="col" { (t!(lang, M, "outcome")) }
                    th scope="col" { (t!(lang, M, "rule")) }
                    th scope="col" { (t!(lang, M, "asks")) }
                    th.j-r scope="col" { (found) }
                } }
                tbody { @for rule in rules { (row(lang, it.page, rule, &found)) } }
            }
        }
    }
}

/// All of them, or those of one outcome.
fn chips(lang: Lang, it: &Shown<'_>) -> Markup {
    let base = links::run(it.page.header.id, it.page.run.id);
    html! {
        div.j-acts {
            a.j-chip.on[it.outcome.is_none()] href={ (base) "#rules" } { (t!(lang, M, "all-rules", n = it.page.rules.len())) }
            @for outcome in OUTCOMES.into_iter().filter(|outcome| count(it.page, *outcome) > 0) {
                a.j-chip.on[it.outcome == Some(outcome)] href={ (base) "?outcome=" (outcome) "#rules" } {
                    (outcome.name().get(lang)) " " (count(it.page, outcome))
                }
            }
        }
    }
}

fn row(lang: Lang, page: &RunPage, it: &RuleRow, found: &str) -> Markup {
    let list = format!(
        "{}?view=all&open={}#g-{}",
        links::remediation(page.header.id),
        it.rule,
        it.rule
    );
    html! {
        tr {
            td { (marks::outcome(lang, it.outcome)) }
            td.inl.j-nw { code { (it.rule) } " " @if it.outcome == Outcome::Fail { (marks::severity_glyph(lang, it.severity)) } }
            td {
                (it.title.get(lang))
                div.j-sm.j-dim { (it.source) }
                @if let Some(reason) = &it.reason {
                    div.j-warn[it.outcome == Outcome::Inconclusive].j-2[it.outcome != Outcome::Inconclusive] { (reason.get(lang)) }
                }
                @if let Some(at) = it.retry_at { div.j-sm.j-dim { (t!(lang, M, "retry")) " " (dates::moment_time(lang, at)) } }
            }
            td.j-r data-l=(found) { @if it.found > 0 { a.j-link href=(list) { (dates::count(lang, it.found)) } } @else { "0" } }
        }
    }
}
