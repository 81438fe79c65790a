//! Evidence: one row a piece. What was observed is disposable beyond the last few, unless it changed; what people said
//! is kept for ever.

use jalon_domain::{
    evidence::{Evidence, Origin},
    ids::{AttachmentId, EngagementId, EvidenceId, OrganisationId, PersonId, ResponsibilityId, RunId},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, Statement};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, Unreadable, of, rows, word},
};

/// A piece of evidence, with what it is for and how it was come by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvidenceRow {
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// The responsibility.
    pub responsibility: ResponsibilityId,
    /// The evidence.
    pub evidence: Evidence,
    /// SHA-256 of the raw bytes that it rests on, in hexadecimal.
    pub sha256: Option<String>,
    /// The version of the program that collected it.
    pub program: String,
    /// What was expected.
    pub expected: Option<String>,
    /// What was seen.
    pub observed: Option<String>,
}

/// The words under which the kinds of origin are kept.
const OBSERVATION: &str = "observation";
const SUBMISSION: &str = "submission";
const STATEMENT: &str = "statement";

impl TryFrom<entity::Model> for EvidenceRow {
    type Error = StoreError;
    fn try_from(it: entity::Model) -> Result<Self, StoreError> {
        let at = |field| move |error: Unreadable| error.at("Evidence", field);
        let origin = origin(&it)?;
        Ok(Self {
            organisation: OrganisationId(it.organisation),
            engagement: EngagementId(it.engagement),
            responsibility: word(&it.responsibility).map_err(at("responsibility"))?,
            evidence: Evidence {
                id: EvidenceId(it.id),
                requirement: word(&it.requirement).map_err(at("requirement"))?,
                origin,
                outcome: word(&it.outcome).map_err(at("outcome"))?,
                collected_at: Stored::load(it.collected_at).map_err(at("collected_at"))?,
                valid_until: Stored::load(it.valid_until).map_err(at("valid_until"))?,
                note: Stored::load(it.note).map_err(at("note"))?,
            },
            sha256: it.sha256,
            program: it.program,
            expected: it.expected,
            observed: it.observed,
        })
    }
}

fn origin(it: &entity::Model) -> Result<Origin, StoreError> {
    let file = it.attachment.map(AttachmentId);
    match (it.kind.as_str(), it.run, &it.vantage, &it.target, it.by, file) {
        (OBSERVATION, Some(run), Some(vantage), Some(target), _, _) => Ok(Origin::Observation {
            run: RunId(run),
            vantage: vantage.clone(),
            target: target.clone(),
        }),
        (SUBMISSION, _, _, _, Some(by), Some(file)) => Ok(Origin::Submission { by: PersonId(by), file }),
        (STATEMENT, _, _, _, Some(by), file) => Ok(Origin::Statement { by: PersonId(by), file }),
        (kind, ..) => Err(StoreError::Broken(format!("evidence {} is no whole {kind}", it.id))),
    }
}

impl From<&EvidenceRow> for entity::ActiveModel {
    fn from(it: &EvidenceRow) -> Self {
        let evidence = &it.evidence;
        let (kind, run, vantage, target, by, file) = match &evidence.origin {
            Origin::Observation { run, vantage, target } => (
                OBSERVATION,
                Some(*run),
                Some(vantage.clone()),
                Some(target.clone()),
                None,
                None,
            ),
            Origin::Submission { by, file } => (SUBMISSION, None, None, None, Some(*by), Some(*file)),
            Origin::Statement { by, file } => (STATEMENT, None, None, None, Some(*by), *file),
        };
        Self {
            id: Set(evidence.id.0),
            organisation: Set(it.organisation.0),
            engagement: Set(it.engagement.0),
            responsibility: Set(it.responsibility.store()),
            requirement: Set(evidence.requirement.store()),
            kind: Set(kind.to_owned()),
            run: Set(run.store()),
            vantage: Set(vantage.store()),
            target: Set(target.store()),
            by: Set(by.store()),
            attachment: Set(file.store()),
            outcome: Set(evidence.outcome.store()),
            collected_at: Set(evidence.collected_at.store()),
            valid_until: Set(evidence.valid_until.store()),
            note: Set(evidence.note.store()),
            sha256: Set(it.sha256.store()),
            program: Set(it.program.store()),
            expected: Set(it.expected.store()),
            observed: Set(it.observed.store()),
        }
    }
}

/// Adds a piece.
///
/// # Errors
/// [`StoreError::Missing`] when the engagement, the person or the file is unknown.
pub async fn insert(tx: &Tx, evidence: &EvidenceRow) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(evidence))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// All evidence of an engagement, the oldest first of each responsibility: what proof is derived from.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<EvidenceRow>, StoreError> {
    rows(oldest_first(engagement).all(db.connection()).await)
}

/// All evidence for one responsibility, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_responsibility(
    db: &impl Db,
    engagement: EngagementId,
    responsibility: &ResponsibilityId,
) -> Result<Vec<EvidenceRow>, StoreError> {
    let own = oldest_first(engagement).filter(entity::COLUMN.responsibility.eq(responsibility.store()));
    rows(own.all(db.connection()).await)
}

fn oldest_first(engagement: EngagementId) -> Select<entity::Entity> {
    entity::Entity::find()
        .filter(of(engagement))
        .order_by_asc(entity::Column::Responsibility)
        .order_by_asc(entity::Column::CollectedAt)
        .order_by_asc(entity::Column::Id)
}

/// `age` counts from the newest observation of a requirement on a target; `before` is what the previous one said. An
/// observation that says something else than the one before it is a change of state, and stays whatever its age.
const PRUNE: &str = "
    DELETE FROM evidence WHERE id IN (
        SELECT id FROM (
            SELECT id, outcome,
                row_number() OVER (PARTITION BY responsibility, requirement, target ORDER BY collected_at DESC, id DESC) AS age,
                lag(outcome) OVER (PARTITION BY responsibility, requirement, target ORDER BY collected_at, id) AS before
            FROM evidence
            WHERE organisation_id = (SELECT organisation_id FROM engagement WHERE id = $1)
                AND engagement_id = $1 AND kind = 'observation'
        ) AS observation
        WHERE age > $2 AND outcome = before
    )";

/// Removes the observations of an engagement beyond the last `keep` of each requirement and target, but none that
/// changed what was known; says how many.
///
/// # Errors
/// When the database does not take it.
pub async fn prune(tx: &Tx, engagement: EngagementId, keep: u32) -> Result<u64, StoreError> {
    let connection = tx.connection();
    let values = [engagement.0.into(), i64::from(keep).into()];
    let prune = Statement::from_sql_and_values(connection.get_database_backend(), PRUNE, values);
    Ok(connection.execute_raw(prune).await?.rows_affected())
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "evidence")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        pub responsibility: String,
        pub requirement: String,
        pub kind: String,
        #[sea_orm(column_name = "run_id")]
        pub run: Option<Uuid>,
        pub vantage: Option<String>,
        pub target: Option<String>,
        pub by: Option<Uuid>,
        #[sea_orm(column_name = "attachment_id")]
        pub attachment: Option<Uuid>,
        pub outcome: String,
        pub collected_at: i64,
        pub valid_until: Option<i64>,
        pub note: Option<String>,
        pub sha256: Option<String>,
        pub program: String,
        pub expected: Option<String>,
        pub observed: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
