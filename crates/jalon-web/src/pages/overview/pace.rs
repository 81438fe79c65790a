//! Where it goes: the burn-up, whose title says when it will be done, and what changed lately.

use jalon_domain::text::Lang;
use jalon_service::view::overview::{DriftRow, Overview};
use jiff::civil::{Date, Time};
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    text::t,
    ui::{
        chart::progress::{self, Forecast, Point, Progress},
        dates,
        drawings::Mark,
        lists::{self, Event},
        marks,
    },
};

pub(super) fn section(lang: Lang, view: &Overview) -> Markup {
    let drawn = Progress {
        points: view.trend.points.iter().map(point).collect(),
        forecast: view.trend.forecast.map(|it| Forecast {
            early: it.early,
            likely: it.on,
            late: it.late,
        }),
        target: view.header.target,
    };
    let detail = match view.trend.forecast {
        Some(it) => {
            let (early, late) = (dates::day_year(lang, it.early), dates::day_year(lang, it.late));
            format!(
                "{} {}",
                t!(lang, M, "pace-by-week"),
                t!(lang, M, "pace-range", early = early, late = late)
            )
        }
        None if is_done(view) => t!(lang, M, "pace-by-week"),
        None => t!(lang, M, "pace-none-detail"),
    };
    let body = html! { p.j-sm.j-dim.mb-2 { (detail) } (progress::progress(lang, "bu", &drawn)) };
    lists::section("h-pace", &html! { (title(lang, view)) }, &Markup::default(), &body)
}

fn point(it: &jalon_domain::trend::Point) -> Point {
    Point {
        date: it.on,
        proven: it.proven,
        claimed: it.claimed,
        applicable: it.applicable,
    }
}

fn is_done(view: &Overview) -> bool {
    let counts = &view.header.counts;
    counts.applicable() > 0 && counts.proven() == counts.applicable()
}

/// The finding, as a title.
fn title(lang: Lang, view: &Overview) -> String {
    let Some(forecast) = view.trend.forecast else {
        return if is_done(view) {
            t!(lang, M, "pace-done")
        } else {
            t!(lang, M, "pace-none")
        };
    };
    let date = dates::day_long(lang, forecast.on);
    let Some(target) = view.header.target else {
        return t!(lang, M, "pace-no-target", date = date);
    };
    match days(target, forecast.on) {
        0 => t!(lang, M, "pace-on-time", date = date),
        late if late > 0 => t!(lang, M, "pace-late", date = date, gap = gap(lang, late)),
        early => t!(lang, M, "pace-early", date = date, gap = gap(lang, -early)),
    }
}

/// A span in days up to two weeks, then in whole weeks.
fn gap(lang: Lang, days: i64) -> String {
    if days < 14 {
        t!(lang, M, "gap-days", n = days)
    } else {
        t!(lang, M, "gap-weeks", n = (days + 3) / 7)
    }
}

fn days(from: Date, to: Date) -> i64 {
    to.to_datetime(Time::midnight())
        .duration_since(from.to_datetime(Time::midnight()))
        .as_hours()
        / 24
}

pub(super) fn drift(lang: Lang, view: &Overview) -> Markup {
    let id = view.header.id;
    let events: Vec<Event> = view.drift.iter().map(|it| event(lang, view, it)).collect();
    let end = html! { a.j-link.j-sm href=(links::audit(id)) { (t!(lang, M, "drift-all")) } };
    let body = html! {
        @if events.is_empty() { p.j-sm.j-dim { (t!(lang, M, "drift-none")) } } @else { (lists::history(&events)) }
    };
    lists::section("h-drift", &html! { (t!(lang, M, "drift")) }, &end, &body)
}

fn event(lang: Lang, view: &Overview, it: &DriftRow) -> Event {
    let name = |(state, reason)| marks::state_name(lang, state, reason).to_lowercase();
    let mark = if it.regression {
        Mark::Regressed.glyph()
    } else {
        marks::of_state(it.to.0, it.to.1).glyph()
    };
    Event {
        mark,
        what: html! { a href=(links::responsibility(view.header.id, &it.responsibility)) { (it.title.get(lang)) } },
        detail: html! { (name(it.from)) " → " (name(it.to)) },
        when: dates::moment_time(lang, it.at),
    }
}
