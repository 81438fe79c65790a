//! Entries as rows: when, what, what to do, who; on the overview when and what.

use jalon_domain::{ids::EngagementId, text::Lang};
use jalon_service::view::calendar::{Entry, EntryKind};
use jiff::civil::Date;
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    text::t,
    ui::{dates, drawings::Mark, icons::Icon, people},
};

/// The rows.
pub(super) fn rows(lang: Lang, id: EngagementId, today: Date, entries: &[&Entry]) -> Markup {
    html! { ul.j-rows.j-agenda { @for it in entries { li.off[it.kind == EntryKind::Measurement] { (row(lang, id, today, it)) } } } }
}

/// The rows, each with its day and title alone.
pub(crate) fn brief(lang: Lang, id: EngagementId, today: Date, entries: &[&Entry]) -> Markup {
    html! { ul.j-rows.j-agenda { @for it in entries { li { (head(lang, id, today, it, &Markup::default())) } } } }
}

fn row(lang: Lang, id: EngagementId, today: Date, it: &Entry) -> Markup {
    let below = html! {
        div.j-sm.j-dim {
            @if let Some(late) = dates::late(lang, today, it.on).filter(|_| it.late) { span.j-late { (late) } ", " }
            @if let Some(at) = it.at { (t!(lang, M, "at", time = dates::clock(at))) " " }
            (it.detail.get(lang))
        }
    };
    html! {
        (head(lang, id, today, it, &below))
        @if let Some(owner) = &it.owner { (people::person_short(&owner.name, owner.provider)) }
    }
}

fn head(lang: Lang, id: EngagementId, today: Date, it: &Entry, below: &Markup) -> Markup {
    html! {
        @if it.kind == EntryKind::Measurement { (dates::day_time(lang, it.on)) } @else { (dates::due(lang, today, it.on)) }
        (mark(lang, it.kind))
        div.grow { a.t href=(links::to(&it.link, id)) { (it.title.get(lang)) } (below) }
    }
}

fn mark(lang: Lang, kind: EntryKind) -> Markup {
    let name = kind.name();
    let name = name.get(lang);
    match kind {
        EntryKind::Certificate => Icon::Lock.named(name),
        EntryKind::Proof => Mark::Stale.named(name),
        EntryKind::Finding => Icon::Tool.named(name),
        EntryKind::Waiver => Mark::Waived.named(name),
        EntryKind::Measurement => Icon::Pulse.named(name),
    }
}
