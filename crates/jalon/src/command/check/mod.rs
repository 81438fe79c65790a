//! `jalon check`: measurements without any server. What is measured is in `dns`, `spf`, `dmarc`, `tls` and `directory`; how it is shown
//! is in `show`.

mod directory;
mod dmarc;
mod dns;
mod each;
mod facts;
mod propagation;
mod report;
#[cfg(test)]
mod sample;
mod several;
mod show;
mod spf;
mod summary;
mod tls;

use clap::{Args, Subcommand};
use jalon_domain::finding::Severity;

pub(crate) use self::each::context;
use self::{each::each, several::Several};
use crate::{
    cli::word,
    exit::Result,
    out::{Out, Printed},
};

/// Measure something, without any server
#[derive(Subcommand)]
pub(crate) enum Check {
    Dns(Box<dns::Dns>),
    Propagation(Box<propagation::Propagation>),
    Spf(Box<spf::Spf>),
    Dmarc(Box<dmarc::Dmarc>),
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

impl Check {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        match self {
            Self::Dns(it) => it.run(out).await,
            Self::Propagation(it) => it.run(out).await,
            Self::Spf(it) => it.run(out).await,
            Self::Dmarc(it) => it.run(out).await,
            Self::Tls(it) => it.run(out).await,
            Self::Directory(it) => it.run(out).await,
        }
    }
}
