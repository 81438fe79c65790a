//! `jalon check directory`: exports and live directories, judged while they are read.

use std::path::Path;

use clap::Args;
use jalon_checks::{Context, Progress, directory};
use jalon_wire::ldap::Client;
use tokio::task::JoinHandle;

use super::{
    Judging, facts,
    progress::Bar,
    show::objects::{Showing, Shown},
};
use crate::{
    directory_judging::JudgingFlags,
    directory_source::{self, Discreet, LiveFlags, Source},
    exit::{Failure, Result},
    out::Out,
    profile::plain_mail,
    world,
};

/// Check a directory before it is synchronised: exports (LDIF or CSV, gzipped or not) or live ones
///
/// Several sources, such as the forests of one organisation, are judged as one directory: what two of them share is found.
#[derive(Args)]
pub(crate) struct Directory {
    /// An export (- for standard input), or ldap://HOST, ldaps://HOST; again for another source
    #[arg(required = true, value_name = "SOURCE", value_parser = Discreet(Source::parse))]
    sources: Vec<Source>,
    /// Tell what the forest of a live Active Directory says of itself, instead of judging its objects
    #[arg(long)]
    facts: bool,
    #[command(flatten)]
    directory: JudgingFlags,
    #[command(flatten)]
    live: LiveFlags,
    #[command(flatten)]
    shown: Shown,
    #[command(flatten)]
    judging: Judging,
}

/// Sources that are open, and whoever reads the live ones.
#[derive(Default)]
struct Opened {
    sources: Vec<directory::Source>,
    size: Option<u64>,
    readers: Vec<JoinHandle<Client>>,
}

impl Directory {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        if self.facts {
            return self.tell_facts(out).await;
        }
        let Opened { sources, size, readers } = self.open(out).await?;
        let settings = self.directory.settings(size)?;
        let (profile, bar) = (plain_mail(), Bar::of_bytes(out, size));
        let progress = |it: Progress| bar.reach(it.done);
        let context = Context {
            profile: &profile,
            now: world::now(),
            clock: &world::now,
            vantage: "local",
            progress: &progress,
        };
        let name = self.sources.iter().map(Source::name).collect::<Vec<_>>().join(", ");
        let mut showing = Showing::begin(out, &self.judging, &self.shown, &bar, &name, context.now)?;
        let run = directory::stream(sources, &settings, &context, &|| false, &mut |it| {
            if showing.wants(&it.seen(&it.errors())) {
                showing.tell(it.into_defect());
            }
        });
        bar.end();
        for reader in readers {
            if let Ok(client) = reader.await {
                client.close().await;
            }
        }
        showing.end(run.map_err(|it| self.located(it.into()))?)
    }

    /// Opens every source; live ones begin to be read.
    async fn open(&self, out: &Out) -> Result<Opened> {
        let mut opened = Opened {
            size: Some(0),
            ..Opened::default()
        };
        for source in &self.sources {
            match source {
                Source::Export(path) => opened.export(path)?,
                Source::Live(address) => {
                    let mut client = self.live.connect(out, address).await?;
                    let attributes = directory::attributes();
                    let about = directory_source::about(&mut client, &attributes).await?;
                    let query = self.live.query(&mut client, &attributes).await?;
                    let (source, reader) = directory_source::feed(client, query);
                    opened.sources.push(directory::Source { about, ..source });
                    opened.readers.push(reader);
                    opened.size = None;
                }
            }
        }
        Ok(opened)
    }

    async fn tell_facts(&self, out: &mut Out) -> Result {
        let mut servers = Vec::new();
        for source in &self.sources {
            let Source::Live(address) = source else {
                return Err(Failure::new("facts-of-export", &[]).at(&source.name()));
            };
            servers.push(self.live.connect(out, address).await?);
        }
        facts::run(servers, &self.judging, out).await
    }

    /// The only source is named in front of an error; of several, the error names the one.
    fn located(&self, failure: Failure) -> Failure {
        match self.sources.as_slice() {
            [only] => failure.at(&only.name()),
            _ => failure,
        }
    }
}

impl Opened {
    fn export(&mut self, path: &Path) -> Result<()> {
        let (source, size) = directory_source::export(path)?;
        self.sources.push(source);
        self.size = self.size.zip(size).map(|(all, own)| all + own);
        Ok(())
    }
}
