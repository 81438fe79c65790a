//! What is wrong with a directory, and who else holds what would be put there: the source is read once to be judged and,
//! where something is proposed, once more to be compared.

use jalon_checks::{
    Context, Progress,
    directory::{
        self,
        fix::{Plan, Watch},
    },
};
use jalon_domain::{finding::Defect, ids::RuleId};
use jalon_wire::{
    export::{Export, OpenError},
    ldap::{Client, Query},
    source::Limits,
};

use crate::{
    directory_judging::JudgingFlags,
    directory_source::{self, LiveFlags, Source},
    exit::{Failure, Result},
    out::Out,
    profile::plain_mail,
    progress::Bar,
    world,
};

/// How many proposals a directory is asked about at a time.
const AT_A_TIME: usize = 40;

/// A source that is judged, and may be asked again.
pub(super) struct Engine<'a> {
    pub(super) source: &'a Source,
    pub(super) live: &'a LiveFlags,
    pub(super) judged: &'a JudgingFlags,
}

impl Engine<'_> {
    /// What to change: what is wrong, as far as `rules` go, without what somebody else holds.
    pub(super) async fn plan(&self, out: &Out, rules: &[RuleId]) -> Result<Plan> {
        match self.source {
            Source::Export(path) => {
                let (source, size) = directory_source::export(path)?;
                let mut plan = Plan::of(&self.found(out, source, size)?, rules);
                self.compare_export(out, &mut plan)?;
                Ok(plan)
            }
            Source::Live(address) => {
                let mut client = self.live.connect(out, address).await?;
                let attributes = directory::attributes();
                let query = self.live.query(&mut client, &attributes).await?;
                // What the server cannot tell is not taken for empty, and not filled.
                let about = directory_source::about(&mut client, &attributes).await?;
                let (source, reading) = directory_source::feed(client, query.clone());
                let source = directory::Source { about, ..source };
                let defects = self.found(out, source, None)?;
                let mut client = reading.await.map_err(|error| self.broken(&error))?;
                let mut plan = Plan::of(&defects, rules);
                self.compare_live(&mut client, query, &mut plan).await?;
                client.close().await;
                Ok(plan)
            }
        }
    }

    /// The defects, by the same engine as a check.
    fn found(&self, out: &Out, source: directory::Source, size: Option<u64>) -> Result<Vec<Defect>> {
        let settings = self.judged.settings(size)?;
        let (profile, bar) = (plain_mail(), Bar::of_bytes(out, size));
        let progress = |it: Progress| bar.reach(it.done);
        let context = Context {
            profile: &profile,
            now: world::now(),
            clock: &world::now,
            vantage: "local",
            progress: &progress,
        };
        let mut defects = Vec::new();
        let judged = directory::stream(vec![source], &settings, &context, &|| false, &mut |it| {
            defects.push(it.into_defect());
        });
        bar.end();
        judged.map_err(|it| Failure::from(it).at(&self.source.name()))?;
        Ok(defects)
    }

    /// An export is read a second time.
    fn compare_export(&self, out: &Out, plan: &mut Plan) -> Result<()> {
        let Source::Export(path) = self.source else {
            return Ok(());
        };
        let mut watch = Watch::of(plan);
        if watch.is_empty() {
            return Ok(());
        }
        if path.as_os_str() == "-" {
            out.remark(&out.say("fix-not-compared", &[]));
            return Ok(());
        }
        let name = self.source.name();
        let (file, size) = directory_source::file(path)?;
        let bar = Bar::of_bytes(out, size);
        let unread = |error: OpenError| {
            Failure::new(
                "file-unavailable",
                &[("path", name.as_str().into()), ("error", error.to_string().into())],
            )
        };
        let mut export = Export::from_reader(file, &name, Limits::default()).map_err(unread)?;
        let read = export.progress();
        while let Some(entry) = export.next_entry() {
            // What cannot be read was told when it was judged.
            let Ok(entry) = entry else { continue };
            watch.meet(entry.dn, entry.attributes);
            bar.reach(read.bytes());
        }
        bar.end();
        plan.give_way(&watch);
        Ok(())
    }

    /// A directory is asked for the holders alone.
    async fn compare_live(&self, client: &mut Client, query: Query, plan: &mut Plan) -> Result<()> {
        let mut watch = Watch::of(plan);
        for filter in watch.filters(AT_A_TIME) {
            let query = Query {
                attributes: Watch::ATTRIBUTES.map(str::to_owned).to_vec(),
                filter,
                ..query.clone()
            };
            let holders = client.scan(&query, &|| false).all().await;
            for entry in holders.map_err(|it| directory_source::unavailable(&it))? {
                watch.meet(&entry.dn, entry.attributes.view());
            }
        }
        plan.give_way(&watch);
        Ok(())
    }

    fn broken(&self, error: &tokio::task::JoinError) -> Failure {
        Failure::new("directory-unavailable", &[("error", error.to_string().into())]).at(&self.source.name())
    }
}
