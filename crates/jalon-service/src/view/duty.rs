//! One responsibility: what the source says, who, what proves it, why it is open, what happened.

mod build;

use jalon_domain::{
    evidence::{Origin, Outcome},
    gate::GateState,
    ids::{AttachmentId, DecisionId, EvidenceId, GateId, ResponsibilityId, RunId},
    programme::{ProvedBy, Role, Side},
    proof::{DecisionKind, Reason, RequirementStatus, State, Why},
    text::Text,
};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    common::{Header, NextStep, PersonRef},
    duties::DutyRow,
    remediation::FindingView,
};

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DutyPage {
    /// The engagement.
    pub header: Header,
    /// Its row.
    pub row: DutyRow,
    /// What good looks like.
    pub good: Text,
    /// What proves it.
    pub proof: Text,
    /// The bullets it covers, each with its statement and citation.
    pub sources: Vec<SourceView>,
    /// RACI.
    pub raci: Vec<RaciRow>,
    /// What proves it, one by one.
    pub requirements: Vec<RequirementView>,
    /// Why it is open.
    pub why: Vec<Why>,
    /// Why the catalogue leaves it out.
    pub left_out: Option<Text>,
    /// The decision in force.
    pub decision: Option<DecisionView>,
    /// What must be done before.
    pub depends_on: Vec<Related>,
    /// What waits for it.
    pub needed_by: Vec<Related>,
    /// What it is derived from.
    pub children: Vec<Related>,
    /// The gates that wait for it.
    pub gates: Vec<GateRef>,
    /// What happened, newest first.
    pub history: Vec<HistoryLine>,
    /// Everybody who may own.
    pub people: Vec<PersonRef>,
    /// The one thing to do.
    pub next: Option<NextStep>,
}

/// A source bullet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceView {
    /// The bullet's id, or the overlay row's own.
    pub id: String,
    /// Its statement in our words.
    pub title: Text,
    /// Page, section, number, version.
    pub citation: Text,
    /// Where the two languages of the source disagree.
    pub divergence: Option<Text>,
}

/// One line of the RACI table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RaciRow {
    /// `R`, `A`, `C` or `I`.
    pub letter: char,
    /// The role.
    pub role: Role,
    /// Whose role it is.
    pub side: Side,
    /// Who holds the role here.
    pub people: Vec<PersonRef>,
}

/// One requirement with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RequirementView {
    /// The statement that is true when it is met.
    pub title: Text,
    /// How it is proven.
    pub by: ProvedBy,
    /// Where it stands.
    pub status: RequirementStatus,
    /// Its outcome as a mark: pass when met, inconclusive, fail, or not applicable when nothing was said yet.
    pub outcome: Outcome,
    /// Evidence that counts now, newest first.
    pub evidence: Vec<EvidenceView>,
    /// The open findings that keep it unmet, heaviest first; at most twenty.
    pub findings: Vec<FindingView>,
    /// How many findings in all.
    pub finding_count: usize,
    /// Whether the caller may hand something in.
    pub may_submit: bool,
    /// Whether the caller may approve, refuse or sign.
    pub may_approve: bool,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EvidenceView {
    /// Its id.
    pub id: EvidenceId,
    /// Where it comes from.
    pub origin: Origin,
    /// What it says.
    pub outcome: Outcome,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub collected_at: Timestamp,
    /// Until when it holds.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub valid_until: Option<Timestamp>,
    /// One sentence.
    pub note: Option<Text>,
    /// Who said it, for people's evidence.
    pub person: Option<PersonRef>,
    /// The file: id, name, bytes.
    pub file: Option<(AttachmentId, String, i64)>,
    /// SHA-256 of what it rests on.
    pub sha256: Option<String>,
    /// The version of the program that recorded it.
    pub program: String,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DecisionView {
    /// Its id.
    pub id: DecisionId,
    /// What was decided.
    pub kind: DecisionKind,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: Option<PersonRef>,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Until when.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub until: Option<Timestamp>,
    /// The ticket.
    pub ticket: Option<String>,
    /// Who approved it.
    pub approver: Option<String>,
}

/// Another responsibility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Related {
    /// Its id.
    pub id: ResponsibilityId,
    /// Its title.
    pub title: Text,
    /// Its state.
    pub state: State,
    /// Why it is open.
    pub reason: Option<Reason>,
}

/// A gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GateRef {
    /// Its id.
    pub id: GateId,
    /// Its name.
    pub title: Text,
    /// Its state.
    pub state: GateState,
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HistoryLine {
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// From.
    pub from: (State, Option<Reason>),
    /// To.
    pub to: (State, Option<Reason>),
    /// Whether something that was proven no longer is.
    pub regression: bool,
    /// What caused it.
    pub cause: Text,
    /// The run that caused it.
    pub run: Option<RunId>,
}
