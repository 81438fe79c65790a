//! The overview as a page: heading, phase track, next step, then what blocks, how it is proven, where it goes.

use jalon_domain::{gate::GateState, text::Lang};
use jalon_service::{
    Permission,
    view::{
        Header,
        overview::{Overview, PhaseView},
    },
};
use jiff::{Timestamp, civil::Date};
use maud::{Markup, html};

use super::{M, blocking, changed, measured, pace, proof};
use crate::{
    links,
    pages::parts::tally,
    text::t,
    ui::{
        dates,
        icons::Icon,
        marks, next,
        shell::{self, Frame, Head, Place},
        track::{self, PhaseTime},
    },
};

/// The page.
pub fn page(frame: &Frame, view: &Overview, now: Timestamp) -> Markup {
    let (lang, today) = (frame.lang(), dates::date_of(now));
    let phases: Vec<track::Phase> = view.phases.iter().map(|it| phase(lang, view, it, today)).collect();
    let content = html! {
        (track::track(lang, &phases))
        (across(lang, view))
        div.mt-3 { (next_step(lang, view)) }
        div.j-cols.side.mt-4 { (blocking::section(lang, view, today)) (proof::section(lang, &view.header)) }
        div.j-cols.side.j-sec.mt-3 { (changed::section(lang, view, &frame.csrf, now)) (changed::coming(lang, view, today)) }
        div.j-cols.side.j-sec { (pace::section(lang, view)) (pace::drift(lang, view)) }
        div.j-cols.side.j-sec { (measured::findings(lang, view, now)) (measured::freshness(lang, view)) }
    };
    shell::page(frame, &head(frame, &view.header, today), &content)
}

fn head(frame: &Frame, header: &Header, today: Date) -> Head {
    let lang = frame.lang();
    let start = dates::day_year(lang, header.start);
    let started = if header.start <= today {
        t!(lang, M, "started", date = start)
    } else {
        t!(lang, M, "starts", date = start)
    };
    let seats = dates::count(lang, usize::try_from(header.seats).unwrap_or(usize::MAX));
    let mut head = Head::new(&header.organisation).at(Place::Overview);
    if header.name != header.organisation {
        head = head.meta(html! { b { (header.name) } });
    }
    if let Some(around) = &frame.engagement {
        head = head.meta(html! { (around.caption) });
    }
    head = head
        .meta(html! { (t!(lang, M, "seats", n = seats)) })
        .meta(html! { (started) });
    if header.week > 0 {
        head = head.meta(html! { (t!(lang, M, "week", n = header.week)) });
    }
    if let Some(target) = header.target {
        head = head.meta(html! { (t!(lang, M, "target", date = dates::day_year(lang, target))) });
    }
    head = head.meta(html! { (t!(lang, M, "catalogue", version = &header.catalogue)) });
    let targets = html! { a.btn href=(links::targets(header.id)) { (Icon::Person.show()) (t!(lang, M, "targets")) } };
    head.action(checks(lang, header)).action(targets)
}

/// Checks are started on their own page, where one sees what will be measured.
fn checks(lang: Lang, header: &Header) -> Markup {
    let label = if header.may(Permission::Measure) {
        t!(lang, M, "run-checks")
    } else {
        t!(lang, M, "see-checks")
    };
    html! { a.btn href=(links::checks(header.id)) { (Icon::Play.show()) (label) } }
}

fn phase(lang: Lang, view: &Overview, it: &PhaseView, today: Date) -> track::Phase {
    let time = match it.gate.state {
        _ if it.is_current => PhaseTime::Now,
        // A phase without duties of its own is no stretch of the way, even when its gate waits for others.
        _ if it.counts.applicable() == 0 => PhaseTime::Off,
        GateState::NotApplicable => PhaseTime::Off,
        GateState::Open => PhaseTime::Done,
        GateState::Blocked | GateState::Later => PhaseTime::Later,
    };
    track::Phase {
        name: it.phase.name().get(lang).to_owned(),
        href: format!(
            "{}?view=all&phase={}",
            links::responsibilities(view.header.id),
            it.phase
        ),
        tally: tally(&it.counts),
        time,
        gate: it.gate.state,
        line: gate_line(lang, view, it, today),
    }
}

/// What is said of a phase's gate, below its bar.
fn gate_line(lang: Lang, view: &Overview, it: &PhaseView, today: Date) -> Markup {
    let class = marks::gate_tint(it.gate.state);
    let href = links::gate(view.header.id, &it.gate.id);
    match it.gate.state {
        GateState::NotApplicable => html! { (t!(lang, M, "phase-off")) },
        GateState::Open if it.gate.waived.is_empty() => html! { b class=(class) { (t!(lang, M, "gate-open")) } },
        GateState::Open => html! { b class=(class) { (t!(lang, M, "gate-open-waived", n = it.gate.waived.len())) } },
        GateState::Blocked => html! {
            b class=(class) { (t!(lang, M, "gate-blocked")) } @if lang == Lang::Fr { "\u{a0}" } ": "
            a.j-link href=(href) { (it.gate.summary.get(lang)) }
        },
        GateState::Later if it.planned < today => {
            html! { span.j-late { (t!(lang, M, "gate-was-planned", date = dates::day(lang, it.planned))) } }
        }
        GateState::Later => html! { (t!(lang, M, "gate-planned", date = dates::day(lang, it.planned))) },
    }
}

/// The duties that no phase holds, so that the track and the state of proof add up.
fn across(lang: Lang, view: &Overview) -> Markup {
    let (proven, total) = (view.cross.proven(), view.cross.applicable());
    let href = format!("{}?view=all&phase=cross", links::responsibilities(view.header.id));
    html! {
        @if total > 0 {
            p.j-sm.j-dim.mt-2 {
                (t!(lang, M, "across")) @if lang == Lang::Fr { "\u{a0}" } ": "
                a.j-link href=(href) { (t!(lang, M, "proven-of", proven = proven, total = total)) }
            }
        }
    }
}

fn next_step(lang: Lang, view: &Overview) -> Markup {
    let it = &view.next;
    if view.gate.is_none() {
        return next::nothing_left(&t!(lang, M, "all-open"), &t!(lang, M, "all-open-detail"));
    }
    let href = links::to(&it.link, view.header.id);
    next::next_step(lang, it.title.get(lang), it.detail.get(lang), it.label.get(lang), &href)
}
