//! Roots that browsers no longer trust, or never should have: `distrusted.toml`.

use std::sync::LazyLock;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

/// A root, and since when certificates of it are refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Distrusted {
    /// Its common name, or what it is called where it has none.
    name: String,
    /// Certificates issued from that day on are refused; all of them when there is none.
    since: Option<Date>,
    /// Who says so.
    pub(super) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    root: Vec<Distrusted>,
}

static ALL: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("distrusted.toml")).expect("the file is part of the program, and a test reads it")
});

/// What is known against a root, for a certificate that was issued then.
pub(super) fn find(root: &str, issued: Timestamp) -> Option<&'static Distrusted> {
    let is_named = |it: &&Distrusted| {
        root.split(", ")
            .any(|part| part.split_once('=').is_some_and(|(_, name)| name == it.name))
    };
    let is_late = |it: &&Distrusted| it.since.is_none_or(|day| starts(day).is_none_or(|it| issued >= it));
    ALL.root.iter().filter(is_named).find(is_late)
}

fn starts(day: Date) -> Option<Timestamp> {
    day.to_zoned(TimeZone::UTC).ok().map(|it| it.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(root: &str, issued: &str, expected: bool) {
        let issued = issued.parse().expect("an instant");
        assert_eq!(find(root, issued).is_some(), expected, "{root} {issued}");
    }

    #[test]
    fn a_root_counts_by_its_whole_name_and_from_its_day_on() {
        let entrust = "C=US, O=Entrust, Inc., CN=Entrust Root Certification Authority - G2";
        check(entrust, "2024-11-30T23:00:00Z", false);
        check(entrust, "2024-12-01T00:00:00Z", true);
        check("CN=Superfish, Inc.", "2015-01-01T00:00:00Z", false);
        check("O=Superfish", "2015-01-01T00:00:00Z", false);
        check("CN=eDellRoot", "2015-01-01T00:00:00Z", true);
        check("CN=DigiCert Global Root G2", "2026-01-01T00:00:00Z", false);
        check(
            "CN=Entrust Root Certification Authority - G2 of somebody else",
            "2026-01-01T00:00:00Z",
            false,
        );
    }
}
