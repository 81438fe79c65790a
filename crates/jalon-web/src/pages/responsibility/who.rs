//! Who sees to it and until when, with the form that changes both; and the roles of the programme.

use jalon_domain::text::Lang;
use jalon_service::{
    Permission,
    view::duty::{DutyPage, RaciRow},
};
use maud::{Markup, html};

use super::{M, view::Shown};
use crate::{
    pages::parts::{
        self, Cx,
        assign::{self, Assign},
        form::tried,
    },
    text::t,
    ui::{dates, lists, marks, people},
};

/// The section.
pub(super) fn section(cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let (lang, row) = (cx.lang, &it.duty.row);
    let owner = row.owner.as_ref().map_or(people::nobody_at_all(lang), parts::person);
    let due = match row.due {
        Some(date) if row.late => html! { span.j-late { time datetime=(date) { (dates::day_year(lang, date)) } } },
        Some(date) => html! {
            time datetime=(date) { (dates::day_year(lang, date)) }
            @if row.due_is_proposed { " " span.j-dim { (t!(lang, M, "proposed")) } }
        },
        None => dates::no_date(),
    };
    html! {
        section aria-labelledby="h-who" {
            h2.mb-2 #h-who { (t!(lang, M, "who")) }
            (lists::facts(&[(&t!(lang, M, "owner"), owner), (&t!(lang, M, "due"), due)]))
            @if assign::may_assign(&it.duty.header) { (change(cx, it)) }
            (raci(lang, it.duty))
        }
    }
}

fn change(cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let (lang, row) = (cx.lang, &it.duty.row);
    let tried = tried(it.tried, assign::FORM);
    let role = row.role.name();
    let form = Assign {
        id: None,
        action: &it.action("owner"),
        hidden: &[("version", row.version.to_string())],
        people: &it.duty.people,
        owner: row.owner.as_ref().map(|it| it.id),
        due: row.due,
        may_name: it.duty.header.may(Permission::Assign),
        cancel: None,
        hint: Some(t!(lang, M, "role", role = parts::lower(role.get(lang)))),
        tried,
        has_focus: tried.is_some(),
    };
    html! {
        details.j-data open[tried.is_some()] {
            summary { (t!(lang, M, "change-who")) }
            div.mt-2 { (assign::form(cx, &form)) }
        }
    }
}

fn raci(lang: Lang, duty: &DutyPage) -> Markup {
    html! {
        table.j-tbl.mt-2 {
            caption.visually-hidden { (t!(lang, M, "raci-caption")) }
            thead { tr {
                th scope="col" { abbr title=(t!(lang, M, "raci-meaning")) { "RACI" } }
                th scope="col" { (t!(lang, M, "role-head")) }
                th scope="col" { (t!(lang, M, "side")) }
            } }
            tbody { @for it in &duty.raci { (line(lang, it)) } }
        }
    }
}

fn line(lang: Lang, it: &RaciRow) -> Markup {
    let names: Vec<&str> = it.people.iter().map(|it| it.name.as_str()).collect();
    html! {
        tr {
            td.j-b { (it.letter) }
            td { (it.role.name().get(lang)) @if !names.is_empty() { div.j-sm.j-dim { (names.join(", ")) } } }
            td { (marks::side(lang, it.side)) }
        }
    }
}
