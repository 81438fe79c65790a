//! Reading: the changes since the last time where the server tells them, else everything.

use std::{collections::BTreeSet, sync::Arc};

use jalon_checks::{
    Context,
    directory::{
        self, About,
        facts::{self, ForestFacts, GatherError},
    },
};
use jalon_domain::text::Text;
use jalon_store::directory::sources::Source;
use jalon_wire::{
    entry::Entry,
    ldap::{Client, LdapError, Query, RootDse, Tracking, Watermark},
};
use jiff::{Timestamp, ToSpan};
use serde_json::json;

use super::{Seen, judged, spool, spool::Spool};
use crate::{
    app::App,
    directory::{Reached, may_pass, query, said},
    measure::{
        directory::told,
        execute::{Failure, Prepared, Watch},
    },
    view::checks::Progress,
};

/// What tells an object apart, besides what the rules look at.
const IDENTITY: [&str; 2] = ["objectGUID", "entryUUID"];
/// How long changes alone are read: should the server forget to tell one, it is found by then.
const FULL_AFTER_DAYS: i64 = 7;
/// The DirSync control.
const DIR_SYNC: &str = "1.2.840.113556.1.4.841";

impl From<LdapError> for Failure {
    fn from(error: LdapError) -> Self {
        match error {
            LdapError::Stopped { .. } => Self::Cancelled,
            it if may_pass(&it) => Self::Broken(said(&it)),
            other => Self::Input(said(&other)),
        }
    }
}

/// What is read, by whom, for which run.
pub(super) struct Reading<'a> {
    pub(super) app: &'a App,
    client: Client,
    pub(super) query: Query,
    watch: &'a Arc<dyn Watch>,
    pub(super) objects: Spool,
    pub(super) gone: BTreeSet<String>,
}

impl App {
    /// Reads `source`, and what its schema says of the attributes that were asked for.
    pub(super) async fn fetch(
        &self,
        source: &Source,
        reached: &Reached,
        it: &Prepared,
        watch: &Arc<dyn Watch>,
    ) -> Result<(Seen, About), Failure> {
        let mut client = reached.connect().await?;
        let root = client.root_dse().await?;
        let attributes = directory::attributes();
        let about = about(&mut client, &attributes).await?;
        let asked: Vec<&str> = attributes.into_iter().chain(IDENTITY).collect();
        let mut reading = Reading {
            app: self,
            client,
            query: query(source, &root, &asked),
            watch,
            objects: Spool::new().map_err(broken)?,
            gone: BTreeSet::new(),
        };
        let (full, watermark) = reading.read_source(source, &root, it).await?;
        let facts = reading.facts(&root, it).await?;
        let seen = Seen {
            version: source.version,
            full,
            watermark: watermark.map(|it| json!(it)),
            objects: reading.objects,
            gone: reading.gone,
            is_forest: root.is_active_directory(),
            facts,
        };
        reading.client.close().await;
        Ok((seen, about))
    }
}

impl Reading<'_> {
    /// Reads; says whether everything was read, and where changes begin from now on.
    async fn read_source(
        &mut self,
        source: &Source,
        root: &RootDse,
        it: &Prepared,
    ) -> Result<(bool, Option<Watermark>), Failure> {
        if let Some(since) = since(source, self.app.now()) {
            match self.changes(&since).await {
                Ok(watermark) => {
                    self.call_roll(it).await?;
                    return Ok((false, Some(watermark)));
                }
                Err(LdapError::FullScanNeeded { reason }) => {
                    tracing::info!(target = %source.target, "everything of {} is read: {reason}", source.target);
                    self.objects = Spool::new().map_err(broken)?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        // Before the scan: what changes while it reads is read again the next time.
        let watermark = match self.client.watermark(tracking(root, &self.query)).await {
            Ok(it) => Some(it),
            Err(LdapError::FullScanNeeded { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let query = self.query.clone();
        self.scan(&query, |objects, entry| objects.push(spool::key(entry), entry))
            .await?;
        Ok((true, watermark))
    }

    /// Reads what `query` asks for; `take` says what becomes of each entry.
    pub(super) async fn scan(
        &mut self,
        query: &Query,
        mut take: impl FnMut(&mut Spool, &Entry) -> std::io::Result<()>,
    ) -> Result<(), Failure> {
        let watch = Arc::clone(self.watch);
        let stop = || watch.is_cancelled();
        let mut scan = self.client.scan(query, &stop);
        let mut done = 0;
        while let Some(batch) = scan.next_batch().await? {
            done += batch.len() as u64;
            tell(self.watch, done);
            for entry in &batch {
                take(&mut self.objects, entry).map_err(broken)?;
            }
        }
        Ok(())
    }

    async fn changes(&mut self, since: &Watermark) -> Result<Watermark, LdapError> {
        let (query, watch) = (self.query.clone(), Arc::clone(self.watch));
        let stop = || watch.is_cancelled();
        let mut changes = self.client.changes_since(since, &query, &stop).await?;
        let mut done = 0;
        while let Some(batch) = changes.next_batch().await? {
            done += batch.len() as u64;
            tell(self.watch, done);
            for entry in batch.iter().filter(|it| !is_deleted(it)) {
                self.objects
                    .push(spool::key(entry), entry)
                    .map_err(|it| LdapError::FullScanNeeded { reason: it.to_string() })?;
            }
        }
        Ok(changes.watermark().clone())
    }

    /// What the forest tells of itself. A server that does not is no reason to lose what was read of its objects.
    async fn facts(&mut self, root: &RootDse, it: &Prepared) -> Result<Option<ForestFacts>, Failure> {
        if !root.is_active_directory() {
            return Ok(None);
        }
        let (clock, tell) = (
            || self.app.now(),
            |it: jalon_checks::Progress| self.watch.progress(told(it)),
        );
        let context = Context {
            profile: &it.profile,
            now: self.app.now(),
            clock: &clock,
            vantage: &self.app.settings().network.vantage,
            progress: &tell,
        };
        let stop = || self.watch.is_cancelled();
        match facts::gather(&mut self.client, &context, &stop).await {
            Ok(gathered) => Ok(Some(judged(&gathered))),
            Err(GatherError::Cancelled) => Err(Failure::Cancelled),
            Err(error) => {
                tracing::warn!(%error, run = %it.run.id, "the forest of run {} was not read: {error}", it.run.id);
                Ok(None)
            }
        }
    }
}

/// Who is gone, the roll call tells.
fn is_deleted(entry: &Entry) -> bool {
    entry.attributes.first("isDeleted").and_then(|it| it.text()) == Some("TRUE")
}

fn tell(watch: &Arc<dyn Watch>, done: u64) {
    watch.progress(Progress {
        done,
        total: None,
        what: Text::new("reading the directory", "lecture de l’annuaire"),
    });
}

/// Where the changes to be read begin; none when everything is to be read.
fn since(source: &Source, now: Timestamp) -> Option<Watermark> {
    let recent = |it: &Timestamp| it.checked_add((FULL_AFTER_DAYS * 24).hours()).is_ok_and(|it| now < it);
    let is_recent = source.full_scan_at.as_ref().is_some_and(recent);
    let watermark = source.watermark.clone().filter(|_| is_recent && !source.full_wanted)?;
    serde_json::from_value(watermark).ok()
}

/// DirSync is the directory's own way, but only of a whole domain; numbers are told of any base.
fn tracking(root: &RootDse, query: &Query) -> Tracking {
    let whole = root.default_naming_context.as_ref();
    let reads_domain = query.bases.len() == 1 && whole.is_some_and(|it| it.eq_ignore_ascii_case(&query.bases[0]));
    if reads_domain && root.supports(DIR_SYNC) {
        Tracking::DirSync
    } else {
        Tracking::Usn
    }
}

async fn about(client: &mut Client, attributes: &[&str]) -> Result<About, LdapError> {
    let schema = client.schema(attributes).await?;
    let is_catalogue = client.address().is_global_catalogue();
    Ok(About {
        absent: schema.absent,
        not_in_catalogue: is_catalogue.then_some(schema.not_in_catalogue),
    })
}

/// The machine's fault.
pub(super) fn broken(error: std::io::Error) -> Failure {
    Failure::Broken(Text::new(
        format!("temporary files: {error}"),
        format!("fichiers temporaires : {error}"),
    ))
}
