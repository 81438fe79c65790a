//! A directory measured: an export that was handed in, or a live one, by the same engine.

use std::{collections::BTreeSet, sync::Arc};

use futures::TryStreamExt;
use jalon_checks::{
    Context,
    directory::{self, Mode, Profile, Settings, Source},
};
use jalon_domain::{measure::Family, measure::Report, text::Text};
use jalon_store::{directory::sources, targets};
use tokio_util::io::{StreamReader, SyncIoBridge};

use super::execute::{Failure, Measured, Prepared, Watch};
use crate::{app::App, view::checks::Progress};

impl App {
    /// Measures a directory.
    pub(super) async fn measure_directory(
        &self,
        it: &Prepared,
        watch: Arc<dyn Watch>,
    ) -> std::result::Result<Measured, Failure> {
        let mut settings = Settings {
            verified_domains: self.verified_domains(it).await?,
            ..Settings::default()
        };
        if let Some(source) = sources::find(self.store(), it.target.id).await? {
            settings.profile = profile(source.mode);
            return self.measure_live(it, source, settings, watch).await;
        }
        let missing = || Failure::Input(Text::new("no file was uploaded", "aucun fichier n’a été téléversé"));
        let file = it.target.attachment.ok_or_else(missing)?;
        let (size, bytes) = self.store().files().stream(file).await?.ok_or_else(missing)?;
        settings.total_bytes = Some(size);
        let bytes = StreamReader::new(bytes.map_err(std::io::Error::other));
        let reader = std::io::BufReader::with_capacity(1 << 20, SyncIoBridge::new(Box::pin(bytes)));
        let source = Source::stream(it.target.value.clone(), reader);
        let report = self.judge(it, source, settings, watch).await?;
        Ok(Measured { report, seen: None })
    }

    /// Judges a directory on a blocking thread: it may be large.
    pub(super) async fn judge(
        &self,
        it: &Prepared,
        source: Source,
        settings: Settings,
        watch: Arc<dyn Watch>,
    ) -> std::result::Result<Report, Failure> {
        let (app, profile) = (self.clone(), it.profile.clone());
        let work = move || {
            let (clock, tell) = (|| app.now(), |it: jalon_checks::Progress| watch.progress(told(it)));
            let context = Context {
                profile: &profile,
                now: app.now(),
                clock: &clock,
                vantage: &app.settings().network.vantage,
                progress: &tell,
            };
            directory::run(vec![source], &settings, &context, &|| watch.is_cancelled())
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|it| Failure::broken(&it))?
            .map_err(Failure::from)
    }

    /// The domains of the engagement: people may sign in with these. None named means that nothing is known of them.
    async fn verified_domains(&self, it: &Prepared) -> std::result::Result<Option<BTreeSet<String>>, Failure> {
        let targets = targets::of_engagement(self.store(), it.run.engagement).await?;
        let domains = targets.into_iter().filter(|it| it.family == Family::Dns);
        let domains: BTreeSet<String> = domains.map(|it| it.value.to_lowercase()).collect();
        Ok((!domains.is_empty()).then_some(domains))
    }
}

pub(super) fn told(it: jalon_checks::Progress) -> Progress {
    Progress {
        done: it.done,
        total: it.total,
        what: it.what,
    }
}

fn profile(mode: sources::Mode) -> Profile {
    match mode {
        sources::Mode::Strict => Profile::Strict,
        sources::Mode::MultiTenant => Profile::Idfix(Mode::MultiTenant),
        sources::Mode::Dedicated => Profile::Idfix(Mode::Dedicated),
    }
}
