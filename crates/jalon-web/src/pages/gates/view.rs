//! The gates as a page: the opened one in full, the list of all beside it. It prints as it stands.

use jalon_domain::{
    gate::{Gate, GateState},
    programme::Phase,
    text::Lang,
};
use jalon_service::view::{
    duties::DutyRow,
    gates::{GateLine, GateView, Gates},
};
use jiff::{Timestamp, civil::Date};
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    pages::overview::blocking,
    text::t,
    ui::{
        dates, lists, marks, next,
        note::{Tone, note},
        people,
        shell::{self, Frame, Head, Place},
    },
};

/// The page.
pub fn page(frame: &Frame, view: &Gates, now: Timestamp) -> Markup {
    let (lang, opened) = (frame.lang(), &view.opened);
    let content = html! {
        (verdict(lang, view))
        div.j-cols.side.mt-4 {
            div {
                @if !opened.missing.is_empty() { (missing(lang, view, dates::date_of(now))) }
                @if opened.gate.state != GateState::NotApplicable { (holds(lang, view)) }
                @if !opened.waived.is_empty() { (waived(lang, view)) }
            }
            aside { (statement(lang, opened)) (every(lang, view)) }
        }
    };
    shell::page(frame, &head(lang, view, now), &content)
}

/// The number of a gate that closes a phase, the same in every engagement; none for one inside a phase.
fn number(view: &Gates, gate: &Gate) -> Option<usize> {
    let line = view.gates.iter().find(|it| it.gate.id == gate.id)?;
    let phase = Phase::ALL.iter().position(|it| *it == line.phase)?;
    line.closes_phase.then_some(phase + 1)
}

fn head(lang: Lang, view: &Gates, now: Timestamp) -> Head {
    let GateView {
        gate, phase, planned, ..
    } = &view.opened;
    let title = match number(view, gate) {
        Some(n) => t!(lang, M, "gate-n", n = n, title = gate.title.get(lang)),
        None => t!(lang, M, "gate-inside", title = gate.title.get(lang)),
    };
    let mut head = Head::new(title)
        .at(Place::Gates)
        .crumb(t!(lang, M, "gates"), links::gates(view.header.id))
        .mark(marks::gate_flag(gate.state))
        .meta(html! { b class=(marks::gate_tint(gate.state)) { (gate.state.name().get(lang)) } })
        .meta(html! { (place(lang, *phase, number(view, gate).is_some())) });
    if gate.state != GateState::NotApplicable {
        let (proven, total) = (gate.proven, gate.asked);
        head = head
            .meta(html! { (t!(lang, M, "waits-for", proven = proven, total = total)) })
            .meta(plan(lang, gate.state, *planned, dates::date_of(now)));
    }
    head.meta(html! { (t!(lang, M, "as-of", moment = dates::moment_full(lang, now))) })
}

/// Between which phases it stands.
fn place(lang: Lang, phase: Phase, closes: bool) -> String {
    let name = |it: Phase| it.name().get(lang).to_owned();
    let after = Phase::ALL
        .iter()
        .position(|it| *it == phase)
        .and_then(|it| Phase::ALL.get(it + 1));
    match after {
        _ if !closes => t!(lang, M, "inside", phase = name(phase)),
        Some(next) => t!(lang, M, "from-to", phase = name(phase), next = name(*next)),
        None => t!(lang, M, "ends-with", phase = name(phase)),
    }
}

fn plan(lang: Lang, state: GateState, planned: Date, today: Date) -> Markup {
    let date = dates::day_year(lang, planned);
    html! {
        @if state != GateState::Open && planned < today { span.j-late { (t!(lang, M, "late", date = date)) } }
        @else { (t!(lang, M, "planned", date = date)) }
    }
}

/// Where it stands in one sentence: the next step while something is missing, else why nothing is to be done.
fn verdict(lang: Lang, view: &Gates) -> Markup {
    let GateView { gate, next, .. } = &view.opened;
    if let Some(it) = next {
        let href = links::to(&it.link, view.header.id);
        return next::next_step(lang, it.title.get(lang), it.detail.get(lang), it.label.get(lang), &href);
    }
    let said = |tone, title: String, detail: String| note(tone, &html! { b { (title) } br; (detail) });
    match gate.state {
        GateState::NotApplicable => said(
            Tone::Plain,
            t!(lang, M, "verdict-off"),
            t!(lang, M, "verdict-off-detail"),
        ),
        GateState::Open => said(
            Tone::Ok,
            t!(lang, M, "verdict-open"),
            t!(lang, M, "verdict-open-detail"),
        ),
        GateState::Blocked | GateState::Later => {
            let before = before(view).map_or("", |it| it.title.get(lang));
            said(
                Tone::Plain,
                t!(lang, M, "verdict-later"),
                t!(lang, M, "verdict-later-detail", gate = before),
            )
        }
    }
}

/// The gate that the engagement stands at.
fn before(view: &Gates) -> Option<&Gate> {
    view.gates
        .iter()
        .filter(|it| it.closes_phase)
        .map(|it| &it.gate)
        .find(|it| it.state == GateState::Blocked)
}

fn missing(lang: Lang, view: &Gates, today: Date) -> Markup {
    let rows = &view.opened.missing;
    let title = html! { span.j-bad { (t!(lang, M, "missing")) " " span.fw-normal { (rows.len()) } } };
    let end = html! { span.j-sm.j-dim { (view.opened.gate.summary.get(lang)) } };
    lists::section(
        "g-missing",
        &title,
        &end,
        &blocking::rows(lang, &view.header, rows, today),
    )
}

fn holds(lang: Lang, view: &Gates) -> Markup {
    let rows = &view.opened.holds;
    let title = html! { span.j-ok { (t!(lang, M, "holds")) " " span.fw-normal { (rows.len()) } } };
    let body = html! {
        @if rows.is_empty() { p.j-sm.j-dim { (t!(lang, M, "nothing-holds")) } }
        @else { ul.j-rows { @for it in rows { (duty(lang, view, it)) } } }
    };
    let class = if view.opened.missing.is_empty() {
        "mt-2"
    } else {
        "j-sec mt-2"
    };
    html! { div class=(class) { (lists::section("g-holds", &title, &Markup::default(), &body)) } }
}

fn waived(lang: Lang, view: &Gates) -> Markup {
    let rows = &view.opened.waived;
    let title = html! { span.j-exc { (t!(lang, M, "waived")) " " span.fw-normal { (rows.len()) } } };
    let body = html! { ul.j-rows { @for it in rows { (duty(lang, view, it)) } } };
    html! { div.j-sec.mt-2 { (lists::section("g-waived", &title, &Markup::default(), &body)) } }
}

/// One responsibility that lets the gate open.
fn duty(lang: Lang, view: &Gates, it: &DutyRow) -> Markup {
    let until = it.valid_until.map_or_else(
        || t!(lang, M, "no-end"),
        |end| t!(lang, M, "until", date = dates::day_year(lang, dates::date_of(end))),
    );
    html! {
        li {
            (marks::state_glyph(lang, it.state, it.reason))
            div.grow {
                a.t href=(links::responsibility(view.header.id, &it.id)) { (it.title.get(lang)) }
                div.j-sm.j-dim { span.j-id { (it.code) } ", " (until) }
            }
            span.j-not-m.j-colw { @if let Some(owner) = &it.owner { (people::person(&owner.name, owner.provider)) } }
        }
    }
}

/// What the gate affirms, and where that comes from.
fn statement(lang: Lang, opened: &GateView) -> Markup {
    html! {
        section aria-labelledby="g-says" {
            h2.mb-2 id="g-says" { (t!(lang, M, "says")) }
            p.j-2 { (opened.statement.get(lang)) }
            @if let Some(source) = &opened.source { p.j-sm.j-dim.mt-2 { (t!(lang, M, "source", source = source)) } }
        }
    }
}

fn every(lang: Lang, view: &Gates) -> Markup {
    html! {
        section.j-sec.mt-4 aria-labelledby="g-all" {
            h2.mb-1 id="g-all" { (t!(lang, M, "every-gate")) }
            ul.j-rows { @for it in &view.gates { (line(lang, view, it)) } }
        }
    }
}

fn line(lang: Lang, view: &Gates, it: &GateLine) -> Markup {
    let gate = &it.gate;
    let is_here = gate.id == view.opened.gate.id;
    let exists = gate.state != GateState::NotApplicable;
    html! {
        li {
            (marks::gate_flag(gate.state))
            div.grow {
                a.t href=(links::gate(view.header.id, &gate.id)) aria-current=[is_here.then_some("page")] {
                    @if let Some(n) = number(view, gate) { (n) ". " }
                    (gate.title.get(lang))
                }
                div.j-sm.j-dim {
                    (gate.state.name().get(lang))
                    @if exists && !gate.waived.is_empty() { ", " (t!(lang, M, "n-waived", n = gate.waived.len())) }
                }
            }
            @if exists { span.j-sm.j-dim.j-num { (t!(lang, M, "n-asked", proven = gate.proven, total = gate.asked)) } }
        }
    }
}
