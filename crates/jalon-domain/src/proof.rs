//! The heart: the state of a responsibility, derived from requirements, evidence, decisions and the time, never typed in.
//!
//! [`derive`] is the only way to a [`Proof`], and a proof explains itself: [`Proof::why`] lists what is missing, each
//! line with what would meet it.

mod requirement;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    evidence::Evidence,
    finding::OpenFindings,
    ids::{DecisionId, EvidenceId, PersonId, RequirementId, ResponsibilityId},
    measure::Family,
    profile::Profile,
    programme::Responsibility,
    text::Text,
    words,
};

words! {
    /// The state of proof of a responsibility (`design.md`, section 3).
    State {
        Verified = "verified", "Verified", "Vérifiée";
        Attested = "attested", "Attested", "Attestée";
        Waived = "waived", "Waived", "Dérogée";
        NotApplicable = "not_applicable", "Not applicable", "Non applicable";
        Claimed = "claimed", "Claimed", "Déclarée";
        Open = "open", "Open", "Ouverte";
    }
}

impl State {
    /// Whether a gate lets it through.
    pub const fn passes(self) -> bool {
        matches!(
            self,
            Self::Verified | Self::Attested | Self::Waived | Self::NotApplicable
        )
    }

    /// Whether it counts as proven: what passes, without what does not apply.
    pub const fn is_proven(self) -> bool {
        matches!(self, Self::Verified | Self::Attested | Self::Waived)
    }
}

words! {
    /// Why an open responsibility is open. Ordered by what to look at first.
    Reason {
        Failing = "failing", "Failing", "En échec";
        Inconclusive = "inconclusive", "Inconclusive", "Indéterminée";
        Stale = "stale", "Stale", "Périmée";
        AwaitingApproval = "awaiting_approval", "Awaiting approval", "À approuver";
        InProgress = "in_progress", "In progress", "En cours";
        NotStarted = "not_started", "Not started", "Non commencée";
    }
}

/// What a person decided about a responsibility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// What was decided.
    pub kind: DecisionKind,
    /// By whom.
    pub by: PersonId,
    /// Why, in their words.
    pub reason: String,
    /// From when on.
    pub at: Timestamp,
    /// Until when, for a waiver.
    pub until: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

words! {
    /// The kinds of decision.
    DecisionKind {
        Claim = "claim", "Claim", "Déclaration";
        Waiver = "waiver", "Waiver", "Dérogation";
        NotApplicable = "not_applicable", "Not applicable", "Non applicable";
    }
}

impl Decision {
    /// Whether it stands at `now`.
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.at <= now && self.revoked_at.is_none_or(|it| now < it) && self.until.is_none_or(|it| now < it)
    }
}

/// The targets that an engagement measures, per family.
pub type Targets = BTreeMap<Family, Vec<String>>;

/// Everything known about one responsibility of one engagement.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The responsibility.
    pub duty: &'a Responsibility,
    /// The engagement's profile.
    pub profile: &'a Profile,
    /// What the engagement measures.
    pub targets: &'a Targets,
    /// The evidence for its requirements, in any order.
    pub evidence: &'a [Evidence],
    /// The open findings of the engagement.
    pub findings: &'a [OpenFindings],
    /// The decisions about it.
    pub decisions: &'a [Decision],
    /// For a container, its children with their proofs.
    pub children: &'a [(&'a Responsibility, Proof)],
}

/// How a requirement came to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum MetBy {
    /// Fresh machine evidence.
    Machine,
    /// An approved document, approved minutes, a sign-off.
    People,
    /// Findings that a waiver accepts.
    Waiver,
}

/// Where one requirement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Standing {
    /// Met, and how.
    Met(MetBy),
    /// Not met, and why.
    Unmet(Reason),
}

impl Standing {
    /// Whether it is met.
    pub const fn is_met(self) -> bool {
        matches!(self, Self::Met(_))
    }
}

/// What would turn a "no" into a "yes".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Remedy {
    /// Name something to measure.
    AddTarget {
        /// Of this family.
        family: Family,
    },
    /// Measure (again).
    Measure {
        /// This family.
        family: Family,
        /// This target.
        target: String,
    },
    /// Mend the findings.
    Mend {
        /// Of this family.
        family: Family,
    },
    /// Hand in the document, or sign.
    Provide,
    /// Approve or refuse what was handed in.
    Approve,
    /// See to another responsibility first.
    Finish {
        /// This one.
        responsibility: ResponsibilityId,
    },
}

/// One line of the answer to "why?".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Why {
    /// The requirement it is about; none for a child or a decision.
    pub requirement: Option<RequirementId>,
    /// Its reason.
    pub reason: Reason,
    /// The sentence.
    pub text: Text,
    /// What would meet it.
    pub remedy: Remedy,
}

/// One requirement, judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RequirementStatus {
    /// The requirement.
    pub id: RequirementId,
    /// Where it stands.
    pub standing: Standing,
    /// The evidence that decides, one per target for a measurement.
    pub deciding: Vec<EvidenceId>,
    /// When what meets it ends to hold; none when it is unmet or holds without end.
    pub valid_until: Option<Timestamp>,
    /// Since when it no longer is what it once was.
    pub regressed_since: Option<Timestamp>,
    /// Why it is unmet; empty when it is met.
    pub why: Vec<Why>,
}

/// The state of proof of one responsibility, with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Proof {
    /// The state.
    pub state: State,
    /// Why it is open; none for every other state.
    pub reason: Option<Reason>,
    /// Since when something that was met no longer is.
    pub regressed_since: Option<Timestamp>,
    /// The requirements asked of this profile, judged.
    pub requirements: Vec<RequirementStatus>,
    /// The decision that makes the state (claim, waiver, not applicable), if one does.
    pub decision: Option<DecisionId>,
    /// Why the catalogue leaves it out of this engagement: the condition that is not met.
    pub left_out: Option<Text>,
    /// When the proof ends to hold unless renewed: the earliest end among what meets it.
    pub valid_until: Option<Timestamp>,
    /// The unmet requirements and children, most pressing first.
    pub unmet: Vec<Why>,
}

impl Proof {
    /// The unmet requirements, each with what would meet it; empty when a gate lets it through on proof.
    pub fn why(&self) -> &[Why] {
        &self.unmet
    }

    /// How many requirements (and children) are met, of how many.
    pub fn score(&self) -> (usize, usize) {
        (
            self.requirements.iter().filter(|it| it.standing.is_met()).count(),
            self.requirements.len(),
        )
    }
}

/// Derives the state of proof at `now`.
///
/// The same for every order of evidence; an inconclusive measurement never makes it pass; only a passing one,
/// an approval, a waiver or "not applicable" does.
pub fn derive(known: Known<'_>, now: Timestamp) -> Proof {
    let decision = |kind| {
        known
            .decisions
            .iter()
            .find(|it| it.kind == kind && it.is_active(now))
            .map(|it| it.id)
    };
    if !known.duty.applies.holds(known.profile) {
        return left_out(known.duty.applies.describe());
    }
    if let Some(id) = decision(DecisionKind::NotApplicable) {
        return Proof {
            state: State::NotApplicable,
            decision: Some(id),
            ..blank()
        };
    }
    let mut requirements: Vec<RequirementStatus> = known
        .duty
        .requirements
        .iter()
        .filter(|it| it.applies.holds(known.profile))
        .map(|it| requirement::judge(it, known, now))
        .collect();
    requirements.extend(
        known
            .children
            .iter()
            .filter(|(_, it)| it.state != State::NotApplicable)
            .map(requirement::judge_child),
    );
    let (state, reason, decision) = conclude(
        &requirements,
        decision(DecisionKind::Waiver),
        decision(DecisionKind::Claim),
    );
    let mut unmet: Vec<Why> = requirements.iter().flat_map(|it| it.why.clone()).collect();
    unmet.sort_by_key(|it| it.reason);
    // One silent server is one reason, however many requirements wait for it.
    let mut said = BTreeSet::new();
    unmet.retain(|it| said.insert(it.text.en.clone()));
    Proof {
        state,
        reason,
        regressed_since: requirements.iter().filter_map(|it| it.regressed_since).min(),
        valid_until: requirements
            .iter()
            .filter_map(|it| it.valid_until)
            .min()
            .filter(|_| state.is_proven()),
        requirements,
        decision,
        left_out: None,
        unmet,
    }
}

/// The earliest instant after `now` at which the passing of time alone may change the proof.
pub fn next_change(known: Known<'_>, now: Timestamp) -> Option<Timestamp> {
    let evidence = known.evidence.iter().filter_map(|it| it.valid_until);
    let decisions = known.decisions.iter().filter_map(|it| it.until);
    let findings = known.findings.iter().filter_map(|it| it.accepted_until);
    evidence.chain(decisions).chain(findings).filter(|it| *it > now).min()
}

fn conclude(
    requirements: &[RequirementStatus],
    waiver: Option<DecisionId>,
    claim: Option<DecisionId>,
) -> (State, Option<Reason>, Option<DecisionId>) {
    let unmet = requirements.iter().filter_map(|it| match it.standing {
        Standing::Unmet(reason) => Some(reason),
        Standing::Met(_) => None,
    });
    let any_met = requirements.iter().any(|it| it.standing.is_met());
    let worst = match unmet.min() {
        Some(Reason::NotStarted) if any_met => Some(Reason::InProgress),
        None if requirements.is_empty() => Some(Reason::NotStarted),
        other => other,
    };
    let weakest = requirements.iter().filter_map(|it| match it.standing {
        Standing::Met(by) => Some(by),
        Standing::Unmet(_) => None,
    });
    match (worst, waiver, claim) {
        (None, _, _) => match weakest.max() {
            Some(MetBy::Waiver) => (State::Waived, None, None),
            Some(MetBy::People) => (State::Attested, None, None),
            _ => (State::Verified, None, None),
        },
        (Some(_), Some(id), _) => (State::Waived, None, Some(id)),
        // A measurement that contradicts the claim wins: it is shown as failing, not as claimed.
        (Some(reason), None, Some(id)) if reason != Reason::Failing => (State::Claimed, None, Some(id)),
        (Some(reason), None, _) => (State::Open, Some(reason), None),
    }
}

fn left_out(condition: Text) -> Proof {
    Proof {
        left_out: Some(condition),
        ..blank()
    }
}

fn blank() -> Proof {
    Proof {
        state: State::NotApplicable,
        reason: None,
        regressed_since: None,
        requirements: Vec::new(),
        decision: None,
        left_out: None,
        valid_until: None,
        unmet: Vec::new(),
    }
}
