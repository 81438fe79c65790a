//! Gates: one closes each phase, in order, and each waits for something.

use std::collections::BTreeSet;

use jalon_domain::programme::{GateRule, Phase};

use crate::{Catalogue, Fault, Problem};

pub(super) fn problems(catalogue: &Catalogue) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    let mut reached = Phase::Initiate;
    for gate in &catalogue.gates {
        let mut add = |fault| problems.push(Problem::at("gates.toml", gate.id.as_str(), fault));
        if !seen.insert(&gate.id) {
            add(Fault::Duplicate(gate.id.to_string()));
        }
        if gate.phase < reached {
            add(Fault::GateOrder);
        }
        if is_idle(gate) {
            add(Fault::IdleGate);
        }
        reached = reached.max(gate.phase);
    }
    for phase in Phase::ALL {
        // It must also wait for its own phase: otherwise a duty of the phase would hold no gate at all.
        let closing = catalogue
            .gates
            .iter()
            .filter(|it| it.closes_phase && it.phase == *phase && it.phases.contains(phase));
        let found = closing.count();
        if found != 1 {
            problems.push(Problem::of_file(
                "gates.toml",
                Fault::ClosingGates { phase: *phase, found },
            ));
        }
    }
    problems
}

fn is_idle(gate: &GateRule) -> bool {
    gate.phases.is_empty() && !gate.core && gate.responsibilities.is_empty() && gate.findings.is_none()
}
