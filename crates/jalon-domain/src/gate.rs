//! Gates: computed from proof, explained by what blocks them, never opened by hand.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    finding::{OpenFindings, Severity},
    ids::{GateId, ResponsibilityId, RuleId},
    measure::Family,
    profile::Profile,
    programme::{GateRule, Responsibility},
    proof::{Proof, Reason, State},
    text::Text,
    words,
};

words! {
    /// The state of a gate.
    GateState {
        Open = "open", "Open", "Ouvert";
        Blocked = "blocked", "Blocked", "Bloqué";
        Later = "later", "Later", "À venir";
        NotApplicable = "not_applicable", "Not applicable", "Sans objet";
    }
}

/// One thing that keeps a gate shut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Blocker {
    /// A responsibility that is not proven.
    Responsibility {
        /// Which.
        id: ResponsibilityId,
        /// Its title.
        title: Text,
        /// Its state: claimed or open.
        state: State,
        /// Why it is open.
        reason: Option<Reason>,
    },
    /// Open findings of one family, together.
    Findings {
        /// The family.
        family: Family,
        /// How many.
        count: usize,
        /// The heaviest of them.
        heaviest: Severity,
        /// The rules that they break.
        rules: Vec<RuleId>,
    },
}

impl Blocker {
    /// How many findings it stands for.
    pub fn findings(&self) -> usize {
        match self {
            Self::Findings { count, .. } => *count,
            Self::Responsibility { .. } => 0,
        }
    }
}

/// A gate, judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Gate {
    /// Its id.
    pub id: GateId,
    /// Its name.
    pub title: Text,
    /// Its state. `Later` means that an earlier gate is not open yet.
    pub state: GateState,
    /// How many of the duties that it waits for are proven.
    pub proven: usize,
    /// How many duties it waits for, those that do not apply left out.
    pub asked: usize,
    /// What it would list as accepted gaps.
    pub waived: Vec<ResponsibilityId>,
    /// What keeps it shut; empty when it is open.
    pub blockers: Vec<Blocker>,
    /// "Blocked by 3 findings and 1 approval", or what holds.
    pub summary: Text,
}

impl Gate {
    /// How many open findings keep it shut.
    pub fn findings(&self) -> usize {
        self.blockers.iter().map(Blocker::findings).sum()
    }
}

/// One responsibility with its proof.
pub type Proven<'a> = (&'a Responsibility, &'a Proof);

/// Judges every gate of the catalogue, in its order. A gate that closes a phase is `Later` while one before it is shut.
pub fn judge_all(
    rules: &[GateRule],
    profile: &Profile,
    duties: &[Proven<'_>],
    findings: &[OpenFindings],
    now: Timestamp,
) -> Vec<Gate> {
    let mut shut_before = false;
    rules
        .iter()
        .map(|rule| {
            let mut gate = judge(rule, profile, duties, findings, now);
            // A gate opens only after those before it, even when its own conditions hold.
            if rule.closes_phase && shut_before && matches!(gate.state, GateState::Blocked | GateState::Open) {
                gate.state = GateState::Later;
            }
            shut_before |= rule.closes_phase && matches!(gate.state, GateState::Blocked | GateState::Later);
            gate
        })
        .collect()
}

/// Judges one gate by itself, without regard to those before it.
pub fn judge(
    rule: &GateRule,
    profile: &Profile,
    duties: &[Proven<'_>],
    findings: &[OpenFindings],
    now: Timestamp,
) -> Gate {
    let asked: Vec<&Proven<'_>> = duties
        .iter()
        .filter(|(duty, proof)| rule.asks(duty) && proof.state != State::NotApplicable)
        .collect();
    let mut blockers: Vec<Blocker> = asked
        .iter()
        .filter(|(_, proof)| !proof.state.passes())
        .map(|(duty, proof)| Blocker::Responsibility {
            id: duty.id.clone(),
            title: duty.title.clone(),
            state: proof.state,
            reason: proof.reason,
        })
        .collect();
    blockers.extend(
        rule.findings
            .into_iter()
            .flat_map(|least| blocking_findings(findings, least, now)),
    );
    let state = match () {
        () if !rule.applies.holds(profile) => GateState::NotApplicable,
        () if blockers.is_empty() => GateState::Open,
        () => GateState::Blocked,
    };
    let applies = state != GateState::NotApplicable;
    let blockers = if applies { blockers } else { Vec::new() };
    Gate {
        id: rule.id.clone(),
        title: rule.title.clone(),
        state,
        proven: asked.iter().filter(|(_, proof)| proof.state.is_proven()).count(),
        asked: asked.len(),
        waived: asked
            .iter()
            .filter(|(_, proof)| proof.state == State::Waived)
            .map(|(duty, _)| duty.id.clone())
            .collect(),
        summary: summarise(rule, &blockers),
        blockers,
    }
}

fn blocking_findings(findings: &[OpenFindings], least: Severity, now: Timestamp) -> Vec<Blocker> {
    Family::ALL
        .iter()
        .filter_map(|family| {
            let own: Vec<&OpenFindings> = findings
                .iter()
                .filter(|it| it.check.family() == family.word() && it.holds(least, now))
                .collect();
            let rules: BTreeSet<&RuleId> = own.iter().map(|it| &it.rule).collect();
            Some(Blocker::Findings {
                family: *family,
                count: own.iter().map(|it| it.count).sum(),
                heaviest: own.iter().map(|it| it.severity).max()?,
                rules: rules.into_iter().cloned().collect(),
            })
        })
        .collect()
}

/// "Blocked by 3 findings, 1 approval and 2 claims without proof."
fn summarise(rule: &GateRule, blockers: &[Blocker]) -> Text {
    if blockers.is_empty() {
        return rule.statement.clone();
    }
    let findings: usize = blockers.iter().map(Blocker::findings).sum();
    let count = |wanted: &dyn Fn(State, Option<Reason>) -> bool| {
        blockers
            .iter()
            .filter(|it| matches!(it, Blocker::Responsibility { state, reason, .. } if wanted(*state, *reason)))
            .count()
    };
    let approvals = count(&|_, reason| reason == Some(Reason::AwaitingApproval));
    let claims = count(&|state, _| state == State::Claimed);
    let open = count(&|state, reason| state == State::Open && reason != Some(Reason::AwaitingApproval));
    let parts = [
        (findings, ["finding", "findings"], ["constat", "constats"]),
        (approvals, ["approval", "approvals"], ["approbation", "approbations"]),
        (
            claims,
            ["claim without proof", "claims without proof"],
            ["déclaration sans preuve", "déclarations sans preuve"],
        ),
        (
            open,
            ["open responsibility", "open responsibilities"],
            ["responsabilité ouverte", "responsabilités ouvertes"],
        ),
    ];
    let words = |lang: usize| -> Vec<String> {
        let named = parts.iter().filter(|(n, _, _)| *n > 0);
        named
            .map(|(n, en, fr)| format!("{n} {}", [en, fr][lang][usize::from(*n > 1)]))
            .collect()
    };
    Text::new(enumerate(&words(0), " and "), enumerate(&words(1), " et "))
}

/// "a, b and c".
fn enumerate(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{}{last}{end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::CheckId,
        profile::{Cloud, Condition, Programme},
        programme::Phase,
    };

    fn rule(id: &str, phase: Phase) -> GateRule {
        GateRule {
            id: GateId::parse(id).unwrap(),
            title: Text::same(id),
            statement: Text::new("All holds", "Tout tient"),
            phase,
            closes_phase: true,
            phases: vec![phase],
            core: false,
            responsibilities: vec![],
            findings: None,
            applies: Condition::Always,
            source: None,
        }
    }

    fn profile() -> Profile {
        Profile {
            programmes: [Programme::Office365].into(),
            services: [].into(),
            options: [].into(),
            seats: 1,
            cloud: Cloud::Worldwide,
        }
    }

    fn finding(severity: Severity, accepted_until: Option<Timestamp>) -> OpenFindings {
        OpenFindings {
            check: CheckId::parse("dns.records").unwrap(),
            rule: RuleId::parse("DNS-002").unwrap(),
            target: "a.example".into(),
            severity,
            accepted_until,
            count: 3,
        }
    }

    #[test]
    fn findings_block_from_major_on_and_a_waiver_lets_them_through() {
        let gate = GateRule {
            findings: Some(Severity::HOLDS_GATE),
            ..rule("remediate", Phase::Remediate)
        };
        let now = Timestamp::UNIX_EPOCH;
        let state = |finding| judge(&gate, &profile(), &[], &[finding], now).state;
        assert_eq!(state(finding(Severity::Minor, None)), GateState::Open);
        assert_eq!(state(finding(Severity::Major, None)), GateState::Blocked);
        assert_eq!(state(finding(Severity::Blocker, Some(Timestamp::MAX))), GateState::Open);
        let blocked = judge(&gate, &profile(), &[], &[finding(Severity::Major, None)], now);
        assert_eq!(
            (blocked.summary.en.as_str(), blocked.summary.fr.as_str()),
            ("3 findings", "3 constats")
        );
    }

    #[test]
    fn a_gate_waits_for_those_before_it() {
        let mut first = rule("initiate", Phase::Initiate);
        first.findings = Some(Severity::Info);
        let rules = [first, rule("assess", Phase::Assess)];
        let states = |findings: &[OpenFindings]| -> Vec<GateState> {
            judge_all(&rules, &profile(), &[], findings, Timestamp::UNIX_EPOCH)
                .iter()
                .map(|it| it.state)
                .collect()
        };
        assert_eq!(
            states(&[finding(Severity::Info, None)]),
            [GateState::Blocked, GateState::Later]
        );
        assert_eq!(states(&[]), [GateState::Open, GateState::Open]);
    }

    #[test]
    fn a_gate_that_does_not_apply_blocks_nothing() {
        let rules = [
            GateRule {
                applies: Condition::Programme(Programme::Ems),
                findings: Some(Severity::Info),
                ..rule("migrate", Phase::Migrate)
            },
            rule("close", Phase::Close),
        ];
        let gates = judge_all(
            &rules,
            &profile(),
            &[],
            &[finding(Severity::Info, None)],
            Timestamp::UNIX_EPOCH,
        );
        assert_eq!(gates[0].state, GateState::NotApplicable);
        assert_eq!(gates[1].state, GateState::Open);
    }
}
