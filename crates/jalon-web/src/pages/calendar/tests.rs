//! The calendar in both languages: clean, small, in order; and the file as RFC 5545 wants it.

use jalon_domain::text::{Lang, Text};
use jalon_service::view::calendar::{Calendar, CalendarFilter, EntryKind};

use super::{ics, sample, view};
use crate::{lint::assert_whole, pages::overview::sample::now, prefs::Prefs, ui::shell::Frame};

fn html(lang: Lang, calendar: &Calendar, sent: &view::Sent) -> String {
    let frame = Frame {
        path: "/e/1/calendar".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    };
    view::page(&frame, calendar, sent, now()).into_string()
}

#[test]
fn every_shape_renders_clean_and_small_in_both_languages() {
    let filtered = CalendarFilter {
        kind: Some(EntryKind::Waiver),
        mine: true,
    };
    let sent = [
        view::Sent::default(),
        view::Sent {
            filter: filtered,
            ..view::Sent::default()
        },
        view::Sent {
            link: Some("https://jalon.example/calendar/x.ics".to_owned()),
            is_revoked: true,
            ..view::Sent::default()
        },
    ];
    for lang in Lang::ALL {
        for calendar in [vec![sample::sample()], sample::empty().into()].concat() {
            for sent in &sent {
                let html = html(lang, &calendar, sent);
                assert_whole(&html);
                assert!(html.len() < 100_000, "{} bytes", html.len());
                assert!(html.matches("btn-primary").count() <= 1);
            }
        }
    }
}

#[test]
fn what_is_late_comes_first_then_month_by_month() {
    let html = html(Lang::En, &sample::sample(), &view::Sent::default());
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}"));
    let order = [
        "Past due",
        "one day late",
        "November 2026",
        "December 2026",
        "At 00:00 UTC.",
        "January 2027",
    ];
    assert!(order.map(at).is_sorted(), "{:?}", order.map(at));
    assert!(html.contains("/calendar?kind=certificate\"") && html.contains("/calendar?view=mine\""));
}

#[test]
fn the_address_is_shown_once() {
    let sent = view::Sent {
        link: Some("https://jalon.example/calendar/secret.ics".to_owned()),
        ..view::Sent::default()
    };
    let calendar = sample::sample();
    assert!(html(Lang::En, &calendar, &sent).contains("calendar/secret.ics"));
    let again = html(Lang::En, &calendar, &view::Sent::default());
    assert!(!again.contains("secret") && again.contains("You have one since 10 Nov 2026"));
}

/// The content lines, unfolded (RFC 5545, section 3.1).
fn lines(file: &str) -> Vec<String> {
    file.replace("\r\n ", "")
        .split_terminator("\r\n")
        .map(str::to_owned)
        .collect()
}

#[test]
fn lines_end_with_crlf_and_are_folded_at_75_octets() {
    let mut calendar = sample::sample();
    calendar.coming[0].title = Text::same("é".repeat(200));
    let file = ics::write(Lang::Fr, &calendar, "https://jalon.example", now());
    assert!(file.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
    for line in file.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    assert!(
        lines(&file)
            .iter()
            .any(|it| *it == format!("SUMMARY:{}", "é".repeat(200)))
    );
}

#[test]
fn days_are_whole_days_and_instants_are_utc() {
    let file = ics::write(Lang::En, &sample::sample(), "https://jalon.example", now());
    let lines = lines(&file);
    for line in [
        "DTSTART;VALUE=DATE:20261119",
        "DTSTART:20261202T000000Z",
        "DTSTAMP:20261120T170000Z",
        "UID:finding.sample.2026-11-19@jalon",
        "SUMMARY:There are two SPF records",
        "NAME;VALUE=TEXT:Example Nord\\, Jalon",
        "X-WR-CALNAME:Example Nord\\, Jalon",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ] {
        assert!(lines.iter().any(|it| it == line), "{line} is not in {lines:#?}");
    }
    assert_eq!(lines.iter().filter(|it| *it == "BEGIN:VEVENT").count(), 5);
    assert!(
        lines
            .iter()
            .any(|it| it.starts_with("URL:https://jalon.example/e/") && it.ends_with("?open=SPF-02"))
    );
}

#[test]
fn what_was_measured_writes_no_line_of_its_own() {
    let mut calendar = sample::sample();
    calendar.late[0].title = Text::same("a; b, c\\ d\r\nATTENDEE:x\nBEGIN:VALARM\rEND:VCALENDAR");
    calendar.header.organisation = "Nord\r\nMETHOD:CANCEL".to_owned();
    let file = ics::write(Lang::En, &calendar, "https://jalon.example", now());
    let lines = lines(&file);
    assert!(
        lines.contains(&"SUMMARY:a\\; b\\, c\\\\ d  ATTENDEE:x BEGIN:VALARM END:VCALENDAR".to_owned()),
        "{lines:#?}"
    );
    assert_eq!(file.matches('\r').count(), file.matches("\r\n").count());
    assert!(
        !lines
            .iter()
            .any(|it| it.starts_with("ATTENDEE") || it == "METHOD:CANCEL")
    );
}
