//! Dates, times, spans and counts in both languages. Instants are UTC and say so; relative times keep the exact one in
//! `<time datetime>`.
//!
//! French writes the day before the month with a no-break space, abbreviates with a point (`20 nov.`), says `1er`.

use jalon_domain::text::{Lang, number};
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use maud::{Markup, html};

use super::M;
use crate::text::t;

const MONTHS: [[&str; 2]; 12] = [
    ["January", "janvier"],
    ["February", "février"],
    ["March", "mars"],
    ["April", "avril"],
    ["May", "mai"],
    ["June", "juin"],
    ["July", "juillet"],
    ["August", "août"],
    ["September", "septembre"],
    ["October", "octobre"],
    ["November", "novembre"],
    ["December", "décembre"],
];

const SHORT_MONTHS: [[&str; 2]; 12] = [
    ["Jan", "janv."],
    ["Feb", "févr."],
    ["Mar", "mars"],
    ["Apr", "avr."],
    ["May", "mai"],
    ["Jun", "juin"],
    ["Jul", "juil."],
    ["Aug", "août"],
    ["Sep", "sept."],
    ["Oct", "oct."],
    ["Nov", "nov."],
    ["Dec", "déc."],
];

const WEEKDAYS: [[&str; 2]; 7] = [
    ["Monday", "lundi"],
    ["Tuesday", "mardi"],
    ["Wednesday", "mercredi"],
    ["Thursday", "jeudi"],
    ["Friday", "vendredi"],
    ["Saturday", "samedi"],
    ["Sunday", "dimanche"],
];

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// `2,340` or `2 340`.
pub fn count(lang: Lang, n: usize) -> String {
    number(lang, n as u64)
}

/// `20 Nov`, `20 nov.`
pub fn day(lang: Lang, date: Date) -> String {
    join(lang, date, month_short(lang, date))
}

/// `20 Nov 2026`, `20 nov. 2026`
pub fn day_year(lang: Lang, date: Date) -> String {
    format!("{}{}{}", day(lang, date), space(lang), date.year())
}

/// `20 November 2026`, `20 novembre 2026`
pub fn day_long(lang: Lang, date: Date) -> String {
    let month = pick(lang, MONTHS[month_index(date)]);
    format!("{}{}{}", join(lang, date, month), space(lang), date.year())
}

/// `November 2026`, `novembre 2026`; the first word of a title.
pub fn month_year(lang: Lang, date: Date) -> String {
    let month = pick(lang, MONTHS[month_index(date)]);
    let mut letters = month.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}{}{}", letters.as_str(), space(lang), date.year())
}

/// `Monday 23 November`, `lundi 23 novembre`
pub fn weekday(lang: Lang, date: Date) -> String {
    let weekday = pick(lang, WEEKDAYS[weekday_index(date.weekday())]);
    format!("{weekday} {}", join(lang, date, pick(lang, MONTHS[month_index(date)])))
}

/// `Nov`, `nov.`
pub fn month_short(lang: Lang, date: Date) -> &'static str {
    pick(lang, SHORT_MONTHS[month_index(date)])
}

/// `20 Nov, 16:48`, `20 nov., 16:48`: UTC, for tables whose head or neighbour says so.
pub fn moment(lang: Lang, at: Timestamp) -> String {
    format!("{}, {}", day(lang, date_of(at)), clock(at))
}

/// `20 Nov 2026, 16:48 UTC`
pub fn moment_full(lang: Lang, at: Timestamp) -> String {
    format!("{}, {} UTC", day_year(lang, date_of(at)), clock(at))
}

/// `16:48`, UTC.
pub fn clock(at: Timestamp) -> String {
    let time = at.to_zoned(TimeZone::UTC).time();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The day of an instant, in UTC.
pub fn date_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// A length of time in its largest unit: `8 s`, `12 min`, `3 h`, `5 days`.
pub fn span(lang: Lang, seconds: i64) -> String {
    match seconds.max(0) {
        it if it < MINUTE => t!(lang, M, "seconds", n = it),
        it if it < HOUR => t!(lang, M, "minutes", n = it / MINUTE),
        it if it < 2 * DAY => t!(lang, M, "hours", n = it / HOUR),
        it => t!(lang, M, "days", n = it / DAY),
    }
}

/// `12 min ago`, `il y a 12 min`; past a week, the date. An instant still to come: `in 3 h`.
pub fn ago(lang: Lang, now: Timestamp, at: Timestamp) -> String {
    let passed = now.duration_since(at).as_secs();
    match passed {
        it if it <= -MINUTE => t!(lang, M, "in", span = span(lang, -it)),
        it if it < MINUTE => t!(lang, M, "just-now"),
        it if it < 7 * DAY => t!(lang, M, "ago", span = span(lang, it)),
        _ => day_year(lang, date_of(at)),
    }
}

/// [`ago`], with the exact instant in the mark-up.
pub fn ago_time(lang: Lang, now: Timestamp, at: Timestamp) -> Markup {
    html! { time.j-nw datetime=(exact(at)) title=(moment_full(lang, at)) { (ago(lang, now, at)) } }
}

/// [`moment`], with the exact instant in the mark-up.
pub fn moment_time(lang: Lang, at: Timestamp) -> Markup {
    html! { time.j-nw datetime=(exact(at)) title=(moment_full(lang, at)) { (moment(lang, at)) } }
}

/// [`day`], with the date in the mark-up; the year is told on demand.
pub fn day_time(lang: Lang, date: Date) -> Markup {
    html! { time.j-nw datetime=(date) title=(day_year(lang, date)) { (day(lang, date)) } }
}

/// A due date: red when it is past, amber within three days.
pub fn due(lang: Lang, today: Date, date: Date) -> Markup {
    let left = days_between(today, date);
    html! {
        time.j-nw.j-late[left < 0].j-soon[(0..=3).contains(&left)] datetime=(date) title=(late(lang, today, date).unwrap_or(day_year(lang, date))) {
            (day(lang, date))
        }
    }
}

/// `one day late`, when it is.
pub fn late(lang: Lang, today: Date, date: Date) -> Option<String> {
    let left = days_between(today, date);
    (left < 0).then(|| t!(lang, M, "days-late", n = -left))
}

/// No date: said as a dash, and left out for those who do not see it.
pub fn no_date() -> Markup {
    html! { span.j-dim aria-hidden="true" { "\u{2013}" } }
}

fn days_between(from: Date, to: Date) -> i64 {
    to.to_datetime(jiff::civil::Time::midnight())
        .duration_since(from.to_datetime(jiff::civil::Time::midnight()))
        .as_secs()
        / DAY
}

/// To the second: what programs read.
fn exact(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn join(lang: Lang, date: Date, month: &str) -> String {
    let first = if lang == Lang::Fr && date.day() == 1 { "er" } else { "" };
    format!("{}{first}{}{month}", date.day(), space(lang))
}

/// French keeps a date together; English lets it break.
const fn space(lang: Lang) -> char {
    match lang {
        Lang::En => ' ',
        Lang::Fr => '\u{a0}',
    }
}

fn month_index(date: Date) -> usize {
    usize::from(date.month().unsigned_abs()) - 1
}

fn weekday_index(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs())
}

fn pick(lang: Lang, pair: [&'static str; 2]) -> &'static str {
    match lang {
        Lang::En => pair[0],
        Lang::Fr => pair[1],
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(raw: &str) -> Timestamp {
        raw.parse().unwrap()
    }

    #[track_caller]
    fn check(said: impl Fn(Lang) -> String, en: &str, fr: &str) {
        assert_eq!(
            (said(Lang::En).as_str(), said(Lang::Fr).replace('\u{a0}', " ").as_str()),
            (en, fr)
        );
    }

    #[test]
    fn dates_read_as_each_language_writes_them() {
        let friday = date(2026, 11, 20);
        check(|it| day(it, friday), "20 Nov", "20 nov.");
        check(|it| day(it, date(2027, 5, 1)), "1 May", "1er mai");
        check(|it| day_year(it, friday), "20 Nov 2026", "20 nov. 2026");
        check(
            |it| day_long(it, date(2027, 2, 12)),
            "12 February 2027",
            "12 février 2027",
        );
        check(
            |it| weekday(it, date(2026, 11, 23)),
            "Monday 23 November",
            "lundi 23 novembre",
        );
        assert_eq!(day(Lang::Fr, friday), "20\u{a0}nov.", "a French date is kept together");
    }

    #[test]
    fn instants_are_utc() {
        let evening = at("2026-11-19T23:40:30+01:00");
        check(|it| moment(it, evening), "19 Nov, 22:40", "19 nov., 22:40");
        check(
            |it| moment_full(it, evening),
            "19 Nov 2026, 22:40 UTC",
            "19 nov. 2026, 22:40 UTC",
        );
    }

    #[test]
    fn near_times_are_relative() {
        let now = at("2026-11-20T17:00:00Z");
        let said = |raw: &'static str| move |lang| ago(lang, now, at(raw));
        check(said("2026-11-20T16:59:30Z"), "just now", "à l’instant");
        check(said("2026-11-20T16:48:00Z"), "12 min ago", "il y a 12 min");
        check(said("2026-11-20T14:00:00Z"), "3 h ago", "il y a 3 h");
        check(said("2026-11-19T08:00:00Z"), "33 h ago", "il y a 33 h");
        check(said("2026-11-17T17:00:00Z"), "3 days ago", "il y a 3 jours");
        check(said("2026-11-03T09:00:00Z"), "3 Nov 2026", "3 nov. 2026");
        check(said("2026-11-20T18:00:00Z"), "in 1 h", "dans 1 h");
    }

    #[test]
    fn spans_take_their_largest_unit() {
        check(|it| span(it, 8), "8 s", "8 s");
        check(|it| span(it, 3600), "1 h", "1 h");
        check(|it| span(it, 5 * DAY), "5 days", "5 jours");
        check(|it| span(it, -1), "0 s", "0 s");
    }

    #[test]
    fn a_due_date_says_when_it_is_late_or_near() {
        let today = date(2026, 11, 20);
        let html = |date| due(Lang::En, today, date).into_string();
        assert!(html(date(2026, 11, 19)).contains("class=\"j-nw j-late\""));
        assert!(html(date(2026, 11, 19)).contains("title=\"one day late\""));
        assert!(html(date(2026, 11, 23)).contains("j-soon"));
        assert_eq!(
            html(date(2026, 12, 4)),
            "<time class=\"j-nw\" datetime=\"2026-12-04\" title=\"4 Dec 2026\">4 Dec</time>"
        );
        assert_eq!(
            late(Lang::Fr, today, date(2026, 11, 12)).as_deref(),
            Some("8\u{a0}jours de retard")
        );
    }

    #[test]
    fn a_relative_time_keeps_the_exact_one() {
        let html = ago_time(Lang::Fr, at("2026-11-20T17:00:00Z"), at("2026-11-20T16:48:12.5Z")).into_string();
        assert!(html.contains("datetime=\"2026-11-20T16:48:12Z\""), "{html}");
    }
}
