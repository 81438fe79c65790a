//! The calendar: what runs out or falls due, in order.

mod build;
mod proofs;
mod waivers;

use jalon_domain::{text::Text, words};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::common::{Header, Link, PersonRef};
use crate::feed::FeedView;

words! {
    /// What an entry of the calendar is about.
    EntryKind {
        Certificate = "certificate", "Certificate", "Certificat";
        Proof = "proof", "Proof", "Preuve";
        Finding = "finding", "Finding", "Constat";
        Waiver = "waiver", "Waiver", "Dérogation";
        Measurement = "measurement", "Measurement", "Mesure";
    }
}

/// Which entries are wanted; the default wants all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CalendarFilter {
    /// Of this kind.
    pub kind: Option<EntryKind>,
    /// Only what the caller sees to.
    pub mine: bool,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Calendar {
    /// The engagement.
    pub header: Header,
    /// What is past due, the longest first.
    pub late: Vec<Entry>,
    /// What is to come, in order.
    pub coming: Vec<Entry>,
    /// How many of each kind, whatever the filter.
    pub kinds: Vec<(EntryKind, usize)>,
    /// How many there are, whatever the filter.
    pub all: usize,
    /// How many the caller sees to, whatever the filter.
    pub mine: usize,
    /// The caller's own address of it, if they have one.
    pub feed: Option<FeedView>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Entry {
    /// What it is about, the same whenever it moves: RFC 5545, section 3.8.4.7.
    pub uid: String,
    /// Its kind.
    pub kind: EntryKind,
    /// What runs out or falls due.
    pub title: Text,
    /// What to do.
    pub detail: Text,
    /// The day, in UTC.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub on: Date,
    /// The instant, where it is no whole day.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub at: Option<Timestamp>,
    /// Whether it is past.
    pub late: bool,
    /// Who sees to it.
    pub owner: Option<PersonRef>,
    /// Where to look.
    pub link: Link,
}
