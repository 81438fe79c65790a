//! An engagement in its eleventh week, with the numbers of the mock-ups; and one that has just begun.

use jalon_domain::{
    finding::Severity,
    gate::{Blocker, Gate, GateState},
    ids::{EngagementId, PersonId},
    measure::Family,
    profile::{Cloud, Programme, Service},
    programme::Phase,
    proof::{Reason, State},
    schedule,
    text::Text,
    trend::{Forecast, Point, Trend},
};
use jalon_service::{
    Permission,
    view::{
        Header, Link, NextStep, PersonRef, StateCounts,
        calendar::{Entry, EntryKind},
        common::{FindingTable, FindingTableRow},
        overview::{BlockRow, DriftRow, Freshness, Overview, PhaseView},
    },
};
use jiff::{Timestamp, ToSpan, civil::Date, civil::date};
use uuid::Uuid;

use crate::pages::{calendar::sample::entries, notices::sample::notices};

/// The instant of the samples.
pub fn now() -> Timestamp {
    at("2026-11-20T17:00:00Z")
}

pub(crate) fn at(raw: &str) -> Timestamp {
    raw.parse().expect("samples hold valid instants")
}

/// Somebody.
pub(crate) fn person(n: u128, name: &str) -> PersonRef {
    PersonRef {
        name: name.to_owned(),
        id: PersonId(Uuid::from_u128(n)),
        provider: name == "Anna Keller",
    }
}

/// The engagement's head, as its lead sees it.
pub fn header() -> Header {
    Header {
        id: EngagementId(Uuid::from_u128(0x0193_4d6e_0000_7000_8000_0000_0000_0001)),
        organisation: "Example Nord".to_owned(),
        name: "Example Nord".to_owned(),
        programmes: Programme::ALL.to_vec(),
        services: vec![Service::Exchange, Service::Teams, Service::Intune],
        seats: 2340,
        cloud: Cloud::Worldwide,
        start: date(2026, 9, 7),
        target: Some(date(2027, 1, 29)),
        week: 11,
        catalogue: "2026.11".to_owned(),
        counts: counts(),
        findings: 34,
        gates_open: 2,
        gates: 7,
        unread: 2,
        may: Permission::ALL.to_vec(),
        version: 3,
    }
}

fn counts() -> StateCounts {
    StateCounts {
        verified: 11,
        attested: 30,
        waived: 2,
        claimed: 4,
        failing: 5,
        inconclusive: 1,
        stale: 1,
        awaiting_approval: 2,
        in_progress: 7,
        not_started: 7,
        not_applicable: 6,
    }
}

/// A gate with what blocks it already counted.
pub(crate) fn gate(id: &str, title: [&str; 2], state: GateState, (proven, asked): (usize, usize)) -> Gate {
    Gate {
        id: id.parse().expect("samples hold valid ids"),
        title: Text::new(title[0], title[1]),
        state,
        proven,
        asked,
        waived: Vec::new(),
        blockers: Vec::new(),
        summary: Text::new(
            "Everything that the gate waits for is proven.",
            "Tout ce que le jalon attend est prouvé.",
        ),
    }
}

/// The gate that the engagement stands at.
pub(crate) fn current_gate() -> Gate {
    let findings = |family, count| Blocker::Findings {
        family,
        count,
        heaviest: Severity::Blocker,
        rules: Vec::new(),
    };
    let blockers = vec![
        findings(Family::Directory, 13),
        findings(Family::Dns, 3),
        findings(Family::Tls, 2),
        plan(true),
        plan(false),
    ];
    Gate {
        blockers,
        summary: Text::new(
            "18 findings, 1 approval and 1 claim without proof",
            "18 constats, 1 approbation et 1 déclaration sans preuve",
        ),
        ..gate(
            "remediate",
            ["Remediation verified", "Remédiation vérifiée"],
            GateState::Blocked,
            (2, 6),
        )
    }
}

fn plan(is_submitted: bool) -> Blocker {
    let (id, state, reason) = if is_submitted {
        ("awareness.build", State::Open, Some(Reason::AwaitingApproval))
    } else {
        ("training.build", State::Claimed, None)
    };
    Blocker::Responsibility {
        id: id.parse().expect("samples hold valid ids"),
        title: Text::new("Build the plan", "Bâtir le plan"),
        state,
        reason,
    }
}

/// What keeps [`current_gate`] shut.
pub(crate) fn blocking() -> Vec<BlockRow> {
    let findings = |family, severity, count, title: [&str; 2], detail: [&str; 2], owner, due| BlockRow {
        severity: Some(severity),
        count,
        state: None,
        reason: None,
        title: Text::new(title[0], title[1]),
        detail: Text::new(detail[0], detail[1]),
        regressed: (family == Family::Dns).then(|| at("2026-11-18T06:12:00Z")),
        owner,
        due: Some(due),
        link: Link::Remediation {
            family: Some(family),
            rule: None,
        },
    };
    let duty = |id: &str, state, reason, title: [&str; 2], detail: [&str; 2], owner| BlockRow {
        severity: None,
        count: 0,
        state: Some(state),
        reason,
        title: Text::new(title[0], title[1]),
        detail: Text::new(detail[0], detail[1]),
        regressed: None,
        owner,
        due: Some(date(2026, 11, 24)),
        link: Link::Responsibility {
            id: id.parse().expect("samples hold valid ids"),
        },
    };
    vec![
        findings(
            Family::Directory,
            Severity::Blocker,
            13,
            ["Directory objects to correct", "Objets de l’annuaire à corriger"],
            [
                "Directory: 13 findings, DIR-011, DIR-019",
                "Annuaire\u{a0}: 13 constats, DIR-011, DIR-019",
            ],
            Some(person(2, "Inès Faure")),
            date(2026, 11, 23),
        ),
        findings(
            Family::Dns,
            Severity::Blocker,
            3,
            ["DNS records to correct", "Enregistrements DNS à corriger"],
            [
                "DNS: 3 findings, DNS-004, DNS-007",
                "DNS\u{a0}: 3 constats, DNS-004, DNS-007",
            ],
            Some(person(3, "Thomas Leroy")),
            date(2026, 11, 19),
        ),
        findings(
            Family::Tls,
            Severity::Major,
            2,
            [
                "Certificates to renew or reissue",
                "Certificats à renouveler ou à réémettre",
            ],
            [
                "Certificates: 2 findings, TLS-002, TLS-004",
                "Certificats\u{a0}: 2 constats, TLS-002, TLS-004",
            ],
            None,
            date(2026, 11, 25),
        ),
        duty(
            "awareness.build",
            State::Open,
            Some(Reason::AwaitingApproval),
            ["Build the awareness plan", "Bâtir le plan de sensibilisation"],
            [
                "Version 1 awaits the business sponsor’s approval",
                "La version 1 attend l’accord du commanditaire métier",
            ],
            Some(person(4, "Sophie Renard")),
        ),
        duty(
            "training.build",
            State::Claimed,
            None,
            ["Build the training plan", "Bâtir le plan de formation"],
            [
                "Said to be done on 12 November, no document",
                "Déclaré fait le 12\u{a0}novembre, aucun document",
            ],
            None,
        ),
    ]
}

/// The overview in the eleventh week.
pub fn sample() -> Overview {
    Overview {
        header: header(),
        phases: phases(),
        cross: StateCounts {
            verified: 7,
            attested: 13,
            waived: 1,
            failing: 1,
            inconclusive: 1,
            in_progress: 4,
            not_started: 6,
            ..StateCounts::default()
        },
        next: NextStep {
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
                family: Some(Family::Directory),
                rule: None,
            },
        },
        gate: Some(current_gate()),
        blocking: blocking(),
        trend: trend(),
        drift: drift(),
        notices: notices(),
        coming: coming(),
        findings: findings(),
        freshness: Freshness {
            expired: 4,
            soon: 9,
            later: 62,
            weeks: weeks(&[9, 6, 5, 4, 12, 3, 2, 5]),
        },
    }
}

/// The overview on the first day: nothing is measured, nothing proven.
pub fn fresh() -> Overview {
    let mut phases = phases();
    let start = date(2026, 11, 23);
    for phase in &mut phases {
        phase.planned = schedule::phase_window(start, phase.phase).1;
        let asked = phase.counts.applicable();
        phase.counts = StateCounts {
            not_started: asked,
            ..StateCounts::default()
        };
        phase.is_current = phase.phase == Phase::Initiate;
        phase.gate.waived.clear();
        phase.gate.blockers.clear();
        phase.gate.state = match phase.gate.state {
            GateState::NotApplicable => GateState::NotApplicable,
            _ if phase.is_current => GateState::Blocked,
            _ => GateState::Later,
        };
    }
    phases[0].gate.summary = Text::new("4 open responsibilities", "4 responsabilités ouvertes");
    let counts = StateCounts {
        not_started: 70,
        not_applicable: 6,
        ..StateCounts::default()
    };
    let today = Point {
        on: date(2026, 11, 20),
        applicable: 70,
        proven: 0,
        claimed: 0,
    };
    Overview {
        header: Header {
            counts,
            findings: 0,
            gates_open: 0,
            unread: 0,
            start,
            target: None,
            week: 0,
            ..header()
        },
        cross: StateCounts {
            not_started: 33,
            ..StateCounts::default()
        },
        next: NextStep {
            title: Text::new("Name what is to be measured", "Indiquer ce qu’il faut mesurer"),
            detail: Text::new(
                "A domain, an endpoint or a directory export.",
                "Un domaine, un point d’accès ou un export d’annuaire.",
            ),
            label: Text::new("Add targets", "Ajouter des cibles"),
            link: Link::Targets,
        },
        gate: Some(phases[0].gate.clone()),
        blocking: blocking().into_iter().filter(|it| it.state.is_some()).collect(),
        trend: Trend {
            points: vec![today],
            forecast: None,
        },
        drift: Vec::new(),
        notices: Vec::new(),
        coming: Vec::new(),
        findings: FindingTable::default(),
        freshness: Freshness::default(),
        phases,
    }
}

fn phases() -> Vec<PhaseView> {
    let counts = StateCounts::default();
    let view = |phase, counts, gate: Gate, planned: Date| PhaseView {
        phase,
        counts,
        is_current: gate.state == GateState::Blocked,
        gate,
        planned,
    };
    let settled = Gate {
        waived: vec!["support.plan".parse().expect("samples hold valid ids")],
        ..gate(
            "assess",
            ["Checklist settled", "Liste de contrôle arrêtée"],
            GateState::Open,
            (10, 10),
        )
    };
    vec![
        view(
            Phase::Initiate,
            StateCounts {
                verified: 1,
                attested: 3,
                ..counts
            },
            gate("initiate", ["Kickoff held", "Lancement tenu"], GateState::Open, (4, 4)),
            date(2026, 9, 18),
        ),
        view(
            Phase::Assess,
            StateCounts {
                attested: 9,
                waived: 1,
                ..counts
            },
            settled,
            date(2026, 10, 16),
        ),
        view(
            Phase::Remediate,
            StateCounts {
                attested: 2,
                claimed: 1,
                failing: 1,
                awaiting_approval: 1,
                in_progress: 1,
                ..counts
            },
            current_gate(),
            date(2026, 11, 27),
        ),
        view(
            Phase::Enable,
            StateCounts {
                verified: 3,
                attested: 3,
                claimed: 3,
                failing: 3,
                stale: 1,
                awaiting_approval: 1,
                in_progress: 2,
                ..counts
            },
            gate(
                "enable",
                ["Services enabled", "Services activés"],
                GateState::Later,
                (6, 16),
            ),
            date(2027, 1, 8),
        ),
        view(
            Phase::Migrate,
            StateCounts {
                not_applicable: 2,
                ..counts
            },
            gate(
                "migrate",
                ["Users moved", "Utilisateurs déplacés"],
                GateState::NotApplicable,
                (0, 0),
            ),
            date(2027, 2, 5),
        ),
        view(
            Phase::Close,
            StateCounts {
                not_started: 1,
                ..counts
            },
            gate(
                "close",
                ["Engagement closed", "Mission close"],
                GateState::Later,
                (0, 1),
            ),
            date(2027, 2, 19),
        ),
    ]
}

fn trend() -> Trend {
    let weekly = [
        (0, 0),
        (3, 1),
        (8, 1),
        (13, 2),
        (20, 3),
        (27, 3),
        (30, 3),
        (33, 4),
        (37, 4),
        (40, 4),
        (44, 4),
    ];
    let start = date(2026, 9, 7);
    let point = |on, (proven, claimed)| Point {
        on,
        applicable: if on < date(2026, 10, 5) { 68 } else { 70 },
        proven,
        claimed,
    };
    let dates = std::iter::successors(Some(start), |it| it.checked_add(1.week()).ok());
    let mut points: Vec<Point> = dates.zip(weekly).map(|(on, it)| point(on, it)).collect();
    points.push(point(date(2026, 11, 20), (43, 4)));
    let forecast = Forecast {
        on: date(2027, 2, 12),
        early: date(2027, 1, 22),
        late: date(2027, 3, 12),
    };
    Trend {
        points,
        forecast: Some(forecast),
    }
}

fn drift() -> Vec<DriftRow> {
    let row = |raw, id: &str, title: [&str; 2], from, to, regression| DriftRow {
        at: at(raw),
        responsibility: id.parse().expect("samples hold valid ids"),
        title: Text::new(title[0], title[1]),
        from,
        to,
        regression,
    };
    let open = |reason| (State::Open, Some(reason));
    vec![
        row(
            "2026-11-19T22:40:00Z",
            "network.operate",
            ["Operate the network", "Exploiter le réseau"],
            (State::Claimed, None),
            open(Reason::Inconclusive),
            false,
        ),
        row(
            "2026-11-18T06:12:00Z",
            "dns.records",
            ["Publish the DNS records", "Publier les enregistrements DNS"],
            (State::Verified, None),
            open(Reason::Failing),
            true,
        ),
        row(
            "2026-11-17T09:03:00Z",
            "apple.apns",
            ["Hold a push certificate", "Détenir un certificat push"],
            open(Reason::Stale),
            (State::Verified, None),
            false,
        ),
        row(
            "2026-11-16T15:20:00Z",
            "support.plan",
            ["Plan the support", "Planifier le support"],
            open(Reason::InProgress),
            (State::Waived, None),
            false,
        ),
    ]
}

fn findings() -> FindingTable {
    let row = |family, [blocker, major, minor, info]: [usize; 4], measured| FindingTableRow {
        family,
        blocker,
        major,
        minor,
        info,
        measured_at: Some(at(measured)),
    };
    FindingTable {
        rows: vec![
            row(Family::Dns, [1, 2, 2, 0], "2026-11-20T16:48:00Z"),
            row(Family::Tls, [1, 1, 1, 0], "2026-11-20T16:48:00Z"),
            row(Family::Directory, [4, 9, 9, 4], "2026-11-20T14:00:00Z"),
        ],
        fixed: 118,
        accepted: 2,
    }
}

fn weeks(counts: &[usize]) -> Vec<(Date, usize)> {
    let mondays = std::iter::successors(Some(date(2026, 11, 16)), |it| it.checked_add(1.week()).ok());
    mondays.zip(counts.iter().copied()).collect()
}

/// What comes next for people.
fn coming() -> Vec<Entry> {
    let mut coming = entries();
    coming.retain(|it| it.kind != EntryKind::Measurement);
    coming
}
