//! The forests of an engagement are judged together, each once.

use jalon_domain::{evidence::Outcome, ids::TargetId};
use jalon_service::{directory::SourceInput, measure::RunScope, view::environment::Environment};
use jalon_store::{
    Tx,
    directory::{
        facts,
        sources::{BindKind, Security},
    },
    runs, targets,
};
use jalon_testkit::on_both;
use serde_json::json;

use crate::story::Story;

fn called(name: &str) -> SourceInput {
    SourceInput {
        name: name.to_owned(),
        server: "127.0.0.1:9".to_owned(),
        security: Some(Security::Plain),
        bind: Some(BindKind::Anonymous),
        ..SourceInput::default()
    }
}

impl Story {
    /// As if a run had read it: a forest of that name, which shares a suffix of sign-in names with every other one.
    async fn read(&self, target: TargetId, root: &str) {
        let (app, admin) = (&self.stage.app, &self.stage.admin);
        let scope = RunScope {
            target: Some(target),
            ..RunScope::default()
        };
        let asked = app.run_checks(admin, self.id, &scope).await.expect("it is asked for");
        let run = runs::find(app.store(), asked.runs[0]).await.expect("the store answers");
        let run = run.expect("it was asked for");
        let facts = json!({
            "forest": { "root": root, "functional_level": 7, "domains": [{ "dns": root, "netbios": "NORD" }] },
            "schema": { "version": 88 },
            "upn_suffixes": ["shared.example"],
        });
        let row = facts::Facts {
            target,
            organisation: run.organisation,
            engagement: run.engagement,
            run: run.id,
            collected_at: app.now(),
            facts,
        };
        let kept = app.store().write(async |tx: &Tx| facts::put(tx, &row).await).await;
        kept.expect("the store keeps it");
    }

    async fn environment(&self) -> Environment {
        let (app, admin) = (&self.stage.app, &self.stage.admin);
        app.environment(admin, self.id).await.expect("the store answers")
    }

    async fn another(&self, name: &str) -> TargetId {
        let (app, admin) = (&self.stage.app, &self.stage.admin);
        app.add_source(admin, self.id, &called(name))
            .await
            .expect("it is taken")
    }
}

/// What each forest is told of a prerequisite.
fn told(it: &Environment, id: &str) -> Vec<(Outcome, String)> {
    let own = |view: &jalon_service::view::environment::ForestView| {
        let found = view.facts.prerequisites.iter().find(|it| it.id == id);
        let found = found.unwrap_or_else(|| panic!("{id}: {:?}", view.facts.prerequisites));
        (found.outcome, found.reason.en.clone())
    };
    it.forests.iter().map(own).collect()
}

#[tokio::test]
async fn a_second_forest_is_seen_from_the_first_and_a_second_view_of_one_is_not_another() {
    on_both(async |store| {
        let it = Story::of(store, &called("first")).await;
        assert!(it.environment().await.forests.is_empty());
        it.read(it.target, "nord.example").await;
        assert_eq!(told(&it.environment().await, "P-DIR-02")[0].1, "a single forest");

        let branch = it.another("branch").await;
        it.read(branch, "nord.example").await;
        let both = told(&it.environment().await, "P-DIR-02");
        assert!(
            both.len() == 2 && both.iter().all(|it| it.1 == "a single forest"),
            "{both:?}"
        );

        let second = it.another("second").await;
        it.read(second, "ouest.example").await;
        let environment = it.environment().await;
        let all = told(&environment, "P-DIR-02");
        assert!(
            all.len() == 3 && all.iter().all(|it| it.1 != "a single forest"),
            "{all:?}"
        );
        let suffixes = told(&environment, "P-DIR-04");
        assert!(suffixes.iter().all(|it| it.0 == suffixes[0].0), "{suffixes:?}");

        it.stage
            .app
            .remove_target(&it.stage.admin, it.id, second)
            .await
            .expect("it is there");
        let left = told(&it.environment().await, "P-DIR-02");
        assert!(
            left.len() == 2 && left.iter().all(|it| it.1 == "a single forest"),
            "{left:?}"
        );
        let gone = targets::find(it.stage.app.store(), second)
            .await
            .expect("the store answers");
        assert!(gone.is_some_and(|it| it.removed_at.is_some()));
    })
    .await;
}
