//! The audit trail: events, newest first, and the state of the chain.

mod build;

use jalon_domain::{ids::EventId, text::Text};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::common::Header;

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// The engagement.
    pub header: Header,
    /// The events, newest first.
    pub events: Vec<EventRow>,
    /// The sequence number to continue before.
    pub next: Option<i64>,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EventRow {
    /// Its id.
    pub id: EventId,
    /// Its number in the chain.
    pub seq: i64,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Who; the program itself when empty.
    pub actor: String,
    /// The action as a word, such as `evidence.recorded`.
    pub action: String,
    /// The action as a sentence.
    pub text: Text,
    /// What it is about.
    pub subject: String,
    /// The details.
    pub detail: Value,
    /// Its hash.
    pub hash: String,
}

/// What a verification of the chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChainView {
    /// Events read.
    pub events: u64,
    /// Where it is broken: the event's number and what is wrong.
    pub broken: Option<(i64, Text)>,
}
