//! `jalon audit verify`: whether every chain of the audit trail is whole.

use clap::{Args, Subcommand};
use jalon_domain::{evidence::Outcome, ids::EngagementId};
use jalon_service::App;
use jalon_store::{audit, engagements};
use serde_json::json;

use crate::{
    exit::{Exit, Result},
    out::{Cell, Format, Listing, Out},
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
    /// How to print the chains
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Audit {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        match self {
            Self::Verify(it) => it.run(out).await,
        }
    }
}

impl Verify {
    async fn run(self, out: &mut Out) -> Result {
        let app = self.place.existing().await?;
        let (mut rows, mut objects, mut exit) = (Vec::new(), Vec::new(), Exit::Fine);
        for chain in audit::chains(app.store()).await? {
            let report = audit::verify(app.store(), chain).await?;
            let name = name(&app, chain).await?;
            let outcome = if report.broken.is_some() {
                Outcome::Fail
            } else {
                Outcome::Pass
            };
            let told = report
                .broken
                .as_ref()
                .map(|it| it.text.get(out.lang))
                .unwrap_or_default();
            rows.push(vec![
                Cell::from(&name),
                report.events.into(),
                Cell::outcome(out.lang, outcome),
                told.into(),
            ]);
            objects.push(json!({ "chain": name, "engagement": chain, "events": report.events, "outcome": outcome, "broken": report.broken }));
            exit = exit.max(outcome.into());
        }
        out.list(
            self.format,
            Listing {
                columns: &["chain", "events", "outcome", "broken"],
                rows,
                objects,
            },
        )?;
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
