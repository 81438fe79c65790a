//! `jalon audit verify`: whether every chain of the audit trail is whole.

use clap::{Args, Subcommand};
use jalon_domain::{evidence::Outcome, ids::EngagementId};
use jalon_service::App;
use jalon_store::{audit, engagements};
use serde_json::json;

use crate::{
    exit::{Exit, Result},
    out::{Out, Printed},
    place::Place,
};

/// The audit trail
#[derive(Subcommand)]
pub(crate) enum Audit {
    Verify(Verify),
}

/// Read every chain of events from its first to its last and say where one is broken
#[derive(Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    printed: Printed,
}

impl Audit {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let Self::Verify(asked) = self;
        let app = asked.place.existing().await?;
        let (mut chains, mut exit) = (Vec::new(), Exit::Fine);
        for chain in audit::chains(app.store()).await? {
            let report = audit::verify(app.store(), chain).await?;
            let outcome = if report.broken.is_some() {
                Outcome::Fail
            } else {
                Outcome::Pass
            };
            let told = report.broken.as_ref().map(|it| &it.text);
            chains.push(json!({
                "chain": name(&app, chain).await?, "engagement": chain, "events": report.events, "outcome": outcome,
                "told": told, "broken": report.broken,
            }));
            exit = exit.max(outcome.into());
        }
        out.list(asked.printed.format, &["chain", "events", "outcome", "told"], chains)?;
        app.store().clone().close().await;
        Ok(exit)
    }
}

/// What people call a chain.
async fn name(app: &App, chain: Option<EngagementId>) -> Result<String> {
    let Some(id) = chain else {
        return Ok("instance".to_owned());
    };
    let engagement = engagements::find(app.store(), id).await?;
    Ok(engagement.map_or_else(|| id.to_string(), |it| it.name))
}
