//! The list in the eleventh week, with the numbers of the mock-ups; the same with a row being edited; and one that is
//! filtered to nothing.

use jalon_domain::{
    gate::{Gate, GateState},
    programme::{Phase, Role, Side},
    proof::{Reason, State},
    text::Text,
};
use jalon_service::view::{
    Header, Link, NextStep, StateCounts,
    duties::{Duties, DutyFilter, DutyGroup, DutyRow, View},
};
use jiff::civil::{Date, date};
use maud::Markup;

use super::view::{self, List};
use crate::{
    pages::{
        overview::sample::{at, gate, header, now},
        parts::{
            Cx,
            sample::{dns_row, people, row, who},
        },
    },
    ui::shell::Frame,
};

/// The pages, each under the name of what it shows.
pub fn pages(frame: &Frame) -> Vec<(&'static str, Markup)> {
    [
        ("responsibilities", sample()),
        ("responsibilities-edit", edited()),
        ("responsibilities-none", none()),
    ]
    .map(|(name, duties)| (name, render(frame, &duties)))
    .into()
}

fn render(frame: &Frame, duties: &Duties) -> Markup {
    let cx = Cx::new(frame, people()[0].id, now());
    view::page(
        frame,
        &cx,
        &List {
            duties,
            tried: None,
            done: None,
        },
    )
}

/// The whole list.
pub(crate) fn sample() -> Duties {
    let groups = groups();
    let counts = groups
        .iter()
        .fold(StateCounts::default(), |all, it| add(all, it.counts));
    Duties {
        header: Header { counts, ..header() },
        views: View::ALL
            .iter()
            .copied()
            .zip([counts.applicable(), 6, 3, 3, 8, 5])
            .collect(),
        shown: groups.iter().map(|it| it.rows.len()).sum(),
        groups,
        people: people(),
        next: Some(NextStep {
            title: Text::new(
                "Give an owner to 3 responsibilities",
                "Donner un responsable à 3 responsabilités",
            ),
            detail: Text::new(
                "2 of them hold the next gate. The catalogue proposes a role for each.",
                "2 d’entre elles retiennent le prochain jalon. Le catalogue propose un rôle pour chacune.",
            ),
            label: Text::new("Show them", "Les afficher"),
            link: Link::Responsibilities { view: View::Unassigned },
        }),
        filter: DutyFilter::default(),
    }
}

/// One row is being edited, and the list is narrowed to a phase.
pub(crate) fn edited() -> Duties {
    let mut duties = sample();
    duties.groups.retain(|it| it.key == "enable");
    duties.shown = duties.groups.iter().map(|it| it.rows.len()).sum();
    duties.filter.phase = Some("enable".to_owned());
    duties.filter.edit = Some("services.enable".parse().expect("samples hold valid ids"));
    duties
}

/// Nothing matches.
pub(crate) fn none() -> Duties {
    let filter = DutyFilter {
        text: Some("fax".to_owned()),
        state: Some("failing".to_owned()),
        ..DutyFilter::default()
    };
    Duties {
        groups: Vec::new(),
        shown: 0,
        filter,
        ..sample()
    }
}

fn add(a: StateCounts, b: StateCounts) -> StateCounts {
    StateCounts {
        verified: a.verified + b.verified,
        attested: a.attested + b.attested,
        waived: a.waived + b.waived,
        claimed: a.claimed + b.claimed,
        failing: a.failing + b.failing,
        inconclusive: a.inconclusive + b.inconclusive,
        stale: a.stale + b.stale,
        awaiting_approval: a.awaiting_approval + b.awaiting_approval,
        in_progress: a.in_progress + b.in_progress,
        not_started: a.not_started + b.not_started,
        not_applicable: a.not_applicable + b.not_applicable,
    }
}

fn counted(rows: &[DutyRow]) -> StateCounts {
    let mut counts = StateCounts::default();
    for row in rows {
        let slot = match (row.state, row.reason) {
            (State::Verified, _) => &mut counts.verified,
            (State::Attested, _) => &mut counts.attested,
            (State::Waived, _) => &mut counts.waived,
            (State::Claimed, _) => &mut counts.claimed,
            (State::NotApplicable, _) => &mut counts.not_applicable,
            (State::Open, Some(Reason::Failing)) => &mut counts.failing,
            (State::Open, Some(Reason::Inconclusive)) => &mut counts.inconclusive,
            (State::Open, Some(Reason::Stale)) => &mut counts.stale,
            (State::Open, Some(Reason::AwaitingApproval)) => &mut counts.awaiting_approval,
            (State::Open, Some(Reason::InProgress)) => &mut counts.in_progress,
            (State::Open, _) => &mut counts.not_started,
        };
        *slot += 1;
    }
    counts
}

fn groups() -> Vec<DutyGroup> {
    let group = |key: &str, title: Text, gate: Option<Gate>, planned: Option<Date>, rows: Vec<DutyRow>| {
        let counts = counted(&rows);
        DutyGroup {
            key: key.to_owned(),
            title,
            folded: counts.proven() == counts.applicable(),
            counts,
            gate,
            planned,
            rows,
        }
    };
    let of = |phase: Phase, state, planned, rows| {
        group(
            phase.word(),
            phase.name(),
            Some(gate(phase.word(), ["Gate", "Jalon"], state, (0, 0))),
            Some(planned),
            rows,
        )
    };
    vec![
        of(Phase::Remediate, GateState::Blocked, date(2026, 11, 27), remediate()),
        of(Phase::Enable, GateState::Later, date(2026, 12, 18), enable()),
        group("cross", Text::new("Cross-phase", "Transverse"), None, None, across()),
        of(
            Phase::Close,
            GateState::Later,
            date(2027, 2, 12),
            proven(Phase::Close, 1, State::Open),
        ),
        of(
            Phase::Assess,
            GateState::Open,
            date(2026, 10, 16),
            proven(Phase::Assess, 10, State::Attested),
        ),
        of(
            Phase::Initiate,
            GateState::Open,
            date(2026, 9, 18),
            proven(Phase::Initiate, 4, State::Verified),
        ),
    ]
}

fn remediate() -> Vec<DutyRow> {
    let row = |id, code, title, owner| DutyRow {
        owner: who(owner),
        due: Some(date(2026, 11, 27)),
        ..row(Some(Phase::Remediate), id, code, title)
    };
    let attested = |it: DutyRow| DutyRow {
        state: State::Attested,
        reason: None,
        met: 1,
        ..it
    };
    vec![
        DutyRow {
            reason: Some(Reason::Failing),
            ..row(
                "remediation.carry-out",
                "o365.remediate.01",
                [
                    "Carry out the remediation found during assessment",
                    "Exécuter les corrections identifiées lors de l’évaluation",
                ],
                "Marc",
            )
        },
        DutyRow {
            reason: Some(Reason::AwaitingApproval),
            due: Some(date(2026, 11, 23)),
            ..row(
                "awareness.build",
                "o365.remediate.02.3",
                ["Build the awareness plan", "Bâtir le plan de sensibilisation"],
                "Nadia",
            )
        },
        DutyRow {
            reason: Some(Reason::InProgress),
            container: true,
            side: Side::Joint,
            met: 2,
            asked: 4,
            ..row(
                "checkpoints.attend",
                "o365.remediate.02",
                ["Attend checkpoint meetings", "Participer aux points de contrôle"],
                "Claire",
            )
        },
        DutyRow {
            state: State::Claimed,
            reason: None,
            ..row(
                "training.build",
                "o365.remediate.02.4",
                ["Build the training plan", "Bâtir le plan de formation"],
                "Nadia",
            )
        },
        attested(row(
            "scenarios.define",
            "o365.remediate.02.1",
            ["Define the business scenarios", "Définir les scénarios métier"],
            "Sophie",
        )),
        attested(row(
            "stakeholders.define",
            "o365.remediate.02.2",
            [
                "Define and mobilise the stakeholders",
                "Définir et mobiliser les parties prenantes",
            ],
            "Nadia",
        )),
    ]
}

fn enable() -> Vec<DutyRow> {
    let row = |id, code, title| row(Some(Phase::Enable), id, code, title);
    vec![
        DutyRow {
            reason: Some(Reason::Failing),
            side: Side::Joint,
            met: 1,
            asked: 3,
            owner: who("Inès"),
            due: Some(date(2026, 11, 23)),
            ..row(
                "directory.prepare",
                "o365.enable.07",
                [
                    "Ready the directory and set up directory sync",
                    "Préparer l’annuaire et configurer sa synchronisation",
                ],
            )
        },
        dns_row(),
        DutyRow {
            reason: Some(Reason::Inconclusive),
            side: Side::Provider,
            met: 2,
            asked: 3,
            owner: who("Anna"),
            due: Some(date(2026, 11, 26)),
            ..row(
                "network.configure",
                "o365.enable.05",
                [
                    "Configure network items following FastTrack guidance",
                    "Configurer les éléments réseau selon les conseils FastTrack",
                ],
            )
        },
        DutyRow {
            reason: Some(Reason::Stale),
            owner: who("Paul"),
            due: Some(date(2026, 12, 11)),
            ..row(
                "clients.prepare",
                "o365.enable.10",
                [
                    "Implement suitable client infrastructure",
                    "Mettre en œuvre l’infrastructure client adaptée",
                ],
            )
        },
        DutyRow {
            role: Role::IdentityEngineer,
            due_is_proposed: true,
            due: Some(date(2026, 12, 16)),
            ..row(
                "services.enable",
                "o365.enable.12",
                [
                    "Enable the chosen services following FastTrack guidance",
                    "Activer les services retenus selon les conseils FastTrack",
                ],
            )
        },
        DutyRow {
            legacy: true,
            optional: true,
            ..row(
                "awareness.carry-out",
                "o365.enable.01.1",
                ["Carry out the awareness plan", "Exécuter le plan de sensibilisation"],
            )
        },
        DutyRow {
            state: State::Waived,
            reason: None,
            owner: who("Claire"),
            valid_until: Some(at("2027-01-29T00:00:00Z")),
            validity_left: Some(64),
            ..row(
                "resources.manage",
                "o365.enable.04",
                ["Manage resources as suits", "Gérer les ressources comme il convient"],
            )
        },
        DutyRow {
            state: State::Verified,
            reason: None,
            met: 1,
            owner: who("Inès"),
            valid_until: Some(at("2026-11-24T09:00:00Z")),
            validity_left: Some(12),
            ..row(
                "identity.sign-in",
                "ems.enable.04",
                [
                    "Configure managed or federated authentication",
                    "Configurer une authentification gérée ou fédérée",
                ],
            )
        },
        DutyRow {
            state: State::NotApplicable,
            reason: None,
            asked: 0,
            due: None,
            ..row(
                "migration.access",
                "o365.enable.02",
                [
                    "Give specialists access rights, if Microsoft performs migration",
                    "Donner les droits aux spécialistes, si Microsoft assure la migration",
                ],
            )
        },
    ]
}

/// Duties that span all phases: as many as there are, so that the page is as long as it gets.
fn across() -> Vec<DutyRow> {
    let titles = [
        ["Operate and maintain the network", "Exploiter et maintenir le réseau"],
        [
            "Keep the users informed of what changes for them",
            "Tenir les utilisateurs informés de ce qui change pour eux",
        ],
        [
            "Hold and renew the Apple push certificate",
            "Détenir et renouveler le certificat push Apple",
        ],
    ];
    let one = |n: usize| {
        let title = titles[n % titles.len()];
        let (state, reason) = if n < 11 {
            (State::Open, Some(Reason::NotStarted))
        } else {
            (State::Attested, None)
        };
        DutyRow {
            state,
            reason,
            owner: who("Paul"),
            ..row(
                None,
                &format!("general.duty-{n}"),
                &format!("o365.general.{n:02}"),
                title,
            )
        }
    };
    (0..46).map(one).collect()
}

fn proven(phase: Phase, count: usize, state: State) -> Vec<DutyRow> {
    let one = |n: usize| DutyRow {
        state,
        reason: (state == State::Open).then_some(Reason::NotStarted),
        met: usize::from(state != State::Open),
        owner: who("Marc"),
        ..row(
            Some(phase),
            &format!("{phase}.duty-{n}"),
            &format!("o365.{phase}.{n:02}"),
            ["Hold the kickoff meeting", "Tenir la réunion de lancement"],
        )
    };
    (1..=count).map(one).collect()
}
