//! Its runs: what each said, opened and closed; the course of its findings in a sentence and as a picture.

use jalon_domain::text::Lang;
use jalon_service::view::target::{HistoryRow, TargetPage};
use maud::{Markup, html};

use super::{M, view::Shown};
use crate::{
    links,
    pages::{checks::runs, parts::Cx},
    text::t,
    ui::{
        chart::course::{self, Step},
        dates, lists,
        table::{self, Column},
    },
};

/// The section.
pub(super) fn section(cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let (lang, page) = (cx.lang, it.page);
    let here = links::target(page.header.id, page.id);
    let first = it.is_older.then(|| format!("{here}#h-history"));
    let next = page.before.map(|before| format!("{here}?before={before}#h-history"));
    let steps = steps(page);
    let body = html! {
        @if page.history.is_empty() { p.j-2 { (t!(lang, M, "no-run")) } } @else {
            @if steps.len() > 1 { p.j-2.mb-2 { (said(lang, &steps)) } (course::course(lang, &steps)) }
            (rows(cx, page))
            (table::pager(lang, first.as_deref(), next.as_deref()))
        }
    };
    html! { div.j-sec { (lists::section("h-history", &html! { (t!(lang, M, "history")) }, &Markup::default(), &body)) } }
}

/// The runs that have ended, the oldest first.
fn steps(page: &TargetPage) -> Vec<Step> {
    let ended = page.history.iter().rev().filter(|it| it.run.ended_at.is_some());
    ended.map(step).collect()
}

fn step(it: &HistoryRow) -> Step {
    Step {
        outcome: it.run.outcome,
        found: usize::try_from(it.run.found).unwrap_or_default(),
    }
}

/// What it came to, from the first of the shown runs that told something to the last.
fn said(lang: Lang, steps: &[Step]) -> String {
    let told: Vec<usize> = steps.iter().filter_map(Step::told).collect();
    let (Some(first), Some(last)) = (told.first(), told.last()) else {
        return t!(lang, M, "course-unknown", n = steps.len());
    };
    let unknown = steps.len() - told.len();
    let course = match (first, last) {
        (0, 0) if told.iter().all(|it| *it == 0) => t!(lang, M, "course-well", n = told.len()),
        (from, to) if from == to => t!(lang, M, "course-same", n = told.len(), to = *to),
        (from, to) => t!(lang, M, "course", n = told.len(), from = *from, to = *to),
    };
    if unknown == 0 {
        return course;
    }
    format!("{course} {}", t!(lang, M, "course-gaps", n = unknown))
}

fn rows(cx: &Cx<'_>, page: &TargetPage) -> Markup {
    let lang = cx.lang;
    let heads = [
        t!(lang, M, "when"),
        t!(lang, M, "result"),
        t!(lang, M, "found"),
        t!(lang, M, "opened"),
        t!(lang, M, "closed"),
        t!(lang, M, "asked-by"),
    ];
    let columns = [
        Column::text(&heads[0]),
        Column::text(&heads[1]),
        Column::number(&heads[2]),
        Column::number(&heads[3]),
        Column::number(&heads[4]),
        Column::text(&heads[5]).extra(),
    ];
    let rows: Vec<Vec<Markup>> = page.history.iter().map(|it| row(cx, page, it)).collect();
    html! { div.mt-3 { (table::table(&t!(lang, M, "history"), &columns, &rows)) } }
}

fn row(cx: &Cx<'_>, page: &TargetPage, it: &HistoryRow) -> Vec<Markup> {
    let (lang, run) = (cx.lang, &it.run);
    let at = run.ended_at.or(run.started_at).unwrap_or(run.queued_at);
    let is_done = run.outcome.is_some();
    // Runs from before the figures were kept do not know them.
    let figure =
        |n: Option<i32>| html! { @match n.filter(|_| is_done) { Some(n) => (n), None => { (dates::no_date()) } } };
    vec![
        html! { a.j-link href=(links::run(page.header.id, run.id)) { (dates::moment_time(lang, at)) } },
        html! {
            (runs::result(lang, run))
            @if !is_done && let Some(reason) = &run.reason { div.j-sm.j-dim.j-wrap { (reason.get(lang)) } }
        },
        figure(step(it).told().map(|_| run.found)),
        figure(it.opened),
        figure(it.closed),
        runs::asked_by(lang, run),
    ]
}
