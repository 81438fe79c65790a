//! A live directory measured: what changed since the last time is read, or everything; what is judged is always the whole
//! directory, from the copy that is kept of its objects, so that what two objects share is found.
//!
//! The copy changes in the transaction that ends the run: a worker that is killed leaves it as it was, and so is the
//! mark from which the next one reads.

mod copy;
mod fetch;
mod roll;
mod spool;

use std::{collections::BTreeSet, sync::Arc};

use jalon_checks::{
    Context,
    directory::{
        About, Entries, Settings, Source,
        facts::{self, ForestFacts},
        forest,
    },
};
use jalon_store::{
    Tx,
    directory::{self as store, objects, sources},
    runs::Run,
    targets::Target,
};
use jalon_wire::export::Format;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    directory::told,
    execute::{Failure, Measured, Prepared, Watch},
};
use crate::{Result, app::App};
use spool::Spool;
pub(crate) use spool::unpack;

/// Objects written at once.
const AT_ONCE: usize = 4_000;

/// What was seen of a live directory.
pub(super) struct Seen {
    /// The version of the source that was read.
    version: i64,
    /// Whether everything was read.
    full: bool,
    /// Where the next read of changes begins; none when the server does not tell them.
    watermark: Option<Value>,
    /// The objects that were read.
    objects: Spool,
    /// Those that are gone.
    gone: BTreeSet<String>,
    /// Whether it belongs to a forest.
    is_forest: bool,
    /// What the forest tells of itself; none when it could not be read.
    facts: Option<ForestFacts>,
}

impl App {
    /// Reads and judges a live directory.
    pub(super) async fn measure_live(
        &self,
        it: &Prepared,
        source: sources::Source,
        settings: Settings,
        watch: Arc<dyn Watch>,
    ) -> std::result::Result<Measured, Failure> {
        let reached = self.reach(self.store(), &source).await?;
        let (mut seen, about) = self.fetch(&source, &reached, it, &watch).await?;
        let whole = self.whole(it, &mut seen).await?;
        let settings = Settings {
            total_bytes: Some(whole.size),
            ..settings
        };
        let feed = feed(&it.target.value, whole, about);
        let mut report = self.judge(it, feed, settings, Arc::clone(&watch)).await?;
        report.stats["full"] = json!(seen.full);
        report.stats["read"] = json!(seen.objects.len());
        report.stats["gone"] = json!(seen.gone.len());
        if seen.is_forest {
            let (clock, tell) = (|| self.now(), |it: jalon_checks::Progress| watch.progress(told(it)));
            let context = Context {
                profile: &it.profile,
                now: self.now(),
                clock: &clock,
                vantage: &self.settings().network.vantage,
                progress: &tell,
            };
            // Of a forest that could not be read nothing can be told: that is said, and opens and closes nothing.
            let unread = ForestFacts::default();
            report
                .checks
                .push(forest::judge(seen.facts.as_ref().unwrap_or(&unread), &context));
        }
        Ok(Measured {
            report,
            seen: Some(seen),
        })
    }

    /// Keeps what was seen, in the transaction that ends the run. A source that was edited meanwhile is read whole the
    /// next time: what was read of another one is no copy of it.
    pub(super) async fn keep_seen(
        &self,
        tx: &Tx,
        run: &Run,
        target: &Target,
        seen: &Seen,
        ended: Timestamp,
    ) -> Result<()> {
        let full = seen.full.then_some(ended);
        if !sources::scanned(tx, target.id, seen.version, seen.watermark.as_ref(), full).await? {
            return Ok(());
        }
        if seen.full {
            objects::clear(tx, run.engagement, target.id).await?;
        }
        let gone: Vec<String> = seen.gone.iter().cloned().collect();
        objects::forget(tx, target, &gone).await?;
        for some in seen.objects.chunks(AT_ONCE) {
            objects::put(tx, target, some.map_err(spool::broken)?).await?;
        }
        if let Some(facts) = &seen.facts {
            let row = store::facts::Facts {
                target: target.id,
                organisation: run.organisation,
                engagement: run.engagement,
                run: run.id,
                collected_at: ended,
                facts: json!(facts),
            };
            store::facts::put(tx, &row).await?;
        }
        Ok(())
    }
}

/// The copy as the engine takes it.
fn feed(name: &str, whole: copy::Whole, about: About) -> Source {
    Source {
        name: name.to_owned(),
        about,
        entries: Entries::Export {
            reader: Box::new(whole.reader),
            format: Some(Format::Ldif),
            again: Some(whole.again),
        },
    }
}

/// The facts of one forest, with what they say of the programme's prerequisites.
fn judged(gathered: &facts::Gathered) -> ForestFacts {
    let mut forests = [facts::read(gathered)];
    facts::judge(&mut forests, &[]);
    let [facts] = forests;
    facts
}
