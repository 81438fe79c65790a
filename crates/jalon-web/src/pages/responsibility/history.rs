//! What happened to it: every change of state, newest first, each with its cause.

use jalon_domain::text::Lang;
use jalon_service::view::duty::{DutyPage, HistoryLine};
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    pages::parts,
    text::t,
    ui::{dates, drawings::Mark, marks},
};

/// The section.
pub(super) fn section(lang: Lang, duty: &DutyPage) -> Markup {
    html! {
        section.j-sec.mt-2 aria-labelledby="h-h" {
            h2.mb-2 #h-h { (t!(lang, M, "history")) }
            @if duty.history.is_empty() { p.j-2 { (t!(lang, M, "no-history")) } }
            @else { ul.j-hist.wide { @for it in &duty.history { (line(lang, duty, it)) } } }
        }
    }
}

fn line(lang: Lang, duty: &DutyPage, it: &HistoryLine) -> Markup {
    let mark = if it.regression {
        Mark::Regressed.tinted("")
    } else {
        marks::of_state(it.to.0, it.to.1).glyph()
    };
    let name = |(state, reason)| marks::state_name(lang, state, reason);
    let day = dates::date_of(it.at);
    html! {
        li {
            (mark)
            span {
                (name(it.from)) " → " (parts::lower(&name(it.to))) br;
                span.j-sm.j-dim {
                    (it.cause.get(lang))
                    @if let Some(run) = it.run { " · " a.j-link href=(links::run(duty.header.id, run)) { (t!(lang, M, "run")) } }
                }
            }
            time datetime=(day) title=(dates::moment_full(lang, it.at)) { (dates::day(lang, day)) }
        }
    }
}
