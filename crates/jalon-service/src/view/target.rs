//! One target: what it is, how it stands, what was seen, its findings, and its history.

mod build;
mod endpoint;

use jalon_checks::dns::told::Line;
use jalon_domain::{
    ids::{RunId, TargetId},
    measure::Family,
};
use jiff::Timestamp;
use serde::Serialize;

pub(crate) use endpoint::endpoint;
pub use endpoint::{Certificate, Endpoint, Node};

use super::{checks::RunRow, common::Header, remediation::FindingView};
use crate::propagation::ZonePlan;

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TargetPage {
    /// The engagement.
    pub header: Header,
    /// Its id.
    pub id: TargetId,
    /// What measures it.
    pub family: Family,
    /// As typed.
    pub value: String,
    /// Where it is measured instead of where its name leads.
    pub connect: Option<String>,
    /// Since when it is measured.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub since: Timestamp,
    /// Its last run that told something.
    pub last: Option<RunRow>,
    /// Its last run, when that came to nothing.
    pub failed: Option<RunRow>,
    /// Its queued or running run.
    pub current: Option<RunRow>,
    /// Where it was measured from.
    pub vantage: Option<String>,
    /// When it is measured next.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub next_at: Option<Timestamp>,
    /// When what was seen expires first.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
    /// What was seen of a domain.
    pub domain: Vec<Line>,
    /// What was seen of an endpoint.
    pub endpoint: Option<Endpoint>,
    /// Its open findings, heaviest first, at most fifty.
    pub findings: Vec<FindingView>,
    /// How many there are.
    pub open: usize,
    /// What the zone of a domain should become.
    pub plan: Option<ZonePlan>,
    /// Its runs, the newest first.
    pub history: Vec<HistoryRow>,
    /// The page of runs before these.
    pub before: Option<RunId>,
}

/// One run of its history.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HistoryRow {
    /// The run.
    pub run: RunRow,
    /// Findings that it opened; unknown of older runs.
    pub opened: Option<i32>,
    /// Findings that it closed; unknown of older runs.
    pub closed: Option<i32>,
}
