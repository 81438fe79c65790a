//! What the long-running roles say about themselves: a log on standard error, numbers for Prometheus.

use std::{io::IsTerminal, time::Duration};

use clap::{Args, ValueEnum};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::{
    exit::{Failure, Result},
    world,
};

/// The log.
#[derive(Args, Clone, Debug)]
pub(crate) struct Log {
    /// What is logged on standard error: error, warn, info, debug, or by part, such as info,jalon_store=debug
    /// [default: info; warn in the demonstration]
    #[arg(long, env = "JALON_LOG", value_name = "FILTER")]
    log: Option<String>,
    /// How each line of the log is written
    #[arg(long, env = "JALON_LOG_FORMAT", value_enum, default_value_t)]
    log_format: LogFormat,
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    // For people.
    #[default]
    Text,
    // For programs: one JSON object a line.
    Json,
}

impl Log {
    /// Opens it, filtered as `usual` when nothing else was said.
    pub(crate) fn open(&self, usual: &str) -> Result<()> {
        let said = self.log.as_deref().unwrap_or(usual);
        let filter = EnvFilter::builder().parse(said).map_err(|error| {
            Failure::new(
                "bad-log-filter",
                &[("filter", said.into()), ("error", error.to_string().into())],
            )
        })?;
        let colour = std::io::stderr().is_terminal() && world::variable("NO_COLOR").is_none();
        let log = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(colour)
            .with_writer(std::io::stderr);
        // A second opening, which only tests do, keeps the first log.
        drop(match self.log_format {
            LogFormat::Text => log.try_init(),
            LogFormat::Json => log.json().try_init(),
        });
        Ok(())
    }
}

/// How often old numbers are folded together.
const UPKEEP: Duration = Duration::from_secs(5);

/// Begins to count; the handle prints the counts.
pub(crate) fn metrics() -> PrometheusHandle {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    // Where a recorder is there already, the handle prints nothing, and nothing else is lost.
    drop(metrics::set_global_recorder(recorder));
    let kept = handle.clone();
    tokio::spawn(async move {
        let mut beat = tokio::time::interval(UPKEEP);
        loop {
            beat.tick().await;
            kept.run_upkeep();
        }
    });
    handle
}
