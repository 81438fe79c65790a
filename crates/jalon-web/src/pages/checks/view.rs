//! The list of checks: next step, a block for each family, the last runs. What htmx reads again while something runs is
//! only what changes: the tables of targets and of runs.

use jalon_domain::{evidence::Outcome, measure::Family, text::Lang};
use jalon_service::{Permission, view::checks::Checks};
use maud::{Markup, html};

use super::{M, families, runs};
use crate::{
    links,
    pages::parts::{
        Cx, assign,
        form::Tried,
        measure::{self, Scope},
        toast,
    },
    text::t,
    ui::{
        dates, empty,
        icons::Icon,
        marks, next,
        shell::{self, Frame, Head, Place},
    },
};

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    /// The families, targets and runs.
    pub checks: &'a Checks,
    /// The family whose schedule is being changed.
    pub edit: Option<Family>,
    /// The form that came back.
    pub(crate) tried: Option<&'a Tried>,
    /// The act that led here.
    pub(crate) done: Option<&'a str>,
}

impl List<'_> {
    /// Whether the person may ask for measurements and change schedules.
    pub(super) fn may_measure(&self) -> bool {
        self.checks.header.may(Permission::Measure)
    }

    fn targets(&self) -> usize {
        self.checks.families.iter().map(|it| it.targets.len()).sum()
    }
}

/// The whole page.
pub(crate) fn page(frame: &Frame, cx: &Cx<'_>, it: &List<'_>) -> Markup {
    let content = html! {
        (toast::toast(cx.lang, it.done))
        (assign::conflict(cx, it.tried))
        (next_step(cx, it))
        @if it.targets() > 0 {
            @for family in &it.checks.families { (families::section(cx, it, family)) }
            (runs::section(cx, it))
        }
        (poll(it))
    };
    shell::page(frame, &head(cx, it), &content)
}

fn head(cx: &Cx<'_>, it: &List<'_>) -> Head {
    let lang = cx.lang;
    let rules: usize = it.checks.families.iter().map(|it| it.rules).sum();
    let mut head = Head::new(Place::Checks.name(lang))
        .at(Place::Checks)
        .meta(html! { (t!(lang, M, "n-targets", n = it.targets())) })
        .meta(html! { (t!(lang, M, "n-rules", n = rules)) });
    if it.checks.busy {
        // Without script nobody reads the page again by itself.
        let href = links::checks(it.checks.header.id);
        head = head.action(html! { a.btn href=(href) { (Icon::Again.show()) (t!(lang, M, "reload")) } });
    }
    head = head.action(html! { a.btn.j-not-m href=(links::targets(it.checks.header.id)) { (t!(lang, M, "targets")) } });
    if it.may_measure() && it.targets() > 0 {
        let class = if it.checks.next.is_none() {
            "btn btn-primary"
        } else {
            "btn"
        };
        let label = html! { (Icon::Play.show()) (t!(lang, M, "run-all")) };
        head = head.action(measure::button(
            cx,
            it.checks.header.id,
            Scope::default(),
            class,
            &label,
        ));
    }
    head
}

fn next_step(cx: &Cx<'_>, it: &List<'_>) -> Markup {
    let (lang, id) = (cx.lang, it.checks.header.id);
    html! {
        @if let Some(step) = &it.checks.next {
            @let (title, why, label) = (step.title.get(lang), step.detail.get(lang), step.label.get(lang));
            @if it.targets() == 0 {
                (empty::empty(title, why, &html! { a.btn.btn-primary href=(links::to(&step.link, id)) { (label) } }))
            } @else {
                div.mb-3 { (next::next_step(lang, title, why, label, &links::to(&step.link, id))) }
            }
        }
    }
}

/// What asks for the tables while something runs. It is swapped with them, so that it falls silent when all is done.
fn poll(it: &List<'_>) -> Markup {
    let tables: Vec<String> = it
        .checks
        .families
        .iter()
        .map(|it| format!("#t-{}", it.family))
        .collect();
    let swapped = format!("{},#t-runs,#poll", tables.join(","));
    let href = links::checks(it.checks.header.id);
    html! {
        @if it.checks.busy {
            div #poll hx-get=(href) hx-trigger="every 1s" hx-swap="none" hx-select-oob=(swapped) {
                // The marks that may come to be needed: what is swapped brings no symbols of its own.
                span.d-none aria-hidden="true" {
                    @for it in Outcome::ALL { (marks::of_outcome(*it).glyph()) }
                    (Icon::Play.show()) (Icon::Cross.show())
                }
            }
        } @else { div #poll {} }
    }
}

/// The tables, for whoever watches.
pub(crate) fn live(cx: &Cx<'_>, it: &List<'_>) -> Markup {
    html! {
        @for family in &it.checks.families { (families::table(cx, it, family)) }
        (runs::table(cx, it.checks))
        (poll(it))
    }
}

/// From this many seconds on an interval is said in days.
const IN_DAYS: i64 = 2 * 24 * 3600;

/// How often, in words: "every 6 h". French days and hours are not of one gender.
pub(super) fn every(lang: Lang, seconds: i64) -> String {
    let span = dates::span(lang, seconds);
    if seconds < IN_DAYS {
        t!(lang, M, "every", span = span)
    } else {
        t!(lang, M, "every-days", span = span)
    }
}
