//! The people of the engagement: access and roles, and the form that adds somebody.

use jalon_domain::{programme::Role, text::Lang};
use jalon_service::Level;
use maud::{Markup, html};

use super::{
    M,
    form::Sent,
    list::{Member, Targets},
    view::{may_edit, secondary},
};
use crate::{
    text::t,
    ui::{
        forms::{self, Field, Pick},
        lists, people,
        shell::Frame,
        table::{self, Column},
    },
};

/// The narrowest first.
const LEVELS: [Level; 3] = [Level::Viewer, Level::Contributor, Level::Lead];

pub(super) fn section(frame: &Frame, view: &Targets, sent: &Sent) -> Markup {
    let lang = frame.lang();
    let title = html! { (t!(lang, M, "people")) " " span.fw-normal.j-dim { (view.people.len()) } };
    let heads = [t!(lang, M, "person"), t!(lang, M, "access"), t!(lang, M, "role")];
    let columns = heads.each_ref().map(|it| Column::text(it));
    let rows: Vec<Vec<Markup>> = view.people.iter().map(|it| row(lang, it)).collect();
    let body = html! {
        (table::table(&t!(lang, M, "people"), &columns, &rows))
        @if may_edit(view) { (adding(frame, view, sent)) }
    };
    lists::section("t-people", &title, &Markup::default(), &body)
}

fn row(lang: Lang, it: &Member) -> Vec<Markup> {
    let roles: Vec<String> = it.roles.iter().map(|it| it.name().get(lang).to_owned()).collect();
    vec![
        html! {
            (people::person(&it.name, it.is_provider))
            div.j-sm.j-dim.text-break {
                (it.email)
                @if it.is_disabled { ", " (t!(lang, M, "disabled")) }
                @else if it.is_awaited { ", " (t!(lang, M, "invited")) }
            }
        },
        html! { (level(lang, it.level)) },
        html! { @if roles.is_empty() { span.j-dim { (t!(lang, M, "no-role")) } } @else { (roles.join(", ")) } },
    ]
}

fn level(lang: Lang, it: Level) -> String {
    match it {
        Level::Viewer => t!(lang, M, "level-viewer"),
        Level::Contributor => t!(lang, M, "level-contributor"),
        Level::Lead => t!(lang, M, "level-lead"),
    }
}

fn note(lang: Lang, it: Level) -> String {
    match it {
        Level::Viewer => t!(lang, M, "viewer-note"),
        Level::Contributor => t!(lang, M, "contributor-note"),
        Level::Lead => t!(lang, M, "lead-note"),
    }
}

fn adding(frame: &Frame, view: &Targets, sent: &Sent) -> Markup {
    let lang = frame.lang();
    let (name, email, role) = (t!(lang, M, "name"), t!(lang, M, "email"), t!(lang, M, "role"));
    let hint = t!(lang, M, "email-hint");
    let error = |field| sent.errors.of(lang, field);
    let chosen = if sent.person.level.is_empty() {
        Level::Contributor
    } else {
        Level::from_word(&sent.person.level)
    };
    let levels = LEVELS.map(|it| Pick {
        value: it.word(),
        label: level(lang, it),
        note: note(lang, it),
        is_on: it == chosen,
    });
    let none = ("", t!(lang, M, "no-role"));
    let roles: Vec<(&str, String)> = std::iter::once(none)
        .chain(Role::ALL.iter().map(|it| (it.word(), it.name().get(lang).to_owned())))
        .collect();
    let body = html! {
        h3 { (t!(lang, M, "add-person")) }
        div.row.g-3 {
            div.col-sm-6 { (Field::text("name", &name).value(&sent.person.name).error(error("name")).required()) }
            div.col-sm-6 { (Field::email("email", &email).value(&sent.person.email).hint(&hint).error(error("email")).required()) }
        }
        (forms::radios(&t!(lang, M, "access"), "level", &levels))
        div.row.g-3 { div.col-sm-6 { (Field::select("role", &role, &roles).value(&sent.person.role)) } }
        div { (secondary(&t!(lang, M, "add"))) }
    };
    let action = format!("/e/{}/members", view.header.id);
    html! { div.mt-4 { (forms::post(&frame.csrf, &action, "j-form", &body)) } }
}
