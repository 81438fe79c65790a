//! The properties that the derivation must keep, and the cases that people argue about.

use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    evidence::{Origin, Outcome},
    finding::Severity,
    ids::{AttachmentId, CheckId, EvidenceId, RuleId, RunId},
    profile::{Cloud, Condition, Programme},
    programme::{Phase, ProvedBy, Requirement, Role, Side, Workstream},
};

const TARGETS: [&str; 2] = ["a.example", "b.example"];

fn at(day: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + day * 86_400).unwrap()
}

fn requirement(id: &str, by: ProvedBy) -> Requirement {
    Requirement {
        id: RequirementId::parse(id).unwrap(),
        title: Text::same(id),
        by,
        valid_days: None,
        applies: Condition::Always,
    }
}

fn machine() -> Requirement {
    requirement(
        "records",
        ProvedBy::Check {
            check: CheckId::parse("dns.records").unwrap(),
            rules: vec![],
        },
    )
}

fn people() -> Requirement {
    requirement(
        "plan",
        ProvedBy::Deliverable {
            deliverable: "plan".into(),
            approvers: vec![Role::ProjectManager],
        },
    )
}

fn duty(requirements: Vec<Requirement>) -> Responsibility {
    Responsibility {
        id: ResponsibilityId::parse("dns.records").unwrap(),
        title: Text::same("t"),
        good: Text::same("g"),
        proof: Text::same("p"),
        bullets: vec![],
        phase: Some(Phase::Enable),
        needed_by: None,
        core: true,
        workstream: Workstream::Network,
        side: Side::Joint,
        accountable: Role::TechnicalLead,
        responsible: Role::NetworkEngineer,
        contributors: vec![],
        informed: vec![],
        counterpart: None,
        optional: false,
        legacy: false,
        retired: false,
        applies: Condition::Always,
        days: 5,
        depends_on: vec![],
        children: vec![],
        requirements,
    }
}

fn profile() -> Profile {
    Profile {
        programmes: [Programme::Office365].into(),
        services: [].into(),
        options: [].into(),
        seats: 200,
        cloud: Cloud::Worldwide,
    }
}

fn targets() -> Targets {
    [(Family::Dns, TARGETS.map(str::to_owned).to_vec())].into()
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn observed(n: u128, target: &str, outcome: Outcome, day: i64, valid: i64) -> Evidence {
    Evidence {
        id: EvidenceId(id(n)),
        requirement: RequirementId::parse("records").unwrap(),
        origin: Origin::Observation {
            run: RunId(id(n)),
            vantage: "local".into(),
            target: target.into(),
        },
        outcome,
        collected_at: at(day),
        valid_until: Some(at(day + valid)),
        note: None,
    }
}

fn said(n: u128, statement: bool, outcome: Outcome, day: i64, valid: Option<i64>) -> Evidence {
    let origin = if statement {
        Origin::Statement {
            by: PersonId(id(1)),
            file: None,
        }
    } else {
        Origin::Submission {
            by: PersonId(id(1)),
            file: AttachmentId(id(n)),
        }
    };
    Evidence {
        id: EvidenceId(id(n)),
        requirement: RequirementId::parse("plan").unwrap(),
        origin,
        outcome,
        collected_at: at(day),
        valid_until: valid.map(|it| at(day + it)),
        note: None,
    }
}

fn decision(kind: DecisionKind, from: i64, until: Option<i64>) -> Decision {
    Decision {
        id: DecisionId(id(9)),
        kind,
        by: PersonId(id(1)),
        reason: "because".into(),
        at: at(from),
        until: until.map(at),
        revoked_at: None,
    }
}

/// A small world around one duty with one machine and one people requirement.
#[derive(Clone, Debug)]
struct World {
    duty: Responsibility,
    evidence: Vec<Evidence>,
    findings: Vec<OpenFindings>,
    decisions: Vec<Decision>,
}

impl World {
    fn proof(&self, now: Timestamp) -> Proof {
        let (profile, targets) = (profile(), targets());
        let known = Known {
            duty: &self.duty,
            profile: &profile,
            targets: &targets,
            evidence: &self.evidence,
            findings: &self.findings,
            decisions: &self.decisions,
            children: &[],
        };
        derive(known, now)
    }
}

fn world(evidence: Vec<Evidence>) -> World {
    World {
        duty: duty(vec![machine()]),
        evidence,
        findings: vec![],
        decisions: vec![],
    }
}

#[track_caller]
fn check(world: &World, day: i64, state: State, reason: Option<Reason>) {
    let proof = world.proof(at(day));
    assert_eq!((proof.state, proof.reason), (state, reason), "{:?}", proof.unmet);
}

#[test]
fn every_target_must_pass() {
    let mut it = world(vec![observed(1, "a.example", Outcome::Pass, 0, 7)]);
    check(&it, 1, State::Open, Some(Reason::InProgress));
    it.evidence.push(observed(2, "b.example", Outcome::Pass, 0, 7));
    check(&it, 1, State::Verified, None);
    check(&it, 7, State::Open, Some(Reason::Stale));
}

#[test]
fn nothing_measured_is_not_started_and_says_so() {
    let it = world(vec![]);
    check(&it, 1, State::Open, Some(Reason::NotStarted));
    assert_eq!(it.proof(at(1)).why().len(), 2);
}

#[test]
fn a_failure_after_a_pass_is_a_regression_since_the_first_failure() {
    let it = world(vec![
        observed(1, "a.example", Outcome::Pass, 0, 7),
        observed(2, "b.example", Outcome::Pass, 0, 7),
        observed(3, "a.example", Outcome::Fail, 2, 7),
        observed(4, "a.example", Outcome::Fail, 3, 7),
    ]);
    check(&it, 4, State::Open, Some(Reason::Failing));
    assert_eq!(it.proof(at(4)).regressed_since, Some(at(2)));
}

#[test]
fn a_doubt_leaves_a_fresh_pass_alone_and_never_makes_one() {
    let both = |outcome| {
        TARGETS
            .iter()
            .zip(10..)
            .map(move |(it, n)| observed(n, it, outcome, 1, 7))
    };
    let mut it = world(both(Outcome::Inconclusive).collect());
    check(&it, 2, State::Open, Some(Reason::Inconclusive));
    it.evidence.extend(
        TARGETS
            .iter()
            .zip(20..)
            .map(|(it, n)| observed(n, it, Outcome::Pass, 0, 7)),
    );
    check(&it, 2, State::Verified, None);
}

#[test]
fn a_submission_waits_and_an_approval_attests() {
    let mut it = World {
        duty: duty(vec![people()]),
        evidence: vec![],
        findings: vec![],
        decisions: vec![],
    };
    it.evidence.push(said(1, false, Outcome::Inconclusive, 0, None));
    check(&it, 1, State::Open, Some(Reason::AwaitingApproval));
    it.evidence.push(said(2, true, Outcome::Pass, 1, None));
    check(&it, 1, State::Attested, None);
    it.evidence.push(said(3, true, Outcome::Fail, 2, None));
    check(&it, 2, State::Open, Some(Reason::InProgress));
    assert_eq!(it.proof(at(2)).regressed_since, Some(at(2)));
    it.evidence.push(said(4, false, Outcome::Inconclusive, 3, None));
    check(&it, 3, State::Open, Some(Reason::AwaitingApproval));
}

#[test]
fn a_waiver_passes_until_its_end_and_then_the_duty_is_open_again() {
    let mut it = world(vec![observed(1, "a.example", Outcome::Fail, 0, 7)]);
    it.decisions.push(decision(DecisionKind::Waiver, 1, Some(10)));
    check(&it, 0, State::Open, Some(Reason::Failing));
    check(&it, 5, State::Waived, None);
    check(&it, 10, State::Open, Some(Reason::Failing));
    it.decisions[0].revoked_at = Some(at(3));
    check(&it, 5, State::Open, Some(Reason::Failing));
}

#[test]
fn a_claim_is_not_proof_and_a_measured_failure_contradicts_it() {
    let mut it = world(vec![]);
    it.decisions.push(decision(DecisionKind::Claim, 0, None));
    check(&it, 1, State::Claimed, None);
    it.evidence.push(observed(1, "a.example", Outcome::Fail, 1, 7));
    check(&it, 1, State::Open, Some(Reason::Failing));
}

#[test]
fn accepted_findings_waive_the_measurement_only_when_all_of_them_are() {
    let finding = |accepted: Option<i64>| OpenFindings {
        check: CheckId::parse("dns.records").unwrap(),
        rule: RuleId::parse("DNS-002").unwrap(),
        target: "a.example".into(),
        severity: Severity::Major,
        accepted_until: accepted.map(at),
        count: 1,
    };
    let mut it = world(vec![
        observed(1, "a.example", Outcome::Fail, 0, 7),
        observed(2, "b.example", Outcome::Pass, 0, 30),
    ]);
    it.findings = vec![finding(Some(20)), finding(None)];
    check(&it, 1, State::Open, Some(Reason::Failing));
    it.findings[1].accepted_until = Some(at(20));
    check(&it, 1, State::Waived, None);
    check(&it, 20, State::Open, Some(Reason::Failing));
}

#[test]
fn what_the_profile_leaves_out_says_why() {
    let mut it = world(vec![]);
    it.duty.applies = Condition::Programme(Programme::Ems);
    let proof = it.proof(at(0));
    assert_eq!(proof.state, State::NotApplicable);
    assert_eq!(proof.left_out.unwrap().en, "Enterprise Mobility + Security");
}

#[test]
fn a_container_is_what_its_children_are() {
    let (profile, targets, duty) = (profile(), targets(), duty(vec![]));
    let child = |state, reason| Proof {
        state,
        reason,
        ..blank()
    };
    let mut children = vec![
        (&duty, child(State::Verified, None)),
        (&duty, child(State::Open, Some(Reason::NotStarted))),
    ];
    let derive_with = |children: &[(&Responsibility, Proof)]| {
        let known = Known {
            duty: &duty,
            profile: &profile,
            targets: &targets,
            evidence: &[],
            findings: &[],
            decisions: &[],
            children,
        };
        derive(known, at(0))
    };
    let open = derive_with(&children);
    assert_eq!(
        (open.state, open.reason, open.score()),
        (State::Open, Some(Reason::InProgress), (1, 2))
    );
    children[1].1 = child(State::Attested, None);
    assert_eq!(derive_with(&children).state, State::Attested);
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::Pass),
        Just(Outcome::Fail),
        Just(Outcome::Inconclusive),
        Just(Outcome::NotApplicable)
    ]
}

#[test]
fn a_renewal_that_waits_is_what_is_left_to_do_when_the_former_approval_has_run_out() {
    let it = World {
        duty: duty(vec![people()]),
        evidence: vec![
            said(1, true, Outcome::Pass, 0, Some(5)),
            said(2, false, Outcome::Inconclusive, 1, None),
        ],
        findings: Vec::new(),
        decisions: Vec::new(),
    };
    assert!(it.proof(at(3)).state.passes());
    let after = it.proof(at(41));
    assert_eq!(
        (after.state, after.reason),
        (State::Open, Some(Reason::AwaitingApproval))
    );
}

prop_compose! {
    fn any_observation()(n in 1u128..1_000_000, target in 0usize..2, outcome in any_outcome(), day in 0i64..40, valid in 1i64..20) -> Evidence {
        observed(n, TARGETS[target], outcome, day, valid)
    }
}
prop_compose! {
    fn any_saying()(n in 1u128..1_000_000, statement: bool, pass: bool, day in 0i64..40, valid in proptest::option::of(1i64..20)) -> Evidence {
        let outcome = match (statement, pass) { (false, _) => Outcome::Inconclusive, (true, true) => Outcome::Pass, (true, false) => Outcome::Fail };
        said(n, statement, outcome, day, valid)
    }
}
prop_compose! {
    fn any_world()(
        requirements in prop_oneof![Just(vec![machine()]), Just(vec![people()]), Just(vec![machine(), people()])],
        observations in proptest::collection::vec(any_observation(), 0..12),
        sayings in proptest::collection::vec(any_saying(), 0..6),
        claimed: bool,
        accepted in proptest::option::of((0i64..40).prop_map(at)),
        heavy: bool,
    ) -> World {
        let findings = heavy.then(|| OpenFindings {
            check: CheckId::parse("dns.records").unwrap(), rule: RuleId::parse("DNS-002").unwrap(),
            target: TARGETS[0].into(), severity: Severity::Blocker, accepted_until: accepted, count: 1,
        }).into_iter().collect();
        let decisions = claimed.then(|| decision(DecisionKind::Claim, 0, None)).into_iter().collect();
        World { duty: duty(requirements), evidence: [observations, sayings].concat(), findings, decisions }
    }
}

/// How good a state is: what passes a gate, then what somebody says, then the rest.
fn rank(state: State) -> u8 {
    match state {
        State::Verified | State::Attested | State::Waived | State::NotApplicable => 2,
        State::Claimed => 1,
        State::Open => 0,
    }
}

proptest! {
    #[test]
    fn passing_evidence_never_worsens_a_state(it in any_world(), seen in any_observation(), word in any_saying(), day in 0i64..60) {
        let before = it.proof(at(day)).state;
        for mut more in [seen, word] {
            more.outcome = Outcome::Pass;
            if let Origin::Submission { by, .. } = more.origin { more.origin = Origin::Statement { by, file: None }; }
            let mut with = it.clone();
            with.evidence.push(more);
            prop_assert!(rank(with.proof(at(day)).state) >= rank(before));
        }
    }

    #[test]
    fn inconclusive_evidence_never_passes_a_gate(mut it in any_world(), day in 0i64..60) {
        it.evidence.retain(|it| it.outcome == Outcome::Inconclusive);
        prop_assert!(!it.proof(at(day)).state.passes());
    }

    #[test]
    fn a_doubt_more_never_changes_a_verdict(it in any_world(), mut doubt in any_observation(), day in 0i64..60) {
        doubt.outcome = Outcome::Inconclusive;
        let before = it.proof(at(day));
        let mut with = it.clone();
        with.evidence.push(doubt);
        let after = with.proof(at(day));
        prop_assert_eq!(after.state, before.state);
        prop_assert_eq!(after.reason == Some(Reason::Failing), before.reason == Some(Reason::Failing));
    }

    #[test]
    fn time_alone_only_moves_proven_to_stale(mut it in any_world(), day in 41i64..60, later in 1i64..60) {
        it.findings.clear();
        let (before, after) = (it.proof(at(day)), it.proof(at(day + later)));
        if before.state != after.state {
            prop_assert!(matches!(before.state, State::Verified | State::Attested));
            // What was handed in to renew it waits for somebody, and that is what is left to do.
            let is_next = matches!(after.reason, Some(Reason::Stale | Reason::AwaitingApproval));
            prop_assert!(is_next || after.state == State::Claimed, "{:?}", after);
        }
    }

    #[test]
    fn the_end_of_a_waiver_reopens(mut it in any_world(), day in 41i64..50) {
        let without = it.proof(at(day)).state;
        it.decisions.push(decision(DecisionKind::Waiver, 0, Some(day)));
        prop_assert!(it.proof(at(day).checked_sub(1.second()).unwrap()).state.passes());
        prop_assert_eq!(it.proof(at(day)).state, without);
    }

    #[test]
    fn the_order_of_evidence_does_not_matter(it in any_world(), seed in any::<u64>(), day in 0i64..60) {
        let mut shuffled = it.clone();
        let n = shuffled.evidence.len();
        for i in 1..n {
            shuffled.evidence.swap(i, (seed.rotate_left(u32::try_from(i).unwrap()) % (i as u64 + 1)) as usize);
        }
        let mut ids: Vec<_> = it.evidence.iter().map(|it| it.id).collect();
        ids.sort();
        ids.dedup();
        prop_assume!(ids.len() == n);
        prop_assert_eq!(it.proof(at(day)), shuffled.proof(at(day)));
    }

    #[test]
    fn an_open_duty_always_says_why_and_a_proven_one_has_nothing_to_say(it in any_world(), day in 0i64..60) {
        let proof = it.proof(at(day));
        match proof.state {
            State::Open | State::Claimed => prop_assert!(!proof.why().is_empty()),
            State::Verified | State::Attested => prop_assert!(proof.why().is_empty()),
            State::Waived | State::NotApplicable => {}
        }
        prop_assert!(proof.why().iter().all(|it| it.text.is_complete()));
    }
}
