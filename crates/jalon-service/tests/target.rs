//! The page of a target, on both engines: what was seen in plain form, what a run changed, and what it leads to.

use jalon_checks::dns::told::{Held, Topic};
use jalon_domain::{
    evidence::Outcome,
    ids::{EngagementId, TargetId},
    measure::Family,
};
use jalon_rehearsal::scene::Fault;
use jalon_service::{Error, measure::RunScope, view::target::TargetPage};
use jalon_testkit::{Stage, on_both};

async fn measure(stage: &Stage, id: EngagementId) {
    let everything = RunScope::default();
    stage
        .app
        .run_checks(&stage.admin, id, &everything)
        .await
        .expect("the administrator may");
    stage.work().await;
}

async fn target(stage: &Stage, id: EngagementId, family: Family, begins: &str) -> TargetId {
    let checks = stage.app.checks(&stage.admin, id).await.expect("the administrator may");
    let own = checks.families.into_iter().find(|it| it.family == family);
    let mut targets = own.into_iter().flat_map(|it| it.targets);
    targets
        .find(|it| it.value.starts_with(begins))
        .expect("it is measured")
        .id
}

async fn page(stage: &Stage, id: EngagementId, target: TargetId) -> TargetPage {
    let page = stage.app.target_page(&stage.admin, id, target, None).await;
    page.expect("the administrator may")
}

#[tokio::test]
async fn a_domain_tells_what_was_seen_and_each_run_what_it_opened_and_closed() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = stage.engagement().await;
        let domain = target(&stage, id, Family::Dns, "nord.example.com").await;
        let before = page(&stage, id, domain).await;
        assert!(
            before.last.is_none() && before.history.is_empty() && before.domain.is_empty() && before.plan.is_none()
        );

        measure(&stage, id).await;
        let first = page(&stage, id, domain).await;
        let line = |topic| {
            first
                .domain
                .iter()
                .find(|it| it.topic == topic)
                .expect("each has a line")
        };
        assert_eq!((line(Topic::Spf).held, line(Topic::Spf).values.len()), (Held::Found, 2));
        assert_eq!(line(Topic::Servers).held, Held::Found);
        assert!(first.open > 0 && first.findings.len() == first.open, "{}", first.open);
        assert!(
            first
                .plan
                .as_ref()
                .is_some_and(|it| it.changes > 0 && it.text.contains("\n-")),
            "{:?}",
            first.plan
        );
        assert!(first.next_at.is_some() && first.vantage.is_some());
        let opened = first.history[0].opened.expect("it is kept");
        assert_eq!(usize::try_from(opened).ok(), Some(first.open));

        let planted = stage.scene.faults().to_vec();
        for fault in planted.into_iter().filter(|it| !matches!(it, Fault::Directory(_))) {
            stage.scene.heal(fault).expect("it was planted");
        }
        stage.clock.pass(jiff::SignedDuration::from_hours(1));
        measure(&stage, id).await;
        let healed = page(&stage, id, domain).await;
        assert_eq!((healed.open, healed.history.len()), (0, 2));
        assert_eq!(
            (healed.history[0].opened, healed.history[0].closed),
            (Some(0), Some(opened))
        );
        assert_eq!(healed.last.and_then(|it| it.outcome), Some(Outcome::Pass));
        assert!(healed.plan.is_none() && healed.before.is_none());
    })
    .await;
}

#[tokio::test]
async fn an_endpoint_tells_of_its_certificate_and_when_it_ends() {
    on_both(async |store| {
        let stage = Stage::on(store).await;
        let id = stage.engagement().await;
        measure(&stage, id).await;
        let endpoint = target(&stage, id, Family::Tls, "mail.").await;
        let page = page(&stage, id, endpoint).await;
        let shown = page.endpoint.expect("it was looked at");
        let certificate = shown.nodes[0].certificate.as_ref().expect("it shows one");
        assert_eq!(page.expires_at, Some(certificate.until));
        assert!(!certificate.names.is_empty() && !certificate.key.is_empty() && !shown.nodes[0].protocols.is_empty());
        assert!(page.domain.is_empty() && page.plan.is_none());

        stage
            .app
            .remove_target(&stage.admin, id, endpoint)
            .await
            .expect("the administrator may");
        let gone = stage.app.target_page(&stage.admin, id, endpoint, None).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    })
    .await;
}
