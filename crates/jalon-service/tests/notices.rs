//! Drift is told once, on real servers and both engines: what was met and no longer is, what comes back, what ends soon.

use std::collections::BTreeMap;

use jalon_domain::{ids::EngagementId, measure::Family};
use jalon_rehearsal::scene::{Fault, Scene};
use jalon_service::{
    Caller, Error, Level,
    duty::NewDecision,
    engagement::NewMember,
    measure::{RunScope, Worker, WorkerOptions},
    notice::NoticeView,
    view::Link,
};
use jalon_store::{
    notices::{self, Notice, NoticeEnd, NoticeKind},
    people, targets,
};
use jalon_testkit::{Stage, on_both};
use jiff::SignedDuration;

const SPF: &str = "requirement:dns.records:spf";
const REMEDIED_SPF: &str = "requirement:remediation.execute:spf";
const MAIL: &str = "mail.nord.example.com";
const SECOND_SPF: &str = "nord.example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.99 ~all\"";

async fn ask(stage: &Stage, id: EngagementId, family: Family) {
    let scope = RunScope {
        family: Some(family),
        target: None,
    };
    stage.clock.pass(SignedDuration::from_mins(1));
    stage
        .app
        .run_checks(&stage.admin, id, &scope)
        .await
        .expect("the administrator may");
}

async fn measure(stage: &Stage, id: EngagementId, family: Family) {
    ask(stage, id, family).await;
    stage.work().await;
}

/// Every notice by key, the oldest first of each: whether it stands.
async fn told(stage: &Stage, id: EngagementId) -> BTreeMap<String, Vec<bool>> {
    let all: Vec<Notice> = notices::page(stage.app.store(), id, None, 500)
        .await
        .expect("the store answers");
    let mut told: BTreeMap<String, Vec<bool>> = BTreeMap::new();
    for it in all.into_iter().rev() {
        told.entry(it.key).or_default().push(it.ended_at.is_none());
    }
    told
}

async fn target(stage: &Stage, id: EngagementId, value: &str) -> targets::Target {
    let all = targets::of_engagement(stage.app.store(), id).await;
    let mut all = all.expect("the store answers").into_iter();
    let host = |it: &targets::Target| it.value.split(':').next() == Some(value);
    all.find(host).expect("it is measured")
}

/// An engagement whose domains are in order.
async fn in_order(stage: &mut Stage) -> EngagementId {
    let id = stage.engagement().await;
    measure(stage, id, Family::Dns).await;
    for fault in stage.scene.faults().to_vec() {
        if !matches!(fault, Fault::Directory(_)) {
            stage.scene.heal(fault).expect("the fault was planted");
        }
    }
    measure(stage, id, Family::Dns).await;
    id
}

fn publish(scene: &Scene) {
    scene.edit(|it| it.publish(SECOND_SPF)).expect("a zone line");
}

fn withdraw(scene: &Scene) {
    scene.edit(|it| it.withdraw(SECOND_SPF)).expect("a zone line");
}

#[tokio::test]
async fn what_fails_ten_times_is_told_once_and_again_only_after_it_was_well() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = in_order(&mut stage).await;
        assert_eq!(
            told(&stage, id).await,
            BTreeMap::new(),
            "what never was met is no drift"
        );

        publish(&stage.scene);
        for _ in 0..10 {
            measure(&stage, id, Family::Dns).await;
        }
        // The remediation asks for the same, and the finding is why: neither says it again.
        let expected = |stood: &[bool]| BTreeMap::from([(SPF.to_owned(), stood.to_vec())]);
        assert_eq!(told(&stage, id).await, expected(&[true]));

        withdraw(&stage.scene);
        measure(&stage, id, Family::Dns).await;
        assert_eq!(told(&stage, id).await, expected(&[false]));
        publish(&stage.scene);
        measure(&stage, id, Family::Dns).await;
        assert_eq!(told(&stage, id).await, expected(&[false, true]));
    })
    .await;
}

#[tokio::test]
async fn a_finding_that_comes_back_is_told_where_no_requirement_drifts_by_it() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = in_order(&mut stage).await;
        let other = "agences.example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.98 ~all\"";
        stage.scene.edit(|it| it.publish(other)).expect("a zone line");
        measure(&stage, id, Family::Dns).await;
        publish(&stage.scene);
        for _ in 0..3 {
            measure(&stage, id, Family::Dns).await;
        }
        let nord = target(&stage, id, "nord.example.com").await;
        let finding = format!("finding:{}:SPF-02", nord.id);
        let stand =
            |finding_stands| BTreeMap::from([(SPF.to_owned(), vec![true]), (finding.clone(), vec![finding_stands])]);
        assert_eq!(told(&stage, id).await, stand(true));
        withdraw(&stage.scene);
        measure(&stage, id, Family::Dns).await;
        assert_eq!(told(&stage, id).await, stand(false));
    })
    .await;
}

#[tokio::test]
async fn what_nobody_measures_any_more_is_told_once_whatever_asks_for_it() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = in_order(&mut stage).await;
        stage.clock.pass_days(8);
        for _ in 0..2 {
            stage.app.refresh_due().await.unwrap();
            let page = stage.app.notices(&stage.admin, id, None, 9).await.unwrap();
            let details: Vec<&str> = page.notices.iter().map(|it| it.detail.en.as_str()).collect();
            let why = "No longer met: agences.example.com: the last proof has expired, and 2 more";
            assert_eq!(details, [why]);
        }
        measure(&stage, id, Family::Dns).await;
        assert!(
            told(&stage, id).await.values().all(|it| *it == [false]),
            "it was measured again"
        );
    })
    .await;
}

#[tokio::test]
async fn what_one_responsibility_no_longer_tells_the_next_one_does() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = in_order(&mut stage).await;
        publish(&stage.scene);
        measure(&stage, id, Family::Dns).await;
        let records = "dns.records".parse().unwrap();
        let why = NewDecision {
            reason: "the zones are the group’s".into(),
        };
        stage.app.leave_out(&stage.admin, id, &records, &why).await.unwrap();
        let drift = [(SPF, false), (REMEDIED_SPF, true)];
        let drift = drift.map(|(key, stands)| (key.to_owned(), vec![stands]));
        assert_eq!(told(&stage, id).await, BTreeMap::from(drift));
        let page = stage.app.notices(&stage.admin, id, None, 9).await.unwrap();
        let ended: Vec<Option<NoticeEnd>> = page.notices.iter().map(|it| it.ended_as).collect();
        assert_eq!(ended, [None, Some(NoticeEnd::Dropped)]);
    })
    .await;
}

#[tokio::test]
async fn a_doubt_is_neither_drift_nor_recovery() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = in_order(&mut stage).await;
        let silence = |scene: &Scene| scene.edit(|it| it.break_at("nord.example.com")).expect("a name");
        let recovery = |scene: &Scene| scene.edit(|it| it.recover_at("nord.example.com")).expect("a name");

        silence(&stage.scene);
        measure(&stage, id, Family::Dns).await;
        assert_eq!(told(&stage, id).await, BTreeMap::new());

        recovery(&stage.scene);
        publish(&stage.scene);
        measure(&stage, id, Family::Dns).await;
        let drift = told(&stage, id).await;
        assert_eq!(drift, BTreeMap::from([(SPF.to_owned(), vec![true])]));

        withdraw(&stage.scene);
        silence(&stage.scene);
        measure(&stage, id, Family::Dns).await;
        assert_eq!(told(&stage, id).await, drift, "nobody proved it well");
        recovery(&stage.scene);
        publish(&stage.scene);
        measure(&stage, id, Family::Dns).await;
        assert_eq!(told(&stage, id).await, drift, "it was not well in between");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_at_once_tell_it_once() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = in_order(&mut stage).await;
        publish(&stage.scene);
        ask(&stage, id, Family::Dns).await;
        let workers = ["one", "other"].map(|name| Worker::new(stage.app.clone(), WorkerOptions::named(name)));
        let (one, other) = tokio::join!(workers[0].drain(), workers[1].drain());
        assert_eq!(
            one.unwrap() + other.unwrap(),
            3 + 1,
            "three domains, and one look where a fix is seen"
        );
        let drift = told(&stage, id).await;
        assert_eq!(drift, BTreeMap::from([(SPF.to_owned(), vec![true])]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_told_of_by_each_instant_that_passes_with_a_run_or_without() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = stage.engagement().await;
        measure(&stage, id, Family::Tls).await;
        let mail = target(&stage, id, MAIL).await;
        let key = |days: i64| format!("certificate:{}:{days}", mail.id);
        let certificates = async || {
            let mut all = told(&stage, id).await;
            all.retain(|key, _| key.starts_with("certificate:"));
            all
        };
        assert_eq!(
            certificates().await,
            BTreeMap::from([(key(14), vec![true])]),
            "it ends in 11 days"
        );

        // Time alone: nobody measures, and two servers look.
        stage.clock.pass_days(5);
        let (one, other) = tokio::join!(stage.app.refresh_due(), stage.app.refresh_due());
        one.unwrap();
        other.unwrap();
        let expected = BTreeMap::from([(key(14), vec![true]), (key(7), vec![true])]);
        assert_eq!(certificates().await, expected);
        stage.app.refresh_due().await.unwrap();
        assert_eq!(certificates().await, expected);

        stage.scene.heal(Fault::MailCertificateEnds).unwrap();
        measure(&stage, id, Family::Tls).await;
        let ended = BTreeMap::from([(key(14), vec![false]), (key(7), vec![false])]);
        let mut all = told(&stage, id).await;
        all.retain(|it, _| it.starts_with(&format!("certificate:{}", mail.id)));
        assert_eq!(all, ended, "it was renewed");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_longer_measured_is_no_longer_told() {
    on_both(async |store| {
        let stage = Stage::on(store).await;
        let id = stage.engagement().await;
        measure(&stage, id, Family::Tls).await;
        let mail = target(&stage, id, MAIL).await;
        let key = format!("certificate:{}:14", mail.id);
        assert_eq!(told(&stage, id).await.get(&key), Some(&vec![true]));
        stage.app.remove_target(&stage.admin, id, mail.id).await.unwrap();
        assert_eq!(told(&stage, id).await.get(&key), Some(&vec![false]));
    })
    .await;
}

#[tokio::test]
async fn each_reads_for_themselves() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = in_order(&mut stage).await;
        publish(&stage.scene);
        let dmarc = "_dmarc.nord.example.com. 3600 IN TXT \"v=DMARC1; p=none\"";
        stage.scene.edit(|it| it.publish(dmarc)).expect("a zone line");
        let discovery = "autodiscover.nord.example.com. 3600 IN CNAME autodiscover.outlook.com.";
        stage.scene.edit(|it| it.withdraw(discovery)).expect("a zone line");
        measure(&stage, id, Family::Dns).await;
        let app = &stage.app;
        let new = NewMember {
            name: "Inès Faure".into(),
            email: "ines@nord.example.com".into(),
            level: Level::Viewer,
            role: None,
        };
        let added = app.add_member(&stage.admin, id, &new).await.unwrap();
        let person = people::find(app.store(), added.id).await.unwrap().unwrap();
        let viewer = Caller { person };
        let unread = async |who: &Caller| app.header(who, id).await.unwrap().unread;

        let page = app.notices(&viewer, id, None, 2).await.unwrap();
        assert_eq!((page.notices.len(), page.header.unread), (2, 3));
        let rest = app.notices(&viewer, id, page.next, 2).await.unwrap();
        assert_eq!((rest.notices.len(), rest.next), (1, None));
        let all: Vec<NoticeView> = page.notices.into_iter().chain(rest.notices).collect();
        assert!(all.iter().all(|it| !it.read && it.ended_at.is_none()), "{all:?}");
        let records = Link::Responsibility {
            id: "dns.records".parse().unwrap(),
        };
        let why = "No longer met: nord.example.com: one finding (SPF-02)";
        let spf = all.iter().find(|it| it.detail.en == why).unwrap();
        assert_eq!((spf.kind, &spf.link), (NoticeKind::Requirement, &records));

        app.mark_notice(&viewer, id, spf.id, true).await.unwrap();
        assert_eq!((unread(&viewer).await, unread(&stage.admin).await), (2, 3));
        app.mark_notice(&viewer, id, spf.id, false).await.unwrap();
        assert_eq!(unread(&viewer).await, 3);
        assert_eq!(app.read_notices(&viewer, id).await.unwrap(), 3);
        assert_eq!((unread(&viewer).await, unread(&stage.admin).await), (0, 3));
        let seen = app.notices(&viewer, id, None, 9).await.unwrap().notices;
        assert!(seen.iter().all(|it| it.read));

        let elsewhere = stage.engagement_without_targets().await;
        let wrong = app.mark_notice(&stage.admin, elsewhere, spf.id, true).await;
        assert!(matches!(wrong, Err(Error::NotFound)), "{wrong:?}");
        let stranger = app.notices(&viewer, elsewhere, None, 9).await;
        assert!(matches!(stranger, Err(Error::NotFound)), "{stranger:?}");
    })
    .await;
}
