//! The checks while one runs and when all rest; a run that found something, one under way, one that could tell nothing.

use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    ids::{ScheduleId, TargetId},
    measure::Family,
    text::Text,
};
use jalon_service::view::{
    Header, Link, NextStep,
    checks::{Checks, FamilyView, Progress, RuleRow, RunPage, RunRow, ScheduleView, TargetRow},
};
use jalon_store::runs::{RunState, Trigger};
use maud::Markup;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    run::{self, Shown},
    view::{self, List},
};
use crate::{
    pages::{
        overview::sample::{at, header, now},
        parts::{
            Cx,
            sample::{autodiscover, people, run as run_id, spf, who},
        },
    },
    ui::shell::Frame,
};

/// The pages, each under the name of what it shows.
pub fn pages(frame: &Frame) -> Vec<(&'static str, Markup)> {
    vec![
        ("checks", list(frame, &busy(), None)),
        ("checks-schedule", list(frame, &resting(), Some(Family::Tls))),
        ("checks-none", list(frame, &none(), None)),
        ("run", one(frame, &failing())),
        ("run-live", one(frame, &live())),
        ("run-doubt", one(frame, &doubt())),
    ]
}

fn list(frame: &Frame, checks: &Checks, edit: Option<Family>) -> Markup {
    let cx = Cx::new(frame, people()[0].id, now());
    view::page(
        frame,
        &cx,
        &List {
            checks,
            edit,
            tried: None,
            done: None,
        },
    )
}

fn one(frame: &Frame, page: &RunPage) -> Markup {
    let cx = Cx::new(frame, people()[0].id, now());
    run::page(
        frame,
        &cx,
        &Shown {
            page,
            done: None,
            outcome: None,
        },
    )
}

/// A run that ended.
pub(crate) fn ended(n: u128, family: Family, target: &str, outcome: Option<Outcome>, found: i32) -> RunRow {
    RunRow {
        id: run_id(n),
        family,
        target: target.to_owned(),
        state: RunState::Done,
        outcome,
        reason: None,
        trigger: Trigger::Schedule,
        by: None,
        queued_at: at("2026-11-20T16:48:00Z"),
        started_at: Some(at("2026-11-20T16:48:01Z")),
        ended_at: Some(at("2026-11-20T16:48:09Z")),
        found,
        expires_at: None,
        progress: None,
    }
}

/// A run under way.
pub(crate) fn running() -> RunRow {
    RunRow {
        state: RunState::Running,
        trigger: Trigger::Manual,
        by: who("Claire"),
        started_at: Some(at("2026-11-20T16:59:52Z")),
        ended_at: None,
        progress: Some(Progress {
            done: 21,
            total: Some(27),
            what: Text::new(
                "asking for _sipfederationtls._tcp.agences.example.com",
                "question sur _sipfederationtls._tcp.agences.example.com",
            ),
        }),
        ..ended(1285, Family::Dns, "agences.example.com", None, 0)
    }
}

fn target(n: u128, value: &str, last: Option<RunRow>, current: Option<RunRow>, findings: usize) -> TargetRow {
    TargetRow {
        id: TargetId(Uuid::from_u128(n)),
        value: value.to_owned(),
        last,
        current,
        findings,
    }
}

fn family(family: Family, rules: usize, every_seconds: i64, targets: Vec<TargetRow>) -> FamilyView {
    let schedule = ScheduleView {
        id: ScheduleId(Uuid::from_u128(1)),
        every_seconds,
        enabled: family != Family::Directory,
        next_at: at("2026-11-20T22:48:00Z"),
    };
    FamilyView {
        family,
        rules,
        schedule: Some(schedule),
        targets,
    }
}

/// One target is being measured, one waits.
pub(crate) fn busy() -> Checks {
    let waiting = RunRow {
        state: RunState::Queued,
        started_at: None,
        progress: None,
        ..running()
    };
    let broken = RunRow {
        state: RunState::Failed,
        reason: Some(Text::new(
            "line 12: no value after the colon",
            "ligne 12\u{a0}: pas de valeur après les deux-points",
        )),
        ..ended(1281, Family::Directory, "export.ldif", None, 0)
    };
    let dns = ended(1284, Family::Dns, "nord.example.com", Some(Outcome::Fail), 3);
    let tls = ended(1283, Family::Tls, "mail.nord.example.com:443", Some(Outcome::Fail), 2);
    let doubt = ended(
        1282,
        Family::Tls,
        "autodiscover.nord.example.com:443",
        Some(Outcome::Inconclusive),
        0,
    );
    Checks {
        header: header(),
        families: vec![
            family(
                Family::Dns,
                23,
                6 * 3600,
                vec![
                    target(1, "nord.example.com", Some(dns.clone()), None, 3),
                    target(2, "agences.example.com", None, Some(running()), 0),
                    target(
                        3,
                        "nord.example.org",
                        Some(ended(1280, Family::Dns, "nord.example.org", Some(Outcome::Pass), 0)),
                        Some(waiting),
                        0,
                    ),
                ],
            ),
            family(
                Family::Tls,
                9,
                6 * 3600,
                vec![
                    target(4, "mail.nord.example.com:443", Some(tls.clone()), None, 2),
                    target(5, "autodiscover.nord.example.com:443", Some(doubt.clone()), None, 0),
                ],
            ),
            family(
                Family::Directory,
                12,
                24 * 3600,
                vec![target(6, "export.ldif", Some(broken.clone()), None, 26)],
            ),
        ],
        runs: vec![running(), dns, tls, doubt, broken],
        busy: true,
        next: Some(NextStep {
            title: Text::new(
                "Mend what 3 of 6 targets show: 34 open findings",
                "Corriger ce que montrent 3 cibles sur 6\u{a0}: 34 constats ouverts",
            ),
            detail: Text::new(
                "Each has a fix; running the check again closes what was mended.",
                "Chacun a son correctif\u{202f}; relancer le contrôle clôt ce qui est corrigé.",
            ),
            label: Text::new("Open the remediation list", "Ouvrir la remédiation"),
            link: Link::Remediation {
                family: None,
                rule: None,
            },
        }),
    }
}

/// Nothing runs and nothing is wrong.
pub(crate) fn resting() -> Checks {
    let mut checks = busy();
    checks.busy = false;
    checks.next = None;
    for target in checks.families.iter_mut().flat_map(|it| &mut it.targets) {
        target.current = None;
    }
    checks.families[2].targets.clear();
    checks.runs.remove(0);
    checks
}

/// There is nothing to measure yet.
pub(crate) fn none() -> Checks {
    let mut checks = resting();
    checks.families.iter_mut().for_each(|it| it.targets.clear());
    checks.runs.clear();
    checks.next = Some(NextStep {
        title: Text::new("Name what is to be measured", "Indiquer ce qu’il faut mesurer"),
        detail: Text::new(
            "A domain, an endpoint or a directory export.",
            "Un domaine, un point d’accès ou un export d’annuaire.",
        ),
        label: Text::new("Add targets", "Ajouter des cibles"),
        link: Link::Targets,
    });
    Checks {
        header: Header {
            findings: 0,
            ..header()
        },
        ..checks
    }
}

fn rule(id: &str, title: [&str; 2], outcome: Outcome, found: usize) -> RuleRow {
    RuleRow {
        rule: id.parse().expect("samples hold valid ids"),
        title: Text::new(title[0], title[1]),
        severity: Severity::Major,
        source: "RFC 7208, section 3.2".to_owned(),
        outcome,
        reason: None,
        retry_at: None,
        found,
    }
}

/// A run that found something.
pub(crate) fn failing() -> RunPage {
    let timeout = RuleRow {
        reason: Some(Text::new(
            "no answer within 5 s from ns2.example.net",
            "pas de réponse en 5 s de ns2.example.net",
        )),
        retry_at: Some(at("2026-11-20T17:05:00Z")),
        ..rule(
            "DNS-005",
            ["The DKIM keys are published", "Les clés DKIM sont publiées"],
            Outcome::Inconclusive,
            0,
        )
    };
    let skype = RuleRow {
        reason: Some(Text::new(
            "only with Skype for Business Online",
            "seulement avec Skype Entreprise Online",
        )),
        ..rule(
            "DNS-008",
            ["The SIP alias leads to the service", "L’alias SIP mène au service"],
            Outcome::NotApplicable,
            0,
        )
    };
    RunPage {
        header: header(),
        run: ended(1284, Family::Dns, "nord.example.com", Some(Outcome::Fail), 2),
        vantage: "local".to_owned(),
        sha256: Some("9f2c51d07be4a3f0c8d91b6ae27754f3908d6c1ab5e2f4937d60c18a25ee41ab".to_owned()),
        rules: vec![
            RuleRow {
                severity: Severity::Blocker,
                ..rule(
                    "SPF-02",
                    [
                        "A domain has exactly one SPF record",
                        "Un domaine a exactement un enregistrement SPF",
                    ],
                    Outcome::Fail,
                    1,
                )
            },
            rule(
                "DNS-003",
                [
                    "Autodiscover leads to the service",
                    "La découverte automatique mène au service",
                ],
                Outcome::Fail,
                1,
            ),
            timeout,
            rule(
                "DNS-001",
                [
                    "Ownership of the domain is proven",
                    "La propriété du domaine est prouvée",
                ],
                Outcome::Pass,
                0,
            ),
            rule(
                "DNS-002",
                ["Mail comes to the service", "Le courrier arrive au service"],
                Outcome::Pass,
                0,
            ),
            skype,
        ],
        findings: vec![spf(), autodiscover()],
        facts: facts(),
        stats: json!({"queries": 27, "unanswered": 1}),
        before: vec![
            ended(1279, Family::Dns, "nord.example.com", Some(Outcome::Fail), 5),
            ended(1252, Family::Dns, "nord.example.com", Some(Outcome::Pass), 0),
        ],
    }
}

fn facts() -> Value {
    let record = |data| json!({"name": "nord.example.com", "ttl": 3600, "data": data});
    json!({
        "dns.records": {
            "domain": "nord.example.com",
            "answers": {
                "MX nord.example.com": {"status": "found", "records": [record(json!({"type": "MX", "preference": 0, "exchange": "nord-example-com.mail.protection.outlook.com"}))]},
                "CNAME autodiscover.nord.example.com": {"status": "absent"},
                "TXT nord.example.com": {"status": "found", "records": [
                    record(json!({"type": "TXT", "text": "v=spf1 include:spf.protection.outlook.com -all", "parts": []})),
                    record(json!({"type": "TXT", "text": "v=spf1 ip4:192.0.2.25 ~all", "parts": []})),
                ]},
                "CNAME selector1._domainkey.nord.example.com": {"status": "unknown", "reason": "timeout", "detail": "no answer within 5 s"},
            },
        },
    })
}

/// A run under way.
pub(crate) fn live() -> RunPage {
    RunPage {
        run: running(),
        vantage: String::new(),
        sha256: None,
        rules: Vec::new(),
        findings: Vec::new(),
        facts: Value::Object(serde_json::Map::new()),
        stats: Value::Null,
        ..failing()
    }
}

/// A run that could tell nothing.
pub(crate) fn doubt() -> RunPage {
    let mut run = ended(
        1282,
        Family::Tls,
        "autodiscover.nord.example.com:443",
        Some(Outcome::Inconclusive),
        0,
    );
    run.reason = Some(Text::new("the connection was refused", "la connexion a été refusée"));
    let facts = json!({"tls.certificate": {"host": "autodiscover.nord.example.com", "port": 443, "status": "unknown", "reason": "refused", "detail": "connection refused (os error 111)"}});
    RunPage {
        run,
        rules: Vec::new(),
        findings: Vec::new(),
        facts,
        stats: json!({}),
        ..failing()
    }
}
