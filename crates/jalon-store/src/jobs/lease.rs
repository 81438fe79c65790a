//! What a worker does with jobs: claim, renew, save, and the reaper's part when a worker is lost.
//!
//! A lease is a worker and the number of an attempt. Every statement that saves something names both, so that a worker
//! that was too slow finds the job no longer its own, even when it is the one that got it again.

use jalon_domain::ids::JobId;
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde_json::Value;

use super::{Job, JobState, entity};
use crate::{
    claim::picking,
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, rows, storable},
};

/// The right to one attempt at a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The job.
    pub id: JobId,
    /// Who has it.
    pub worker: String,
    /// Which attempt it is, from 1.
    pub attempt: i32,
}

impl Lease {
    fn condition(&self) -> Condition {
        Condition::all()
            .add(entity::COLUMN.id.eq(self.id.0))
            .add(entity::COLUMN.worker.eq(storable(&self.worker)))
            .add(entity::COLUMN.attempts.eq(self.attempt))
            .add(entity::COLUMN.state.eq(JobState::Running.store()))
    }
}

/// A job that was claimed.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// The job.
    pub job: Job,
    /// The lease: what every later word about it must carry.
    pub lease: Lease,
}

/// Claims up to `count` jobs that are ready at `now` for `worker`, until `lease_until` unless renewed: by priority, then
/// by time. Nobody else gets them.
///
/// # Errors
/// When the database does not take it.
pub async fn claim(
    db: &impl Db,
    worker: &str,
    now: Timestamp,
    lease_until: Timestamp,
    count: u64,
) -> Result<Vec<Claimed>, StoreError> {
    use entity::Column::{Attempts, Id, LeaseUntil, Priority, RunAt, State, Worker};
    let pick = entity::Entity::find()
        .select_only()
        .column(Id)
        // Written out: an index over a part of the table serves only who states that part.
        .filter(Expr::cust("state = 'ready'"))
        .filter(entity::COLUMN.run_at.lte(now.store()))
        .order_by_desc(Priority)
        .order_by_asc(RunAt)
        .order_by_asc(Id)
        .limit(count)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    let take = entity::Entity::update_many()
        .col_expr(State, Expr::val(JobState::Running.store()))
        .col_expr(Worker, Expr::val(storable(worker)))
        .col_expr(LeaseUntil, Expr::val(lease_until.store()))
        .col_expr(Attempts, Expr::col(Attempts).add(1));
    let _turn = db.turn().await?;
    let mut jobs: Vec<Job> = rows(picking(take, pick).exec_with_returning(db.connection()).await)?;
    jobs.sort_by_key(|it| (std::cmp::Reverse(it.priority), it.run_at, it.id));
    let claimed = |job: Job| Claimed {
        lease: Lease {
            id: job.id,
            worker: worker.to_owned(),
            attempt: job.attempts,
        },
        job,
    };
    Ok(jobs.into_iter().map(claimed).collect())
}

/// Keeps a job until `until`. False means to stop: the lease is lost, or somebody wants the job to stop.
///
/// # Errors
/// When the database does not take it.
pub async fn renew(db: &impl Db, lease: &Lease, until: Timestamp) -> Result<bool, StoreError> {
    let longer = entity::ActiveModel {
        lease_until: Set(Some(until.store())),
        ..Default::default()
    };
    let kept = entity::Entity::update_many()
        .set(longer)
        .filter(lease.condition())
        .filter(entity::COLUMN.cancel_requested.eq(false));
    let _turn = db.turn().await?;
    Ok(kept.exec(db.connection()).await?.rows_affected == 1)
}

/// Says how far a job has come. False means that the lease is lost.
///
/// # Errors
/// When the database does not take it.
pub async fn progress(db: &impl Db, lease: &Lease, progress: &Value) -> Result<bool, StoreError> {
    save(
        db,
        lease,
        entity::ActiveModel {
            progress: Set(Some(progress.store())),
            ..Default::default()
        },
    )
    .await
}

/// Marks a job as done, in the transaction of what it did. False means that the lease is lost, and the transaction must
/// be rolled back: somebody else does the job.
///
/// # Errors
/// When the database does not take it.
pub async fn finish(tx: &Tx, lease: &Lease, at: Timestamp) -> Result<bool, StoreError> {
    save(tx, lease, ended(JobState::Done, at)).await
}

/// Gives a job back, to be tried again at `at`. False means that the lease is lost.
///
/// # Errors
/// When the database does not take it.
pub async fn retry(tx: &Tx, lease: &Lease, error: &str, at: Timestamp) -> Result<bool, StoreError> {
    let to = entity::ActiveModel {
        state: Set(JobState::Ready.store()),
        run_at: Set(at.store()),
        last_error: Set(Some(storable(error))),
        ..released()
    };
    save(tx, lease, to).await
}

/// Gives a job up. False means that the lease is lost.
///
/// # Errors
/// When the database does not take it.
pub async fn bury(tx: &Tx, lease: &Lease, error: &str, at: Timestamp) -> Result<bool, StoreError> {
    save(
        tx,
        lease,
        entity::ActiveModel {
            last_error: Set(Some(storable(error))),
            ..ended(JobState::Dead, at)
        },
    )
    .await
}

/// Stops as somebody wanted. False means that the lease is lost.
///
/// # Errors
/// When the database does not take it.
pub async fn acknowledge_cancel(tx: &Tx, lease: &Lease, at: Timestamp) -> Result<bool, StoreError> {
    save(tx, lease, ended(JobState::Cancelled, at)).await
}

fn ended(state: JobState, at: Timestamp) -> entity::ActiveModel {
    entity::ActiveModel {
        state: Set(state.store()),
        ended_at: Set(Some(at.store())),
        ..released()
    }
}

fn released() -> entity::ActiveModel {
    entity::ActiveModel {
        worker: Set(None),
        lease_until: Set(None),
        ..Default::default()
    }
}

async fn save(db: &impl Db, lease: &Lease, to: entity::ActiveModel) -> Result<bool, StoreError> {
    let saved = entity::Entity::update_many().set(to).filter(lease.condition());
    let _turn = db.turn().await?;
    Ok(saved.exec(db.connection()).await?.rows_affected == 1)
}

/// Takes the jobs whose lease has run out at `now` from workers that are lost: ready again, or dead after the last
/// attempt, or cancelled if somebody wanted so. Returns them as they are now, so that the caller can tell of the dead.
///
/// # Errors
/// When the database does not take it.
pub async fn reap(tx: &Tx, now: Timestamp) -> Result<Vec<Job>, StoreError> {
    use entity::Column::{
        Attempts, CancelRequested, EndedAt, LastError, LeaseUntil, MaxAttempts, RunAt, State, Worker,
    };
    let cancelled = || CancelRequested.into_expr().eq(true);
    let used_up = || Expr::col(Attempts).gte(Expr::col(MaxAttempts));
    let state = Expr::case(cancelled(), JobState::Cancelled.store())
        .case(used_up(), JobState::Dead.store())
        .finally(JobState::Ready.store());
    let ended_at = Expr::case(cancelled().or(used_up()), now.store()).finally(Expr::val(None::<i64>));
    let lost = entity::Entity::update_many()
        .col_expr(State, state.into())
        .col_expr(EndedAt, ended_at.into())
        .col_expr(RunAt, Expr::val(now.store()))
        .col_expr(LastError, Expr::val("the worker was lost"))
        .col_expr(Worker, Expr::val(None::<String>))
        .col_expr(LeaseUntil, Expr::val(None::<i64>))
        .filter(Expr::cust("state = 'running'"))
        .filter(entity::COLUMN.lease_until.lt(now.store()));
    let reaped: Vec<Job> = rows(lost.exec_with_returning(tx.connection()).await)?;
    if reaped.iter().any(|it| it.state == JobState::Ready) {
        tx.ring();
    }
    Ok(reaped)
}
