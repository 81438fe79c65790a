//! What changed and what comes: notices and the calendar, the first few of each.

use jalon_domain::text::Lang;
use jalon_service::view::{calendar::Entry, overview::Overview};
use jiff::{Timestamp, civil::Date};
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    pages::{
        calendar,
        notices::rows::{self, OVERVIEW, Rows},
    },
    text::t,
    ui::lists,
};

pub(super) fn section(lang: Lang, view: &Overview, token: &str, now: Timestamp) -> Markup {
    let (id, unread) = (view.header.id, view.header.unread);
    let with = Rows {
        lang,
        now,
        token,
        id,
        acts: false,
    };
    let end = html! {
        div.d-flex.gap-3 {
            @if unread > 0 { (rows::read_all(lang, token, id, OVERVIEW)) }
            @if !view.notices.is_empty() { a.j-link.j-sm href=(links::notices(id)) { (t!(lang, M, "changed-all")) } }
        }
    };
    let body = html! {
        @if view.notices.is_empty() { p.j-sm.j-dim { (t!(lang, M, "changed-none")) } } @else { (rows::rows(&with, &view.notices)) }
    };
    lists::section("h-changed", &html! { (t!(lang, M, "changed")) }, &end, &body)
}

pub(super) fn coming(lang: Lang, view: &Overview, today: Date) -> Markup {
    let id = view.header.id;
    let entries: Vec<&Entry> = view.coming.iter().collect();
    let end = html! { a.j-link.j-sm href=(links::calendar(id)) { (t!(lang, M, "coming-all")) } };
    let body = html! {
        @if entries.is_empty() { p.j-sm.j-dim { (t!(lang, M, "coming-none")) } } @else { (calendar::brief(lang, id, today, &entries)) }
    };
    lists::section("h-coming", &html! { (t!(lang, M, "coming")) }, &end, &body)
}
