//! The list of responsibilities: saved views, filters, groups.

mod build;

use jalon_domain::{
    gate::Gate,
    ids::{PersonId, ResponsibilityId},
    programme::{Phase, Role, Side, Workstream},
    proof::{Reason, State},
    text::Text,
    words,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::common::{Header, NextStep, PersonRef, StateCounts};

words! {
    /// A saved view of the list.
    View {
        All = "all", "All", "Toutes";
        Mine = "mine", "Mine", "Les miennes";
        Blocking = "blocking", "Block the next gate", "Bloquent le prochain jalon";
        Unassigned = "unassigned", "Without owner", "Sans responsable";
        Renew = "renew", "Proof to renew", "Preuve à renouveler";
        Provider = "provider", "With the provider", "Chez le prestataire";
    }
}

words! {
    /// How the list is grouped.
    Grouping {
        Phase = "phase", "phase", "phase";
        Workstream = "workstream", "workstream", "chantier";
        Owner = "owner", "owner", "responsable";
        State = "state", "state", "état";
    }
}

/// What to show of the list. Everything absent shows everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct DutyFilter {
    /// The saved view.
    pub view: Option<View>,
    /// Only this phase; `cross` for duties that span all.
    pub phase: Option<String>,
    /// Only this state, or this reason of an open one (`failing`, `stale`…).
    pub state: Option<String>,
    /// Only this field of work.
    pub workstream: Option<Workstream>,
    /// Only this owner's id; `none` for those without.
    pub owner: Option<String>,
    /// Only this side.
    pub side: Option<Side>,
    /// Only those whose title, id or requirements contain this.
    pub text: Option<String>,
    /// How to group.
    pub group: Option<Grouping>,
    /// The row being edited.
    pub edit: Option<ResponsibilityId>,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Duties {
    /// The engagement.
    pub header: Header,
    /// The saved views with how many rows each has.
    pub views: Vec<(View, usize)>,
    /// The groups in order, what is missing first.
    pub groups: Vec<DutyGroup>,
    /// Rows after the filter.
    pub shown: usize,
    /// Everybody who may own.
    pub people: Vec<PersonRef>,
    /// The one thing to do.
    pub next: Option<NextStep>,
    /// What was asked.
    pub filter: DutyFilter,
}

/// One group of rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DutyGroup {
    /// A stable word.
    pub key: String,
    /// Its title.
    pub title: Text,
    /// Its rows by state.
    pub counts: StateCounts,
    /// When grouped by phase: its gate.
    pub gate: Option<Gate>,
    /// When grouped by phase: the planned last day.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub planned: Option<Date>,
    /// Whether it is folded at first: nothing is missing in it, or it lies ahead.
    pub folded: bool,
    /// The rows.
    pub rows: Vec<DutyRow>,
}

/// One responsibility in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DutyRow {
    /// Its id.
    pub id: ResponsibilityId,
    /// The id shown: its first bullet.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// Its phase; none when it spans all.
    pub phase: Option<Phase>,
    /// Its field of work.
    pub workstream: Workstream,
    /// Whether it is derived from children.
    pub container: bool,
    /// Whether the customer may leave it.
    pub optional: bool,
    /// Whether the vendor retired what it is about.
    pub legacy: bool,
    /// The state.
    pub state: State,
    /// Why it is open.
    pub reason: Option<Reason>,
    /// Since when it is no longer what it was.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub regressed_since: Option<Timestamp>,
    /// Who carries it.
    pub side: Side,
    /// Requirements (and children) met.
    pub met: usize,
    /// Requirements (and children) asked.
    pub asked: usize,
    /// Until when the proof holds.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub valid_until: Option<Timestamp>,
    /// How much of its validity is left, 0 to 100.
    pub validity_left: Option<u8>,
    /// Who sees to it.
    pub owner: Option<PersonRef>,
    /// Until when.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub due: Option<Date>,
    /// Whether the due date is the catalogue's proposal.
    pub due_is_proposed: bool,
    /// Whether it is overdue and not proven.
    pub late: bool,
    /// The role that the catalogue proposes.
    pub role: Role,
    /// Its version, for optimistic updates.
    pub version: i64,
}

impl DutyFilter {
    /// The owner asked for: `Some(None)` for those without one.
    pub fn owner(&self) -> Option<Option<PersonId>> {
        match self.owner.as_deref() {
            None | Some("") => None,
            Some("none") => Some(None),
            Some(id) => id.parse().ok().map(Some),
        }
    }
}
