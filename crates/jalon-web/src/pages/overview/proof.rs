//! The state of proof: the share of states and their numbers, each leading to the list that it counts.

use jalon_domain::{proof::State, text::Lang};
use jalon_service::view::Header;
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    pages::parts::tally,
    text::t,
    ui::{chart, lists},
};

pub(super) fn section(lang: Lang, header: &Header) -> Markup {
    let counts = &header.counts;
    let tally = tally(counts);
    let list = |word: &str| format!("{}?view=all&state={word}", links::responsibilities(header.id));
    let (proven, total) = (counts.proven(), counts.applicable());
    let end = html! { span.j-sm.j-dim { (t!(lang, M, "proven-of", proven = proven, total = total)) } };
    let body = html! {
        (chart::stack(lang, &tally))
        div.mt-2 { (chart::legend(lang, &tally, |state, reason| list(reason.map_or(state.word(), |it| it.word())))) }
        @if counts.not_applicable > 0 {
            p.j-sm.j-dim.mt-2 {
                a.j-link href=(list(State::NotApplicable.word())) { (t!(lang, M, "left-out", n = counts.not_applicable)) }
            }
        }
    };
    lists::section("h-proof", &html! { (t!(lang, M, "state-of-proof")) }, &end, &body)
}
