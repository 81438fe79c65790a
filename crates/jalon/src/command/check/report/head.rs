//! The head of the report: the verdict as a sentence, what was judged and when, the counts; and its foot.

use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    text::{Lang, number},
};
use jalon_web::ui::{dates, drawings::Mark, marks};
use maud::{Markup, html};

use super::{View, code, counted, say};
use crate::command::check::show::value::share;

/// The longest name of a source that is shown whole.
const LONGEST_SOURCE: usize = 120;

pub(super) fn head(lang: Lang, view: &View<'_>) -> Markup {
    html! {
        header {
            p.brand { (Mark::Brand.glyph()) "Jalon" span { (say(lang, "kind", &[])) } }
            h1 { (verdict(lang, view)) }
            (about(lang, view))
            (counts(lang, view))
        }
    }
}

/// The verdict as a sentence, not as a heading of one.
fn verdict(lang: Lang, view: &View<'_>) -> String {
    let key = match (view.outcome, view.tally.findings()) {
        (Outcome::Fail, _) => "verdict-fail",
        (Outcome::Inconclusive, _) => "verdict-inconclusive",
        (Outcome::NotApplicable, _) => "verdict-idle",
        (Outcome::Pass, 0) => "verdict-pass",
        (Outcome::Pass, _) => "verdict-light",
    };
    let doubts = view.results(Outcome::Inconclusive).count();
    let args = [
        ("n", view.tally.objects().into()),
        ("objects", number(lang, view.tally.objects()).into()),
        ("judged", number(lang, view.judged()).into()),
        ("doubts", doubts.into()),
    ];
    say(lang, key, &args)
}

/// What was judged, when, and by which rules.
fn about(lang: Lang, view: &View<'_>) -> Markup {
    let report = view.report;
    let took = report.ended.duration_since(report.started).as_secs();
    let fact = |name: &str| report.checks.iter().find_map(|it| it.facts[name].as_str());
    html! {
        dl.about {
            div { dt { (say(lang, "outcome", &[])) } dd { (marks::outcome(lang, view.outcome)) } }
            div { dt { (say(lang, "source", &[])) } dd { (code(&report.target, LONGEST_SOURCE)) } }
            div { dt { (say(lang, "when", &[])) } dd { time datetime=(report.started) { (dates::moment_full(lang, report.started)) } } }
            div { dt { (say(lang, "took", &[])) } dd { (dates::span(lang, took)) } }
            @if let Some(profile) = fact("profile") { div { dt { (say(lang, "profile", &[])) } dd { (profile) } } }
            @if let Some(mode) = fact("mode") { div { dt { (say(lang, "mode", &[])) } dd { (mode) } } }
        }
    }
}

fn counts(lang: Lang, view: &View<'_>) -> Markup {
    let weights = view.tally.weights();
    let weight = |it: &Severity| weights.get(it).copied().unwrap_or_default();
    let outcomes = [
        Outcome::Pass,
        Outcome::Fail,
        Outcome::Inconclusive,
        Outcome::NotApplicable,
    ];
    html! {
        dl.counts {
            div { dt { (say(lang, "objects-judged", &[])) } dd { (number(lang, view.judged())) } }
            div {
                dt { (say(lang, "objects-flawed", &[])) }
                dd { (number(lang, view.tally.objects())) " " small { (share(lang, view.tally.objects(), view.judged())) } }
            }
            @for it in Severity::ALL.iter().rev() {
                div { dt { (marks::severity(lang, *it)) } dd { (number(lang, weight(it))) } }
            }
        }
        p.rules {
            (say(lang, "rules", &[])) " "
            @for it in outcomes {
                span.pair { (marks::outcome(lang, it)) " " b { (view.results(it).count()) } }
            }
        }
    }
}

/// Who wrote it, from which bytes, and that it is not for everybody.
pub(super) fn foot(lang: Lang, view: &View<'_>) -> Markup {
    html! {
        footer {
            p { (say(lang, "private", &[])) }
            p {
                "Jalon " (env!("CARGO_PKG_VERSION"))
                @if let Some(it) = &view.report.sha256 { " · SHA-256 " code { (it) } }
                @if view.suppressed.total() > 0 { " · " (counted(lang, "suppressed-count", view.suppressed.total())) }
            }
        }
    }
}
