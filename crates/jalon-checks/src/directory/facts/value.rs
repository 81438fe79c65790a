//! One value of an entry as text, number, instant or truth. What cannot be read is not known.

use jalon_wire::entry::Entry;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// Seconds from 1601, where Windows counts from, to 1970.
const FROM_1601_TO_1970: i64 = 11_644_473_600;

/// The first value, unless it is empty.
pub(super) fn text(entry: &Entry, attribute: &str) -> Option<String> {
    texts(entry, attribute).into_iter().next()
}

/// Every value that is not empty, in the order of the directory.
pub(super) fn texts(entry: &Entry, attribute: &str) -> Vec<String> {
    let values = entry.attributes.values(attribute);
    let texts = values.map(|it| it.readable().trim().to_owned());
    texts.filter(|it| !it.is_empty()).collect()
}

/// A whole number.
pub(super) fn number(entry: &Entry, attribute: &str) -> Option<i64> {
    text(entry, attribute)?.parse().ok()
}

/// A number that counts something: a version, a level.
pub(super) fn count(entry: &Entry, attribute: &str) -> Option<u32> {
    text(entry, attribute)?.parse().ok()
}

/// Whether bits are set.
pub(super) fn has_bits(entry: &Entry, attribute: &str, bits: i64) -> bool {
    number(entry, attribute).is_some_and(|it| it & bits == bits)
}

/// Whether the entry is of that class.
pub(super) fn is_a(entry: &Entry, class: &str) -> bool {
    texts(entry, "objectClass")
        .iter()
        .any(|it| it.eq_ignore_ascii_case(class))
}

/// An instant as X.500 writes it: `20261120120000.0Z`.
pub(super) fn instant(entry: &Entry, attribute: &str) -> Option<Timestamp> {
    let text = text(entry, attribute)?;
    let (digits, rest) = text.split_at_checked(14)?;
    if !rest.ends_with('Z') {
        return None;
    }
    let time = DateTime::strptime("%Y%m%d%H%M%S", digits).ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

/// An instant as Windows counts it: tenths of a microsecond since 1601; 0 is never.
pub(super) fn windows_instant(entry: &Entry, attribute: &str) -> Option<Timestamp> {
    let seconds = number(entry, attribute).filter(|it| *it > 0)? / 10_000_000;
    Timestamp::from_second(seconds.checked_sub(FROM_1601_TO_1970)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(pairs: &[(&str, &str)]) -> Entry {
        Entry {
            dn: String::new(),
            dn_stray: false,
            line: 0,
            attributes: pairs.iter().map(|(name, value)| (*name, value.as_bytes())).collect(),
        }
    }

    #[track_caller]
    fn check(read: fn(&Entry, &str) -> Option<Timestamp>, value: &str, expected: Option<&str>) {
        let found = read(&entry(&[("a", value)]), "a").map(|it| it.to_string());
        assert_eq!(found.as_deref(), expected, "{value}");
    }

    #[test]
    fn instants_are_read_in_both_forms() {
        check(instant, "20261120120000.0Z", Some("2026-11-20T12:00:00Z"));
        check(instant, "20261120120000Z", Some("2026-11-20T12:00:00Z"));
        check(instant, "20261320120000.0Z", None);
        check(instant, "2026é", None);
        check(windows_instant, "134086320000000000", Some("2025-11-26T12:00:00Z"));
        check(windows_instant, "0", None);
        check(windows_instant, "9223372036854775807", None);
    }

    #[test]
    fn numbers_may_be_negative_and_hold_bits() {
        let entry = entry(&[("flags", "-2147483645"), ("level", "7"), ("empty", " ")]);
        assert!(has_bits(&entry, "flags", 1) && !has_bits(&entry, "flags", 4));
        assert_eq!((count(&entry, "level"), count(&entry, "flags")), (Some(7), None));
        assert_eq!(text(&entry, "empty"), None);
    }
}
