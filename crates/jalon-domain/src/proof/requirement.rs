//! One requirement judged by its evidence: measurements per target, people's word, children of a container.

use jiff::Timestamp;

use super::{Known, MetBy, Proof, Reason, Remedy, RequirementStatus, Standing, State, Why};
use crate::{
    evidence::{Evidence, Origin, Outcome},
    finding::{OpenFindings, Severity},
    ids::{CheckId, RequirementId},
    measure::Family,
    programme::{ProvedBy, Requirement, Responsibility},
    text::Text,
};

/// Judges `requirement` at `now`.
pub(super) fn judge(requirement: &Requirement, known: Known<'_>, now: Timestamp) -> RequirementStatus {
    let mut own: Vec<&Evidence> = known
        .evidence
        .iter()
        .filter(|it| it.requirement == requirement.id && it.collected_at <= now)
        .collect();
    // Two pieces of one instant are told apart by their id, so that the order in which they are given never matters.
    own.sort_by_key(|it| (it.collected_at, it.id));
    match &requirement.by {
        ProvedBy::Check { check, .. } => measured(requirement, check, &own, known, now),
        _ => said(requirement, &own, now),
    }
}

/// A container's child, seen as a requirement.
pub(super) fn judge_child((duty, proof): &(&Responsibility, Proof)) -> RequirementStatus {
    let standing = match proof.state {
        State::Verified | State::NotApplicable => Standing::Met(MetBy::Machine),
        State::Attested => Standing::Met(MetBy::People),
        State::Waived => Standing::Met(MetBy::Waiver),
        State::Claimed => Standing::Unmet(Reason::InProgress),
        State::Open => Standing::Unmet(match proof.reason {
            Some(Reason::Failing) => Reason::Failing,
            Some(Reason::NotStarted) | None => Reason::NotStarted,
            Some(_) => Reason::InProgress,
        }),
    };
    let why = match standing {
        Standing::Met(_) => Vec::new(),
        Standing::Unmet(reason) => vec![Why {
            requirement: None,
            reason,
            text: Text::new(
                format!("“{}” is not proven yet", duty.title.en),
                format!("« {} » n’est pas encore prouvée", duty.title.fr),
            ),
            remedy: Remedy::Finish {
                responsibility: duty.id.clone(),
            },
        }],
    };
    RequirementStatus {
        id: RequirementId::parse("child").expect("a lower-case word"),
        standing,
        deciding: Vec::new(),
        valid_until: proof.valid_until,
        regressed_since: None,
        why,
    }
}

/// How one target stands, with the evidence that decides.
struct OnTarget<'a> {
    target: &'a str,
    standing: Standing,
    deciding: Option<&'a Evidence>,
    regressed_since: Option<Timestamp>,
    /// The newest doubt, when it came after what decides.
    doubt: Option<&'a Evidence>,
}

fn measured(
    requirement: &Requirement,
    check: &CheckId,
    own: &[&Evidence],
    known: Known<'_>,
    now: Timestamp,
) -> RequirementStatus {
    let family: Option<Family> = check.family().parse().ok();
    let targets = family
        .and_then(|it| known.targets.get(&it))
        .map_or(&[][..], Vec::as_slice);
    let counted: Vec<&OpenFindings> = known
        .findings
        .iter()
        .filter(|it| requirement.by.counts(&it.check, &it.rule))
        .collect();
    let judged: Vec<OnTarget<'_>> = targets.iter().map(|it| on_target(it, own, &counted, now)).collect();
    let mut why: Vec<Why> = judged
        .iter()
        .filter_map(|it| explain(requirement, family, it, &counted, now))
        .collect();
    if targets.is_empty() {
        why.push(no_target(requirement, family));
    }
    let unmet = judged.iter().filter_map(|it| match it.standing {
        Standing::Unmet(reason) => Some(reason),
        Standing::Met(_) => None,
    });
    let standing = match unmet.min() {
        Some(Reason::NotStarted) if judged.iter().any(|it| it.standing.is_met()) => Standing::Unmet(Reason::InProgress),
        Some(reason) => Standing::Unmet(reason),
        None if targets.is_empty() => Standing::Unmet(Reason::NotStarted),
        None if judged.iter().any(|it| it.standing == Standing::Met(MetBy::Waiver)) => Standing::Met(MetBy::Waiver),
        None => Standing::Met(MetBy::Machine),
    };
    RequirementStatus {
        id: requirement.id.clone(),
        standing,
        valid_until: judged
            .iter()
            .filter_map(|it| it.deciding?.valid_until)
            .min()
            .filter(|_| standing.is_met()),
        deciding: judged.iter().filter_map(|it| Some(it.deciding?.id)).collect(),
        regressed_since: judged.iter().filter_map(|it| it.regressed_since).min(),
        why,
    }
}

fn on_target<'a>(target: &'a str, own: &[&'a Evidence], counted: &[&OpenFindings], now: Timestamp) -> OnTarget<'a> {
    let seen: Vec<&Evidence> = own.iter().copied().filter(|it| it.target() == Some(target)).collect();
    let passes = |it: &&&Evidence| matches!(it.outcome, Outcome::Pass | Outcome::NotApplicable);
    let last_fail = seen.iter().rposition(|it| it.outcome == Outcome::Fail);
    let since_fail = &seen[last_fail.map_or(0, |it| it + 1)..];
    // Among passes after the last failure the one that holds longest decides: a pass more never makes it worse.
    let pass = since_fail
        .iter()
        .filter(passes)
        .max_by_key(|it| (it.valid_until.is_none(), it.valid_until, it.collected_at));
    let doubt = seen.last().copied().filter(|it| it.outcome == Outcome::Inconclusive);
    let (standing, deciding) = match (pass, last_fail) {
        (Some(it), _) if it.is_fresh(now) => (Standing::Met(MetBy::Machine), Some(*it)),
        (Some(it), _) => (Standing::Unmet(Reason::Stale), Some(*it)),
        (None, Some(index)) => (failed(target, counted, now), Some(seen[index])),
        (None, None) if doubt.is_some() => (Standing::Unmet(Reason::Inconclusive), doubt),
        (None, None) => (Standing::Unmet(Reason::NotStarted), None),
    };
    let fails_now = standing == Standing::Unmet(Reason::Failing);
    OnTarget {
        target,
        standing,
        deciding,
        regressed_since: fails_now.then(|| regressed(&seen)).flatten(),
        doubt,
    }
}

/// A failed measurement stands, unless waivers accept every finding that made it fail.
fn failed(target: &str, counted: &[&OpenFindings], now: Timestamp) -> Standing {
    let mut heavy = counted
        .iter()
        .filter(|it| it.target == target && it.severity >= Severity::HOLDS_GATE)
        .peekable();
    if heavy.peek().is_some() && heavy.all(|it| it.is_accepted(now)) {
        Standing::Met(MetBy::Waiver)
    } else {
        Standing::Unmet(Reason::Failing)
    }
}

/// The first failure after the last pass, when there was a pass.
fn regressed(seen: &[&Evidence]) -> Option<Timestamp> {
    let last_pass = seen.iter().rposition(|it| it.outcome == Outcome::Pass)?;
    seen[last_pass..]
        .iter()
        .find(|it| it.outcome == Outcome::Fail)
        .map(|it| it.collected_at)
}

fn said(requirement: &Requirement, own: &[&Evidence], now: Timestamp) -> RequirementStatus {
    let refused = own.iter().rposition(|it| it.outcome == Outcome::Fail);
    let since = &own[refused.map_or(0, |it| it + 1)..];
    let approval = since
        .iter()
        .filter(|it| matches!(it.origin, Origin::Statement { .. }) && it.outcome == Outcome::Pass)
        .max_by_key(|it| (it.valid_until.is_none(), it.valid_until, it.collected_at));
    let submission = since
        .iter()
        .rev()
        .find(|it| matches!(it.origin, Origin::Submission { .. }));
    let newer = |it: &&&Evidence| approval.is_none_or(|approval| approval.collected_at < it.collected_at);
    let (standing, deciding) = match (approval, submission) {
        (Some(it), _) if it.is_fresh(now) => (Standing::Met(MetBy::People), Some(*it)),
        (_, Some(it)) if newer(&it) => (Standing::Unmet(Reason::AwaitingApproval), Some(*it)),
        (Some(it), _) => (Standing::Unmet(Reason::Stale), Some(*it)),
        (None, _) if refused.is_some() => (Standing::Unmet(Reason::InProgress), refused.map(|it| own[it])),
        (None, _) => (Standing::Unmet(Reason::NotStarted), None),
    };
    let was_approved = own[..refused.unwrap_or(0)].iter().any(|it| it.outcome == Outcome::Pass);
    let regressed_since = refused
        .filter(|_| was_approved && !standing.is_met())
        .map(|it| own[it].collected_at);
    RequirementStatus {
        id: requirement.id.clone(),
        standing,
        deciding: deciding.iter().map(|it| it.id).collect(),
        valid_until: deciding.and_then(|it| it.valid_until).filter(|_| standing.is_met()),
        regressed_since,
        why: explain_said(requirement, standing, deciding),
    }
}

fn explain_said(requirement: &Requirement, standing: Standing, deciding: Option<&Evidence>) -> Vec<Why> {
    let Standing::Unmet(reason) = standing else {
        return Vec::new();
    };
    let title = &requirement.title;
    let (text, remedy) = match reason {
        Reason::AwaitingApproval => (
            Text::new(
                format!("{}: handed in, awaiting approval", title.en),
                format!("{} : remis, en attente d’approbation", title.fr),
            ),
            Remedy::Approve,
        ),
        Reason::Stale => (
            Text::new(
                format!("{}: no longer valid", title.en),
                format!("{} : n’est plus valable", title.fr),
            ),
            Remedy::Provide,
        ),
        Reason::InProgress => {
            let note = deciding.and_then(|it| it.note.clone()).unwrap_or_default();
            (
                Text::new(
                    format!("{}: refused. {}", title.en, note.en),
                    format!("{} : refusé. {}", title.fr, note.fr),
                ),
                Remedy::Provide,
            )
        }
        _ => (
            Text::new(
                format!("{}: nothing yet", title.en),
                format!("{} : rien pour l’instant", title.fr),
            ),
            Remedy::Provide,
        ),
    };
    vec![Why {
        requirement: Some(requirement.id.clone()),
        reason,
        text,
        remedy,
    }]
}

fn no_target(requirement: &Requirement, family: Option<Family>) -> Why {
    let family = family.unwrap_or(Family::Dns);
    let name = family.target_name();
    Why {
        requirement: Some(requirement.id.clone()),
        reason: Reason::NotStarted,
        text: Text::new(
            format!(
                "{}: no {} is named, so nothing can be measured",
                requirement.title.en, name.en
            ),
            format!(
                "{} : aucun {} n’est indiqué, rien ne peut être mesuré",
                requirement.title.fr, name.fr
            ),
        ),
        remedy: Remedy::AddTarget { family },
    }
}

fn explain(
    requirement: &Requirement,
    family: Option<Family>,
    on: &OnTarget<'_>,
    counted: &[&OpenFindings],
    now: Timestamp,
) -> Option<Why> {
    let Standing::Unmet(reason) = on.standing else {
        return None;
    };
    let family = family?;
    let target = on.target;
    let measure = Remedy::Measure {
        family,
        target: target.to_owned(),
    };
    let note = on.doubt.and_then(|it| it.note.clone());
    let (text, remedy) = match reason {
        Reason::Failing => (failing_text(target, counted, now), Remedy::Mend { family }),
        Reason::Inconclusive => {
            let note = note.unwrap_or_else(|| Text::new("no reason was given", "sans raison donnée"));
            (
                Text::new(
                    format!("{target}: could not be measured ({})", note.en),
                    format!("{target} : n’a pas pu être mesuré ({})", note.fr),
                ),
                measure,
            )
        }
        Reason::Stale => match note {
            Some(note) => (
                Text::new(
                    format!(
                        "{target}: the last proof has expired, and the last try told nothing ({})",
                        note.en
                    ),
                    format!(
                        "{target} : la dernière preuve a expiré et le dernier essai n’a rien appris ({})",
                        note.fr
                    ),
                ),
                measure,
            ),
            None => (
                Text::new(
                    format!("{target}: the last proof has expired"),
                    format!("{target} : la dernière preuve a expiré"),
                ),
                measure,
            ),
        },
        _ => (
            Text::new(
                format!("{target}: not measured yet"),
                format!("{target} : pas encore mesuré"),
            ),
            measure,
        ),
    };
    Some(Why {
        requirement: Some(requirement.id.clone()),
        reason,
        text,
        remedy,
    })
}

fn failing_text(target: &str, counted: &[&OpenFindings], now: Timestamp) -> Text {
    let own = || {
        counted
            .iter()
            .filter(|it| it.target == target && it.holds(Severity::HOLDS_GATE, now))
    };
    let count: usize = own().map(|it| it.count).sum();
    let mut rules: Vec<&str> = own().map(|it| it.rule.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    let rules = rules.join(", ");
    match count {
        0 => Text::new(
            format!("{target}: the last measurement failed"),
            format!("{target} : la dernière mesure a échoué"),
        ),
        1 => Text::new(
            format!("{target}: one finding ({rules})"),
            format!("{target} : un constat ({rules})"),
        ),
        _ => Text::new(
            format!("{target}: {count} findings ({rules})"),
            format!("{target} : {count} constats ({rules})"),
        ),
    }
}
