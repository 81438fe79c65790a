//! Findings: a rule broken by one subject of one target each, durable across runs.

mod apply;
mod bits;
mod entity;
mod filter;
mod flaws;
mod groups;
mod open;
mod page;
mod tally;

use jalon_domain::{
    finding::{Defect, FindingState, Fingerprint, Recorded},
    ids::{CheckId, EngagementId, FindingId, OrganisationId, PersonId, RunId, TargetId},
    measure::Family,
};
use jiff::{Timestamp, civil::Date};
use sea_orm::{EntityTrait, QueryFilter, QuerySelect};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, Unreadable, chunk, of, one, rows, word},
};

pub use apply::apply;
pub use filter::FindingFilter;
pub use flaws::flaws;
pub use groups::{Group, groups};
pub use open::open_of_engagement;
pub use page::{page, set_owner_and_due};
pub use tally::{Facets, Tally, facets, fixed, tally};

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingRow {
    /// Its id.
    pub id: FindingId,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// What was measured.
    pub target: TargetId,
    /// What was measured, as typed.
    pub target_value: String,
    /// The check's family.
    pub family: Family,
    /// The check that found it.
    pub check: CheckId,
    /// What makes it the same finding in the next run.
    pub fingerprint: Fingerprint,
    /// What is wrong, as the last run that saw it said.
    pub defect: Defect,
    /// Where it is in its life.
    pub state: FindingState,
    /// When it was first seen.
    pub opened_at: Timestamp,
    /// When it was last seen.
    pub last_seen_at: Timestamp,
    /// When a run proved it gone.
    pub fixed_at: Option<Timestamp>,
    /// When it last came back.
    pub reopened_at: Option<Timestamp>,
    /// How often it came back.
    pub times_reopened: i32,
    /// Who sees to it.
    pub owner: Option<PersonId>,
    /// Until when.
    pub due: Option<Date>,
    /// The run that first saw it.
    pub first_run: RunId,
    /// The last run that judged it.
    pub last_run: RunId,
    /// Counts what people changed (owner, date), from 1.
    pub version: i64,
}

impl TryFrom<entity::Model> for FindingRow {
    type Error = StoreError;
    fn try_from(it: entity::Model) -> Result<Self, StoreError> {
        let at = |field| move |error: Unreadable| error.at("Finding", field);
        Ok(Self {
            id: FindingId(it.id),
            organisation: OrganisationId(it.organisation),
            engagement: EngagementId(it.engagement),
            target: TargetId(it.target),
            target_value: it.target_value,
            family: word(&it.family).map_err(at("family"))?,
            check: word(&it.check).map_err(at("check"))?,
            fingerprint: Fingerprint(it.fingerprint),
            defect: Defect {
                rule: word(&it.rule).map_err(at("rule"))?,
                severity: Stored::load(it.severity).map_err(at("severity"))?,
                subject: it.subject,
                attribute: it.attribute,
                discriminator: it.discriminator,
                observed: it.observed,
                expected: it.expected,
                message: Stored::load(it.message).map_err(at("message"))?,
                remedy: Stored::load(it.remedy).map_err(at("remedy"))?,
                fix: Stored::load(it.fix).map_err(at("fix"))?,
                object: Stored::load(it.object).map_err(at("object"))?,
            },
            state: word(&it.state).map_err(at("state"))?,
            opened_at: Stored::load(it.opened_at).map_err(at("opened_at"))?,
            last_seen_at: Stored::load(it.last_seen_at).map_err(at("last_seen_at"))?,
            fixed_at: Stored::load(it.fixed_at).map_err(at("fixed_at"))?,
            reopened_at: Stored::load(it.reopened_at).map_err(at("reopened_at"))?,
            times_reopened: it.times_reopened,
            owner: it.owner.map(PersonId),
            due: Stored::load(it.due).map_err(at("due"))?,
            first_run: RunId(it.first_run),
            last_run: RunId(it.last_run),
            version: it.version,
        })
    }
}

/// A finding, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: FindingId) -> Result<Option<FindingRow>, StoreError> {
    one(entity::Entity::find_by_id(id.0).one(db.connection()).await)
}

/// Some findings, by id, the heaviest first.
///
/// # Errors
/// When the database does not answer.
pub async fn find_many(db: &impl Db, ids: &[FindingId]) -> Result<Vec<FindingRow>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(chunk(1)) {
        let some = entity::Entity::find().filter(entity::COLUMN.id.is_in(some.iter().map(|it| it.0)));
        found.extend(rows::<_, FindingRow>(some.all(db.connection()).await)?);
    }
    found.sort_by(|a, b| page::order(a).cmp(&page::order(b)));
    Ok(found)
}

/// What is recorded of a target, open and fixed: what a run is reconciled with. Hold the target first with
/// [`crate::targets::lock`], so that no other run reconciles at the same time.
///
/// # Errors
/// When the database does not answer.
pub async fn recorded(db: &impl Db, engagement: EngagementId, target: TargetId) -> Result<Vec<Recorded>, StoreError> {
    use entity::Column::{Check, Fingerprint as Print, Id, Rule, State};
    let found: Vec<(Uuid, String, String, String, String)> = entity::Entity::find()
        .select_only()
        .columns([Id, Print, Check, Rule, State])
        .filter(of(engagement))
        .filter(entity::COLUMN.target.eq(target.0))
        .into_tuple()
        .all(db.connection())
        .await?;
    let at = |field| move |error: Unreadable| error.at("Finding", field);
    found
        .into_iter()
        .map(|(id, fingerprint, check, rule, state)| {
            Ok(Recorded {
                id: FindingId(id),
                fingerprint: Fingerprint(fingerprint),
                check: word(&check).map_err(at("check"))?,
                rule: word(&rule).map_err(at("rule"))?,
                state: word(&state).map_err(at("state"))?,
            })
        })
        .collect()
}

/// Withdraws the open findings of a target that is no longer measured. Says how many.
///
/// # Errors
/// When the database does not take it.
pub async fn withdraw(tx: &Tx, engagement: EngagementId, target: TargetId) -> Result<u64, StoreError> {
    let open = entity::Entity::update_many()
        .set(entity::ActiveModel {
            state: sea_orm::ActiveValue::Set(FindingState::Withdrawn.store()),
            ..Default::default()
        })
        .filter(of(engagement))
        .filter(entity::COLUMN.target.eq(target.0))
        .filter(entity::COLUMN.state.eq(FindingState::Open.store()));
    Ok(open.exec(tx.connection()).await?.rows_affected)
}

#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod scale_tests;
#[cfg(test)]
mod tests;
