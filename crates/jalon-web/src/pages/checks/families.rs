//! One family: how many rules, how often, and its targets with what the last measurement said.

use jalon_service::view::checks::{FamilyView, RunRow, TargetRow};
use maud::{Markup, html};

use super::{M, progress, runs, schedule, view::List};
use crate::{
    links,
    pages::parts::{
        Cx,
        measure::{self, Scope},
    },
    text::t,
    ui::{dates, icons::Icon},
};

/// The section.
pub(super) fn section(cx: &Cx<'_>, it: &List<'_>, family: &FamilyView) -> Markup {
    let (lang, id) = (cx.lang, format!("h-{}", family.family));
    let scope = Scope {
        family: Some(family.family),
        target: None,
    };
    html! {
        section.mt-4 aria-labelledby=(id) {
            div.j-sech {
                h2 id=(id) { (family.family.name().get(lang)) " " span.j-dim.fw-normal { (t!(lang, M, "n-rules", n = family.rules)) } }
                div.j-acts.align-items-center {
                    (schedule::line(cx, it, family))
                    @if it.may_measure() && family.targets.len() > 1 {
                        (measure::button(cx, it.checks.header.id, scope, "btn", &html! { (Icon::Play.show()) (t!(lang, M, "run-family")) span.visually-hidden { " " (family.family.name().get(lang)) } }))
                    }
                }
            }
            (schedule::form(cx, it, family))
            @if family.targets.is_empty() { (none(cx, it, family)) } @else { (table(cx, it, family)) }
        }
    }
}

/// A family without a target is said in one line: it is a choice, not a fault.
fn none(cx: &Cx<'_>, it: &List<'_>, family: &FamilyView) -> Markup {
    let lang = cx.lang;
    let what = family.family.target_name();
    html! {
        p.j-2 {
            (t!(lang, M, "no-target", what = what.get(lang))) " "
            a.j-link href=(links::targets(it.checks.header.id)) { (t!(lang, M, "add-target")) }
        }
        // Watched like the tables of the others.
        div id={ "t-" (family.family) } {}
    }
}

/// The targets, in the piece that is read again while something runs.
pub(super) fn table(cx: &Cx<'_>, it: &List<'_>, family: &FamilyView) -> Markup {
    let lang = cx.lang;
    let (when, findings) = (t!(lang, M, "measured"), t!(lang, M, "findings"));
    html! {
        div id={ "t-" (family.family) } {
            @if !family.targets.is_empty() {
                table.j-tbl.stack.j-targets {
                    caption.visually-hidden { (t!(lang, M, "targets-of", family = family.family.name().get(lang))) }
                    thead { tr {
                        th scope="col" { (t!(lang, M, "target")) }
                        th scope="col" { (t!(lang, M, "last-result")) }
                        th scope="col" { (when) }
                        th.j-r scope="col" { (findings) }
                        th.j-r scope="col" { span.visually-hidden { (t!(lang, M, "acts")) } }
                    } }
                    tbody { @for target in &family.targets { (row(cx, it, family, target, [&when, &findings])) } }
                }
            }
        }
    }
}

fn row(cx: &Cx<'_>, it: &List<'_>, family: &FamilyView, target: &TargetRow, [when, findings]: [&str; 2]) -> Markup {
    let (lang, id) = (cx.lang, it.checks.header.id);
    let list = format!(
        "{}?view=all&family={}&q={}",
        links::remediation(id),
        family.family,
        escaped(&target.value)
    );
    html! {
        tr {
            td.j-wrap { a.j-link.j-mono href=(links::target(id, target.id)) { (target.value) } }
            td {
                @match (&target.current, &target.last) {
                    (Some(current), _) => { (progress::short(lang, current)) }
                    (None, Some(last)) => { (runs::result(lang, last)) }
                    (None, None) => { span.j-dim { (t!(lang, M, "never")) } }
                }
            }
            td data-l=(when) { (measured(cx, it, target)) }
            td.j-r data-l=(findings) {
                @if target.findings > 0 { a.j-link href=(list) { (dates::count(lang, target.findings)) } } @else { "0" }
            }
            td.j-r { div.j-acts.justify-content-end { (acts(cx, it, family, target)) } }
        }
    }
}

fn measured(cx: &Cx<'_>, it: &List<'_>, target: &TargetRow) -> Markup {
    let at = |run: &RunRow| run.ended_at.unwrap_or(run.queued_at);
    html! {
        @match &target.last {
            Some(run) => { a.j-link href=(links::run(it.checks.header.id, run.id)) { (dates::ago_time(cx.lang, cx.now, at(run))) } }
            None => { (dates::no_date()) }
        }
    }
}

fn acts(cx: &Cx<'_>, it: &List<'_>, family: &FamilyView, target: &TargetRow) -> Markup {
    let (lang, id) = (cx.lang, it.checks.header.id);
    let scope = Scope {
        family: Some(family.family),
        target: Some(target.id),
    };
    html! {
        @match &target.current {
            Some(run) => {
                a.btn href=(links::run(id, run.id)) { (t!(lang, M, "watch")) }
                @if it.may_measure() { (progress::cancel(cx, id, run)) }
            }
            None if it.may_measure() => {
                (measure::button(cx, id, scope, "btn", &html! { (Icon::Play.show()) (t!(lang, M, "run")) span.visually-hidden { " " (target.value) } }))
            }
            None => {}
        }
    }
}

/// A value in a query.
fn escaped(value: &str) -> String {
    crate::pages::parts::address::Address::new("")
        .with("q", value)
        .query()
        .split_off("?q=".len())
}
