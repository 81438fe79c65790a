//! What is known of each file that was handed in; its bytes are in [`crate::Files`], under the same id.

use jalon_domain::ids::{AttachmentId, EngagementId, OrganisationId, PersonId};
use jiff::Timestamp;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{of, one, row, rows},
};

/// A file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// Its name, as it was handed in.
    pub name: String,
    /// Its media type, as it was declared or recognised.
    pub media_type: String,
    /// Its size, bytes.
    pub size: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Who handed it in.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

row! { Attachment { id, organisation, engagement, name, media_type, size, sha256, by, at } }

/// Adds a file that [`crate::Files::put`] has kept.
///
/// # Errors
/// [`StoreError::Missing`] when the engagement or the person is unknown.
pub async fn insert(tx: &Tx, attachment: &Attachment) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(attachment))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// A file, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: AttachmentId) -> Result<Option<Attachment>, StoreError> {
    one(entity::Entity::find_by_id(id.0).one(db.connection()).await)
}

/// The files of an engagement, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<Attachment>, StoreError> {
    let own = entity::Entity::find()
        .filter(of(engagement))
        .order_by_desc(entity::Column::Id);
    rows(own.all(db.connection()).await)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        pub name: String,
        pub media_type: String,
        pub size: i64,
        pub sha256: String,
        pub by: Uuid,
        pub at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, at, basics, on_both};

    #[tokio::test]
    async fn attachments_come_back_the_newest_first() {
        on_both(async |store| {
            let ids = Counter::default();
            let basics = basics(&store, &ids).await;
            let [older, newer] = [1, 2].map(|it| Attachment {
                id: AttachmentId::new(&ids),
                organisation: basics.organisation,
                engagement: basics.engagement,
                name: "procès-verbal.pdf".into(),
                media_type: "application/pdf".into(),
                size: 5_000_000_000,
                sha256: "00".into(),
                by: basics.person,
                at: at(it),
            });
            for it in [&older, &newer] {
                store.write(async |tx| insert(tx, it).await).await.unwrap();
            }
            assert_eq!(find(&store, older.id).await.unwrap(), Some(older.clone()));
            assert_eq!(of_engagement(&store, basics.engagement).await.unwrap(), [newer, older]);
        })
        .await;
    }
}
