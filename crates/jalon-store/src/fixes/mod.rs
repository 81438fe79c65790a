//! Fixes that somebody approved: the change records as they were then, the findings that they are to close, and which
//! runs have proved how many of them closed.

mod progress;

use jalon_domain::ids::{AttachmentId, EngagementId, FindingId, OrganisationId, PersonId, RuleId, TargetId};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, chunk, of, one, row, rows},
};

pub use progress::{Progress, Proof, progress};

/// An approved fix.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fix {
    /// Its id; later ones sort after earlier ones.
    pub id: Uuid,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// Of which target.
    pub target: TargetId,
    /// The rule whose findings it closes.
    pub rule: RuleId,
    /// How many findings it is to close.
    pub findings: i32,
    /// SHA-256 of the change records, in hexadecimal.
    pub sha256: String,
    /// The change records.
    pub attachment: AttachmentId,
    /// What undoes them.
    pub undo: Option<AttachmentId>,
    /// The reviewed list that it was made from, when one was handed in.
    pub review: Option<AttachmentId>,
    /// What the approver said.
    pub note: Option<String>,
    /// Who approved it.
    pub approved_by: PersonId,
    /// When.
    pub approved_at: Timestamp,
    /// When the approval was taken back.
    pub revoked_at: Option<Timestamp>,
}

row! {
    Fix {
        id, organisation, engagement, target, rule, findings, sha256, attachment, undo, review, note, approved_by, approved_at,
        revoked_at,
    }
}

/// Adds a fix that is to close `findings`.
///
/// # Errors
/// [`StoreError::Missing`] when a finding, a file or the person is unknown.
pub async fn insert(tx: &Tx, fix: &Fix, findings: &[FindingId]) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(fix))
        .exec_without_returning(tx.connection())
        .await?;
    for some in findings.chunks(chunk(4)) {
        let rows = some.iter().map(|it| covered::ActiveModel {
            organisation: Set(fix.organisation.0),
            engagement: Set(fix.engagement.0),
            fix: Set(fix.id),
            finding: Set(it.0),
        });
        covered::Entity::insert_many(rows)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

/// A fix, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: Uuid) -> Result<Option<Fix>, StoreError> {
    one(entity::Entity::find_by_id(id).one(db.connection()).await)
}

/// The fixes of an engagement, the newest first, at most `limit`; of one rule if one is named.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(
    db: &impl Db,
    engagement: EngagementId,
    rule: Option<&RuleId>,
    limit: u64,
) -> Result<Vec<Fix>, StoreError> {
    let mut own = entity::Entity::find()
        .filter(of(engagement))
        .order_by_desc(entity::Column::Id)
        .limit(limit);
    if let Some(rule) = rule {
        own = own.filter(entity::COLUMN.rule.eq(rule.store()));
    }
    rows(own.all(db.connection()).await)
}

/// Takes an approval back at an instant, or lets it stand again. Says whether that changed anything.
///
/// # Errors
/// When the database does not take it.
pub async fn set_revoked(tx: &Tx, id: Uuid, at: Option<Timestamp>) -> Result<bool, StoreError> {
    let to = entity::ActiveModel {
        revoked_at: Set(at.store()),
        ..Default::default()
    };
    let stands = entity::COLUMN.revoked_at;
    let changed = entity::Entity::update_many()
        .set(to)
        .filter(entity::COLUMN.id.eq(id))
        .filter(if at.is_some() {
            stands.is_null()
        } else {
            stands.is_not_null()
        });
    Ok(changed.exec(tx.connection()).await?.rows_affected == 1)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "fix")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        #[sea_orm(column_name = "target_id")]
        pub target: Uuid,
        pub rule: String,
        pub findings: i32,
        pub sha256: String,
        #[sea_orm(column_name = "attachment_id")]
        pub attachment: Uuid,
        #[sea_orm(column_name = "undo_id")]
        pub undo: Option<Uuid>,
        #[sea_orm(column_name = "review_id")]
        pub review: Option<Uuid>,
        pub note: Option<String>,
        pub approved_by: Uuid,
        pub approved_at: i64,
        pub revoked_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Which findings a fix is to close.
mod covered {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "fix_finding")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "engagement_id")]
        pub engagement: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "fix_id")]
        pub fix: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "finding_id")]
        pub finding: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
