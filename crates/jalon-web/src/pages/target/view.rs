//! The page: how the target stands and what to do next; then what was seen, what is wrong, what its zone should become, its
//! history.

use jalon_domain::{evidence::Outcome, text::Lang};
use jalon_service::{Permission, view::target::TargetPage};
use maud::{Markup, html};

use super::{M, findings, history, seen, zone};
use crate::{
    links,
    pages::{
        checks::{progress, runs},
        parts::{
            self, Cx, expiry,
            measure::{self, Scope},
        },
    },
    text::t,
    ui::{
        dates, empty,
        icons::Icon,
        lists, next, note,
        note::Tone,
        shell::{self, Frame, Head},
    },
};

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The target.
    pub page: &'a TargetPage,
    /// Whether older runs were asked for.
    pub is_older: bool,
}

/// The whole page.
pub(crate) fn page(frame: &Frame, cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let page = it.page;
    let content = html! {
        @if page.current.is_some() { (live(cx, page)) }
        (doubts(cx, page))
        (next_step(cx, page))
        div.pt-4.pb-4 { (facts(cx, page)) }
        (seen::section(cx, page))
        @if page.last.is_some() { (findings::section(cx, page)) }
        (zone::section(cx, page))
        @if !page.history.is_empty() { (history::section(cx, it)) }
    };
    shell::page(frame, &head(cx, page), &content)
}

fn head(cx: &Cx<'_>, page: &TargetPage) -> Head {
    let (lang, id) = (cx.lang, page.header.id);
    let mut head = Head::new(page.value.clone())
        .crumb(t!(lang, M, "targets"), links::targets(id))
        .meta(html! { (parts::capital(page.family.target_name().get(lang))) });
    match &page.last {
        Some(run) => {
            let at = run.ended_at.unwrap_or(run.queued_at);
            head = head
                .meta(runs::result(lang, run))
                .meta(html! { a.j-link href=(links::run(id, run.id)) { (t!(lang, M, "measured")) " " (dates::ago_time(lang, cx.now, at)) } });
        }
        None => head = head.meta(html! { (t!(lang, M, "never")) }),
    }
    if let Some(vantage) = page.vantage.as_deref().filter(|it| !it.is_empty()) {
        head = head.meta(html! { (t!(lang, M, "seen-from", vantage = parts::vantage(lang, vantage))) });
    }
    match &page.current {
        Some(run) => {
            let href = links::target(id, page.id);
            head = head.action(html! { a.btn href=(href) { (Icon::Again.show()) (t!(lang, M, "reload")) } });
            if may_measure(page) {
                head = head.action(progress::cancel(cx, id, run));
            }
            head
        }
        None if may_measure(page) && !is_primary(page) => head.action(measure_it(cx, page, "btn")),
        None => head,
    }
}

fn may_measure(page: &TargetPage) -> bool {
    page.header.may(Permission::Measure)
}

fn measure_it(cx: &Cx<'_>, page: &TargetPage, class: &str) -> Markup {
    let scope = Scope {
        family: Some(page.family),
        target: Some(page.id),
    };
    let label = html! { (Icon::Play.show()) (t!(cx.lang, M, "measure")) };
    measure::button(cx, page.header.id, scope, class, &label)
}

/// The piece that htmx reads again until the run has ended.
pub(crate) fn live(cx: &Cx<'_>, page: &TargetPage) -> Markup {
    let href = links::target(page.header.id, page.id);
    html! {
        @if let Some(run) = &page.current {
            div.mb-4 #live hx-get=(href) hx-trigger="every 1s" hx-swap="outerHTML" { (progress::bar(cx, run)) }
        }
    }
}

/// Why the last run came to nothing, and why the last that told something could not tell all.
fn doubts(cx: &Cx<'_>, page: &TargetPage) -> Markup {
    let (lang, id) = (cx.lang, page.header.id);
    html! {
        @if let Some(run) = page.failed.as_ref().filter(|_| page.current.is_none()) {
            div.mb-3 { (note::note(Tone::Bad, &html! {
                a.j-link href=(links::run(id, run.id)) { (t!(lang, M, "failed")) } " " (dates::moment_time(lang, run.ended_at.unwrap_or(run.queued_at)))
                @if let Some(reason) = &run.reason { ". " (parts::sentence(&parts::capital(reason.get(lang)))) }
                @if page.last.is_some() { " " (t!(lang, M, "failed-below")) }
            })) }
        }
        @if let Some(reason) = page.last.as_ref().filter(|it| it.outcome == Some(Outcome::Inconclusive)).and_then(|it| it.reason.as_ref()) {
            div.mb-3 { (note::note(Tone::Warn, &html! { (t!(lang, M, "doubt")) " " (reason.get(lang)) })) }
        }
    }
}

/// Whether measuring is what is to be done next.
fn is_primary(page: &TargetPage) -> bool {
    let is_told = page
        .last
        .as_ref()
        .is_some_and(|it| it.outcome != Some(Outcome::Inconclusive));
    page.open == 0 && page.current.is_none() && (!is_told || page.failed.is_some())
}

/// What is wrong is mended; what nobody could tell is measured again; what is well needs nothing.
fn next_step(cx: &Cx<'_>, page: &TargetPage) -> Markup {
    let lang = cx.lang;
    if page.open > 0 {
        let (title, why, act) = (
            t!(lang, M, "mend", n = page.open),
            t!(lang, M, "mend-why"),
            t!(lang, M, "mend-act"),
        );
        return next::next_step(lang, &title, &why, &act, &findings::list(page).to_string());
    }
    if is_primary(page) {
        return unmeasured(cx, page);
    }
    let is_well = page.last.as_ref().is_some_and(|it| it.outcome == Some(Outcome::Pass));
    if is_well && page.current.is_none() {
        return next::nothing_left(&t!(lang, M, "well"), &t!(lang, M, "well-why"));
    }
    Markup::default()
}

fn unmeasured(cx: &Cx<'_>, page: &TargetPage) -> Markup {
    let lang = cx.lang;
    let act = html! { @if may_measure(page) { (measure_it(cx, page, "btn btn-primary")) } };
    if page.history.is_empty() {
        return empty::empty(&t!(lang, M, "empty"), &t!(lang, M, "empty-why"), &act);
    }
    if may_measure(page) {
        return next::with_action(lang, &t!(lang, M, "again"), &t!(lang, M, "again-why"), &act);
    }
    Markup::default()
}

/// What it is, and when what comes.
fn facts(cx: &Cx<'_>, page: &TargetPage) -> Markup {
    let lang = cx.lang;
    let mut facts = vec![(t!(lang, M, "since"), dates::moment_time(lang, page.since))];
    if let Some(connect) = &page.connect {
        facts.push((t!(lang, M, "connect"), html! { span.j-mono { (connect) } }));
    }
    facts.push((t!(lang, M, "next-at"), next_at(cx, page)));
    if let Some(at) = page.expires_at {
        facts.push((t!(lang, M, "expiry"), expiry::until(lang, cx.now, at)));
    }
    lists::facts(
        &facts
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect::<Vec<_>>(),
    )
}

fn next_at(cx: &Cx<'_>, page: &TargetPage) -> Markup {
    let lang: Lang = cx.lang;
    html! {
        @match page.next_at {
            Some(at) if at > cx.now => { (dates::ago_time(lang, cx.now, at)) }
            Some(_) => (t!(lang, M, "next-now")),
            None => { (t!(lang, M, "next-never")) " " a.j-link href=(links::checks(page.header.id)) { (t!(lang, M, "schedule")) } }
        }
    }
}
