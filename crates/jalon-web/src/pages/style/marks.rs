//! The marks: states, reasons, outcomes, severities, sides, people, freshness, gates.

use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    gate::GateState,
    programme::Side,
    proof::{Reason, State},
    text::Lang,
};
use jiff::{Timestamp, civil::date};
use maud::{Markup, html};

use super::{M, halves, line};
use crate::{
    text::t,
    ui::{
        chart::fresh::{Freshness, fresh},
        marks, people, table,
    },
};

pub(super) fn states(lang: Lang) -> Markup {
    let left = html! { h2.mb-2 { (t!(lang, M, "one-tick")) } (table_of_states(lang)) };
    let right = html! {
        h3.mb-1 { (t!(lang, M, "open-reason")) }
        (line(&Reason::ALL.iter().rev().map(|it| marks::state(lang, State::Open, Some(*it))).collect::<Vec<_>>()))
        h3.mt-3.mb-1 { (t!(lang, M, "regressed-mark")) }
        p { (marks::state(lang, State::Open, Some(Reason::Failing))) " " (marks::regressed(lang, date(2026, 11, 18))) }
        h3.mt-3.mb-1 { (t!(lang, M, "outcomes")) }
        (line(&Outcome::ALL.iter().map(|it| marks::outcome(lang, *it)).chain([marks::running(lang)]).collect::<Vec<_>>()))
        h3.mt-3.mb-1 { (t!(lang, M, "severities")) }
        (line(&Severity::ALL.iter().rev().map(|it| marks::severity(lang, *it)).collect::<Vec<_>>()))
        h3.mt-3.mb-1 { (t!(lang, M, "others")) }
        (others(lang))
    };
    halves(&left, &right)
}

fn table_of_states(lang: Lang) -> Markup {
    let meaning = |state| match state {
        State::Verified => t!(lang, M, "verified"),
        State::Attested => t!(lang, M, "attested"),
        State::Waived => t!(lang, M, "waived"),
        State::NotApplicable => t!(lang, M, "not-applicable"),
        State::Claimed | State::Open => t!(lang, M, "claimed"),
    };
    let at_the_gate = |state| match state {
        State::Verified | State::Attested => html! { (t!(lang, M, "opens")) },
        State::Waived => html! { (t!(lang, M, "opens-written")) },
        State::NotApplicable => html! { (t!(lang, M, "not-counted")) },
        State::Claimed | State::Open => html! { b.j-bad { (t!(lang, M, "does-not-open")) } },
    };
    let shown = State::ALL.iter().filter(|it| **it != State::Open);
    let row = |it: &State| {
        vec![
            marks::state(lang, *it, None),
            html! { span.j-2 { (meaning(*it)) } },
            at_the_gate(*it),
        ]
    };
    let rows: Vec<Vec<Markup>> = shown.map(row).collect();
    let (state, shape, gate) = (t!(lang, M, "state"), t!(lang, M, "shape"), t!(lang, M, "gate"));
    let columns = [&state, &shape, &gate].map(|it| table::Column::text(it));
    table::table(&t!(lang, M, "one-tick"), &columns, &rows)
}

fn others(lang: Lang) -> Markup {
    let at = |raw: &str| raw.parse::<Timestamp>().expect("a valid instant");
    let now = at("2026-11-20T17:00:00Z");
    let until = |from, until| fresh(lang, Freshness::of(now, at(from), Some(at(until))));
    html! {
        (line(&Side::ALL.iter().map(|it| marks::side(lang, *it)).collect::<Vec<_>>()))
        (line(&[people::person("Thomas Leroy", false), people::person("Anna Keller", true), people::nobody(lang, "/style")]))
        (line(&[
            until("2026-11-18T00:00:00Z", "2026-12-02T00:00:00Z"),
            until("2026-10-24T00:00:00Z", "2026-11-24T00:00:00Z"),
            until("2026-10-24T00:00:00Z", "2026-11-19T00:00:00Z"),
            fresh(lang, Freshness::Contradicted),
            fresh(lang, Freshness::Unknown),
            fresh(lang, Freshness::Always),
        ]))
        (line(&[GateState::Open, GateState::Blocked, GateState::Later].map(|it| marks::gate(lang, it))))
        (line(&[marks::dots(2, 4), marks::tag(&t!(lang, M, "derived")), html! { span.j-id { "o365.enable.06" } }]))
    }
}
