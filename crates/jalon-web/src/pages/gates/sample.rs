//! The third gate, blocked; and what an open one, one that waits and one without object look like.

use jalon_domain::{
    gate::{Gate, GateState},
    ids::GateId,
    programme::{Phase, Role, Side, Workstream},
    proof::State,
    text::Text,
};
use jalon_service::view::{
    Link, NextStep,
    duties::DutyRow,
    gates::{GateLine, GateView, Gates},
};
use jiff::civil::date;

use crate::pages::overview::sample::{at, blocking, current_gate, gate, header, person};

/// The gate that the engagement stands at.
pub fn sample() -> Gates {
    let opened = GateView {
        gate: Gate {
            waived: vec![id("source.decommission")],
            ..current_gate()
        },
        phase: Phase::Remediate,
        statement: Text::new(
            "Both sides have verified the outcomes of remediation, and no blocking or major finding is left.",
            "Les deux parties ont vérifié les résultats de la remédiation, et il ne reste aucun constat bloquant ou majeur.",
        ),
        source: Some("FastTrack, Onboarding phases, Remediate, 2019-09-05".to_owned()),
        planned: date(2026, 11, 13),
        missing: blocking(),
        holds: vec![
            held(
                "scenarios.define",
                "o365.remediate.02.1",
                ["Define the business scenarios", "Définir les scénarios métier"],
            ),
            held(
                "stakeholders.engage",
                "o365.remediate.02.2",
                ["Engage the stakeholders", "Mobiliser les parties prenantes"],
            ),
            held(
                "checkpoint.meetings",
                "o365.remediate.03",
                ["Attend the checkpoint meetings", "Assister aux points de contrôle"],
            ),
        ],
        waived: vec![DutyRow {
            state: State::Waived,
            valid_until: Some(at("2027-01-31T00:00:00Z")),
            ..held(
                "source.decommission",
                "o365.general.21",
                ["Retire the former servers", "Retirer les anciens serveurs"],
            )
        }],
        next: Some(NextStep {
            title: Text::new(
                "Apply the directory fix: 13 of the 18 findings that block the gate",
                "Appliquer le correctif de l’annuaire\u{a0}: 13 des 18 constats qui bloquent le jalon",
            ),
            detail: Text::new(
                "The fix is ready; the next measurement closes the findings.",
                "Le correctif est prêt\u{202f}; la prochaine mesure clôt les constats.",
            ),
            label: Text::new("Open the fix", "Ouvrir le correctif"),
            link: Link::Remediation {
                family: None,
                rule: None,
            },
        }),
    };
    Gates {
        header: header(),
        gates: lines(),
        opened,
    }
}

/// The page opened at each kind of gate that has nothing missing: open, waiting for the one before, without object.
pub fn settled() -> Vec<Gates> {
    ["initiate", "close", "migrate"].into_iter().map(opened_at).collect()
}

fn opened_at(word: &str) -> Gates {
    let blocked = sample();
    let wanted: GateId = id(word);
    let line = lines()
        .into_iter()
        .find(|it| it.gate.id == wanted)
        .expect("the sample has the gate");
    let holds = if line.gate.state == GateState::Open {
        blocked.opened.holds.clone()
    } else {
        Vec::new()
    };
    let opened = GateView {
        phase: line.phase,
        gate: line.gate,
        source: None,
        missing: Vec::new(),
        waived: Vec::new(),
        next: None,
        holds,
        ..blocked.opened
    };
    Gates { opened, ..blocked }
}

fn lines() -> Vec<GateLine> {
    let line = |phase, closes_phase, gate| GateLine {
        gate,
        phase,
        closes_phase,
    };
    let settled = Gate {
        waived: vec![id("support.plan")],
        ..gate(
            "assess",
            ["Checklist settled", "Liste de contrôle arrêtée"],
            GateState::Open,
            (10, 10),
        )
    };
    vec![
        line(
            Phase::Initiate,
            true,
            gate("initiate", ["Kickoff held", "Lancement tenu"], GateState::Open, (4, 4)),
        ),
        line(Phase::Assess, true, settled),
        line(Phase::Remediate, true, current_gate()),
        line(
            Phase::Enable,
            false,
            gate(
                "core",
                ["Core before services", "Le socle avant les services"],
                GateState::Blocked,
                (5, 9),
            ),
        ),
        line(
            Phase::Enable,
            true,
            gate(
                "enable",
                ["Services enabled", "Services activés"],
                GateState::Later,
                (6, 16),
            ),
        ),
        line(
            Phase::Migrate,
            true,
            gate(
                "migrate",
                ["Users moved", "Utilisateurs déplacés"],
                GateState::NotApplicable,
                (0, 0),
            ),
        ),
        line(
            Phase::Close,
            true,
            gate(
                "close",
                ["Engagement closed", "Mission close"],
                GateState::Later,
                (0, 1),
            ),
        ),
    ]
}

fn id<T: std::str::FromStr>(word: &str) -> T {
    word.parse()
        .unwrap_or_else(|_| panic!("samples hold valid ids, not {word}"))
}

fn held(word: &str, code: &str, title: [&str; 2]) -> DutyRow {
    DutyRow {
        id: id(word),
        code: code.to_owned(),
        title: Text::new(title[0], title[1]),
        phase: Some(Phase::Remediate),
        workstream: Workstream::Governance,
        container: false,
        optional: false,
        legacy: false,
        state: State::Attested,
        reason: None,
        regressed_since: None,
        side: Side::Customer,
        met: 1,
        asked: 1,
        valid_until: None,
        validity_left: None,
        owner: Some(person(4, "Sophie Renard")),
        due: Some(date(2026, 11, 6)),
        due_is_proposed: false,
        late: false,
        role: Role::ProjectManager,
        version: 2,
    }
}
