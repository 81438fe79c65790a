//! The gates: what is missing, what holds, what is waived.

mod build;

use jalon_domain::{gate::Gate, programme::Phase, text::Text};
use jiff::civil::Date;
use serde::Serialize;

use super::{
    common::{Header, NextStep},
    duties::DutyRow,
    overview::BlockRow,
};

/// The page: every gate, one of them opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Gates {
    /// The engagement.
    pub header: Header,
    /// Every gate in order.
    pub gates: Vec<GateLine>,
    /// The opened one.
    pub opened: GateView,
}

/// One gate in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GateLine {
    /// The gate.
    pub gate: Gate,
    /// Its phase.
    pub phase: Phase,
    /// Whether it closes the phase.
    pub closes_phase: bool,
}

/// One gate in detail.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GateView {
    /// The gate.
    pub gate: Gate,
    /// Its phase.
    pub phase: Phase,
    /// The statement that it makes when it is open.
    pub statement: Text,
    /// Where the programme states it.
    pub source: Option<String>,
    /// The planned day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub planned: Date,
    /// What is missing: adds up to the gate's summary.
    pub missing: Vec<BlockRow>,
    /// What holds.
    pub holds: Vec<DutyRow>,
    /// What is accepted as a gap.
    pub waived: Vec<DutyRow>,
    /// The one thing to do.
    pub next: Option<NextStep>,
}
