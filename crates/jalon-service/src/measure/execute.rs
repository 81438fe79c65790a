//! One run: read what it needs, measure, record. Measuring happens outside any transaction.

use std::{net::SocketAddr, sync::Arc};

use jalon_checks::{CheckError, Context, dns, tls};
use jalon_domain::{
    engagement::{DomainName, Endpoint},
    ids::RunId,
    measure::{Family, Report},
    profile::Profile,
    text::Text,
};
use jalon_store::{StoreError, engagements, runs, runs::Run, targets, targets::Target};

use super::live::Seen;
use crate::{Error, Result, app::App, directory::key_said, view::checks::Progress};

/// Why a run came to nothing.
#[derive(Debug)]
pub(super) enum Failure {
    /// What it was given cannot be read: trying again would not help.
    Input(Text),
    /// It was cancelled.
    Cancelled,
    /// The program or the machine failed: trying again may help.
    Broken(Text),
}

impl Failure {
    /// What the program or the machine says of itself, in the one language that it has.
    pub(super) fn broken(error: &impl std::fmt::Display) -> Self {
        Self::Broken(Text::same(error.to_string()))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(it) => it.into(),
            Error::Conflict(text) => Self::Input(text),
            Error::NotFound => Self::Input(Text::new(
                "what it was to measure is gone",
                "ce qu’il fallait mesurer n’existe plus",
            )),
            other => Self::broken(&other),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Key(it) => Self::Input(key_said(&it)),
            other => Self::broken(&other),
        }
    }
}

impl From<CheckError> for Failure {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Cancelled => Self::Cancelled,
            CheckError::Input { line, what, remedy } => Self::Input(Text::new(
                format!("line {line}: {what}; {remedy}"),
                format!("ligne {line} : {what} ; {remedy}"),
            )),
            CheckError::Map(row) => Self::Input(row.text()),
            CheckError::Source { what, remedy } => Self::Broken(Text::new(
                format!("{}; {}", what.en, remedy.en),
                format!("{} ; {}", what.fr, remedy.fr),
            )),
            CheckError::Settings { what, remedy } => {
                Self::Input(Text::new(format!("{what}; {remedy}"), format!("{what} ; {remedy}")))
            }
        }
    }
}

/// How a run tells how far it is, and learns that it was cancelled.
pub(super) trait Watch: Send + Sync {
    /// How far it is.
    fn progress(&self, progress: Progress);
    /// Whether somebody cancelled it or the lease was lost.
    fn is_cancelled(&self) -> bool;
}

/// A run with what it needs.
pub(super) struct Prepared {
    pub(super) run: Run,
    pub(super) target: Target,
    pub(super) profile: Profile,
}

/// What came of a run.
pub(super) struct Measured {
    /// What it says.
    pub(super) report: Report,
    /// What was seen of a live directory, to be kept with it.
    pub(super) seen: Option<Seen>,
}

impl App {
    /// Reads what `run` needs.
    pub(super) async fn prepare(&self, run: RunId) -> Result<Prepared> {
        let run = runs::find(self.store(), run).await?.ok_or(Error::NotFound)?;
        let target = targets::find(self.store(), run.target).await?.ok_or(Error::NotFound)?;
        let engagement = engagements::find(self.store(), run.engagement)
            .await?
            .ok_or(Error::NotFound)?;
        Ok(Prepared {
            run,
            target,
            profile: engagement.profile,
        })
    }

    /// Measures.
    pub(super) async fn measure(&self, it: &Prepared, watch: Arc<dyn Watch>) -> std::result::Result<Measured, Failure> {
        let network = &self.settings().network;
        let clock = || self.now();
        let tell = |it: jalon_checks::Progress| {
            watch.progress(Progress {
                done: it.done,
                total: it.total,
                what: it.what,
            });
        };
        let context = Context {
            profile: &it.profile,
            now: self.now(),
            clock: &clock,
            vantage: &network.vantage,
            progress: &tell,
        };
        let connect: Option<SocketAddr> = it.target.connect.as_deref().and_then(|it| it.parse().ok());
        let report = match it.target.family {
            Family::Dns => {
                let domain = DomainName::parse(&it.target.value).map_err(|it| bad(&it))?;
                let settings = self.dns_settings(&it.target);
                dns::run(&domain, &settings, &context).await?
            }
            Family::Tls => {
                let endpoint = Endpoint::parse(&it.target.value).map_err(|it| bad(&it))?;
                let settings = tls::Settings {
                    roots_pem: network.roots_pem.clone(),
                    connect_to: connect.into_iter().collect(),
                    timeout: network.timeout,
                    start: tls::Start::ByPort,
                    allow_private: network.allow_private,
                    ..tls::Settings::default()
                };
                tls::run(&endpoint, &settings, &context).await?
            }
            Family::Directory => return self.measure_directory(it, watch).await,
        };
        Ok(Measured { report, seen: None })
    }
}

fn bad(error: &jalon_domain::engagement::BadTarget) -> Failure {
    match crate::engagement::bad_target("target", error) {
        Error::Invalid { text, .. } => Failure::Input(text),
        other => Failure::broken(&other),
    }
}
