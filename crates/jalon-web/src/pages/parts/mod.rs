//! What several pages of an engagement share: the address of a filtered list, forms that come back, owners and due dates,
//! findings, tables as files. No page of its own, no routes.

pub(crate) mod address;
pub(crate) mod assign;
pub(crate) mod csv;
pub(crate) mod expiry;
pub(crate) mod finding;
pub(crate) mod form;
pub(crate) mod frame;
pub(crate) mod measure;
pub(crate) mod piece;
pub(crate) mod plan;
pub(crate) mod sample;
pub(crate) mod toast;

use std::sync::LazyLock;

use jalon_domain::{
    ids::PersonId,
    text::{Lang, Messages},
};
use jalon_service::view::{PersonRef, StateCounts};
use jiff::{Timestamp, civil::Date};
use maud::Markup;

use crate::{
    text::{messages, t},
    ui::{chart::Tally, dates, people, shell::Frame},
};

static M: LazyLock<Messages> = messages!();

/// What a view is shown with, besides what it shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cx<'a> {
    /// The language.
    pub(crate) lang: Lang,
    /// The time.
    pub(crate) now: Timestamp,
    /// The token of the page's forms.
    pub(crate) token: &'a str,
    /// Who looks.
    pub(crate) me: PersonId,
}

impl<'a> Cx<'a> {
    /// For the page inside `frame`, seen by `me` at `now`.
    pub(crate) fn new(frame: &'a Frame, me: PersonId, now: Timestamp) -> Self {
        Self {
            lang: frame.lang(),
            now,
            token: &frame.csrf,
            me,
        }
    }

    /// The day, in UTC.
    pub(crate) fn today(&self) -> Date {
        dates::date_of(self.now)
    }
}

/// Somebody with the full name.
pub(crate) fn person(it: &PersonRef) -> Markup {
    people::person(&it.name, it.provider)
}

/// Counts of the service as the charts take them.
pub(crate) const fn tally(it: &StateCounts) -> Tally {
    Tally {
        verified: it.verified,
        attested: it.attested,
        waived: it.waived,
        claimed: it.claimed,
        failing: it.failing,
        stale: it.stale,
        inconclusive: it.inconclusive,
        awaiting: it.awaiting_approval,
        in_progress: it.in_progress,
        not_started: it.not_started,
        not_applicable: it.not_applicable,
    }
}

/// The first letter in lower case, for a name of the domain inside a sentence; `LDIF` and `PowerShell` stay what they are.
pub(crate) fn lower(text: &str) -> String {
    let is_plain = !text
        .split(' ')
        .next()
        .unwrap_or_default()
        .chars()
        .skip(1)
        .any(char::is_uppercase);
    if !is_plain {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters
        .next()
        .map(|it| it.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The first letter as a capital, for a text that begins a line.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|it| it.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Where something was measured from: `local` is the server itself.
pub(crate) fn vantage(lang: Lang, name: &str) -> String {
    if name == "local" {
        t!(lang, M, "this-server")
    } else {
        name.to_owned()
    }
}

/// The last day before `end`: what ends at midnight lasts until the evening before.
pub(crate) fn last_day(end: Timestamp) -> Date {
    dates::date_of(end.saturating_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(end))
}

/// A sentence with its full stop, whether or not it came with one.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_lose_their_capital() {
        for (name, inside) in [
            ("Zone lines", "zone lines"),
            ("LDIF", "LDIF"),
            ("PowerShell", "PowerShell"),
            ("À approuver", "à approuver"),
            ("", ""),
        ] {
            assert_eq!(lower(name), inside);
        }
    }

    #[test]
    fn what_ends_at_midnight_lasts_until_the_evening_before() {
        let day = |raw: &str| last_day(raw.parse().unwrap()).to_string();
        assert_eq!(
            (day("2027-01-30T00:00:00Z"), day("2027-01-30T00:00:01Z")),
            ("2027-01-29".to_owned(), "2027-01-30".to_owned())
        );
    }

    #[test]
    fn a_sentence_ends_once() {
        assert_eq!(sentence("2 findings are open"), "2 findings are open.");
        assert_eq!(sentence("No answer. "), "No answer.");
    }
}
