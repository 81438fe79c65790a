//! The calendar as iCalendar (RFC 5545): one event an entry, under a name that stays when the entry moves.

use icalendar::{Calendar as File, Component, Event, Property};
use jalon_domain::{ids::EngagementId, text::Lang};
use jalon_service::view::calendar::{Calendar, Entry};
use jiff::Timestamp;

use super::M;
use crate::{links, text::t};

/// Its media type, and the method that it is published with (RFC 5545, section 8.1).
pub(super) const TYPE: &str = "text/calendar; charset=utf-8; method=PUBLISH";

/// How often programs are asked to look again (RFC 7986, section 5.7).
const REFRESH: &str = "PT1H";

/// The file. `origin` is the site's, for links; `now` when the entries were put together.
pub(super) fn write(lang: Lang, calendar: &Calendar, origin: &str, now: Timestamp) -> String {
    let name = t!(lang, M, "file-name", organisation = &calendar.header.organisation);
    let mut file = File::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Jalon//Jalon//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        file.append_property(Property::new(key, value));
    }
    // The library knows NAME (RFC 7986, section 5.1) only as a text that is said to be one.
    file.append_property(text("NAME", &name).add_parameter("VALUE", "TEXT").done());
    file.append_property(text("X-WR-CALNAME", &name));
    let refresh = Property::new("REFRESH-INTERVAL", REFRESH)
        .add_parameter("VALUE", "DURATION")
        .done();
    file.append_property(refresh);
    file.append_property(Property::new("X-PUBLISHED-TTL", REFRESH));
    for entry in calendar.late.iter().chain(&calendar.coming) {
        file.push(event(lang, calendar.header.id, entry, origin, now));
    }
    file.to_string()
}

fn event(lang: Lang, id: EngagementId, it: &Entry, origin: &str, now: Timestamp) -> Event {
    let href = format!("{origin}{}", links::to(&it.link, id));
    let start = match it.at {
        Some(at) => Property::new("DTSTART", instant(at)),
        None => Property::new("DTSTART", it.on.strftime("%Y%m%d").to_string())
            .add_parameter("VALUE", "DATE")
            .done(),
    };
    Event::new()
        .uid(&it.uid)
        .append_property(Property::new("DTSTAMP", instant(now)))
        .append_property(start)
        .append_property(text("SUMMARY", it.title.get(lang)))
        .append_property(text("DESCRIPTION", it.detail.get(lang)))
        .append_property(text("CATEGORIES", it.kind.name().get(lang)))
        .append_property(Property::new("URL", href))
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .done()
}

/// A text. Line breaks of measured values are none of ours.
fn text(key: &str, value: &str) -> Property {
    let plain: String = value.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    Property::new(key, plain)
}

/// `20261202T000000Z`: UTC (RFC 5545, section 3.3.5, form 2).
fn instant(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
