//! Everything can be proven: requirements name what exists, people on the right side, and no profile is left without.

use std::collections::BTreeSet;

use jalon_domain::{
    ids::RequirementId,
    profile::{Choice, Cloud, Profile, Programme, Service},
    programme::{ProvedBy, Requirement, Responsibility, Role},
};

use super::Checks;
use crate::{Catalogue, Fault, Problem};

pub(super) fn problems(catalogue: &Catalogue, checks: Checks<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for duty in &catalogue.responsibilities {
        let mut add = |key: &str, fault| problems.push(catalogue.problem_of(duty, key, fault));
        for (key, role) in wrong_sides(duty) {
            add(key, Fault::WrongSide { role });
        }
        if duty.optional && duty.applies.is_always() {
            add("optional", Fault::OptionalAlways);
        }
        if duty.days == 0 {
            add("days", Fault::Zero);
        }
        if duty.requirements.is_empty() && duty.children.is_empty() {
            add("requirement", Fault::Unprovable);
        } else if let Some(profile) = profiles().iter().find(|it| !provable(catalogue, duty, it)) {
            add(
                "requirement",
                Fault::UnprovableFor {
                    profile: describe(profile),
                },
            );
        }
        let mut seen = BTreeSet::new();
        for requirement in &duty.requirements {
            if !seen.insert(&requirement.id) {
                add("requirement", Fault::Duplicate(requirement.id.to_string()));
            }
            for (key, fault) in faults(catalogue, requirement, checks) {
                add(&format!("requirement {}{key}", requirement.id), fault);
            }
        }
    }
    problems
}

fn wrong_sides(duty: &Responsibility) -> Vec<(&'static str, Role)> {
    let own = [("accountable", duty.accountable), ("responsible", duty.responsible)];
    let mut wrong: Vec<_> = own.into_iter().filter(|(_, role)| role.is_provider()).collect();
    wrong.extend(
        duty.counterpart
            .filter(|it| !it.is_provider())
            .map(|it| ("counterpart", it)),
    );
    wrong
}

fn faults(catalogue: &Catalogue, requirement: &Requirement, checks: Checks<'_>) -> Vec<(&'static str, Fault)> {
    let mut faults = match &requirement.by {
        ProvedBy::Check { check, rules } => match checks.iter().find(|(it, _)| it == check) {
            None => {
                let accepted = checks.iter().map(|(it, _)| it.clone()).collect();
                vec![(
                    ".check",
                    Fault::UnknownCheck {
                        check: check.clone(),
                        accepted,
                    },
                )]
            }
            Some((_, accepted)) => {
                let unknown = rules.iter().filter(|it| !accepted.contains(it));
                let fault = |rule| Fault::UnknownRule {
                    check: check.clone(),
                    rule,
                    accepted: accepted.as_slice().into(),
                };
                unknown.map(|it| (".rules", fault(it.clone()))).collect()
            }
        },
        ProvedBy::Deliverable { deliverable, approvers } => people(".deliverable", deliverable, approvers),
        ProvedBy::Meeting { meeting, approvers } => people(".meeting", meeting, approvers),
        ProvedBy::Register { register, approvers } => people(".register", register, approvers),
        ProvedBy::SignOff { file, stands_for, .. } => {
            let unknown = stands_for.iter().filter(|it| !catalogue.probes.contains(*it));
            let mut faults: Vec<_> = unknown
                .map(|it| (".stands_for", Fault::UnknownProbe(it.clone())))
                .collect();
            faults.extend((!stands_for.is_empty() && !file).then_some((".file", Fault::StandInWithoutFile)));
            faults
        }
    };
    faults.extend((requirement.valid_days == Some(0)).then_some((".valid_days", Fault::Zero)));
    faults
}

fn people(key: &'static str, kind: &str, approvers: &[Role]) -> Vec<(&'static str, Fault)> {
    // A kind has the shape of a requirement's id: one plain word.
    let word = RequirementId::parse(kind)
        .err()
        .map(|_| (key, Fault::NotAWord(kind.to_owned())));
    let nobody = approvers.is_empty().then_some((".approvers", Fault::Empty));
    word.into_iter().chain(nobody).collect()
}

/// Whether something is asked of `profile` that could prove `duty`, when it applies.
fn provable(catalogue: &Catalogue, duty: &Responsibility, profile: &Profile) -> bool {
    !duty.applies.holds(profile)
        || duty.requirements.iter().any(|it| it.applies.holds(profile))
        || duty
            .children
            .iter()
            .filter_map(|it| catalogue.responsibility(it))
            .any(|it| it.applies.holds(profile))
}

/// Profiles at the edges: each programme alone and both, nothing and everything chosen, small and large.
fn profiles() -> Vec<Profile> {
    let mut profiles = Vec::new();
    for programmes in [
        &[Programme::Office365][..],
        &[Programme::Ems],
        &[Programme::Office365, Programme::Ems],
    ] {
        for (services, options) in [
            (&[][..], &[][..]),
            (Service::ALL, &[]),
            (&[], Choice::ALL),
            (Service::ALL, Choice::ALL),
        ] {
            for (seats, cloud) in [(150, Cloud::Worldwide), (20_000, Cloud::Gcc), (20_000, Cloud::Dod)] {
                profiles.push(Profile {
                    programmes: programmes.iter().copied().collect(),
                    services: services.iter().copied().collect(),
                    options: options.iter().copied().collect(),
                    seats,
                    cloud,
                });
            }
        }
    }
    profiles
}

fn describe(profile: &Profile) -> String {
    let programmes: Vec<&str> = profile.programmes.iter().map(|it| it.word()).collect();
    let some = |chosen: bool, what| {
        if chosen {
            format!("all {what}")
        } else {
            format!("no {what}")
        }
    };
    format!(
        "programmes {}, {}, {}, {} seats, cloud {}",
        programmes.join(" and "),
        some(!profile.services.is_empty(), "services"),
        some(!profile.options.is_empty(), "options"),
        profile.seats,
        profile.cloud,
    )
}
