//! `jalon worker`: a further worker on a shared database.

use std::path::PathBuf;

use clap::Args;

use super::serve::{Lease, Reach};
use crate::{
    exit::{Exit, Failure, Result},
    out::Out,
    place::{self, KeyFile},
    signal::StopSignals,
    site::{self, AtWork},
    telemetry::Log,
};

/// Measure as a further worker, beside servers that share a PostgreSQL database
#[derive(Args)]
pub(crate) struct Worker {
    /// The database that servers and workers share: postgres://…
    #[arg(long, env = "JALON_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<String>,
    /// The folder of the attachments that they share too
    #[arg(long, env = "JALON_FILES", value_name = "DIR")]
    files: Option<PathBuf>,
    #[command(flatten)]
    key: KeyFile,
    /// A data folder belongs to one process; named here only to be told so
    #[arg(long, hide = true)]
    data: Option<PathBuf>,
    /// Its name in the job table, unique among the workers [default: drawn]
    #[arg(long)]
    name: Option<String>,
    /// Jobs done at the same time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=64))]
    parallel: u8,
    #[command(flatten)]
    reach: Reach,
    #[command(flatten)]
    lease: Lease,
    #[command(flatten)]
    log: Log,
}

impl Worker {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let (Some(url), None) = (&self.database, &self.data) else {
            return Err(Failure::new("worker-needs-database", &[]));
        };
        let files = self
            .files
            .as_deref()
            .ok_or_else(|| Failure::new("worker-needs-files", &[]))?;
        let location = place::shared(url, files, &self.key)?;
        self.log.open("info")?;
        let mut signals = StopSignals::listen()?;
        let app = place::open(&location, self.reach.settings()?).await?;
        let name = self.name.clone().unwrap_or_else(|| site::worker_name("worker"));
        out.line(&format!("working as {name}"))?;
        out.send()?;
        let mut options = self.lease.worker(name);
        options.parallel = self.parallel.into();
        let working = AtWork::begin(&app, options);
        signals.asked().await;
        tokio::select! {
            () = working.end() => {}
            () = signals.asked() => {}
        }
        app.store().clone().close().await;
        Ok(Exit::Fine)
    }
}
