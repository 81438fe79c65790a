//! The commands: one file each, with its arguments and what it does.

mod audit;
mod catalogue;
mod check;
mod completions;
mod demo;
mod doctor;
mod engagement;
mod fix;
mod serve;
mod worker;

use clap::Subcommand;

use crate::{exit::Result, out::Out};

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    Demo(demo::Demo),
    Serve(Box<serve::Serve>),
    Worker(Box<worker::Worker>),
    #[command(subcommand)]
    Check(check::Check),
    #[command(subcommand)]
    Fix(fix::Fix),
    #[command(subcommand)]
    Catalogue(catalogue::Catalogue),
    #[command(subcommand)]
    Engagement(engagement::Engagement),
    #[command(subcommand)]
    Audit(audit::Audit),
    Doctor(doctor::Doctor),
    Completions(completions::Completions),
}

impl Command {
    /// Does it.
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        match self {
            Self::Demo(it) => it.run(out).await,
            Self::Serve(it) => it.run(out).await,
            Self::Worker(it) => it.run(out).await,
            Self::Check(it) => it.run(out).await,
            Self::Fix(it) => it.run(out).await,
            Self::Catalogue(it) => it.run(out),
            Self::Engagement(it) => it.run(out).await,
            Self::Audit(it) => it.run(out).await,
            Self::Doctor(it) => it.run(out).await,
            Self::Completions(it) => it.run(out),
        }
    }
}
