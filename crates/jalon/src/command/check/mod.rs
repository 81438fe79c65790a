//! `jalon check`: measurements without any server. What is measured is in `dns`, `spf`, `tls` and `directory`; how it is shown
//! is in `show`.

mod directory;
mod dns;
mod facts;
mod report;
#[cfg(test)]
mod sample;
mod show;
mod spf;
mod tls;

use clap::{Args, Subcommand};
use futures::{StreamExt, stream};
use jalon_checks::{CheckError, Context};
use jalon_domain::{finding::Severity, measure::Report, profile::Profile};

use crate::{
    cli::word,
    exit::{Exit, Failure, Result},
    out::{self, Out, Printed},
    progress::Bar,
    world,
};

/// Measure something, without any server
#[derive(Subcommand)]
pub(crate) enum Check {
    Dns(Box<dns::Dns>),
    Spf(Box<spf::Spf>),
    Tls(Box<tls::Tls>),
    Directory(Box<directory::Directory>),
}

/// How findings count and are shown.
#[derive(Args, Clone, Debug)]
pub(crate) struct Judging {
    /// Findings from this severity on make the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "minor",
          value_parser = word::<Severity>(Severity::ALL.iter().rev().map(|it| it.word())))]
    fail_on: Severity,
    #[command(flatten)]
    printed: Printed,
    /// Show how to mend each finding of the table
    #[arg(long)]
    fix: bool,
    /// Rows of the table at most; 0 for all
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
}

/// How several targets are measured.
#[derive(Args, Clone, Debug)]
pub(crate) struct Several {
    /// Targets measured at the same time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=64))]
    concurrency: u8,
}

impl Check {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        match self {
            Self::Dns(it) => it.run(out).await,
            Self::Spf(it) => it.run(out).await,
            Self::Tls(it) => it.run(out).await,
            Self::Directory(it) => it.run(out).await,
        }
    }
}

/// Measures several targets and shows each as soon as those before it are shown: the order is that of the command line.
async fn each<T: ToString>(
    out: &mut Out,
    judging: &Judging,
    several: &Several,
    profile: &Profile,
    targets: &[T],
    measure: impl AsyncFn(&T, &Context<'_>) -> std::result::Result<Report, CheckError>,
) -> Result {
    let bar = Bar::of_targets(out, targets.len());
    let one = async |target| {
        let context = Context {
            profile,
            now: world::now(),
            clock: &world::now,
            vantage: "local",
            progress: &|_| {},
        };
        let report = measure(target, &context).await;
        bar.step();
        (target.to_string(), report)
    };
    let mut reports = stream::iter(targets).map(one).buffered(several.concurrency.into());
    let mut exit = Exit::Fine;
    show::begin(out, judging)?;
    while let Some((target, report)) = reports.next().await {
        let ended = match report {
            Ok(report) => {
                bar.aside(|| show::report(out, judging, &report, targets.len() == 1))?;
                Exit::from(report.outcome(judging.fail_on))
            }
            Err(error) => {
                bar.aside(|| out::complain(&Failure::from(error).at(&target).line(out.lang)));
                Exit::Refused
            }
        };
        exit = exit.max(ended);
    }
    bar.end();
    Ok(exit)
}
