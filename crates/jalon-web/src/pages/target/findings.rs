//! What is wrong with it: its open findings, each leading to its fix.

use jalon_service::view::{remediation::FindingView, target::TargetPage};
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    pages::parts::{self, Cx, address::Address},
    text::t,
    ui::{
        dates,
        lists::{self, Row},
        marks, people,
    },
};

/// The section.
pub(super) fn section(cx: &Cx<'_>, page: &TargetPage) -> Markup {
    let lang = cx.lang;
    let rows: Vec<Row> = page.findings.iter().map(|it| row(cx, page, it)).collect();
    let end = html! {
        @if page.open > 0 { a.j-link.j-sm href=(list(page)) { (t!(lang, M, "in-the-list")) } }
    };
    let body = html! {
        @if rows.is_empty() { p.j-2 { (t!(lang, M, "no-finding")) } } @else { (lists::rows(&rows)) }
        @if page.findings.len() < page.open { p.j-sm.j-dim { (t!(lang, M, "more-findings", n = page.open - page.findings.len())) } }
    };
    let title = html! { (t!(lang, M, "findings", n = page.open, shown = dates::count(lang, page.open))) };
    html! { div.j-sec { (lists::section("h-findings", &title, &end, &body)) } }
}

/// The remediation list narrowed to the target.
pub(super) fn list(page: &TargetPage) -> Address {
    Address::new(links::remediation(page.header.id))
        .with("view", "all")
        .with("target", page.id)
}

fn row(cx: &Cx<'_>, page: &TargetPage, it: &FindingView) -> Row {
    let lang = cx.lang;
    let href = format!("{}#g-{}", list(page).with("open", &it.rule), it.rule);
    Row {
        mark: marks::severity_glyph(lang, it.severity),
        title: html! {
            a.t href=(href) { (it.message.get(lang)) }
            @if let Some(at) = it.reopened_at { " " (marks::came_back(lang, dates::date_of(at))) }
        },
        detail: html! {
            (it.rule) ", " span.text-break { (it.subject) }
            @if let Some(until) = it.accepted_until { ", " (t!(lang, M, "waived-until")) " " (dates::day_time(lang, parts::last_day(until))) }
        },
        who: html! { @match &it.owner { Some(it) => { (parts::person(it)) } None => { (people::nobody_at_all(lang)) } } },
        when: html! { @match it.due { Some(date) => { (dates::due(lang, cx.today(), date)) } None => { (dates::no_date()) } } },
    }
}
