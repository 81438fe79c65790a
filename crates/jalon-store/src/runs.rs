//! Runs: one execution of a check family on one target each, from the wish to the report.

use jalon_domain::{
    evidence::Outcome,
    ids::{EngagementId, JobId, OrganisationId, PersonId, RunId, TargetId},
    measure::Family,
    text::Text,
    words,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, ExprTrait, Iterable, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Order, Query, WindowStatement},
};
use serde::Serialize;
use serde_json::Value;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{self, Stored, of, one, row, rows},
};

words! {
    /// What made a run happen.
    Trigger {
        Manual = "manual", "By hand", "À la main";
        Schedule = "schedule", "Scheduled", "Planifiée";
        Demo = "demo", "Demonstration", "Démonstration";
    }
}

words! {
    /// Where a run is.
    RunState {
        Queued = "queued", "Queued", "En attente";
        Running = "running", "Running", "En cours";
        Done = "done", "Done", "Terminée";
        Failed = "failed", "Failed", "Échouée";
        Cancelled = "cancelled", "Cancelled", "Annulée";
    }
}

stored::words! { Trigger RunState }

/// A run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    /// Its id; later runs sort after earlier ones.
    pub id: RunId,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// The family of checks.
    pub family: Family,
    /// What is measured.
    pub target: TargetId,
    /// What is measured, as typed.
    pub target_value: String,
    /// What made it happen.
    pub trigger: Trigger,
    /// Who asked for it.
    pub requested_by: Option<PersonId>,
    /// Where it is.
    pub state: RunState,
    /// What it came to, once done.
    pub outcome: Option<Outcome>,
    /// Why it failed or told nothing.
    pub reason: Option<Text>,
    /// When it was asked for.
    pub queued_at: Timestamp,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The job that carries it out.
    pub job: Option<JobId>,
    /// Rules, facts and stats, without defects. Lists leave it out: [`find`] reads it.
    pub report: Option<Value>,
    /// SHA-256 of what the verdict rests on, in hexadecimal.
    pub sha256: Option<String>,
    /// How many defects it found.
    pub found: i32,
    /// How many findings it opened, those that came back included; unknown of older runs.
    pub opened: Option<i32>,
    /// How many findings it closed; unknown of older runs.
    pub closed: Option<i32>,
    /// When what it found there expires first; what it could not see anew counts as it was last seen.
    pub expires_at: Option<Timestamp>,
}

row! {
    Run {
        id, organisation, engagement, family, target, target_value, trigger, requested_by, state, outcome, reason, queued_at,
        started_at, ended_at, job, report, sha256, found, opened, closed, expires_at,
    }
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// Its outcome.
    pub outcome: Outcome,
    /// Why it told nothing, where it did not.
    pub reason: Option<Text>,
    /// Rules, facts and stats, without defects.
    pub report: Value,
    /// SHA-256 of what the verdict rests on, in hexadecimal.
    pub sha256: String,
    /// How many defects it found.
    pub found: i32,
    /// How many findings it opened, those that came back included.
    pub opened: i32,
    /// How many findings it closed.
    pub closed: i32,
    /// When what it found there expires first; what it could not see anew counts as it was last seen.
    pub expires_at: Option<Timestamp>,
}

/// Adds a run.
///
/// # Errors
/// [`StoreError::Missing`] when the engagement, the target or the person is unknown.
pub async fn insert(tx: &Tx, run: &Run) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(run))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// A run, whole.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: RunId) -> Result<Option<Run>, StoreError> {
    one(entity::Entity::find_by_id(id.0).one(db.connection()).await)
}

/// The runs of an engagement before `before`, the newest first, at most `limit`, without their reports; of one target if
/// one is named.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl Db,
    engagement: EngagementId,
    target: Option<TargetId>,
    before: Option<RunId>,
    limit: u64,
) -> Result<Vec<Run>, StoreError> {
    let mut page = light(engagement).order_by_desc(entity::Column::Id).limit(limit);
    if let Some(target) = target {
        page = page.filter(entity::COLUMN.target.eq(target.0));
    }
    if let Some(before) = before {
        page = page.filter(entity::COLUMN.id.lt(before.0));
    }
    rows(page.all(db.connection()).await)
}

/// The last run of each target of an engagement, whatever its state, without its report.
///
/// # Errors
/// When the database does not answer.
pub async fn latest(db: &impl Db, engagement: EngagementId) -> Result<Vec<Run>, StoreError> {
    latest_of(db, engagement, Condition::all()).await
}

/// The last run of each target of an engagement that told something, without its report.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_done(db: &impl Db, engagement: EngagementId) -> Result<Vec<Run>, StoreError> {
    latest_of(
        db,
        engagement,
        Condition::all().add(entity::COLUMN.state.eq(RunState::Done.store())),
    )
    .await
}

/// The last run of each target of one family that told something, without its report.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_done_of(db: &impl Db, engagement: EngagementId, family: Family) -> Result<Vec<Run>, StoreError> {
    let done = Condition::all()
        .add(entity::COLUMN.state.eq(RunState::Done.store()))
        .add(entity::COLUMN.family.eq(family.store()));
    latest_of(db, engagement, done).await
}

/// The last run of a target that told something, whole.
///
/// # Errors
/// When the database does not answer.
pub async fn last_done(db: &impl Db, engagement: EngagementId, target: TargetId) -> Result<Option<Run>, StoreError> {
    let last = entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::COLUMN.target.eq(target.0))
        .filter(entity::COLUMN.state.eq(RunState::Done.store()))
        .order_by_desc(entity::Column::Id);
    one(last.one(db.connection()).await)
}

/// The runs of an engagement that wait or are under way, without their reports.
///
/// # Errors
/// When the database does not answer.
pub async fn live(db: &impl Db, engagement: EngagementId) -> Result<Vec<Run>, StoreError> {
    let states = [RunState::Queued, RunState::Running].map(|it| it.store());
    rows(
        light(engagement)
            .filter(entity::COLUMN.state.is_in(states))
            .all(db.connection())
            .await,
    )
}

async fn latest_of(db: &impl Db, engagement: EngagementId, which: Condition) -> Result<Vec<Run>, StoreError> {
    let newest_first = WindowStatement::partition_by(entity::Column::Target)
        .order_by(entity::Column::Id, Order::Desc)
        .to_owned();
    let numbered = entity::Entity::find()
        .select_only()
        .column(entity::Column::Id)
        .filter(of(engagement))
        .filter(which)
        .into_query()
        .expr_window_as(Expr::cust("row_number()"), newest_first, "age")
        .to_owned();
    let newest = Query::select()
        .column("id")
        .from_subquery(numbered, "numbered")
        .and_where(Expr::col("age").eq(1))
        .to_owned();
    let latest = light(engagement)
        .filter(entity::Column::Id.in_subquery(newest))
        .order_by_asc(entity::Column::Family)
        .order_by_asc(entity::Column::TargetValue);
    rows(latest.all(db.connection()).await)
}

/// The runs of an engagement, without their reports.
fn light(engagement: EngagementId) -> Select<entity::Entity> {
    let columns = entity::Column::iter().filter(|it| !matches!(it, entity::Column::Report));
    entity::Entity::find()
        .select_only()
        .columns(columns)
        .expr_as(Expr::val(None::<String>), "report")
        .filter(of(engagement))
}

/// Names the job that carries a run out.
///
/// # Errors
/// When the database does not take it.
pub async fn set_job(tx: &Tx, id: RunId, job: JobId) -> Result<bool, StoreError> {
    change(
        tx,
        id,
        entity::ActiveModel {
            job: Set(Some(job.0)),
            ..Default::default()
        },
    )
    .await
}

/// Notes that a run begins, or begins again after its worker was lost. Says whether it had not ended.
///
/// # Errors
/// When the database does not take it.
pub async fn set_running(tx: &Tx, id: RunId, at: Timestamp) -> Result<bool, StoreError> {
    let to = entity::ActiveModel {
        state: Set(RunState::Running.store()),
        started_at: Set(Some(at.store())),
        ..Default::default()
    };
    change(tx, id, to).await
}

/// Notes what a run came to. Says whether it had not ended before.
///
/// # Errors
/// When the database does not take it.
pub async fn finish(tx: &Tx, id: RunId, finished: &Finished, at: Timestamp) -> Result<bool, StoreError> {
    let to = entity::ActiveModel {
        outcome: Set(Some(finished.outcome.store())),
        reason: Set(finished.reason.store()),
        report: Set(Some(finished.report.store())),
        sha256: Set(Some(finished.sha256.store())),
        found: Set(finished.found),
        opened: Set(Some(finished.opened)),
        closed: Set(Some(finished.closed)),
        expires_at: Set(finished.expires_at.store()),
        ..ended(RunState::Done, at)
    };
    change(tx, id, to).await
}

/// Notes that a run could not be carried out. Says whether it had not ended before.
///
/// # Errors
/// When the database does not take it.
pub async fn fail(tx: &Tx, id: RunId, reason: &Text, at: Timestamp) -> Result<bool, StoreError> {
    change(
        tx,
        id,
        entity::ActiveModel {
            reason: Set(Some(reason.store())),
            ..ended(RunState::Failed, at)
        },
    )
    .await
}

/// Notes that a run was called off. Says whether it had not ended before.
///
/// # Errors
/// When the database does not take it.
pub async fn cancel(tx: &Tx, id: RunId, at: Timestamp) -> Result<bool, StoreError> {
    change(tx, id, ended(RunState::Cancelled, at)).await
}

fn ended(state: RunState, at: Timestamp) -> entity::ActiveModel {
    entity::ActiveModel {
        state: Set(state.store()),
        ended_at: Set(Some(at.store())),
        ..Default::default()
    }
}

/// What has ended stays as it ended.
async fn change(tx: &Tx, id: RunId, to: entity::ActiveModel) -> Result<bool, StoreError> {
    let live = [RunState::Queued, RunState::Running].map(|it| it.store());
    let changed = entity::Entity::update_many()
        .set(to)
        .filter(entity::COLUMN.id.eq(id.0))
        .filter(entity::COLUMN.state.is_in(live));
    Ok(changed.exec(tx.connection()).await?.rows_affected == 1)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "run")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        pub family: String,
        #[sea_orm(column_name = "target_id")]
        pub target: Uuid,
        pub target_value: String,
        pub trigger: String,
        pub requested_by: Option<Uuid>,
        pub state: String,
        pub outcome: Option<String>,
        pub reason: Option<String>,
        pub queued_at: i64,
        pub started_at: Option<i64>,
        pub ended_at: Option<i64>,
        #[sea_orm(column_name = "job_id")]
        pub job: Option<Uuid>,
        pub report: Option<String>,
        pub sha256: Option<String>,
        pub found: i32,
        pub opened: Option<i32>,
        pub closed: Option<i32>,
        pub expires_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
