//! What an engagement measures. A target is never deleted, because findings and runs name it; it is removed from use.

use jalon_domain::{
    ids::{AttachmentId, EngagementId, OrganisationId, TargetId},
    measure::Family,
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, of, one, row, rows},
};

/// A target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Target {
    /// Its id.
    pub id: TargetId,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// The family of checks that measures it.
    pub family: Family,
    /// What it is, as typed: a domain, `host:port`, a directory source.
    pub value: String,
    /// Where to connect instead of where the name leads: `ip:port`, or a resolver for a domain.
    pub connect: Option<String>,
    /// The file that is measured, for a directory source that was handed in.
    pub attachment: Option<AttachmentId>,
    /// Since when it is measured.
    pub created_at: Timestamp,
    /// Since when it is no longer.
    pub removed_at: Option<Timestamp>,
}

row! { Target { id, organisation, engagement, family, value, connect, attachment, created_at, removed_at } }

/// Adds a target.
///
/// # Errors
/// [`StoreError::Conflict`] when the engagement measures it already.
pub async fn insert(tx: &Tx, target: &Target) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(target))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// The targets that an engagement measures, by family and value.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<Target>, StoreError> {
    let own = entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::COLUMN.removed_at.is_null())
        .order_by_asc(entity::Column::Family)
        .order_by_asc(entity::Column::Value);
    rows(own.all(db.connection()).await)
}

/// A target, removed or not.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: TargetId) -> Result<Option<Target>, StoreError> {
    one(entity::Entity::find_by_id(id.0).one(db.connection()).await)
}

/// A target, held until the transaction ends: two runs of one target cannot reconcile their findings at once. (SQLite has
/// one writer anyway.)
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, id: TargetId) -> Result<Option<Target>, StoreError> {
    one(entity::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(tx.connection())
        .await)
}

/// Points a target to another file: a newer export of the same source. Says whether there was one.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such file.
pub async fn set_attachment(tx: &Tx, id: TargetId, attachment: AttachmentId) -> Result<bool, StoreError> {
    change(
        tx,
        id,
        entity::ActiveModel {
            attachment: Set(Some(attachment.0)),
            ..Default::default()
        },
    )
    .await
}

/// Removes a target from use; says whether it was in use.
///
/// # Errors
/// When the database does not take it.
pub async fn remove(tx: &Tx, id: TargetId, at: Timestamp) -> Result<bool, StoreError> {
    change(
        tx,
        id,
        entity::ActiveModel {
            removed_at: Set(Some(at.store())),
            ..Default::default()
        },
    )
    .await
}

async fn change(tx: &Tx, id: TargetId, to: entity::ActiveModel) -> Result<bool, StoreError> {
    let changed = entity::Entity::update_many()
        .set(to)
        .filter(entity::COLUMN.id.eq(id.0))
        .filter(entity::COLUMN.removed_at.is_null());
    Ok(changed.exec(tx.connection()).await?.rows_affected == 1)
}

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "target")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        pub family: String,
        pub value: String,
        pub connect: Option<String>,
        #[sea_orm(column_name = "attachment_id")]
        pub attachment: Option<Uuid>,
        pub created_at: i64,
        pub removed_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, at, basics, on_both};

    #[tokio::test]
    async fn a_target_is_measured_once_and_may_come_back_after_its_removal() {
        on_both(async |store| {
            let ids = Counter::default();
            let target = basics(&store, &ids).await.target;
            let again = Target {
                id: TargetId::new(&ids),
                ..target.clone()
            };
            let twice = store.write(async |tx| insert(tx, &again).await).await;
            assert!(matches!(twice, Err(StoreError::Conflict)), "{twice:?}");
            assert!(
                store
                    .write(async |tx| remove(tx, target.id, at(1)).await)
                    .await
                    .unwrap()
            );
            assert!(
                !store
                    .write(async |tx| remove(tx, target.id, at(2)).await)
                    .await
                    .unwrap(),
                "it is removed"
            );
            store.write(async |tx| insert(tx, &again).await).await.unwrap();
            assert_eq!(of_engagement(&store, target.engagement).await.unwrap(), [again]);
            let removed = Target {
                removed_at: Some(at(1)),
                ..target
            };
            assert_eq!(find(&store, removed.id).await.unwrap(), Some(removed.clone()));
            assert_eq!(
                store.write(async |tx| lock(tx, removed.id).await).await.unwrap(),
                Some(removed)
            );
        })
        .await;
    }
}
