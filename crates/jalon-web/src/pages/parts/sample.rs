//! Sample rows that several pages show: responsibilities and findings of the engagement of the mock-ups.

use jalon_domain::{
    finding::{FindingState, Fix, FixKind, Severity},
    ids::{FindingId, RunId},
    programme::{Phase, Role, Side, Workstream},
    proof::{Reason, State},
    text::Text,
};
use jalon_service::view::{PersonRef, duties::DutyRow, remediation::FindingView};
use jiff::civil::date;
use uuid::Uuid;

use crate::pages::overview::sample::{at, person};

/// The people of the engagement.
pub(crate) fn people() -> Vec<PersonRef> {
    let names = [
        "Anna Keller",
        "Claire Morel",
        "Inès Faure",
        "Marc Dubois",
        "Nadia Benali",
        "Paul Girard",
        "Sophie Renard",
        "Thomas Leroy",
    ];
    let mut people: Vec<PersonRef> = names.iter().zip(11..).map(|(name, n)| person(n, name)).collect();
    people.sort();
    people
}

/// One of them, by the first name.
pub(crate) fn who(first: &str) -> Option<PersonRef> {
    people().into_iter().find(|it| it.name.starts_with(first))
}

/// A responsibility: phase, id, code, title in both languages; the rest is as for something not begun.
pub(crate) fn row(phase: Option<Phase>, id: &str, code: &str, title: [&str; 2]) -> DutyRow {
    DutyRow {
        id: id.parse().expect("samples hold valid ids"),
        code: code.to_owned(),
        title: Text::new(title[0], title[1]),
        phase,
        workstream: Workstream::Governance,
        container: false,
        optional: false,
        legacy: false,
        state: State::Open,
        reason: Some(Reason::NotStarted),
        regressed_since: None,
        side: Side::Customer,
        met: 0,
        asked: 1,
        valid_until: None,
        validity_left: None,
        owner: None,
        due: Some(date(2026, 12, 15)),
        due_is_proposed: false,
        late: false,
        role: Role::TechnicalLead,
        version: 1,
    }
}

/// The responsibility that regressed.
pub(crate) fn dns_row() -> DutyRow {
    DutyRow {
        workstream: Workstream::Messaging,
        reason: Some(Reason::Failing),
        regressed_since: Some(at("2026-11-18T06:12:00Z")),
        side: Side::Joint,
        met: 1,
        asked: 4,
        owner: who("Thomas"),
        due: Some(date(2026, 11, 19)),
        late: true,
        role: Role::NetworkEngineer,
        version: 7,
        ..row(
            Some(Phase::Enable),
            "dns.records",
            "o365.enable.06",
            [
                "Publish domain validation DNS records, MX included",
                "Publier les enregistrements DNS de validation, MX compris",
            ],
        )
    }
}

/// What a finding is made from: number, rule, subject, observed, expected.
pub(crate) struct Seen<'a> {
    pub(crate) n: u128,
    pub(crate) rule: &'a str,
    pub(crate) severity: Severity,
    pub(crate) subject: &'a str,
    pub(crate) attribute: Option<&'a str>,
    pub(crate) observed: &'a str,
    pub(crate) expected: &'a str,
    pub(crate) message: [&'a str; 2],
    pub(crate) remedy: [&'a str; 2],
}

/// An open finding.
pub(crate) fn finding(it: &Seen<'_>) -> FindingView {
    let (check, target) = match it.rule.split_once('-').map(|it| it.0) {
        Some("DIR") => ("directory.objects", "export.ldif"),
        Some("TLS") => ("tls.certificate", "mail.nord.example.com:443"),
        Some("SPF") => ("dns.spf", "nord.example.com"),
        _ => ("dns.records", "nord.example.com"),
    };
    FindingView {
        id: FindingId(Uuid::from_u128(it.n)),
        check: check.parse().expect("samples hold valid ids"),
        rule: it.rule.parse().expect("samples hold valid ids"),
        severity: it.severity,
        subject: it.subject.to_owned(),
        attribute: it.attribute.map(str::to_owned),
        target: target.to_owned(),
        observed: it.observed.to_owned(),
        expected: it.expected.to_owned(),
        message: Text::new(it.message[0], it.message[1]),
        remedy: Text::new(it.remedy[0], it.remedy[1]),
        fix: None,
        state: FindingState::Open,
        opened_at: at("2026-10-02T08:00:00Z"),
        last_seen_at: at("2026-11-20T16:48:00Z"),
        fixed_at: None,
        reopened_at: None,
        accepted_until: None,
        owner: who("Thomas"),
        due: Some(date(2026, 11, 19)),
        run: run(1284),
    }
}

/// The id of a run.
pub(crate) fn run(n: u128) -> RunId {
    RunId(Uuid::from_u128(n))
}

/// Two SPF records for one domain: back since the 18th, with the lines that mend it.
pub(crate) fn spf() -> FindingView {
    let mut finding = finding(&Seen {
        n: 1,
        rule: "SPF-02",
        severity: Severity::Blocker,
        subject: "nord.example.com",
        attribute: Some("TXT"),
        observed: "v=spf1 include:spf.protection.outlook.com -all\nv=spf1 ip4:192.0.2.25 ~all",
        expected: "exactly one record v=spf1",
        message: ["Two SPF records for one domain", "Deux SPF pour le même domaine"],
        remedy: [
            "Two SPF records make the policy invalid: outgoing mail may be refused. Publish one record that says both.",
            "Deux enregistrements SPF rendent la règle invalide\u{a0}: le courrier sortant peut être refusé. Publiez un seul enregistrement qui dise les deux.",
        ],
    });
    let (old, new) = (
        [
            "nord.example.com. 3600 IN TXT \"v=spf1 include:spf.protection.outlook.com -all\"",
            "nord.example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.25 ~all\"",
        ],
        "nord.example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.25 include:spf.protection.outlook.com -all\"",
    );
    finding.reopened_at = Some(at("2026-11-18T06:12:00Z"));
    finding.fix = Some(Fix {
        kind: FixKind::Zone,
        text: format!("; remove: {}\n; remove: {}\n{new}\n", old[0], old[1]),
        undo: Some(format!("; remove: {new}\n{}\n{}\n", old[0], old[1])),
        steps: None,
    });
    finding
}

/// Autodiscover that leads to the former server.
pub(crate) fn autodiscover() -> FindingView {
    finding(&Seen {
        n: 2,
        rule: "DNS-003",
        severity: Severity::Major,
        subject: "autodiscover.nord.example.com",
        attribute: Some("CNAME"),
        observed: "A 192.0.2.31",
        expected: "CNAME autodiscover.outlook.com.",
        message: [
            "Autodiscover leads to the former server",
            "La découverte automatique mène à l’ancien serveur",
        ],
        remedy: ["Replace the address by the alias.", "Remplacez l’adresse par l’alias."],
    })
}
