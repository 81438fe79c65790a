//! Work can be done in an order: no circle, nothing waits for a later phase, every duty has its place in the
//! phases, and containers hold no containers.

use std::collections::BTreeSet;

use jalon_domain::{
    ids::ResponsibilityId,
    programme::{Phase, Responsibility},
};

use crate::{Catalogue, Fault, Problem, list};

pub(super) fn problems(catalogue: &Catalogue) -> Vec<Problem> {
    let mut problems: Vec<Problem> = catalogue
        .responsibilities
        .iter()
        .flat_map(|it| placed(catalogue, it))
        .collect();
    let mut done = BTreeSet::new();
    for start in &catalogue.responsibilities {
        let circle = circle(catalogue, &start.id, &mut Vec::new(), &mut done);
        // It is mended in the file of a member, not of what merely leads into it.
        let member = circle.as_ref().and_then(|it| catalogue.responsibility(it.first()?));
        if let (Some(circle), Some(member)) = (circle, member) {
            problems.push(catalogue.problem_of(member, "depends_on", Fault::Cycle(circle)));
        }
    }
    problems
}

fn placed(catalogue: &Catalogue, duty: &Responsibility) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |key: &str, fault| problems.push(catalogue.problem_of(duty, key, fault));
    match (duty.phase, duty.needed_by) {
        (None, None) => add("", Fault::NoPhase),
        (Some(_), Some(_)) => add("needed_by", Fault::TwoPhases),
        _ => {}
    }
    if let Some(bullet) = duty.bullets.first().and_then(|it| catalogue.bullet(it)) {
        let expected = list::phase(bullet.section);
        // A general duty may be the last act of all: retiring the source is.
        let closing = expected.is_none() && duty.phase == Some(Phase::Close);
        if duty.phase != expected && !closing {
            let found = duty.phase.map_or("none", Phase::word).to_owned();
            add(
                "phase",
                Fault::WrongPhase {
                    found,
                    section: bullet.section,
                },
            );
        }
    }
    for child in duty.children.iter().filter_map(|it| catalogue.responsibility(it)) {
        if !child.children.is_empty() {
            add("children", Fault::Nested(child.id.clone()));
        }
    }
    let phase = duty.gate_phase();
    for (key, ids) in [("depends_on", &duty.depends_on), ("children", &duty.children)] {
        for other in ids.iter().filter_map(|it| catalogue.responsibility(it)) {
            let later = other.gate_phase();
            if later > phase {
                add(
                    key,
                    Fault::Later {
                        id: other.id.clone(),
                        later,
                        phase,
                    },
                );
            }
        }
    }
    problems
}

/// A circle that `id` leads into, written from its first member back to it. Each is reported once: what was walked
/// through is done.
fn circle(
    catalogue: &Catalogue,
    id: &ResponsibilityId,
    path: &mut Vec<ResponsibilityId>,
    done: &mut BTreeSet<ResponsibilityId>,
) -> Option<Vec<ResponsibilityId>> {
    if let Some(start) = path.iter().position(|it| it == id) {
        let mut circle = path[start..].to_vec();
        circle.push(id.clone());
        return Some(circle);
    }
    if done.contains(id) {
        return None;
    }
    let duty = catalogue.responsibility(id)?;
    path.push(id.clone());
    let next = duty.depends_on.iter().chain(&duty.children);
    let found = next.into_iter().find_map(|it| circle(catalogue, it, path, done));
    path.pop();
    done.insert(id.clone());
    found
}
