//! The rows of a group: title, state, side, requirements, validity, owner, due date. The table is lean on purpose: some
//! eighty rows stand on the page.

use jalon_domain::{
    proof::{Reason, State},
    text::Lang,
};
use jalon_service::view::duties::{DutyGroup, DutyRow};
use jiff::civil::Date;
use maud::{Markup, html};

use super::{M, ask, edit, view::List};
use crate::{
    pages::parts::{Cx, assign},
    text::t,
    ui::{
        chart::fresh::{self, Freshness},
        dates, marks, people,
    },
};

/// Below this percentage of its validity a proof is to be renewed.
const LOW: u8 = 20;

/// A title of more characters may be cut in a narrow window: it is told in full on demand.
const LONG: usize = 36;

/// The table of one group.
pub(super) fn table(cx: &Cx<'_>, it: &List<'_>, group: &DutyGroup, has_heads: bool) -> Markup {
    let lang = cx.lang;
    let heads = [
        ("c-tt", t!(lang, M, "responsibility")),
        ("c-st", t!(lang, M, "state")),
        ("c-sd", t!(lang, M, "side")),
        ("c-pr", t!(lang, M, "requirements")),
        ("c-va", t!(lang, M, "valid-until")),
        ("c-ow", t!(lang, M, "owner")),
        ("c-du", t!(lang, M, "due")),
    ];
    html! {
        table.j-tbl.j-rl {
            caption.visually-hidden { (group.title.get(lang)) }
            thead.j-vh[!has_heads] { tr { @for (class, head) in &heads { th class=(class) scope="col" { (head) } } } }
            tbody {
                @for row in &group.rows {
                    (one(cx, it, row))
                    @if edit::edited(it.duties) == Some(&row.id) { (edit::row(cx, it, row)) }
                }
            }
        }
    }
}

fn one(cx: &Cx<'_>, it: &List<'_>, row: &DutyRow) -> Markup {
    let lang = cx.lang;
    let title = row.title.get(lang);
    let is_long = title.chars().count() > LONG;
    html! {
        tr id=(row.id) {
            // The page's address ends in `responsibilities`, so that the link can be short.
            td.c-tt { div.ttl { a href={ "responsibilities/" (row.id) } title=[is_long.then_some(title)] { (title) } (tags(lang, row)) span.j-id { (row.code) } } }
            td.c-st { (marks::state(lang, row.state, row.reason)) }
            td.c-sd { (marks::of_side(row.side).named(row.side.name().get(lang))) }
            td.c-pr { @if row.asked > 0 { (marks::dots(row.met, row.asked)) } }
            td.c-va.j-sm { (validity(lang, cx.today(), row)) }
            td.c-ow { (owner(cx, it, row)) }
            td.c-du.j-nw { (due(lang, cx.today(), row)) }
        }
    }
}

fn tags(lang: Lang, row: &DutyRow) -> Markup {
    html! {
        @if row.regressed_since.is_some() { (marks::regressed_short(lang)) }
        @if row.container { (marks::tag(&t!(lang, M, "derived"))) }
        @if row.optional { (marks::tag(&t!(lang, M, "optional"))) }
        @if row.legacy { (marks::tag(&t!(lang, M, "legacy"))) }
    }
}

/// How long the proof still holds; what is not proven has nothing to expire, unless a doubt took it away.
fn validity(lang: Lang, today: Date, row: &DutyRow) -> Markup {
    match (row.state, row.reason) {
        (State::Open, Some(Reason::Failing)) if row.regressed_since.is_some() => {
            fresh::fresh(lang, Freshness::Contradicted)
        }
        (State::Open, Some(Reason::Inconclusive)) => fresh::fresh(lang, Freshness::Unknown),
        (State::Open, Some(Reason::Stale)) => fresh::fresh(lang, Freshness::Expired),
        (State::Verified | State::Attested | State::Waived, _) => match row.valid_until {
            Some(end) => until(lang, today, dates::date_of(end), row.validity_left.unwrap_or(100)),
            None => fresh::fresh(lang, Freshness::Always),
        },
        // An empty cell: the style sheet draws its dash.
        _ => Markup::default(),
    }
}

/// The bar of what is left, and the day: the head of the column says "until".
fn until(lang: Lang, today: Date, end: Date, left: u8) -> Markup {
    let day = if end.year() == today.year() {
        dates::day(lang, end)
    } else {
        dates::day_year(lang, end)
    };
    let width = u32::from(left.min(100)) * 36 / 100;
    html! {
        span.j-fresh {
            svg viewBox="0 0 36 6" aria-hidden="true" {
                rect.f-track width="36" height="6" rx="2" {}
                rect.f-left[left >= LOW].f-low[left < LOW] width=(width.max(3)) height="6" rx="2" {}
            }
            (day)
        }
    }
}

/// Who sees to it, as the link that changes it for those who may.
fn owner(cx: &Cx<'_>, it: &List<'_>, row: &DutyRow) -> Markup {
    let lang = cx.lang;
    if row.state == State::NotApplicable {
        return html! { @match &row.owner { Some(it) => { (people::person_short(&it.name, it.provider)) } None => {} } };
    }
    let may = assign::may_assign(&it.duties.header);
    // The form takes the focus, so that the page comes to rest there by itself.
    let list = ask::address(it.duties.header.id, &it.duties.filter);
    let href = || list.with("edit", &row.id).short();
    match &row.owner {
        Some(it) if may => html! { a href=(href()) { (people::person_short(&it.name, it.provider)) } },
        Some(it) => people::person_short(&it.name, it.provider),
        None if may => people::nobody(lang, &href()),
        None => people::nobody_at_all(lang),
    }
}

/// The due date of what is not proven yet. One that only the catalogue proposes is pale.
fn due(lang: Lang, today: Date, row: &DutyRow) -> Markup {
    match row.due {
        Some(date) if !row.state.passes() => {
            let due = dates::due(lang, today, date);
            if row.due_is_proposed && !row.late {
                html! { span.j-dim { (due) } }
            } else {
                due
            }
        }
        // An empty cell: the style sheet draws its dash.
        _ => Markup::default(),
    }
}
