//! Jobs: work committed with the change that asked for it. Workers lease it; whoever loses the lease can save nothing.
//!
//! ```text
//! enqueue → ready → claim → running → finish → done
//!             ↑                │ retry, reap       bury, reap of the last attempt → dead
//!             └────────────────┘                   cancel → cancelled
//! ```

mod entity;
mod lease;

use std::collections::BTreeMap;

use jalon_domain::{
    ids::{JobId, OrganisationId},
    words,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use serde::Serialize;
use serde_json::Value;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{self, Stored, Unreadable, one, row, word},
    wake,
};

pub use lease::{Claimed, Lease, acknowledge_cancel, bury, claim, finish, progress, reap, renew, retry};

words! {
    /// Where a job is.
    JobState {
        Ready = "ready", "Ready", "Prête";
        Running = "running", "Running", "En cours";
        Done = "done", "Done", "Terminée";
        Dead = "dead", "Given up", "Abandonnée";
        Cancelled = "cancelled", "Cancelled", "Annulée";
    }
}

stored::words! { JobState }

/// A job.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// For whom it is; none for the instance itself.
    pub organisation: Option<OrganisationId>,
    /// What is to be done: a word of the service.
    pub kind: String,
    /// With what.
    pub payload: Value,
    /// Where it is.
    pub state: JobState,
    /// The higher, the sooner.
    pub priority: i32,
    /// Not before.
    pub run_at: Timestamp,
    /// How often it was begun.
    pub attempts: i32,
    /// How often it may be begun.
    pub max_attempts: i32,
    /// Who has it.
    pub worker: Option<String>,
    /// Until when they have it unless they renew.
    pub lease_until: Option<Timestamp>,
    /// No two jobs that are ready or running have the same.
    pub dedupe_key: Option<String>,
    /// Why the last attempt did not succeed.
    pub last_error: Option<String>,
    /// How far it has come, in the words of its kind.
    pub progress: Option<Value>,
    /// Whether somebody wants it to stop.
    pub cancel_requested: bool,
    /// Since when it is known.
    pub created_at: Timestamp,
    /// When it was done, given up or cancelled.
    pub ended_at: Option<Timestamp>,
}

row! {
    Job {
        id, organisation, kind, payload, state, priority, run_at, attempts, max_attempts, worker, lease_until, dedupe_key,
        last_error, progress, cancel_requested, created_at, ended_at,
    }
}

/// A job to be.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// For whom it is; none for the instance itself.
    pub organisation: Option<OrganisationId>,
    /// What is to be done.
    pub kind: String,
    /// With what.
    pub payload: Value,
    /// The higher, the sooner.
    pub priority: i32,
    /// Not before.
    pub run_at: Timestamp,
    /// How often it may be begun.
    pub max_attempts: i32,
    /// No two jobs that are ready or running have the same.
    pub dedupe_key: Option<String>,
    /// Now.
    pub created_at: Timestamp,
}

/// Adds a job, unless one with the same dedupe key is ready or running: then none. Workers are woken on commit, here
/// and wherever the database is shared.
///
/// # Errors
/// When the database does not take it.
pub async fn enqueue(tx: &Tx, job: &NewJob) -> Result<Option<JobId>, StoreError> {
    let new = entity::ActiveModel {
        id: Set(job.id.0),
        organisation: Set(job.organisation.store()),
        kind: Set(job.kind.store()),
        payload: Set(job.payload.store()),
        state: Set(JobState::Ready.store()),
        priority: Set(job.priority),
        run_at: Set(job.run_at.store()),
        attempts: Set(0),
        max_attempts: Set(job.max_attempts),
        worker: Set(None),
        lease_until: Set(None),
        dedupe_key: Set(job.dedupe_key.store()),
        last_error: Set(None),
        progress: Set(None),
        cancel_requested: Set(false),
        created_at: Set(job.created_at.store()),
        ended_at: Set(None),
    };
    let connection = tx.connection();
    let added = entity::Entity::insert(new)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    if added == 0 {
        return Ok(None);
    }
    tx.ring();
    if connection.get_database_backend() == DbBackend::Postgres {
        // Delivered on commit, once however many jobs there are (PostgreSQL's manual, NOTIFY).
        connection
            .execute_unprepared(&format!("NOTIFY {}", wake::CHANNEL))
            .await?;
    }
    Ok(Some(job.id))
}

/// A job, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: JobId) -> Result<Option<Job>, StoreError> {
    one(entity::Entity::find_by_id(id.0).one(db.connection()).await)
}

/// How many jobs are in each state; what there are none of is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(db: &impl Db) -> Result<BTreeMap<JobState, u64>, StoreError> {
    let counts: Vec<(String, i64)> = entity::Entity::find()
        .select_only()
        .column(entity::Column::State)
        .column_as(entity::Column::Id.count(), "count")
        .group_by(entity::Column::State)
        .into_tuple()
        .all(db.connection())
        .await?;
    counts
        .into_iter()
        .map(|(state, count)| {
            let state = word(&state).map_err(|error: Unreadable| error.at("Job", "state"))?;
            Ok((state, count.unsigned_abs()))
        })
        .collect()
}

/// Calls a job off: one that waits is cancelled at once, one that runs is asked to stop. Says whether it was either.
///
/// # Errors
/// When the database does not take it.
pub async fn cancel(tx: &Tx, id: JobId, at: Timestamp) -> Result<bool, StoreError> {
    let now = entity::ActiveModel {
        state: Set(JobState::Cancelled.store()),
        cancel_requested: Set(true),
        ended_at: Set(Some(at.store())),
        ..Default::default()
    };
    let soon = entity::ActiveModel {
        cancel_requested: Set(true),
        ..Default::default()
    };
    Ok(change(tx, id, JobState::Ready, now).await? || change(tx, id, JobState::Running, soon).await?)
}

async fn change(tx: &Tx, id: JobId, from: JobState, to: entity::ActiveModel) -> Result<bool, StoreError> {
    let changed = entity::Entity::update_many()
        .set(to)
        .filter(entity::COLUMN.id.eq(id.0))
        .filter(entity::COLUMN.state.eq(from.store()));
    Ok(changed.exec(tx.connection()).await?.rows_affected == 1)
}

/// Whether somebody wants a job to stop.
///
/// # Errors
/// When the database does not answer.
pub async fn is_cancel_requested(db: &impl Db, id: JobId) -> Result<bool, StoreError> {
    Ok(find(db, id).await?.is_some_and(|it| it.cancel_requested))
}

/// Forgets the jobs that ended before `before`; says how many.
///
/// # Errors
/// When the database does not take it.
pub async fn prune(tx: &Tx, before: Timestamp) -> Result<u64, StoreError> {
    let old = entity::Entity::delete_many().filter(entity::COLUMN.ended_at.lt(before.store()));
    Ok(old.exec(tx.connection()).await?.rows_affected)
}

#[cfg(test)]
mod tests;
