//! The engagement at a glance: phases and gates, what blocks, counts, trend, drift, findings, freshness.

mod build;

use jalon_domain::{
    finding::Severity,
    gate::Gate,
    ids::ResponsibilityId,
    programme::Phase,
    proof::{Reason, State},
    text::Text,
    trend::Trend,
};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    calendar::Entry,
    common::{FindingTable, Header, Link, NextStep, PersonRef, StateCounts},
};
use crate::notice::NoticeView;

/// The overview page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Overview {
    /// The engagement.
    pub header: Header,
    /// The six phases in order, each with its gate.
    pub phases: Vec<PhaseView>,
    /// The duties that span all phases.
    pub cross: StateCounts,
    /// The one thing to do.
    pub next: NextStep,
    /// The first gate that is shut, if any.
    pub gate: Option<Gate>,
    /// What keeps it shut: adds up to the gate's summary.
    pub blocking: Vec<BlockRow>,
    /// Proven over time, with a forecast.
    pub trend: Trend,
    /// Changes of state of the last seven days, newest first.
    pub drift: Vec<DriftRow>,
    /// Open findings.
    pub findings: FindingTable,
    /// How long evidence still holds.
    pub freshness: Freshness,
    /// What was told lately, the newest first.
    pub notices: Vec<NoticeView>,
    /// What runs out or falls due next, what is past due first.
    pub coming: Vec<Entry>,
}

/// One phase on the track.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PhaseView {
    /// The phase.
    pub phase: Phase,
    /// Its own duties by state.
    pub counts: StateCounts,
    /// Its gate.
    pub gate: Gate,
    /// Whether the engagement is here: the first phase whose gate is shut.
    pub is_current: bool,
    /// The planned last day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub planned: Date,
}

/// One line of "what blocks the gate".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BlockRow {
    /// For findings: the heaviest severity.
    pub severity: Option<Severity>,
    /// For findings: how many.
    pub count: usize,
    /// For a responsibility: its state and reason.
    pub state: Option<State>,
    /// Its reason.
    pub reason: Option<Reason>,
    /// What it is.
    pub title: Text,
    /// One line more.
    pub detail: Text,
    /// Since when it is back.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub regressed: Option<Timestamp>,
    /// Who sees to it.
    pub owner: Option<PersonRef>,
    /// Until when.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub due: Option<Date>,
    /// Where to look.
    pub link: Link,
}

/// One change of state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DriftRow {
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Of which responsibility.
    pub responsibility: ResponsibilityId,
    /// Its title.
    pub title: Text,
    /// From.
    pub from: (State, Option<Reason>),
    /// To.
    pub to: (State, Option<Reason>),
    /// Whether something that was proven no longer is.
    pub regression: bool,
}

/// How long the evidence that proves something still holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Freshness {
    /// Requirements whose proof has expired.
    pub expired: usize,
    /// Requirements whose proof ends within seven days.
    pub soon: usize,
    /// Requirements met without end or beyond the last week shown.
    pub later: usize,
    /// Ends by week: the week's Monday and how many. Eight weeks from this one on.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<(String, usize)>))]
    pub weeks: Vec<(Date, usize)>,
}
