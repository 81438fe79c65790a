//! Asking for runs, by hand or by schedule; cancelling them; changing a schedule.

use jalon_domain::{
    ids::{EngagementId, JobId, PersonId, RunId, ScheduleId, TargetId},
    measure::Family,
};
use jalon_store::{
    Tx, jobs,
    jobs::NewJob,
    runs,
    runs::{Run, RunState, Trigger},
    schedules, targets,
    targets::Target,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Caller, Error, Permission, Result, app::App};

/// The kind of the job that executes one run.
pub(super) const RUN_JOB: &str = "measure.run";
/// Tries before a run is given up.
const TRIES: i32 = 4;
/// Fewest seconds between two scheduled runs.
const SHORTEST: i64 = 300;
/// Most seconds between two scheduled runs.
const LONGEST: i64 = 30 * 24 * 3600;

/// What to measure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RunScope {
    /// Only this family.
    pub family: Option<Family>,
    /// Only this target.
    pub target: Option<TargetId>,
}

/// The runs that were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RunsAsked {
    /// New runs; a target that is being measured already gets none.
    pub runs: Vec<RunId>,
}

impl App {
    /// Asks for runs of everything in `scope`, now.
    ///
    /// # Errors
    /// [`Error::Conflict`] when there is nothing to measure.
    pub async fn run_checks(&self, caller: &Caller, engagement: EngagementId, scope: &RunScope) -> Result<RunsAsked> {
        self.require(self.store(), caller, engagement, Permission::Measure)
            .await?;
        let runs = self
            .change(engagement, async |tx: &Tx| {
                let wanted: Vec<Target> = targets::of_engagement(tx, engagement)
                    .await?
                    .into_iter()
                    .filter(|it| scope.family.is_none_or(|family| it.family == family))
                    .filter(|it| scope.target.is_none_or(|id| it.id == id))
                    .collect();
                if wanted.is_empty() {
                    return Err(Error::conflict(
                        "there is nothing to measure: name a domain, an endpoint or a directory first",
                        "il n’y a rien à mesurer : indiquez d’abord un domaine, un point d’accès ou un annuaire",
                    ));
                }
                let runs = self.queue_runs(tx, &wanted, Trigger::Manual, Some(caller.id())).await?;
                if !runs.is_empty() {
                    let subject = scope.family.map(|it| it.word().to_owned()).unwrap_or_default();
                    self.audit(
                        tx,
                        caller,
                        engagement,
                        "run.requested",
                        &subject,
                        json!({ "runs": runs }),
                    )
                    .await?;
                }
                Ok(runs)
            })
            .await?;
        self.store().wake();
        Ok(RunsAsked { runs })
    }

    /// Queues a run for each of `wanted` that is not being measured already.
    pub(crate) async fn queue_runs(
        &self,
        tx: &Tx,
        wanted: &[Target],
        trigger: Trigger,
        by: Option<PersonId>,
    ) -> Result<Vec<RunId>> {
        let mut queued = Vec::new();
        for target in wanted {
            let id = RunId::new(self.ids());
            let job = NewJob {
                id: JobId::new(self.ids()),
                kind: RUN_JOB.to_owned(),
                payload: json!({ "run": id }),
                priority: if by.is_some() { 10 } else { 0 },
                run_at: self.now(),
                max_attempts: TRIES,
                dedupe_key: Some(format!("run:{}", target.id)),
                organisation: Some(target.organisation),
                created_at: self.now(),
            };
            let Some(job) = jobs::enqueue(tx, &job).await? else {
                continue;
            };
            let run = Run {
                id,
                engagement: target.engagement,
                organisation: target.organisation,
                family: target.family,
                target: target.id,
                target_value: target.value.clone(),
                trigger,
                requested_by: by,
                state: RunState::Queued,
                outcome: None,
                reason: None,
                queued_at: self.now(),
                started_at: None,
                ended_at: None,
                job: Some(job),
                report: None,
                sha256: None,
                found: 0,
                opened: None,
                closed: None,
                expires_at: None,
            };
            runs::insert(tx, &run).await?;
            queued.push(id);
        }
        Ok(queued)
    }

    /// Cancels a run: one that waits at once, one that is under way at its next step.
    ///
    /// # Errors
    /// [`Error::Conflict`] for one that has ended.
    pub async fn cancel_run(&self, caller: &Caller, engagement: EngagementId, run: RunId) -> Result<()> {
        self.require(self.store(), caller, engagement, Permission::Measure)
            .await?;
        self.change(engagement, async |tx: &Tx| {
            let row = runs::find(tx, run)
                .await?
                .filter(|it| it.engagement == engagement)
                .ok_or(Error::NotFound)?;
            let (Some(job), true) = (row.job, matches!(row.state, RunState::Queued | RunState::Running)) else {
                return Err(Error::conflict("this run has ended", "cette exécution est terminée"));
            };
            jobs::cancel(tx, job, self.now()).await?;
            if row.state == RunState::Queued {
                runs::cancel(tx, run, self.now()).await?;
            }
            self.audit(
                tx,
                caller,
                engagement,
                "run.cancelled",
                &row.target_value,
                json!({ "run": run }),
            )
            .await
        })
        .await
    }

    /// Changes how often a family is measured.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an interval under five minutes or over thirty days.
    pub async fn set_schedule(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        schedule: ScheduleId,
        every_seconds: i64,
        enabled: bool,
    ) -> Result<()> {
        self.require(self.store(), caller, engagement, Permission::Measure)
            .await?;
        if !(SHORTEST..=LONGEST).contains(&every_seconds) {
            return Err(Error::invalid(
                "every_seconds",
                "between five minutes and thirty days",
                "entre cinq minutes et trente jours",
            ));
        }
        self.change(engagement, async |tx: &Tx| {
            let all = schedules::of_engagement(tx, engagement).await?;
            let mut row = all.into_iter().find(|it| it.id == schedule).ok_or(Error::NotFound)?;
            row.every_seconds = every_seconds;
            row.enabled = enabled;
            row.next_at = row.next_at.min(
                self.now()
                    .saturating_add(jiff::Span::new().seconds(every_seconds))
                    .unwrap_or(row.next_at),
            );
            schedules::put(tx, &row).await?;
            let detail = json!({ "every_seconds": every_seconds, "enabled": enabled });
            self.audit(tx, caller, engagement, "schedule.changed", row.family.word(), detail)
                .await
        })
        .await
    }

    /// Queues the runs whose schedule is due; returns how many. Of several servers one gets each schedule.
    pub(super) async fn queue_due(&self) -> Result<usize> {
        self.store()
            .write(async |tx: &Tx| {
                let mut count = 0;
                for schedule in schedules::claim_due(tx, self.now(), 100).await? {
                    let mut wanted = targets::of_engagement(tx, schedule.engagement).await?;
                    wanted.retain(|it| it.family == schedule.family);
                    count += self.queue_runs(tx, &wanted, Trigger::Schedule, None).await?.len();
                }
                Ok(count)
            })
            .await
    }
}
