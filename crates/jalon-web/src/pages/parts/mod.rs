//! What several pages of an engagement share: the address of a filtered list, forms that come back, owners and due dates,
//! findings, tables as files. No page of its own, no routes.

pub(crate) mod address;
pub(crate) mod assign;
pub(crate) mod csv;
pub(crate) mod finding;
pub(crate) mod form;
pub(crate) mod frame;
pub(crate) mod measure;
pub(crate) mod piece;
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
    text::messages,
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

/// The first letter in lower case, for a name of the domain inside a sentence.
pub(crate) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|it| it.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}
