//! Where the records of a fix are seen, on real name servers and both engines: after each run, and when somebody asks.

use jalon_domain::{
    ids::{EngagementId, RuleId},
    measure::Family,
};
use jalon_rehearsal::scene::Fault;
use jalon_service::{
    measure::RunScope,
    propagation::{Form, Reached, SeenOn},
};
use jalon_testkit::{Stage, on_both};

async fn measure(stage: &Stage, id: EngagementId) {
    let dns = RunScope {
        family: Some(Family::Dns),
        target: None,
    };
    stage
        .app
        .run_checks(&stage.admin, id, &dns)
        .await
        .expect("the administrator may");
    stage.work().await;
}

async fn seen(stage: &Stage, id: EngagementId, rule: &RuleId) -> SeenOn {
    let all = stage
        .app
        .propagation(&stage.admin, id, rule)
        .await
        .expect("the administrator may");
    let named = all.into_iter().find(|it| it.name == "nord.example.com");
    named.expect("the domain breaks the rule, or did")
}

#[tokio::test]
async fn a_fix_is_seen_everywhere_before_and_after_a_run_closes_the_finding() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = stage.engagement().await;
        let rule = RuleId::parse("SPF-02").unwrap();
        measure(&stage, id).await;
        let before = seen(&stage, id, &rule).await;
        assert_eq!(before.state, Reached::Partly, "{before:?}");
        assert!(before.of > 1 && before.seen == 0, "{before:?}");
        let plan = async |form| {
            let all = stage.app.zone_plan(&stage.admin, id, before.target, Some(&rule), form);
            all.await.unwrap()
        };
        assert_eq!(plan(Form::Zone).await.changes, 1);
        assert!(plan(Form::Route53).await.text.contains("UPSERT"));

        let planted = stage.scene.faults().to_vec();
        for fault in planted.into_iter().filter(|it| !matches!(it, Fault::Directory(_))) {
            stage.scene.heal(fault).unwrap();
        }
        stage.clock.pass(jiff::SignedDuration::from_mins(1));
        stage.app.ask_look(&stage.admin, id, &rule).await.unwrap();
        stage.work().await;
        let published = seen(&stage, id, &rule).await;
        assert!(
            published.state != Reached::Unknown && !published.looking,
            "{published:?}"
        );
        assert_eq!(open(&stage, id, &rule).await, 1, "a look closes nothing");

        measure(&stage, id).await;
        assert_eq!(open(&stage, id, &rule).await, 0);
        let after = seen(&stage, id, &rule).await;
        assert_eq!((after.state, after.seen), (Reached::Everywhere, after.of), "{after:?}");
    })
    .await;
}

async fn open(stage: &Stage, id: EngagementId, rule: &RuleId) -> usize {
    let all = stage.app.findings(&stage.admin, id, &Default::default(), 200).await;
    let on_domain = |it: &&_| of(it) == (rule, "nord.example.com");
    all.expect("the administrator may").0.iter().filter(on_domain).count()
}

fn of(it: &jalon_service::view::remediation::FindingView) -> (&RuleId, &str) {
    (&it.rule, &it.target)
}
