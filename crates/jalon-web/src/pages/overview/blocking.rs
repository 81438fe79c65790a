//! What keeps a gate shut, line by line. The overview and the gates show the same lines.

use jalon_domain::text::Lang;
use jalon_service::{
    Permission,
    view::{
        Header,
        overview::{BlockRow, Overview},
    },
};
use jiff::civil::Date;
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    text::t,
    ui::{
        dates,
        lists::{self, Row},
        marks, people,
    },
};

/// The part of the overview.
pub(super) fn section(lang: Lang, view: &Overview, today: Date) -> Markup {
    let Some(gate) = &view.gate else {
        return lists::section(
            "h-block",
            &html! { (t!(lang, M, "all-open")) },
            &Markup::default(),
            &html! {
                p.j-2 { (t!(lang, M, "all-open-detail")) }
            },
        );
    };
    let number = view.phases.iter().take_while(|it| it.gate.id != gate.id).count() + 1;
    let title = t!(lang, M, "blocks", n = number, gate = gate.title.get(lang));
    let end = html! { a.j-link.j-sm href=(links::gate(view.header.id, &gate.id)) { (t!(lang, M, "open-gate")) } };
    lists::section(
        "h-block",
        &html! { (title) },
        &end,
        &rows(lang, &view.header, &view.blocking, today),
    )
}

/// The lines.
pub fn rows(lang: Lang, header: &Header, rows: &[BlockRow], today: Date) -> Markup {
    let rows: Vec<Row> = rows.iter().map(|it| row(lang, header, it, today)).collect();
    lists::rows(&rows)
}

fn row(lang: Lang, header: &Header, it: &BlockRow, today: Date) -> Row {
    let href = links::to(&it.link, header.id);
    Row {
        mark: mark(lang, it),
        title: html! { a.t href=(href) { (it.title.get(lang)) } @if let Some(tag) = regressed(lang, it) { " " (tag) } },
        detail: html! { (it.detail.get(lang)) },
        who: who(lang, header, it, &href),
        when: it.due.map_or_else(dates::no_date, |date| dates::due(lang, today, date)),
    }
}

fn mark(lang: Lang, it: &BlockRow) -> Markup {
    match (it.severity, it.state) {
        (Some(severity), _) => marks::severity_glyph(lang, severity),
        (None, Some(state)) => marks::state_glyph(lang, state, it.reason),
        (None, None) => Markup::default(),
    }
}

fn regressed(lang: Lang, it: &BlockRow) -> Option<Markup> {
    let since = dates::date_of(it.regressed?);
    Some(if it.state.is_some() {
        marks::regressed(lang, since)
    } else {
        marks::came_back(lang, since)
    })
}

/// Findings of one line may have several owners, so that nobody in particular is no reason to assign one here.
fn who(lang: Lang, header: &Header, it: &BlockRow, href: &str) -> Markup {
    match &it.owner {
        Some(person) => people::person(&person.name, person.provider),
        None if it.state.is_none() => Markup::default(),
        None if header.may(Permission::Assign) => people::nobody(lang, href),
        None => people::nobody_at_all(lang),
    }
}
