//! Making changes in a live directory: the same care for what was planned and for what a file asks for.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use clap::Args;
use jalon_checks::directory::fix::apply::{Directory, DirectoryError, Log, LogError, Outcome, Run, Wanted, apply};
use jalon_wire::{
    entry::Attributes,
    ldap::{Address, Client},
    ldif::Change,
};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::{output::exists, told};
use crate::{
    directory_source::{Discreet, LiveFlags, Source, address},
    exit::{Exit, Failure, Result},
    out::Out,
    progress::Bar,
    signal::StopSignals,
    world,
};

/// How a run is noted.
#[derive(Args, Clone, Debug)]
pub(super) struct Noted {
    /// Where each change is noted before and after it is made [default: jalon-fix.ndjson, or beside the file of changes]
    #[arg(long, value_name = "FILE.ndjson")]
    pub(super) journal: Option<PathBuf>,
    /// Take up the run that the journal tells of: what is done is passed over
    #[arg(long)]
    pub(super) resume: bool,
}

/// Where a run is noted unless another place is named.
const JOURNAL: &str = "jalon-fix.ndjson";

/// Whether what is planned is made too.
#[derive(Args, Clone, Debug)]
pub(super) struct MakingFlags {
    /// Make the changes, in this directory [default: the one that is read]
    #[arg(long, value_name = "ldap(s)://HOST", num_args = 0..=1, value_parser = Discreet(address))]
    apply: Option<Option<Address>>,
    #[command(flatten)]
    noted: Noted,
}

impl MakingFlags {
    /// Where and how the changes of `source` are to be made, if they are.
    pub(super) fn making(
        &self,
        out: &Out,
        source: &Source,
        undo: Option<&Path>,
        subject: &str,
    ) -> Result<Option<Making>> {
        let target = match (&self.apply, source) {
            (None, _) if self.noted.resume || self.noted.journal.is_some() => {
                return Err(Failure::new("fix-without-apply", &[]));
            }
            (None, _) => return Ok(None),
            (Some(Some(target)), _) | (Some(None), Source::Live(target)) => target.clone(),
            (Some(None), Source::Export(_)) => return Err(Failure::new("fix-needs-target", &[])),
        };
        let journal = self.noted.journal.clone().unwrap_or_else(|| JOURNAL.into());
        let undo = undo.map_or_else(|| beside(&journal), Path::to_path_buf);
        Ok(Some(Making::new(
            writable(out, target)?,
            journal,
            undo,
            subject.to_owned(),
            self.noted.resume,
        )))
    }
}

/// A run that is to be made.
pub(super) struct Making {
    /// The directory.
    pub(super) target: Address,
    /// Where it is noted.
    journal: PathBuf,
    /// What undoes it.
    pub(super) undo: PathBuf,
    /// Where the changes come from: a run is only taken up again with the same.
    subject: String,
    /// Whether to take up a former run.
    resume: bool,
    /// The directory as the journal names it.
    place: String,
}

impl Making {
    /// A run on `target`, with changes from `subject`.
    pub(super) fn new(target: Address, journal: PathBuf, undo: PathBuf, subject: String, resume: bool) -> Self {
        Self {
            place: target.to_string(),
            target,
            journal,
            undo,
            subject,
            resume,
        }
    }

    /// The journal of the run that is to be taken up, if it is; a new run must find no files of another one.
    pub(super) fn former(&self) -> Result<Option<Log>> {
        if self.resume {
            let log = Log::resume(&self.journal, &self.undo, self.run());
            return log.map(Some).map_err(refused);
        }
        if self.journal.exists() {
            let path = self.journal.clone();
            return Err(refused(LogError::Exists { path }));
        }
        if self.undo.exists() {
            return Err(exists(&self.undo));
        }
        Ok(None)
    }

    /// Makes the changes, and says what became of them.
    pub(super) async fn make(
        &self,
        out: &Out,
        live: &LiveFlags,
        wanted: &[Wanted],
        former: Option<Log>,
        limit: usize,
    ) -> Result {
        if wanted.is_empty() && former.is_none() {
            return Ok(Exit::Fine);
        }
        let signals = StopSignals::listen()?;
        let client = live.connect(out, &self.target).await?;
        let mut log = match former {
            Some(log) => log,
            None => Log::create(&self.journal, &self.undo, self.run(), world::now()).map_err(refused)?,
        };
        let mut directory = Paced::new(client, live.rate.map(|it| it.get()));
        let outcome = run(out, &mut directory, wanted, &mut log, signals).await?;
        directory.client.close().await;
        told::outcome(out, &outcome, self, limit);
        Ok(if outcome.is_complete() { Exit::Fine } else { Exit::Found })
    }

    fn run(&self) -> [&str; 2] {
        [&self.place, &self.subject]
    }
}

async fn run(
    out: &Out,
    directory: &mut Paced,
    wanted: &[Wanted],
    log: &mut Log,
    mut signals: StopSignals,
) -> Result<Outcome> {
    static IS_STOPPED: AtomicBool = AtomicBool::new(false);
    let listening = tokio::spawn(async move {
        signals.asked().await;
        IS_STOPPED.store(true, Ordering::SeqCst);
    });
    let bar = Bar::of_objects(out, wanted.len());
    let run = Run {
        clock: &world::now,
        is_stopped: &|| IS_STOPPED.load(Ordering::SeqCst),
        on_object: &|_| bar.step(),
    };
    let outcome = apply(directory, wanted, log, run).await;
    listening.abort();
    bar.end();
    outcome.map_err(refused)
}

/// A directory that is not asked for more objects a second than it was said to bear.
struct Paced {
    client: Client,
    pace: Option<Interval>,
}

impl Paced {
    fn new(client: Client, rate: Option<u32>) -> Self {
        let pace = rate.map(|it| {
            let mut pace = interval(Duration::from_secs(1) / it);
            pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
            pace
        });
        Self { client, pace }
    }
}

impl Directory for Paced {
    async fn read(&mut self, dn: &str, attributes: &[&str]) -> std::result::Result<Option<Attributes>, DirectoryError> {
        if let Some(pace) = &mut self.pace {
            pace.tick().await;
        }
        Directory::read(&mut self.client, dn, attributes).await
    }

    async fn modify(&mut self, dn: &str, changes: &[Change<'_>]) -> std::result::Result<(), DirectoryError> {
        Directory::modify(&mut self.client, dn, changes).await
    }
}

/// Changes go to the directory itself: a global catalogue holds copies that cannot be changed.
pub(super) fn writable(out: &Out, address: Address) -> Result<Address> {
    if !address.is_global_catalogue() {
        return Ok(address);
    }
    let (scheme, port) = if address.is_ldaps() {
        ("ldaps", 636)
    } else {
        ("ldap", 389)
    };
    let server = address.server();
    let host = server.rsplit_once(':').map_or(server.as_str(), |it| it.0);
    let text = format!("{scheme}://{host}:{port}");
    let writable = Address::parse(&text)
        .map_err(|error| Failure::new("directory-unavailable", &[("error", error.to_string().into())]))?;
    told::say(
        out,
        "fix-catalogue",
        &[("from", address.to_string().into()), ("to", text.into())],
    );
    Ok(writable)
}

/// The file beside a journal that undoes its run.
pub(super) fn beside(journal: &Path) -> PathBuf {
    journal.with_extension("undo.ldif")
}

fn refused(error: LogError) -> Failure {
    let path = |it: &Path| it.display().to_string();
    match error {
        LogError::Exists { path: it } => Failure::new("journal-exists", &[("path", path(&it).into())]),
        LogError::InUse { path: it } => Failure::new("journal-in-use", &[("path", path(&it).into())]),
        LogError::OtherRun { path: it, of } => {
            Failure::new("journal-other", &[("path", path(&it).into()), ("of", of.into())])
        }
        LogError::Malformed { path: it, line, reason } => Failure::new(
            "malformed-file",
            &[
                ("path", path(&it).into()),
                ("line", line.into()),
                ("what", reason.into()),
            ],
        ),
        LogError::Unavailable { path: it, error } => Failure::io(&it, &error),
    }
}

#[cfg(test)]
mod tests {
    use jalon_domain::text::Lang;

    use super::*;

    #[test]
    fn changes_do_not_go_to_a_global_catalogue() {
        let out = Out::new(Lang::En, true);
        for (from, to) in [
            ("ldap://dc1.contoso.example:3268", "ldap://dc1.contoso.example:389"),
            ("ldaps://[2001:db8::1]:3269", "ldaps://[2001:db8::1]:636"),
            ("ldap://dc1.contoso.example:1389", "ldap://dc1.contoso.example:1389"),
        ] {
            let address = Address::parse(from).unwrap();
            assert_eq!(writable(&out, address).unwrap().to_string(), to);
        }
    }

    #[test]
    fn the_undo_stands_beside_the_journal() {
        assert_eq!(
            beside(Path::new("a/jalon-fix.ndjson")),
            Path::new("a/jalon-fix.undo.ldif")
        );
    }
}
