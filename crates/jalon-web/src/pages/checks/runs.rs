//! Runs in a list: which, what it said, when, who asked for it.

use jalon_domain::{evidence::Outcome, ids::EngagementId, text::Lang};
use jalon_service::view::checks::{Checks, RunRow};
use jalon_store::runs::{RunState, Trigger};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{M, progress, view::List};
use crate::{
    links,
    pages::parts::{self, Cx},
    text::t,
    ui::{dates, drawings::Mark, marks},
};

/// The section of the last runs.
pub(super) fn section(cx: &Cx<'_>, it: &List<'_>) -> Markup {
    html! {
        section.j-sec.mt-4 aria-labelledby="h-runs" {
            h2.mb-2 #h-runs { (t!(cx.lang, M, "last-runs")) }
            (table(cx, it.checks))
        }
    }
}

/// The table, in the piece that is read again while something runs.
pub(super) fn table(cx: &Cx<'_>, checks: &Checks) -> Markup {
    html! {
        div #t-runs {
            @if checks.runs.is_empty() { p.j-2 { (t!(cx.lang, M, "no-runs")) } }
            @else { (rows(cx, checks.header.id, &checks.runs, &t!(cx.lang, M, "last-runs"))) }
        }
    }
}

/// Runs as a table.
pub(super) fn rows(cx: &Cx<'_>, id: EngagementId, runs: &[RunRow], caption: &str) -> Markup {
    let lang = cx.lang;
    let heads = [
        t!(lang, M, "run-head"),
        t!(lang, M, "result"),
        t!(lang, M, "found"),
        t!(lang, M, "asked-by"),
        t!(lang, M, "when"),
    ];
    html! {
        table.j-tbl.stack {
            caption.visually-hidden { (caption) }
            thead { tr { @for (n, head) in heads.iter().enumerate() { th.j-r[n == 2] scope="col" { (head) } } } }
            tbody {
                @for run in runs {
                    tr {
                        td { a.j-link href=(links::run(id, run.id)) { (run.family.name().get(lang)) } " " span.j-mono.j-wrap { (run.target) } }
                        td.inl { (result(lang, run)) }
                        td.j-r data-l=(heads[2]) { @if run.outcome.is_some() { (run.found) } @else { (dates::no_date()) } }
                        td.j-not-m { (asked_by(lang, run)) }
                        td { (when(cx, run)) }
                    }
                }
            }
        }
    }
}

/// Runs of one target: when, and what they said.
pub(super) fn brief(cx: &Cx<'_>, id: EngagementId, runs: &[RunRow], caption: &str) -> Markup {
    let lang = cx.lang;
    html! {
        table.j-tbl {
            caption.visually-hidden { (caption) }
            thead { tr { th scope="col" { (t!(lang, M, "when")) } th scope="col" { (t!(lang, M, "result")) } th.j-r scope="col" { (t!(lang, M, "found")) } } }
            tbody {
                @for run in runs {
                    tr {
                        td { a.j-link href=(links::run(id, run.id)) { (dates::moment_time(lang, at(run))) } }
                        td { (result(lang, run)) }
                        td.j-r { @if run.outcome.is_some() { (run.found) } @else { (dates::no_date()) } }
                    }
                }
            }
        }
    }
}

/// What a run said, or how it is.
pub(crate) fn result(lang: Lang, run: &RunRow) -> Markup {
    match (run.outcome, run.state) {
        (_, RunState::Queued | RunState::Running) => progress::short(lang, run),
        (Some(outcome), _) => marks::outcome(lang, outcome),
        (None, RunState::Cancelled) => html! { span.j-st { (Mark::Idle.glyph()) (t!(lang, M, "cancelled")) } },
        // Broken is no verdict: nothing was found out.
        (None, _) => {
            html! { span.j-st title=[run.reason.as_ref().map(|it| it.get(lang))] { (marks::of_outcome(Outcome::Inconclusive).glyph()) (t!(lang, M, "broken")) } }
        }
    }
}

/// Who asked for it: somebody, the schedule, the demonstration.
pub(crate) fn asked_by(lang: Lang, run: &RunRow) -> Markup {
    html! {
        @match (&run.by, run.trigger) {
            (Some(person), _) => { (parts::person(person)) }
            (None, Trigger::Schedule) => (t!(lang, M, "by-schedule"))
            (None, Trigger::Demo) => (t!(lang, M, "by-demo"))
            (None, Trigger::Manual) => (t!(lang, M, "by-somebody"))
        }
    }
}

fn when(cx: &Cx<'_>, run: &RunRow) -> Markup {
    dates::ago_time(cx.lang, cx.now, at(run))
}

/// The last that is known of it.
fn at(run: &RunRow) -> Timestamp {
    run.ended_at.or(run.started_at).unwrap_or(run.queued_at)
}
