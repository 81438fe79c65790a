//! `jalon check directory`: exports and live directories, judged while they are read.

use std::{path::Path, sync::Arc};

use clap::Args;
use jalon_checks::{
    CheckError, Context, Progress,
    directory::{self, join::ThirdParty},
};
use jalon_wire::ldap::Client;
use tokio::task::JoinHandle;

use super::{
    Judging, facts,
    show::objects::{Showing, Shown},
};
use crate::{
    directory_joining::JoiningFlags,
    directory_judging::JudgingFlags,
    directory_source::{self, Discreet, LiveFlags, Source},
    exit::{Failure, Result},
    out::Out,
    profile::plain_mail,
    progress::Bar,
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
    /// Tell which values of mail are missing that another directory has (DIR-039): an export, or ldap://HOST, ldaps://HOST
    #[arg(long = "third-party", id = "other", value_name = "OTHER", value_parser = Discreet(Source::parse))]
    other: Option<Source>,
    #[command(flatten)]
    joining: JoiningFlags,
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
        let mut settings = self.directory.settings(None)?;
        settings.third_party = self.third_party(out, &settings).await?.map(Arc::new);
        let Opened { sources, size, readers } = self.open(out, settings.third_party.as_deref()).await?;
        settings.total_bytes = size;
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
        showing.end(run.map_err(|it| self.failed(it))?)
    }

    /// The other directory, read to its end, where one is named.
    async fn third_party(&self, out: &Out, settings: &directory::Settings) -> Result<Option<ThirdParty>> {
        let Some(other) = &self.other else {
            return Ok(None);
        };
        other.differs_from(&self.sources)?;
        let settings = self.joining.settings(settings.top_level_domains.clone(), false)?;
        self.joining.read(out, other, &self.live, settings).await.map(Some)
    }

    /// Opens every source; live ones begin to be read.
    async fn open(&self, out: &Out, third: Option<&ThirdParty>) -> Result<Opened> {
        let rules = directory::attributes();
        let compared = third.map(|it| it.settings().ad_attributes()).unwrap_or_default();
        let is_new = |it: &&str| !rules.iter().any(|known| known.eq_ignore_ascii_case(it));
        let asked: Vec<&str> = rules
            .iter()
            .copied()
            .chain(compared.iter().map(String::as_str).filter(is_new))
            .collect();
        let mut opened = Opened {
            size: Some(0),
            ..Opened::default()
        };
        for source in &self.sources {
            match source {
                Source::Export(path) => opened.export(path)?,
                Source::Live(address) => {
                    let mut client = self.live.connect(out, address).await?;
                    let about = directory_source::about(&mut client, &rules).await?;
                    let query = self.live.query(&mut client, &asked).await?;
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
    fn failed(&self, error: CheckError) -> Failure {
        match (error, self.sources.as_slice()) {
            (CheckError::Map(row), _) => self.joining.misled(&row),
            (error, [only]) => Failure::from(error).at(&only.name()),
            (error, _) => error.into(),
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
