//! The end of the report: what is accepted, what could not be told, what does not apply, what passes.

use std::collections::BTreeMap;

use jalon_domain::{
    evidence::Outcome,
    measure::RuleResult,
    text::{Lang, Text},
};
use jalon_web::ui::{dates, marks};
use maud::{Markup, html};

use super::{View, charts::title, counted, say, section, table};

pub(super) fn ends(lang: Lang, view: &View<'_>) -> Markup {
    html! {
        @if view.suppressed.total() > 0 { (section("suppressed", &say(lang, "suppressed", &[]), &suppressed(lang, view))) }
        @for (outcome, id) in [(Outcome::Inconclusive, "doubts"), (Outcome::NotApplicable, "idle")] {
            @let results: Vec<_> = view.results(outcome).collect();
            @if !results.is_empty() { (section(id, &say(lang, id, &[]), &reasons(lang, outcome, &results))) }
        }
        @let passed: Vec<_> = view.results(Outcome::Pass).collect();
        @if !passed.is_empty() { (section("passed", &say(lang, "passed", &[]), &list(lang, &passed))) }
    }
}

/// Each entry with what it means, why and until when.
fn suppressed(lang: Lang, view: &View<'_>) -> Markup {
    html! {
        p.why { (say(lang, "suppressed-why", &[])) }
        (table("figures", &say(lang, "suppressed", &[]), &html! {
            th.r scope="col" { (say(lang, "findings-head", &[])) }
            th scope="col" { (say(lang, "reason", &[])) }
            th scope="col" { (say(lang, "until", &[])) }
            th scope="col" { (say(lang, "written", &[])) }
        }, &html! {
            @for (it, count) in view.suppressed.entries() {
                tr {
                    td.r { (count) }
                    td { (super::visible(&it.reason)) }
                    td { time datetime=(it.until) { (dates::day_year(lang, it.until)) } }
                    td { (say(lang, "line", &[("path", super::visible(&it.file).into_owned().into()), ("line", it.line.into())])) }
                }
            }
        }))
    }
}

/// Rules that share a reason share a line.
fn reasons(lang: Lang, outcome: Outcome, results: &[&RuleResult]) -> Markup {
    let mut groups: BTreeMap<&str, (Option<&Text>, Vec<&RuleResult>)> = BTreeMap::new();
    for it in results {
        let key = it.reason.as_ref().map_or("", |it| it.en.as_str());
        groups.entry(key).or_insert((it.reason.as_ref(), Vec::new())).1.push(it);
    }
    html! {
        dl.reasons {
            @for (reason, rules) in groups.values() {
                dt { (marks::of_outcome(outcome).glyph()) " " @match reason { Some(it) => (super::visible(it.get(lang))), None => (counted(lang, "no-reason", rules.len() as u64)) } }
                dd { (list(lang, rules)) }
            }
        }
    }
}

/// Rules with what they ask.
fn list(lang: Lang, results: &[&RuleResult]) -> Markup {
    html! {
        ul.rulelist {
            @for it in results {
                li { code { (it.rule) } " " @if let Some(title) = title(it.rule.as_str()) { (title.get(lang)) } }
            }
        }
    }
}
