//! The page: what is past due, then month by month; whose; of which kind.

use jalon_domain::{ids::EngagementId, text::Lang};
use jalon_service::view::calendar::{Calendar, CalendarFilter, Entry};
use jiff::{Timestamp, civil::Date};
use maud::{Markup, html};

use super::{M, agenda, feed};
use crate::{
    links,
    pages::parts::address::Address,
    text::t,
    ui::{
        chips::{self, View},
        dates,
        empty::{empty, no_match},
        icons::Icon,
        lists, next, note,
        shell::{self, Frame, Head, Place},
    },
};

/// The word of the view of one's own.
pub(super) const MINE: &str = "mine";

/// What was asked and what was just done.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Which entries are wanted.
    pub filter: CalendarFilter,
    /// The address that was just made, said this once.
    pub link: Option<String>,
    /// Whether it was just taken back.
    pub is_revoked: bool,
}

/// Where the page is, under a filter.
pub(super) fn address(id: EngagementId, filter: CalendarFilter) -> Address {
    Address::new(links::calendar(id))
        .with_some("view", filter.mine.then_some(MINE))
        .with_some("kind", filter.kind)
}

/// The page.
pub fn page(frame: &Frame, calendar: &Calendar, sent: &Sent, now: Timestamp) -> Markup {
    let (lang, id, today) = (frame.lang(), calendar.header.id, dates::date_of(now));
    let file = html! { a.btn href=(links::calendar_file(id)) download="jalon.ics" { (Icon::Download.show()) "ICS" } };
    let head = Head::new(t!(lang, M, "title"))
        .at(Place::Calendar)
        .meta(html! { (t!(lang, M, "what-for")) })
        .action(file);
    let content = html! {
        @if sent.is_revoked { (note::toast(lang, &t!(lang, M, "feed-revoked"), None)) }
        @if let Some(first) = calendar.late.first() { div.mb-3 { (next_step(lang, id, first)) } }
        @if calendar.all > 0 { (views(lang, calendar, sent.filter)) (kinds(lang, calendar, sent.filter)) }
        (agenda_of(lang, calendar, sent.filter, today))
        div.j-sec.mt-4 { (feed::section(lang, &frame.csrf, calendar, sent)) }
    };
    shell::page(frame, &head, &content)
}

/// What is late the longest.
fn next_step(lang: Lang, id: EngagementId, it: &Entry) -> Markup {
    let href = links::to(&it.link, id);
    next::next_step(
        lang,
        it.title.get(lang),
        it.detail.get(lang),
        &t!(lang, M, "open"),
        &href,
    )
}

fn views(lang: Lang, calendar: &Calendar, filter: CalendarFilter) -> Markup {
    let view = |label, mine, count| View {
        label,
        href: address(calendar.header.id, CalendarFilter { mine, ..filter }).to_string(),
        count: Some(count),
        is_current: filter.mine == mine,
    };
    chips::views(
        lang,
        &[
            view(t!(lang, M, "view-all"), false, calendar.all),
            view(t!(lang, M, "view-mine"), true, calendar.mine),
        ],
    )
}

/// A chip a kind: the one in use leads back to all.
fn kinds(lang: Lang, calendar: &Calendar, filter: CalendarFilter) -> Markup {
    let with = |kind| address(calendar.header.id, CalendarFilter { kind, ..filter }).to_string();
    html! {
        nav.j-filt aria-label=(t!(lang, M, "kinds")) {
            @for (kind, n) in calendar.kinds.iter().filter(|it| it.1 > 0) {
                @let name = kind.name();
                @if filter.kind == Some(*kind) { (chips::chip_on(lang, name.get(lang), &with(None))) }
                @else { a.j-chip href=(with(Some(*kind))) { (name.get(lang)) span.j-n { (dates::count(lang, *n)) } } }
            }
        }
    }
}

fn agenda_of(lang: Lang, calendar: &Calendar, filter: CalendarFilter, today: Date) -> Markup {
    let id = calendar.header.id;
    if calendar.all == 0 {
        let act = html! { a.btn href=(links::targets(id)) { (t!(lang, M, "see-targets")) } };
        return empty(&t!(lang, M, "empty"), &t!(lang, M, "empty-why"), &act);
    }
    if calendar.late.is_empty() && calendar.coming.is_empty() {
        let all = address(id, CalendarFilter::default()).to_string();
        let act = html! { a.btn href=(all) { (t!(lang, M, "show-all")) } };
        let why = if filter.mine {
            t!(lang, M, "none-mine")
        } else {
            t!(lang, M, "none-why")
        };
        return no_match(&t!(lang, M, "none"), &why, &act);
    }
    html! {
        @if !calendar.late.is_empty() {
            @let title = html! { span.j-late { (t!(lang, M, "late")) } " " span.fw-normal.j-dim { (calendar.late.len()) } };
            (part("c-late", &title, lang, id, today, &calendar.late.iter().collect::<Vec<_>>()))
        }
        @for (month, entries) in months(&calendar.coming) {
            (part(&format!("c-{month}"), &html! { (dates::month_year(lang, month)) }, lang, id, today, &entries))
        }
    }
}

fn part(anchor: &str, title: &Markup, lang: Lang, id: EngagementId, today: Date, entries: &[&Entry]) -> Markup {
    let rows = agenda::rows(lang, id, today, entries);
    html! { div.mt-4 { (lists::section(anchor, title, &Markup::default(), &rows)) } }
}

/// Entries by the first day of their month.
fn months(entries: &[Entry]) -> Vec<(Date, Vec<&Entry>)> {
    let mut months: Vec<(Date, Vec<&Entry>)> = Vec::new();
    for it in entries {
        let first = it.on.first_of_month();
        match months.last_mut() {
            Some((month, own)) if *month == first => own.push(it),
            _ => months.push((first, vec![it])),
        }
    }
    months
}
