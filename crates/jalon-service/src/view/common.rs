//! What several pages share: the header of an engagement, counts by state, references to people, the next step.

use jalon_domain::{
    finding::Severity,
    ids::{EngagementId, GateId, PersonId, ResponsibilityId, RunId, TargetId},
    measure::Family,
    profile::{Cloud, Programme, Service},
    proof::{Proof, Reason, State},
    text::Text,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::access::Permission;

/// An engagement in one line: the head of every page about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Header {
    /// Its id.
    pub id: EngagementId,
    /// The organisation's name.
    pub organisation: String,
    /// The engagement's own name.
    pub name: String,
    /// The programmes followed.
    pub programmes: Vec<Programme>,
    /// The services in scope.
    pub services: Vec<Service>,
    /// Paid licences.
    pub seats: u32,
    /// The cloud instance.
    pub cloud: Cloud,
    /// The first day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub start: Date,
    /// The day on which everything should be proven, if one was set.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub target: Option<Date>,
    /// The running week of the engagement, from 1.
    pub week: i64,
    /// The catalogue's version.
    pub catalogue: String,
    /// Counts by state, over every responsibility.
    pub counts: StateCounts,
    /// Open findings.
    pub findings: usize,
    /// Gates that are open.
    pub gates_open: usize,
    /// Gates that exist for this profile.
    pub gates: usize,
    /// Notices that the caller has not read.
    pub unread: usize,
    /// What the caller may do here.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub may: Vec<Permission>,
    /// The engagement's version, for optimistic updates.
    pub version: i64,
}

impl Header {
    /// Whether the caller may do it.
    pub fn may(&self, permission: Permission) -> bool {
        self.may.contains(&permission)
    }
}

/// How many responsibilities are in each state; the open ones by reason. Not applicable is never in a total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StateCounts {
    /// Proven by machines.
    pub verified: usize,
    /// Proven by people.
    pub attested: usize,
    /// Accepted gaps.
    pub waived: usize,
    /// Said to be done, without proof.
    pub claimed: usize,
    /// Open: failing.
    pub failing: usize,
    /// Open: could not be told.
    pub inconclusive: usize,
    /// Open: the proof has expired.
    pub stale: usize,
    /// Open: handed in.
    pub awaiting_approval: usize,
    /// Open: begun.
    pub in_progress: usize,
    /// Open: not begun.
    pub not_started: usize,
    /// Left out.
    pub not_applicable: usize,
}

impl StateCounts {
    /// Counts `proofs`.
    pub fn of<'a>(proofs: impl IntoIterator<Item = &'a Proof>) -> Self {
        let mut counts = Self::default();
        for proof in proofs {
            *counts.slot(proof.state, proof.reason) += 1;
        }
        counts
    }

    fn slot(&mut self, state: State, reason: Option<Reason>) -> &mut usize {
        match (state, reason.unwrap_or(Reason::NotStarted)) {
            (State::Verified, _) => &mut self.verified,
            (State::Attested, _) => &mut self.attested,
            (State::Waived, _) => &mut self.waived,
            (State::NotApplicable, _) => &mut self.not_applicable,
            (State::Claimed, _) => &mut self.claimed,
            (State::Open, Reason::Failing) => &mut self.failing,
            (State::Open, Reason::Inconclusive) => &mut self.inconclusive,
            (State::Open, Reason::Stale) => &mut self.stale,
            (State::Open, Reason::AwaitingApproval) => &mut self.awaiting_approval,
            (State::Open, Reason::InProgress) => &mut self.in_progress,
            (State::Open, Reason::NotStarted) => &mut self.not_started,
        }
    }

    /// How many in one state (and, for open ones, with one reason).
    pub fn get(mut self, state: State, reason: Option<Reason>) -> usize {
        *self.slot(state, reason)
    }

    /// Verified, attested and waived.
    pub const fn proven(&self) -> usize {
        self.verified + self.attested + self.waived
    }

    /// Open, for whatever reason.
    pub const fn open(&self) -> usize {
        self.failing + self.inconclusive + self.stale + self.awaiting_approval + self.in_progress + self.not_started
    }

    /// All that apply.
    pub const fn applicable(&self) -> usize {
        self.proven() + self.claimed + self.open()
    }
}

/// Somebody, as shown in a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonRef {
    /// Their name.
    pub name: String,
    /// Their id.
    pub id: PersonId,
    /// Whether they are the provider's.
    pub provider: bool,
}

impl PersonRef {
    /// One or two capitals for the disc.
    pub fn initials(&self) -> String {
        let mut words = self.name.split_whitespace().filter_map(|it| it.chars().next());
        let first = words.next();
        first
            .into_iter()
            .chain(words.next_back())
            .flat_map(char::to_uppercase)
            .collect()
    }
}

/// Where something is, for the door to turn into an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Link {
    /// The list of responsibilities in one of its saved views.
    Responsibilities {
        /// Which.
        view: super::duties::View,
    },
    /// One responsibility.
    Responsibility {
        /// Which.
        id: ResponsibilityId,
    },
    /// The remediation list, opened at one family or rule.
    Remediation {
        /// Which family.
        family: Option<Family>,
        /// Which rule.
        rule: Option<String>,
    },
    /// The checks.
    Checks,
    /// One run.
    Run {
        /// Which.
        id: RunId,
    },
    /// The gates, at one of them.
    Gate {
        /// Which.
        id: GateId,
    },
    /// The engagement's targets and settings.
    Targets,
    /// One target.
    Target {
        /// Which.
        id: TargetId,
    },
    /// The overview.
    Overview,
}

/// The one thing to do next on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NextStep {
    /// The act and what it changes.
    pub title: Text,
    /// With what, by whom, until when.
    pub detail: Text,
    /// The button.
    pub label: Text,
    /// Where it leads.
    pub link: Link,
}

/// Open findings by family and severity, with totals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FindingTable {
    /// One row a family that was measured or has findings.
    pub rows: Vec<FindingTableRow>,
    /// Findings that a measurement closed.
    pub fixed: u64,
    /// Open findings that a waiver accepts; they are in the rows too.
    pub accepted: usize,
}

/// One family's open findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FindingTableRow {
    /// The family.
    pub family: Family,
    /// Blockers.
    pub blocker: usize,
    /// Majors.
    pub major: usize,
    /// Minors.
    pub minor: usize,
    /// Infos.
    pub info: usize,
    /// When it was last measured.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub measured_at: Option<Timestamp>,
}

impl FindingTableRow {
    /// All severities together.
    pub const fn total(&self) -> usize {
        self.blocker + self.major + self.minor + self.info
    }

    /// How many of one severity.
    pub const fn of(&self, severity: Severity) -> usize {
        match severity {
            Severity::Blocker => self.blocker,
            Severity::Major => self.major,
            Severity::Minor => self.minor,
            Severity::Info => self.info,
        }
    }
}

impl FindingTable {
    /// How many of one severity over all families.
    pub fn of(&self, severity: Severity) -> usize {
        self.rows.iter().map(|it| it.of(severity)).sum()
    }

    /// All together.
    pub fn total(&self) -> usize {
        self.rows.iter().map(FindingTableRow::total).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_and_the_last() {
        let person = |name: &str| PersonRef {
            name: name.into(),
            id: PersonId(uuid::Uuid::nil()),
            provider: false,
        };
        assert_eq!(person("Inès Faure").initials(), "IF");
        assert_eq!(person("Anne de la Tour").initials(), "AT");
        assert_eq!(person("claire").initials(), "C");
        assert_eq!(person("").initials(), "");
    }
}
