//! Three responsibilities: one that machines prove and that regressed, one that waits for an approval, one that is waived.

use jalon_domain::{
    evidence::{Origin, Outcome},
    gate::GateState,
    ids::{AttachmentId, DecisionId, EvidenceId},
    measure::Family,
    programme::{Phase, ProvedBy, Role, Side},
    proof::{DecisionKind, MetBy, Reason, Remedy, RequirementStatus, Standing, State, Why},
    text::Text,
};
use jalon_service::view::{
    Link, NextStep,
    duties::DutyRow,
    duty::{DecisionView, DutyPage, EvidenceView, GateRef, HistoryLine, RaciRow, Related, RequirementView, SourceView},
};
use jiff::civil::date;
use maud::Markup;
use uuid::Uuid;

use super::view::{self, Shown};
use crate::{
    pages::{
        overview::sample::{at, header, now},
        parts::{
            Cx,
            sample::{autodiscover, dns_row, people, row, run, spf, who},
        },
    },
    ui::shell::Frame,
};

/// The pages, each under the name of what it shows.
pub fn pages(frame: &Frame) -> Vec<(&'static str, Markup)> {
    [
        ("responsibility", failing()),
        ("responsibility-approval", awaiting()),
        ("responsibility-waived", waived()),
    ]
    .map(|(name, duty)| (name, render(frame, &duty)))
    .into()
}

fn render(frame: &Frame, duty: &DutyPage) -> Markup {
    let cx = Cx::new(frame, people()[0].id, now());
    view::page(
        frame,
        &cx,
        &Shown {
            duty,
            tried: None,
            done: None,
            upload_limit: 256 << 20,
        },
    )
}

fn status(id: &str, standing: Standing, deciding: &[u128], why: Vec<Why>) -> RequirementStatus {
    RequirementStatus {
        id: id.parse().expect("samples hold valid ids"),
        standing,
        deciding: deciding.iter().map(|it| EvidenceId(Uuid::from_u128(*it))).collect(),
        valid_until: None,
        regressed_since: None,
        why,
    }
}

fn observation(n: u128, outcome: Outcome, target: &str, note: Option<Text>) -> EvidenceView {
    EvidenceView {
        id: EvidenceId(Uuid::from_u128(n)),
        origin: Origin::Observation {
            run: run(1284),
            vantage: "local".to_owned(),
            target: target.to_owned(),
        },
        outcome,
        collected_at: at("2026-11-20T16:48:00Z"),
        valid_until: (outcome == Outcome::Pass).then(|| at("2026-11-27T16:48:00Z")),
        note,
        person: None,
        file: None,
        sha256: Some("9f2c51d07be4a3f0c8d91b6ae27754f3908d6c1ab5e2f4937d60c18a25ee41ab".to_owned()),
        program: "0.1.0".to_owned(),
    }
}

fn why(requirement: &str, reason: Reason, text: [&str; 2], remedy: Remedy) -> Why {
    Why {
        requirement: Some(requirement.parse().expect("samples hold valid ids")),
        reason,
        text: Text::new(text[0], text[1]),
        remedy,
    }
}

fn requirement(title: [&str; 2], by: ProvedBy, status: RequirementStatus, outcome: Outcome) -> RequirementView {
    let is_people = !by.is_machine();
    RequirementView {
        title: Text::new(title[0], title[1]),
        by,
        status,
        outcome,
        evidence: Vec::new(),
        findings: Vec::new(),
        finding_count: 0,
        may_submit: is_people,
        may_approve: is_people,
    }
}

fn check(check: &str, rules: &[&str]) -> ProvedBy {
    let rule = |it: &&str| it.parse().expect("samples hold valid ids");
    ProvedBy::Check {
        check: check.parse().expect("samples hold valid ids"),
        rules: rules.iter().map(rule).collect(),
    }
}

/// DNS records: one requirement met, one failing, one in doubt, one not begun.
pub(crate) fn failing() -> DutyPage {
    let mend = why(
        "records",
        Reason::Failing,
        [
            "2 findings on DNS records are open",
            "2 constats sur les enregistrements DNS sont ouverts",
        ],
        Remedy::Mend { family: Family::Dns },
    );
    let again = why(
        "policy",
        Reason::Inconclusive,
        [
            "The DMARC policy of agences.example.com could not be read: no answer within 5 s",
            "La règle DMARC d’agences.example.com n’a pas pu être lue\u{a0}: pas de réponse en 5 s",
        ],
        Remedy::Measure {
            family: Family::Dns,
            target: "agences.example.com".to_owned(),
        },
    );
    let sign = why(
        "change",
        Reason::NotStarted,
        [
            "Nobody has signed off the change request",
            "Personne n’a signé la demande de changement",
        ],
        Remedy::Provide,
    );
    let doubt = Text::new(
        "No answer within 5 s from ns2.example.net.",
        "Pas de réponse en 5 s de ns2.example.net.",
    );
    DutyPage {
        header: header(),
        row: dns_row(),
        good: Text::new(
            "every mail domain is validated and points mail, discovery and signing to the service, with nothing left of the former system.",
            "chaque domaine de messagerie est validé et dirige le courrier, la découverte et la signature vers le service, sans reste de l’ancien système.",
        ),
        proof: Text::new(
            "the records themselves, measured every six hours.",
            "les enregistrements eux-mêmes, mesurés toutes les six heures.",
        ),
        sources: sources(),
        raci: raci(),
        requirements: vec![
            RequirementView {
                evidence: vec![
                    observation(1, Outcome::Pass, "nord.example.com", None),
                    observation(2, Outcome::Pass, "agences.example.com", None),
                ],
                ..requirement(
                    [
                        "Ownership of every domain is proven",
                        "La propriété de chaque domaine est prouvée",
                    ],
                    check("dns.records", &["DNS-001"]),
                    status("ownership", Standing::Met(MetBy::Machine), &[1, 2], vec![]),
                    Outcome::Pass,
                )
            },
            RequirementView {
                evidence: vec![
                    observation(3, Outcome::Fail, "nord.example.com", None),
                    observation(4, Outcome::Pass, "nord.example.com", None),
                ],
                findings: vec![spf(), autodiscover()],
                finding_count: 2,
                ..requirement(
                    [
                        "The expected records are published",
                        "Les enregistrements attendus sont publiés",
                    ],
                    check("dns.records", &[]),
                    status("records", Standing::Unmet(Reason::Failing), &[3], vec![mend.clone()]),
                    Outcome::Fail,
                )
            },
            RequirementView {
                evidence: vec![observation(
                    5,
                    Outcome::Inconclusive,
                    "agences.example.com",
                    Some(doubt),
                )],
                ..requirement(
                    [
                        "Each domain says what happens to forged mail",
                        "Chaque domaine dit ce qu’il advient du courrier falsifié",
                    ],
                    check("dns.dmarc", &["DNS-021"]),
                    status(
                        "policy",
                        Standing::Unmet(Reason::Inconclusive),
                        &[5],
                        vec![again.clone()],
                    ),
                    Outcome::Inconclusive,
                )
            },
            requirement(
                [
                    "The change request is approved",
                    "La demande de changement est approuvée",
                ],
                ProvedBy::SignOff {
                    signer: Role::ChangeManager,
                    file: false,
                    stands_for: vec![],
                },
                status("change", Standing::Unmet(Reason::NotStarted), &[], vec![sign.clone()]),
                Outcome::NotApplicable,
            ),
        ],
        why: vec![mend, again, sign],
        left_out: None,
        decision: None,
        depends_on: vec![related(
            "change.management",
            ["Change approval", "Approbation des changements"],
            State::Attested,
            None,
        )],
        needed_by: vec![related(
            "services.enable",
            ["Enable the services", "Activer les services"],
            State::Open,
            Some(Reason::NotStarted),
        )],
        children: vec![],
        gates: vec![GateRef {
            id: "enable".parse().expect("samples hold valid ids"),
            title: Text::new("Services enabled", "Services activés"),
            state: GateState::Later,
        }],
        history: history(),
        people: people(),
        next: Some(NextStep {
            title: Text::new(
                "Mend: Publish domain validation DNS records",
                "Corriger\u{a0}: Publier les enregistrements DNS de validation",
            ),
            detail: Text::new(
                "2 findings on DNS records are open",
                "2 constats sur les enregistrements DNS sont ouverts",
            ),
            label: Text::new("See the fix", "Voir le correctif"),
            link: Link::Remediation {
                family: Some(Family::Dns),
                rule: None,
            },
        }),
    }
}

/// A plan that was handed in and waits for the sponsor.
pub(crate) fn awaiting() -> DutyPage {
    let approve = why(
        "plan",
        Reason::AwaitingApproval,
        [
            "The awareness plan waits for an approval",
            "Le plan de sensibilisation attend une approbation",
        ],
        Remedy::Approve,
    );
    let nadia = who("Nadia").expect("she is one of the people");
    let handed_in = EvidenceView {
        origin: Origin::Submission {
            by: nadia.id,
            file: AttachmentId(Uuid::from_u128(7)),
        },
        person: Some(nadia.clone()),
        file: Some((
            AttachmentId(Uuid::from_u128(7)),
            "plan-de-sensibilisation-v1.pdf".to_owned(),
            184_320,
        )),
        collected_at: at("2026-11-18T09:12:00Z"),
        ..observation(
            8,
            Outcome::Inconclusive,
            "",
            Some(Text::same("Première version, sans les sites de Lille.")),
        )
    };
    let row = row(
        Some(Phase::Remediate),
        "awareness.build",
        "o365.remediate.02.3",
        ["Build the awareness plan", "Bâtir le plan de sensibilisation"],
    );
    DutyPage {
        row: DutyRow {
            reason: Some(Reason::AwaitingApproval),
            owner: Some(nadia),
            due: Some(date(2026, 11, 24)),
            due_is_proposed: true,
            ..row
        },
        requirements: vec![RequirementView {
            evidence: vec![handed_in],
            ..requirement(
                [
                    "The awareness plan is approved",
                    "Le plan de sensibilisation est approuvé",
                ],
                ProvedBy::Deliverable {
                    deliverable: "awareness-plan".to_owned(),
                    approvers: vec![Role::BusinessSponsor, Role::AdoptionLead],
                },
                status(
                    "plan",
                    Standing::Unmet(Reason::AwaitingApproval),
                    &[],
                    vec![approve.clone()],
                ),
                Outcome::Inconclusive,
            )
        }],
        why: vec![approve],
        sources: sources().into_iter().take(1).collect(),
        depends_on: vec![],
        history: vec![],
        next: None,
        ..failing()
    }
}

/// An accepted gap.
pub(crate) fn waived() -> DutyPage {
    let mut page = failing();
    page.row.state = State::Waived;
    page.row.reason = None;
    page.row.late = false;
    page.row.regressed_since = None;
    page.decision = Some(DecisionView {
        id: DecisionId(Uuid::from_u128(9)),
        kind: DecisionKind::Waiver,
        reason: "The print relay is replaced in January; until then two records stay.".to_owned(),
        by: who("Claire"),
        at: at("2026-11-19T10:00:00Z"),
        until: Some(at("2027-01-29T00:00:00Z")),
        ticket: Some("CHG-1042".to_owned()),
        approver: Some("Louis Bernard".to_owned()),
    });
    page.next = None;
    page
}

fn sources() -> Vec<SourceView> {
    vec![
        SourceView {
            id: "o365.enable.06".to_owned(),
            title: Text::new(
                "Domain validation DNS records, MX among them.",
                "Enregistrements DNS de validation du domaine, dont MX.",
            ),
            citation: Text::new(
                "Office 365, “your responsibilities”, section Enable, bullet 6, version of 2 April 2019",
                "Office 365, «\u{a0}vos responsabilités\u{a0}», section Activer, alinéa 6, version du 2 avril 2019",
            ),
            divergence: Some(Text::new(
                "the French page leaves MX out.",
                "la page française omet MX.",
            )),
        },
        SourceView {
            id: "ems.general.03".to_owned(),
            title: Text::new("Keep the public zone up to date.", "Tenir la zone publique à jour."),
            citation: Text::new("EMS, section General, bullet 3", "EMS, section Général, alinéa 3"),
            divergence: None,
        },
        SourceView {
            id: "ems.enable.02".to_owned(),
            title: Text::new("Validate the domains.", "Valider les domaines."),
            citation: Text::new("EMS, section Enable, bullet 2", "EMS, section Activer, alinéa 2"),
            divergence: None,
        },
    ]
}

fn raci() -> Vec<RaciRow> {
    let row = |letter, role, side, first: &str| RaciRow {
        letter,
        role,
        side,
        people: who(first).into_iter().collect(),
    };
    vec![
        row('R', Role::NetworkEngineer, Side::Customer, "Thomas"),
        row('A', Role::TechnicalLead, Side::Customer, "Marc"),
        row('C', Role::SecurityLead, Side::Customer, "nobody"),
        row('I', Role::ProjectManager, Side::Customer, "Claire"),
    ]
}

fn related(id: &str, title: [&str; 2], state: State, reason: Option<Reason>) -> Related {
    Related {
        id: id.parse().expect("samples hold valid ids"),
        title: Text::new(title[0], title[1]),
        state,
        reason,
    }
}

fn history() -> Vec<HistoryLine> {
    let failing = (State::Open, Some(Reason::Failing));
    let line = |raw, from, to, regression, cause: [&str; 2]| HistoryLine {
        at: at(raw),
        from,
        to,
        regression,
        cause: Text::new(cause[0], cause[1]),
        run: Some(run(1252)),
    };
    let measured = ["measurement of nord.example.com", "mesure de nord.example.com"];
    vec![
        line("2026-11-18T06:12:00Z", (State::Verified, None), failing, true, measured),
        line(
            "2026-11-04T06:12:00Z",
            failing,
            (State::Verified, None),
            false,
            measured,
        ),
        line(
            "2026-09-28T06:12:00Z",
            (State::Open, Some(Reason::NotStarted)),
            failing,
            false,
            measured,
        ),
    ]
}

/// Somebody who is in none of the samples.
#[cfg(test)]
pub(crate) fn stranger() -> jalon_domain::ids::PersonId {
    jalon_domain::ids::PersonId(Uuid::from_u128(999))
}
