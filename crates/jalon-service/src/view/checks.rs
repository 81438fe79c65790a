//! Checks: targets, schedules, runs, and one run in detail.

mod build;

pub(crate) use build::row;

use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    ids::{RuleId, RunId, ScheduleId, TargetId},
    measure::Family,
    text::Text,
};
pub use jalon_store::runs::{RunState, Trigger};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::{
    common::{Header, NextStep, PersonRef},
    remediation::FindingView,
};

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Checks {
    /// The engagement.
    pub header: Header,
    /// One block a family.
    pub families: Vec<FamilyView>,
    /// The latest runs, newest first.
    pub runs: Vec<RunRow>,
    /// Whether a run is queued or under way.
    pub busy: bool,
    /// The one thing to do.
    pub next: Option<NextStep>,
}

/// One family of checks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FamilyView {
    /// The family.
    pub family: Family,
    /// How many rules it has.
    pub rules: usize,
    /// Its schedule.
    pub schedule: Option<ScheduleView>,
    /// What it measures here.
    pub targets: Vec<TargetRow>,
}

/// A schedule.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ScheduleView {
    /// Its id.
    pub id: ScheduleId,
    /// Seconds between two runs.
    pub every_seconds: i64,
    /// Whether it is on.
    pub enabled: bool,
    /// When the next run is due.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub next_at: Timestamp,
}

/// One target with its last run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TargetRow {
    /// Its id.
    pub id: TargetId,
    /// As typed.
    pub value: String,
    /// Its last finished run.
    pub last: Option<RunRow>,
    /// Its queued or running run.
    pub current: Option<RunRow>,
    /// Open findings on it.
    pub findings: usize,
}

/// One run in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RunRow {
    /// Its id.
    pub id: RunId,
    /// The family.
    pub family: Family,
    /// The target, as typed.
    pub target: String,
    /// Where it is.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub state: RunState,
    /// What it said.
    pub outcome: Option<Outcome>,
    /// Why it failed or is inconclusive.
    pub reason: Option<Text>,
    /// What made it happen.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub trigger: Trigger,
    /// Who asked for it.
    pub by: Option<PersonRef>,
    /// When it was asked for.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub queued_at: Timestamp,
    /// When it began.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub started_at: Option<Timestamp>,
    /// When it ended.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub ended_at: Option<Timestamp>,
    /// How many defects it found.
    pub found: i32,
    /// When what it saw expires first.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
    /// How far it is.
    pub progress: Option<Progress>,
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Progress {
    /// Steps done.
    pub done: u64,
    /// Steps in all, when known.
    pub total: Option<u64>,
    /// What is being done.
    pub what: Text,
}

/// One run in detail.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RunPage {
    /// The engagement.
    pub header: Header,
    /// The run.
    pub run: RunRow,
    /// Where it was measured from.
    pub vantage: String,
    /// SHA-256 of what the verdict rests on.
    pub sha256: Option<String>,
    /// Every rule with what it said, failures first.
    pub rules: Vec<RuleRow>,
    /// The open findings of its target, heaviest first; at most fifty.
    pub findings: Vec<FindingView>,
    /// What was seen.
    pub facts: Value,
    /// Counters.
    pub stats: Value,
    /// The runs of the same target before, newest first.
    pub before: Vec<RunRow>,
}

/// One rule in a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RuleRow {
    /// The rule.
    pub rule: RuleId,
    /// What it asks.
    pub title: Text,
    /// Its usual severity.
    pub severity: Severity,
    /// Where it comes from.
    pub source: String,
    /// What it said.
    pub outcome: Outcome,
    /// Why it is inconclusive or not applicable.
    pub reason: Option<Text>,
    /// When it is worth trying again.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub retry_at: Option<Timestamp>,
    /// How many defects.
    pub found: usize,
}
