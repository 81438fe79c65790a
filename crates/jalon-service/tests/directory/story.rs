//! An engagement with one live directory, and what a test asks of it.

use jalon_domain::ids::{EngagementId, RunId, TargetId};
use jalon_service::{directory::SourceInput, measure::RunScope, view::remediation::FindingsFilter};
use jalon_store::{Store, runs, runs::Run};
use jalon_testkit::Stage;
use secrecy::SecretString;
use serde_json::Value;

/// The stage, an engagement, its live directory.
pub(crate) struct Story {
    pub(crate) stage: Stage,
    pub(crate) id: EngagementId,
    pub(crate) target: TargetId,
}

impl Story {
    pub(crate) async fn of(store: Store, input: &SourceInput) -> Self {
        let stage = Stage::on(store).await;
        let id = stage.engagement().await;
        let target = stage
            .app
            .add_source(&stage.admin, id, input)
            .await
            .expect("it is taken");
        Self { stage, id, target }
    }

    /// Measures the directory, now.
    pub(crate) async fn measured(&self) -> Run {
        let scope = RunScope {
            target: Some(self.target),
            ..RunScope::default()
        };
        let asked = self.stage.app.run_checks(&self.stage.admin, self.id, &scope).await;
        let run = asked.expect("it is asked for").runs[0];
        self.done(run).await
    }

    /// Does what waits; the run as it ended.
    pub(crate) async fn done(&self, run: RunId) -> Run {
        self.stage.work().await;
        let run = runs::find(self.stage.app.store(), run)
            .await
            .expect("the store answers");
        run.expect("it was asked for")
    }

    /// The rules broken by the objects whose names contain `text`, in order.
    pub(crate) async fn broken(&self, text: &str) -> Vec<String> {
        let filter = FindingsFilter {
            text: Some(text.to_owned()),
            ..FindingsFilter::default()
        };
        let app = &self.stage.app;
        let (found, _) = app
            .findings(&self.stage.admin, self.id, &filter, 100)
            .await
            .expect("the store answers");
        // OpenLDAP says `cn=` of what was added as `CN=`.
        let text = text.to_lowercase();
        let own = found.iter().filter(|it| it.subject.to_lowercase().contains(&text));
        let mut rules: Vec<String> = own.map(|it| it.rule.to_string()).collect();
        rules.sort();
        rules
    }
}

/// What a run counted: whether it read everything, how many objects it read, how many were gone.
pub(crate) fn counted(run: &Run) -> (bool, u64, u64) {
    let stats = &run.report.as_ref().unwrap_or_else(|| panic!("{:?}", run.reason))["stats"];
    let number = |it: &Value| it.as_u64().expect("a number");
    (
        stats["full"].as_bool().expect("said"),
        number(&stats["read"]),
        number(&stats["gone"]),
    )
}

/// A password as somebody types it.
pub(crate) fn typed(password: &str) -> Option<SecretString> {
    Some(SecretString::from(password))
}
