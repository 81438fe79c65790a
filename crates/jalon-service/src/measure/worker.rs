//! The worker: leases jobs, keeps the lease alive while it works, ends a job in the transaction of its effect.
//!
//! A worker killed at any instant loses nothing: its lease expires and another takes the job. It duplicates nothing: a
//! job ends only under the lease that it was claimed with, in the same transaction as what it recorded.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use jalon_domain::{
    ids::{JobId, RunId, TargetId},
    text::Text,
};
use jalon_store::{
    Tx, jobs,
    jobs::{Claimed, JobState},
    runs,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::sync::watch;

use super::{
    execute::{Failure, Measured, Prepared, Watch},
    request::RUN_JOB,
};
use crate::{
    Error, Result,
    app::App,
    propagation::{LOOK_JOB, Looked},
    view::checks::Progress,
};

/// How a worker works.
#[derive(Clone, Debug)]
pub struct WorkerOptions {
    /// Its name in the job table; unique among the workers of one database.
    pub name: String,
    /// Jobs at once.
    pub parallel: usize,
    /// How long a lease lasts without being renewed.
    pub lease: Duration,
    /// How long it rests when nothing wakes it.
    pub rest: Duration,
}

impl WorkerOptions {
    /// The usual options for a worker called `name`.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            parallel: 4,
            lease: Duration::from_secs(30),
            rest: Duration::from_secs(2),
        }
    }
}

/// A worker.
#[derive(Clone, Debug)]
pub struct Worker {
    app: App,
    options: WorkerOptions,
}

/// What a running job knows of its lease.
struct Lease {
    ended: AtomicBool,
    progress: watch::Sender<Option<Progress>>,
}

impl Watch for Lease {
    fn progress(&self, progress: Progress) {
        self.progress.send_replace(Some(progress));
    }
    fn is_cancelled(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

impl Worker {
    /// A worker on `app`.
    pub fn new(app: App, options: WorkerOptions) -> Self {
        Self { app, options }
    }

    /// Works until `stop` becomes true; jobs under way are finished first.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        tracing::info!(worker = %self.options.name, "worker {} is ready", self.options.name);
        while !*stop.borrow() {
            match self.round().await {
                Ok(0) => {
                    tokio::select! {
                        _ = self.app.store().woken(self.options.rest) => {}
                        _ = stop.changed() => {}
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "the worker could not reach the store: {error}");
                    tokio::select! {
                        () = tokio::time::sleep(self.options.rest) => {}
                        _ = stop.changed() => {}
                    }
                }
            }
        }
    }

    /// Queues what is due, takes what is ready, does it; returns how many jobs it took.
    ///
    /// # Errors
    /// When the store cannot be reached; jobs that fail are not an error of the round.
    pub async fn round(&self) -> Result<usize> {
        let app = &self.app;
        self.reap().await?;
        app.queue_due().await?;
        app.refresh_due().await?;
        let lease = self.until();
        let taken = jobs::claim(
            app.store(),
            &self.options.name,
            app.now(),
            lease,
            self.options.parallel as u64,
        )
        .await?;
        let count = taken.len();
        futures::future::join_all(taken.into_iter().map(|it| self.work(it))).await;
        Ok(count)
    }

    /// Does everything that is ready, until nothing is: for tests and for one-shot commands.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn drain(&self) -> Result<usize> {
        let mut all = 0;
        loop {
            match self.round().await? {
                0 => return Ok(all),
                count => all += count,
            }
        }
    }

    /// Takes jobs from workers that are lost; the run of a job that was given up is told so.
    async fn reap(&self) -> Result<()> {
        let now = self.app.now();
        let reason = Text::new(
            "its workers were lost, every time",
            "ses exécutants ont été perdus, à chaque fois",
        );
        self.app
            .store()
            .write(async |tx: &Tx| {
                for job in jobs::reap(tx, now).await? {
                    let run: Option<RunId> = serde_json::from_value(job.payload["run"].clone()).ok();
                    match (run, job.state) {
                        (Some(run), JobState::Dead) => drop(runs::fail(tx, run, &reason, now).await?),
                        (Some(run), JobState::Cancelled) => drop(runs::cancel(tx, run, now).await?),
                        (None, JobState::Dead) if job.kind == LOOK_JOB => {
                            if let Some(target) = target_of(&job.payload) {
                                self.app.keep_no_look(tx, target, &reason).await?;
                            }
                        }
                        _ => {}
                    }
                }
                Ok(())
            })
            .await
    }

    fn until(&self) -> Timestamp {
        later(self.app.now(), self.options.lease)
    }

    async fn work(&self, job: Claimed) {
        let id = job.lease.id;
        let done = match job.job.kind.as_str() {
            RUN_JOB => self.work_on_run(&job).await,
            LOOK_JOB => self.work_on_look(&job).await,
            kind => self.bury(&job, &format!("unknown kind of job: {kind}")).await,
        };
        if let Err(error) = done {
            tracing::error!(%error, job = %id, "job {id} could not be ended: {error}");
        }
    }

    async fn work_on_run(&self, job: &Claimed) -> Result<()> {
        let run: Option<RunId> = serde_json::from_value(job.job.payload["run"].clone()).ok();
        let Some(run) = run else {
            return self.bury(job, "the job names no run").await;
        };
        let (sender, receiver) = watch::channel(None);
        let lease = Arc::new(Lease {
            ended: AtomicBool::new(false),
            progress: sender,
        });
        let outcome = {
            let measuring = self.measure(run, Arc::clone(&lease));
            let keeping = self.keep_lease(job, &lease, receiver);
            tokio::select! {
                outcome = measuring => outcome,
                // The lease is gone: somebody else has the job, or it was cancelled.
                () = keeping => Err(Failure::Cancelled),
            }
        };
        match outcome {
            Ok((prepared, measured)) => {
                let ended = self
                    .app
                    .change(prepared.run.engagement, async |tx: &Tx| -> Result<bool> {
                        // First the fence: a worker whose lease was taken over records nothing.
                        if !jobs::finish(tx, &job.lease, self.app.now()).await? {
                            return Ok(false);
                        }
                        self.app.record(tx, &prepared, &measured).await?;
                        Ok(true)
                    });
                if !ended.await? {
                    tracing::warn!(job = %job.lease.id, "job {} was taken over by another worker; nothing recorded", job.lease.id);
                }
                Ok(())
            }
            Err(Failure::Cancelled) => self.cancelled(job, run).await,
            Err(Failure::Input(text)) => self.give_up(job, run, text).await,
            Err(Failure::Broken(error)) => self.try_again(job, run, &error).await,
        }
    }

    async fn work_on_look(&self, job: &Claimed) -> Result<()> {
        let Some(target) = target_of(&job.job.payload) else {
            return self.bury(job, "the job names no domain").await;
        };
        let (sender, receiver) = watch::channel(None);
        let lease = Lease {
            ended: AtomicBool::new(false),
            progress: sender,
        };
        let looked = tokio::select! {
            looked = self.app.look(target) => looked,
            // The lease is gone: somebody else looks.
            () = self.keep_lease(job, &lease, receiver) => return Ok(()),
        };
        match looked {
            Ok(looked) => self.keep_look(job, &looked).await,
            // The domain is no longer measured: nobody asks any more.
            Err(Error::NotFound) => self.bury(job, "the domain is gone").await,
            Err(error) => self.look_again(job, target, &error).await,
        }
    }

    async fn keep_look(&self, job: &Claimed, looked: &Looked) -> Result<()> {
        self.app
            .change(looked.target.engagement, async |tx: &Tx| {
                if jobs::finish(tx, &job.lease, self.app.now()).await? {
                    self.app.keep_look(tx, looked).await?;
                }
                Ok(())
            })
            .await
    }

    async fn look_again(&self, job: &Claimed, target: TargetId, error: &Error) -> Result<()> {
        let said = error.to_string();
        self.app
            .store()
            .write(async |tx: &Tx| {
                if job.lease.attempt < job.job.max_attempts {
                    let at = later(self.app.now(), back_off(job.lease.attempt));
                    jobs::retry(tx, &job.lease, &said, at).await?;
                } else if jobs::bury(tx, &job.lease, &said, self.app.now()).await? {
                    self.app.keep_no_look(tx, target, &Text::same(&said)).await?;
                }
                Ok(())
            })
            .await
    }

    async fn measure(&self, run: RunId, lease: Arc<Lease>) -> std::result::Result<(Prepared, Measured), Failure> {
        let prepared = self.app.prepare(run).await?;
        let now = self.app.now();
        self.app
            .store()
            .write(async |tx: &Tx| runs::set_running(tx, run, now).await)
            .await?;
        let measured = self.app.measure(&prepared, lease).await?;
        Ok((prepared, measured))
    }

    /// Renews the lease and passes the progress on; returns when the lease is lost or the job cancelled.
    async fn keep_lease(&self, job: &Claimed, lease: &Lease, progress: watch::Receiver<Option<Progress>>) {
        let mut beat = tokio::time::interval(self.options.lease / 6);
        let mut renewed = self.app.now();
        loop {
            beat.tick().await;
            let latest = progress.borrow().clone();
            if let Some(latest) = latest {
                let value = json!(latest);
                // Progress is a courtesy: a failure to write it must not end the work.
                if let Err(error) = jobs::progress(self.app.store(), &job.lease, &value).await {
                    tracing::debug!(%error, "progress of job {} was not written", job.lease.id);
                }
            }
            // A job that somebody wants to stop is not renewed: the same answer as for a lease that is lost.
            match jobs::renew(self.app.store(), &job.lease, self.until()).await {
                Ok(true) => renewed = self.app.now(),
                Err(_) if self.app.now() < later(renewed, self.options.lease) => {}
                _ => {
                    lease.ended.store(true, Ordering::Relaxed);
                    return;
                }
            }
        }
    }

    async fn cancelled(&self, job: &Claimed, run: RunId) -> Result<()> {
        self.app
            .store()
            .write(async |tx: &Tx| {
                if jobs::acknowledge_cancel(tx, &job.lease, self.app.now()).await? {
                    runs::cancel(tx, run, self.app.now()).await?;
                }
                Ok(())
            })
            .await
    }

    async fn give_up(&self, job: &Claimed, run: RunId, reason: Text) -> Result<()> {
        self.app
            .store()
            .write(async |tx: &Tx| {
                if jobs::finish(tx, &job.lease, self.app.now()).await? {
                    runs::fail(tx, run, &reason, self.app.now()).await?;
                }
                Ok(())
            })
            .await
    }

    async fn try_again(&self, job: &Claimed, run: RunId, error: &Text) -> Result<()> {
        if job.lease.attempt >= job.job.max_attempts {
            let tries = job.lease.attempt;
            let reason = Text::new(
                format!("given up after {tries} tries: {}", error.en),
                format!("abandonné après {tries} essais : {}", error.fr),
            );
            self.app
                .store()
                .write(async |tx: &Tx| {
                    jobs::bury(tx, &job.lease, &error.en, self.app.now()).await?;
                    runs::fail(tx, run, &reason, self.app.now()).await?;
                    Ok(())
                })
                .await
        } else {
            let at = later(self.app.now(), back_off(job.lease.attempt));
            self.app
                .store()
                .write(async |tx: &Tx| {
                    jobs::retry(tx, &job.lease, &error.en, at).await?;
                    Ok(())
                })
                .await
        }
    }

    async fn bury(&self, job: &Claimed, error: &str) -> Result<()> {
        self.app
            .store()
            .write(async |tx: &Tx| {
                jobs::bury(tx, &job.lease, error, self.app.now()).await?;
                Ok(())
            })
            .await
    }
}

/// The domain that a job is about.
fn target_of(payload: &serde_json::Value) -> Option<TargetId> {
    serde_json::from_value(payload["target"].clone()).ok()
}

/// 5 s, 20 s, 80 s, ... at most one hour.
fn back_off(attempt: i32) -> Duration {
    let factor = 4u64.saturating_pow(attempt.clamp(1, 8).unsigned_abs() - 1);
    Duration::from_secs((5 * factor).min(3600))
}

fn later(at: Timestamp, by: Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
    at.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// The job that a run is executed by, for whoever shows its progress.
pub(crate) async fn progress_of(app: &App, job: Option<JobId>) -> Result<Option<Progress>> {
    let Some(id) = job else { return Ok(None) };
    let row = jobs::find(app.store(), id).await?;
    Ok(row
        .and_then(|it| it.progress)
        .and_then(|it| serde_json::from_value(it).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_between_tries_grows_and_is_bounded() {
        let rests: Vec<u64> = [1, 2, 3, 4, 100].map(|it| back_off(it).as_secs()).into();
        assert_eq!(rests, [5, 20, 80, 320, 3600]);
    }
}
