//! `jalon fix`: changes that mend what a check found. Nothing is written to a directory, and nothing ordered,
//! unless that is asked for.

mod apply;
mod directory;
mod dns;
mod engine;
mod joined;
mod mail;
mod making;
mod output;
mod reviewed;
mod tls;
mod told;

use clap::Subcommand;

pub(crate) use dns::read as read_plan;

use crate::{exit::Result, out::Out};

/// Mend what a check finds; nothing is changed unless you say so
#[derive(Subcommand)]
pub(crate) enum Fix {
    Directory(Box<directory::Directory>),
    Dns(Box<dns::Dns>),
    Mail(Box<mail::Mail>),
    Apply(Box<apply::Apply>),
    Tls(Box<tls::Tls>),
}

impl Fix {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        match self {
            Self::Directory(it) => it.run(out).await,
            Self::Dns(it) => it.run(out).await,
            Self::Mail(it) => it.run(out).await,
            Self::Apply(it) => it.run(out).await,
            Self::Tls(it) => it.run(out).await,
        }
    }
}
