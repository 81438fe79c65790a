//! How far a run is: in a word in lists, as a bar on its own page; and the button that cancels it.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jalon_domain::{ids::EngagementId, text::Lang};
use jalon_service::view::checks::RunRow;
use jalon_store::runs::RunState;
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    pages::parts::Cx,
    text::t,
    ui::{dates, drawings::Mark, forms, icons::Icon, marks},
};

/// Whether it waits or is under way.
pub(crate) fn is_live(run: &RunRow) -> bool {
    matches!(run.state, RunState::Queued | RunState::Running)
}

/// What htmx is told when the run that it watches has ended.
pub(crate) fn read_again() -> Response {
    (StatusCode::OK, [("hx-refresh", "true")]).into_response()
}

/// In a list: waiting, or running with what is known.
pub(super) fn short(lang: Lang, run: &RunRow) -> Markup {
    if run.state == RunState::Queued {
        return html! { span.j-st { (Mark::Running.glyph()) (t!(lang, M, "queued")) } };
    }
    html! {
        (marks::running(lang))
        @if let Some(it) = &run.progress {
            " " span.j-dim.j-sm.j-num { (dates::count(lang, whole(it.done))) @if let Some(total) = it.total { "/" (dates::count(lang, whole(total))) } }
        }
    }
}

/// On the page of the run: a bar, and what is being done.
pub(crate) fn bar(cx: &Cx<'_>, run: &RunRow) -> Markup {
    let lang = cx.lang;
    let elapsed = run.started_at.map(|it| cx.now.duration_since(it).as_secs());
    let title = match (&run.progress, run.state) {
        (_, RunState::Queued) => t!(lang, M, "waits"),
        (Some(it), _) => match it.total {
            Some(total) => t!(
                lang,
                M,
                "steps-of",
                done = dates::count(lang, whole(it.done)),
                total = dates::count(lang, whole(total))
            ),
            None => t!(
                lang,
                M,
                "steps",
                n = it.done,
                shown = dates::count(lang, whole(it.done))
            ),
        },
        (None, _) => t!(lang, M, "begins"),
    };
    let total = run.progress.as_ref().and_then(|it| it.total);
    html! {
        section aria-labelledby="h-pr" {
            div.j-sech.mb-1 {
                h2 #h-pr { (title) }
                @if let Some(seconds) = elapsed { span.j-sm.j-dim.j-num { (t!(lang, M, "elapsed", span = dates::span(lang, seconds))) } }
            }
            // Without a value the bar says that nobody knows how long.
            @match (total, &run.progress) {
                (Some(total), Some(it)) => { progress.j-prog value=(it.done.min(total)) max=(total) aria-labelledby="h-pr" { (it.done) "/" (total) } }
                _ => { progress.j-prog aria-labelledby="h-pr" {} }
            }
            @if let Some(it) = &run.progress { p.j-sm.j-dim.mt-1 { (it.what.get(lang)) } }
        }
    }
}

fn whole(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// The button that cancels a run.
pub(crate) fn cancel(cx: &Cx<'_>, id: EngagementId, run: &RunRow) -> Markup {
    let label = html! { (Icon::Cross.show()) (t!(cx.lang, M, "cancel-run")) span.visually-hidden { " " (run.target) } };
    forms::button_form(cx.token, &format!("{}/cancel", links::run(id, run.id)), "btn", &label)
}
