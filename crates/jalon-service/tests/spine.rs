//! The loop on which everything hangs, on real servers and both engines: engagement, check, finding, fix, evidence,
//! state of proof, gate.

use jalon_domain::{
    finding::Severity,
    gate::GateState,
    ids::{RequirementId, ResponsibilityId},
    proof::{Reason, State},
};
use jalon_rehearsal::scene::Fault;
use jalon_service::{
    Error,
    duty::{Assignment, NewDecision, NewWaiver, Statement},
    measure::RunScope,
    view::{duties::DutyFilter, remediation::FindingsFilter},
};
use jalon_testkit::{Stage, on_both};
use jiff::civil::date;

fn duty(id: &str) -> ResponsibilityId {
    ResponsibilityId::parse(id).expect("a responsibility of the catalogue")
}

#[tokio::test]
async fn a_planted_fault_is_found_mended_and_proven_gone() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = stage.engagement().await;
        stage
            .app
            .run_checks(&stage.admin, id, &RunScope::default())
            .await
            .unwrap();
        stage.work().await;

        let found = stage
            .app
            .remediation(&stage.admin, id, FindingsFilter::default())
            .await
            .unwrap();
        let rules: Vec<String> = found
            .families
            .iter()
            .flat_map(|it| &it.groups)
            .map(|it| it.rule.to_string())
            .collect();
        for rule in [
            "SPF-02", "DNS-003", "DNS-005", "DMARC-01", "TLS-02", "TLS-03", "DIR-021",
        ] {
            assert!(rules.iter().any(|it| it == rule), "{rule} is not among {rules:?}");
        }
        assert_eq!(found.table.total(), found.header.findings);

        let records = duty("dns.records");
        let page = stage.app.duty(&stage.admin, id, &records).await.unwrap();
        assert_eq!((page.row.state, page.row.reason), (State::Open, Some(Reason::Failing)));

        for fault in stage.scene.faults().to_vec() {
            if !matches!(fault, Fault::Directory(_)) {
                stage.scene.heal(fault).expect("the fault was planted");
            }
        }
        stage.clock.pass_days(1);
        stage
            .app
            .run_checks(&stage.admin, id, &RunScope::default())
            .await
            .unwrap();
        stage.work().await;

        let page = stage.app.duty(&stage.admin, id, &records).await.unwrap();
        let open: Vec<_> = page.why.iter().map(|it| it.text.en.clone()).collect();
        let machine = page.requirements.iter().filter(|it| it.by.is_machine());
        assert!(machine.clone().all(|it| it.status.standing.is_met()), "{open:?}");
        let after = stage
            .app
            .remediation(&stage.admin, id, FindingsFilter::default())
            .await
            .unwrap();
        let dns = after
            .table
            .rows
            .iter()
            .find(|it| it.family == jalon_domain::measure::Family::Dns)
            .unwrap();
        assert_eq!((dns.blocker, dns.major), (0, 0));
        assert!(after.table.fixed > 0);
        assert!(after.table.of(Severity::Blocker) > 0, "the directory was not mended");
    })
    .await;
}

#[tokio::test]
async fn every_page_tells_the_same_sums() {
    on_both(async |store| {
        let stage = Stage::on(store).await;
        let id = stage.engagement().await;
        stage
            .app
            .run_checks(&stage.admin, id, &RunScope::default())
            .await
            .unwrap();
        stage.work().await;
        let overview = stage.app.overview(&stage.admin, id).await.unwrap();
        let list = stage.app.duties(&stage.admin, id, DutyFilter::default()).await.unwrap();
        let remediation = stage
            .app
            .remediation(&stage.admin, id, FindingsFilter::default())
            .await
            .unwrap();
        let card = stage.app.engagements(&stage.admin).await.unwrap().remove(0);

        // States: phases and cross-phase duties add up to what applies, here, in the list and in the summary.
        let counts = overview.header.counts;
        let by_phase = overview.phases.iter().map(|it| it.counts).chain([overview.cross]);
        let (applicable, proven) = by_phase.fold((0, 0), |(all, proven), it| {
            (all + it.applicable(), proven + it.proven())
        });
        assert_eq!((applicable, proven), (counts.applicable(), counts.proven()));
        assert_eq!(counts, card.counts);
        assert_eq!(
            list.groups.iter().map(|it| it.counts.applicable()).sum::<usize>(),
            counts.applicable()
        );
        assert_eq!(list.groups.iter().map(|it| it.rows.len()).sum::<usize>(), list.shown);
        assert_eq!(list.shown, counts.applicable() + counts.not_applicable);

        // Findings: by severity and by check, on every page.
        assert_eq!(overview.findings, remediation.table);
        assert_eq!(overview.findings.total(), overview.header.findings);
        assert_eq!(
            remediation.families.iter().map(|it| it.count).sum::<usize>(),
            overview.header.findings
        );
        for severity in Severity::ALL {
            let told = card.findings.get(severity).copied().unwrap_or_default();
            assert_eq!(overview.findings.of(*severity), told, "{severity}");
        }

        // What blocks a gate adds up to what the gate says.
        for gate in overview.phases.iter().map(|it| &it.gate) {
            let opened = stage.app.gates(&stage.admin, id, Some(&gate.id)).await.unwrap().opened;
            let findings: usize = opened.missing.iter().map(|it| it.count).sum();
            assert_eq!(findings, gate.findings(), "{}", gate.id);
            let duties = opened.missing.iter().filter(|it| it.count == 0).count();
            assert_eq!(
                (opened.holds.len() + opened.waived.len(), duties),
                (gate.proven, gate.asked - gate.proven)
            );
        }
    })
    .await;
}

#[tokio::test]
async fn people_prove_what_machines_cannot_and_the_first_gate_opens() {
    on_both(async |store| {
        let stage = Stage::on(store).await;
        let id = stage.engagement().await;
        let before = stage.app.overview(&stage.admin, id).await.unwrap();
        assert_eq!(before.phases[0].gate.state, GateState::Blocked);
        let all = stage.app.duties(&stage.admin, id, DutyFilter::default()).await.unwrap();
        assert_eq!(all.header.counts.applicable() + all.header.counts.not_applicable, 76);

        // Every duty that the first gate waits for is proven by what it asks for.
        let gates = stage.app.gates(&stage.admin, id, None).await.unwrap();
        let missing: Vec<_> = gates.opened.missing.iter().map(|it| it.link.clone()).collect();
        assert!(!missing.is_empty());
        for _ in 0..3 {
            prove_all(&stage, id).await;
        }
        let after = stage.app.overview(&stage.admin, id).await.unwrap();
        assert_eq!(
            after.phases[0].gate.state,
            GateState::Open,
            "{:?}",
            after.phases[0].gate.summary
        );
        assert!(after.header.counts.attested > 0);
    })
    .await;
}

/// Hands in and approves everything that people prove for the gate that the engagement stands at.
async fn prove_all(stage: &Stage, id: jalon_domain::ids::EngagementId) {
    let gates = stage
        .app
        .gates(&stage.admin, id, None)
        .await
        .expect("the administrator may");
    for row in gates.opened.missing {
        let jalon_service::view::Link::Responsibility { id: responsibility } = row.link else {
            continue;
        };
        let page = stage
            .app
            .duty(&stage.admin, id, &responsibility)
            .await
            .expect("the administrator may");
        for requirement in page
            .requirements
            .iter()
            .filter(|it| !it.by.is_machine() && !it.status.standing.is_met())
        {
            let bytes = bytes::Bytes::from_static(b"minutes of the meeting");
            let stream = futures::stream::once(async move { Ok::<_, std::convert::Infallible>(bytes) });
            let file = stage
                .app
                .keep_upload("minutes.txt", "text/plain", stream)
                .await
                .expect("the administrator may");
            let requirement = requirement.status.id.clone();
            let new = jalon_service::duty::Submission {
                requirement: requirement.clone(),
                file,
                note: None,
            };
            stage
                .app
                .submit(&stage.admin, id, &responsibility, new)
                .await
                .expect("the administrator may");
            let word = Statement {
                requirement,
                approved: true,
                note: "read and agreed".into(),
            };
            stage
                .app
                .state(&stage.admin, id, &responsibility, &word)
                .await
                .expect("the administrator may");
        }
    }
}

#[tokio::test]
async fn a_claim_opens_no_gate_a_waiver_does_and_both_can_be_taken_back() {
    on_both(async |store| {
        let stage = Stage::on(store).await;
        let id = stage.engagement().await;
        let plan = duty("success.plan");
        let state = async || stage.app.duty(&stage.admin, id, &plan).await.unwrap().row.state;
        let claim = NewDecision {
            reason: "the plan exists".into(),
        };
        let claimed = stage.app.claim(&stage.admin, id, &plan, &claim).await.unwrap();
        assert_eq!(state().await, State::Claimed);
        let again = stage.app.claim(&stage.admin, id, &plan, &claim).await;
        assert!(matches!(again, Err(Error::Conflict(_))));
        stage.app.revoke(&stage.admin, id, claimed).await.unwrap();
        assert_eq!(state().await, State::Open);

        let mut waiver = NewWaiver {
            reason: "the plan of the group is used instead".into(),
            until: date(2026, 11, 19),
            ticket: Some("CHG-0412".into()),
            approver: None,
        };
        let past = stage.app.waive(&stage.admin, id, &plan, &waiver).await;
        assert!(matches!(past, Err(Error::Invalid { field: "until", .. })));
        waiver.until = date(2026, 12, 1);
        stage.app.waive(&stage.admin, id, &plan, &waiver).await.unwrap();
        assert_eq!(state().await, State::Waived);
        stage.clock.pass_days(13);
        assert_eq!(state().await, State::Open);
        stage.app.refresh_due().await.unwrap();
        let history = stage.app.duty(&stage.admin, id, &plan).await.unwrap().history;
        assert_eq!((history[0].from.0, history[0].to.0), (State::Waived, State::Open));
        let chain = stage.app.verify_chain(&stage.admin, id).await.unwrap();
        assert_eq!(chain.broken, None);
        assert!(chain.events > 4);
    })
    .await;
}

#[tokio::test]
async fn an_old_form_is_refused_with_what_it_is_now() {
    on_both(async |store| {
        let stage = Stage::on(store).await;
        let id = stage.engagement().await;
        let plan = duty("success.plan");
        let version = stage.app.duty(&stage.admin, id, &plan).await.unwrap().row.version;
        let new = Assignment {
            owner: Some(stage.admin.id()),
            due: Some(date(2026, 12, 1)),
            version,
        };
        stage.app.assign(&stage.admin, id, &plan, &new).await.unwrap();
        let old = Assignment {
            owner: None,
            due: None,
            version,
        };
        let refused = stage.app.assign(&stage.admin, id, &plan, &old).await;
        let Err(Error::Stale { changed }) = refused else {
            panic!("an old form was taken: {refused:?}")
        };
        assert_eq!(changed[0].en, "the owner is now Claire Morel");
    })
    .await;
}

#[tokio::test]
async fn evidence_asked_for_by_a_machine_is_not_taken_from_people() {
    on_both(async |store| {
        let stage = Stage::on(store).await;
        let id = stage.engagement().await;
        let word = Statement {
            requirement: RequirementId::parse("certificates").unwrap(),
            approved: true,
            note: "they are fine, believe me".into(),
        };
        let page = stage
            .app
            .duty(&stage.admin, id, &duty("tls.public-certs"))
            .await
            .unwrap();
        let requirement = page.requirements[0].status.id.clone();
        let refused = stage
            .app
            .state(
                &stage.admin,
                id,
                &duty("tls.public-certs"),
                &Statement { requirement, ..word },
            )
            .await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    })
    .await;
}
