//! The page: one part a forest, its tables as the terminal shows them, and what they say of the prerequisites first.

use jalon_checks::directory::facts::{Sheet, heading, hidden, sheets};
use jalon_domain::{evidence::Outcome, text::Lang, text::Text};
use jalon_service::view::environment::{Environment, ForestView};
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

use super::M;
use crate::{
    links,
    text::t,
    ui::{
        dates,
        empty::empty,
        icons::Icon,
        lists, marks,
        shell::{self, Frame, Head, Place},
        table::{self, Column},
    },
};

/// Rows that are shown at once; the rest opens.
const FEW: usize = 12;

/// The page.
pub fn page(frame: &Frame, view: &Environment, now: Timestamp) -> Markup {
    let lang = frame.lang();
    let head = Head::new(t!(lang, M, "title"))
        .meta(html! { (t!(lang, M, "what-for")) })
        .at(Place::Environment);
    let content = html! {
        @if view.forests.is_empty() { (nothing(lang, view)) }
        @for (n, forest) in view.forests.iter().enumerate() {
            div class=(if n == 0 { "pb-4" } else { "j-sec" }) { (one(lang, view, forest, now)) }
        }
    };
    shell::page(frame, &head, &content)
}

fn nothing(lang: Lang, view: &Environment) -> Markup {
    if view.directories == 0 {
        let act = html! { a.btn.btn-primary href=(links::new_directory(view.header.id)) { (t!(lang, M, "connect")) } };
        return empty(&t!(lang, M, "empty"), &t!(lang, M, "empty-why"), &act);
    }
    let act = html! { a.btn.btn-primary href=(links::checks(view.header.id)) { (t!(lang, M, "measure")) } };
    empty(&t!(lang, M, "unread"), &t!(lang, M, "unread-why"), &act)
}

fn one(lang: Lang, view: &Environment, it: &ForestView, now: Timestamp) -> Markup {
    let root = it.facts.forest.root.as_deref().unwrap_or(&it.name);
    let run = links::run(view.header.id, it.run);
    let end = html! {
        a.j-link.j-sm href=(run) { (t!(lang, M, "read", name = &it.name, ago = dates::ago(lang, now, it.collected_at))) }
    };
    let sheets = sheets(&it.facts);
    // What decides comes first.
    let (first, rest): (Vec<&Sheet>, Vec<&Sheet>) = sheets.iter().partition(|it| it.id == "prerequisites");
    let body = html! {
        @for sheet in first.into_iter().chain(rest) { div.mt-4 { (table_of(lang, sheet)) } }
    };
    let title = html! { (t!(lang, M, "forest", name = root)) };
    lists::section(&format!("f-{}", it.directory), &title, &end, &body)
}

fn table_of(lang: Lang, sheet: &Sheet) -> Markup {
    let title = sheet.title().get(lang).to_owned();
    let heads: Vec<String> = sheet.columns.iter().map(|it| capital(heading(it).get(lang))).collect();
    let columns: Vec<Column<'_>> = heads.iter().map(|it| Column::text(it)).collect();
    let cells = |row: &Value| {
        sheet
            .columns
            .iter()
            .map(|it: &&str| cell(lang, it, &row[*it]))
            .collect()
    };
    let rows: Vec<Vec<Markup>> = sheet.rows.iter().map(cells).collect();
    let (few, more) = rows.split_at(rows.len().min(FEW));
    html! {
        @if sheet.is_known() { h3 { (title) } }
        @if !few.is_empty() { (table::table(&title, &columns, few)) }
        @if !more.is_empty() {
            details.j-grp {
                summary { (Icon::Right.show()) (t!(lang, M, "more", n = more.len(), shown = dates::count(lang, more.len()))) }
                (table::table(&title, &columns, more))
            }
        }
        @for it in &sheet.hidden { p.j-sm.j-dim { (hidden(it).get(lang)) } }
    }
}

/// A column's name, as tables of pages write it.
fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map(|it| it.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// A value: an outcome as its mark, a day as people write it, a sentence in one language, anything else as measured.
fn cell(lang: Lang, column: &str, value: &Value) -> Markup {
    if column == "outcome"
        && let Ok(outcome) = serde_json::from_value::<Outcome>(value.clone())
    {
        return marks::outcome(lang, outcome);
    }
    match value {
        Value::Null => html! { span.j-dim { "–" } },
        Value::String(text) => match text.parse() {
            Ok(day) => html! { (dates::day_year(lang, day)) },
            Err(_) => html! { span.j-mono.text-break { (text) } },
        },
        Value::Object(_) => match serde_json::from_value::<Text>(value.clone()) {
            Ok(text) => html! { (text.get(lang)) },
            Err(_) => html! {},
        },
        other => html! { (other) },
    }
}
