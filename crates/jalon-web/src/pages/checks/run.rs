//! One run: how far it is while it runs; then what each rule said, what is wrong, what was seen, and what it rests on.

use jalon_domain::{evidence::Outcome, text::Lang};
use jalon_service::{
    Permission,
    view::checks::{RunPage, RunRow},
};
use jalon_store::runs::RunState;
use maud::{Markup, html};

use super::{M, facts, findings, progress, rules, runs};
use crate::{
    links,
    pages::parts::{
        self, Cx,
        address::Address,
        measure::{self, Scope},
        toast,
    },
    text::t,
    ui::{
        dates,
        icons::Icon,
        lists, next, note,
        note::Tone,
        shell::{self, Frame, Head, Place},
    },
};

/// Earlier runs shown.
const BEFORE: usize = 10;

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The run.
    pub page: &'a RunPage,
    /// The act that led here.
    pub(crate) done: Option<&'a str>,
    /// The outcome that the rules are narrowed to.
    pub outcome: Option<Outcome>,
}

/// The whole page.
pub(crate) fn page(frame: &Frame, cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let is_live = progress::is_live(&it.page.run);
    let content = html! {
        (toast::toast(cx.lang, it.done))
        @if is_live { (live(cx, it.page)) } @else { (ended(cx, it)) }
    };
    shell::page(frame, &head(cx, it.page), &content)
}

fn head(cx: &Cx<'_>, page: &RunPage) -> Head {
    let (lang, run, id) = (cx.lang, &page.run, page.header.id);
    let title = t!(
        lang,
        M,
        "run-title",
        family = run.family.name().get(lang),
        target = &run.target
    );
    let mut head = Head::new(title)
        .at(Place::Checks)
        .crumb(Place::Checks.name(lang), links::checks(id))
        .meta(runs::result(lang, run))
        .meta(runs::asked_by(lang, run))
        .meta(dates::moment_time(lang, run.started_at.unwrap_or(run.queued_at)));
    if let Some((from, to)) = run.started_at.zip(run.ended_at) {
        head = head.meta(html! { (t!(lang, M, "took", span = took(lang, from, to))) });
    }
    if !page.vantage.is_empty() {
        head = head.meta(html! { (t!(lang, M, "seen-from", vantage = parts::vantage(lang, &page.vantage))) });
    }
    let may = page.header.may(Permission::Measure);
    if progress::is_live(run) {
        head =
            head.action(html! { a.btn href=(links::run(id, run.id)) { (Icon::Again.show()) (t!(lang, M, "reload")) } });
        return if may {
            head.action(progress::cancel(cx, id, run))
        } else {
            head
        };
    }
    if may && !is_broken(run) {
        head.action(again(cx, page, "btn"))
    } else {
        head
    }
}

/// Below a second the milliseconds count.
fn took(lang: Lang, from: jiff::Timestamp, to: jiff::Timestamp) -> String {
    let took = to.duration_since(from);
    match took.as_secs() {
        0 => t!(
            lang,
            M,
            "milliseconds",
            n = i64::try_from(took.as_millis()).unwrap_or_default()
        ),
        seconds => dates::span(lang, seconds),
    }
}

fn again(cx: &Cx<'_>, page: &RunPage, class: &str) -> Markup {
    let scope = Scope {
        family: Some(page.run.family),
        target: None,
    };
    let name = page.run.family.name();
    let label = html! { (Icon::Again.show()) (t!(cx.lang, M, "measure-family", family = name.get(cx.lang))) };
    measure::button(cx, page.header.id, scope, class, &label)
}

/// The piece that htmx reads again every second, until the run has ended.
pub(crate) fn live(cx: &Cx<'_>, page: &RunPage) -> Markup {
    let href = links::run(page.header.id, page.run.id);
    html! {
        div #live hx-get=(href) hx-trigger="every 1s" hx-swap="outerHTML" {
            (progress::bar(cx, &page.run))
            p.j-2.mt-3 { (t!(cx.lang, M, "you-may-leave")) }
        }
    }
}

fn ended(cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let (lang, page) = (cx.lang, it.page);
    html! {
        (reason(lang, &page.run))
        @if !page.rules.is_empty() { (rules::figures(lang, page)) }
        (next_step(cx, page))
        @if !page.rules.is_empty() { (rules::section(lang, it)) }
        (findings::section(lang, page))
        (facts::section(lang, page))
        div.j-cols.even.j-sec.mt-4 { (basis(lang, page)) (before(cx, page)) }
    }
}

/// Whether it ended without a verdict.
fn is_broken(run: &RunRow) -> bool {
    run.outcome.is_none() && run.state == RunState::Failed
}

/// Why it failed, or could not tell.
fn reason(lang: Lang, run: &RunRow) -> Markup {
    let tone = if is_broken(run) { Tone::Bad } else { Tone::Warn };
    html! {
        @if let Some(text) = &run.reason { div.mb-3 { (note::note(tone, &html! { (text.get(lang)) })) } }
        @if run.state == RunState::Cancelled { div.mb-3 { (note::note(Tone::Plain, &html! { (t!(lang, M, "was-cancelled")) })) } }
    }
}

/// Findings are mended; what broke or could not be told is measured again; what passes needs nothing.
fn next_step(cx: &Cx<'_>, page: &RunPage) -> Markup {
    let (lang, run, n) = (cx.lang, &page.run, page.findings.len());
    let may = page.header.may(Permission::Measure);
    let step = match run.outcome {
        _ if n > 0 => {
            let list = Address::new(links::remediation(page.header.id))
                .with("view", "all")
                .with("family", run.family);
            let title = t!(lang, M, "mend", n = n);
            next::next_step(
                lang,
                &title,
                &t!(lang, M, "mend-why"),
                &t!(lang, M, "open-fixes"),
                &list.to_string(),
            )
        }
        Some(Outcome::Pass) => next::nothing_left(&t!(lang, M, "all-well"), &t!(lang, M, "all-well-why")),
        None | Some(Outcome::Inconclusive) if may => next::with_action(
            lang,
            &t!(lang, M, "again"),
            &t!(lang, M, "again-why"),
            &again(cx, page, "btn btn-primary"),
        ),
        _ => Markup::default(),
    };
    html! { div.mt-4 { (step) } }
}

/// What the verdict rests on.
fn basis(lang: Lang, page: &RunPage) -> Markup {
    let stats = facts::scalars(lang, &page.stats);
    let (hash, vantage) = (t!(lang, M, "sha256"), t!(lang, M, "vantage"));
    let mut lines: Vec<(&str, Markup)> = Vec::new();
    if !page.vantage.is_empty() {
        lines.push((&vantage, html! { (parts::vantage(lang, &page.vantage)) }));
    }
    lines.extend(
        stats
            .iter()
            .map(|(name, value)| (name.as_str(), html! { span.j-mono { (value) } })),
    );
    if let Some(it) = &page.sha256 {
        lines.push((&hash, html! { span.j-mono.j-wrap { (it) } }));
    }
    html! {
        section aria-labelledby="h-basis" {
            h2.mb-2 #h-basis { (t!(lang, M, "basis")) }
            @if lines.is_empty() { p.j-2 { (t!(lang, M, "no-basis")) } } @else { (lists::facts(&lines)) }
        }
    }
}

fn before(cx: &Cx<'_>, page: &RunPage) -> Markup {
    let title = t!(cx.lang, M, "earlier-runs");
    let shown = &page.before[..page.before.len().min(BEFORE)];
    html! {
        section.j-seam aria-labelledby="h-before" {
            h2.mb-2 #h-before { (title) }
            @if shown.is_empty() { p.j-2 { (t!(cx.lang, M, "first-run")) } } @else { (runs::brief(cx, page.header.id, shown, &title)) }
        }
    }
}
