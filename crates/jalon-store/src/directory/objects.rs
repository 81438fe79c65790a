//! What was last seen of each object of a live directory, compact: a scan that asks for changes only judges all the same.

use jalon_domain::ids::{EngagementId, TargetId};
use sea_orm::{
    ActiveValue::Set, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{chunk, of},
    targets::Target,
};

/// An object: its identifier in the directory, and its entry as the caller packed it.
pub type Object = (String, Vec<u8>);

/// The objects of a target after the one called `after`, in the order of their identifiers, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl Db,
    engagement: EngagementId,
    target: TargetId,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<Object>, StoreError> {
    let mut page = entity::Entity::find()
        .select_only()
        .columns([entity::Column::Key, entity::Column::Entry])
        .filter(of(engagement))
        .filter(entity::COLUMN.target.eq(target.0))
        .order_by_asc(entity::Column::Key)
        .limit(limit);
    if let Some(after) = after {
        page = page.filter(entity::COLUMN.key.gt(after));
    }
    Ok(page.into_tuple().all(db.connection()).await?)
}

/// How many objects are known of a target.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl Db, engagement: EngagementId, target: TargetId) -> Result<u64, StoreError> {
    let own = entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::COLUMN.target.eq(target.0));
    Ok(own.count(db.connection()).await?)
}

/// Puts objects in the place of those of the same identifiers.
///
/// # Errors
/// When the database does not take it.
pub async fn put(tx: &Tx, target: &Target, objects: Vec<Object>) -> Result<(), StoreError> {
    use entity::Column::{Engagement, Entry, Key, Organisation, Target};
    let mut objects = objects.into_iter().peekable();
    while objects.peek().is_some() {
        let some = objects.by_ref().take(chunk(5)).map(|(key, entry)| entity::ActiveModel {
            organisation: Set(target.organisation.0),
            engagement: Set(target.engagement.0),
            target: Set(target.id.0),
            key: Set(key),
            entry: Set(entry),
        });
        let same = OnConflict::columns([Organisation, Engagement, Target, Key])
            .update_column(Entry)
            .to_owned();
        entity::Entity::insert_many(some)
            .on_conflict(same)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

/// Forgets objects that are gone.
///
/// # Errors
/// When the database does not take it.
pub async fn forget(tx: &Tx, target: &Target, keys: &[String]) -> Result<(), StoreError> {
    for some in keys.chunks(chunk(2)) {
        entity::Entity::delete_many()
            .filter(of(target.engagement))
            .filter(entity::COLUMN.target.eq(target.id.0))
            .filter(entity::COLUMN.key.is_in(some.iter().map(String::as_str)))
            .exec(tx.connection())
            .await?;
    }
    Ok(())
}

/// Forgets everything about a target: before a full scan, or because it is no longer measured.
///
/// # Errors
/// When the database does not take it.
pub async fn clear(tx: &Tx, engagement: EngagementId, target: TargetId) -> Result<(), StoreError> {
    entity::Entity::delete_many()
        .filter(of(engagement))
        .filter(entity::COLUMN.target.eq(target.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_object")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "engagement_id")]
        pub engagement: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "target_id")]
        pub target: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub entry: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, basics, on_both};

    fn object(key: &str, entry: &str) -> Object {
        (key.into(), entry.as_bytes().into())
    }

    #[tokio::test]
    async fn objects_replace_one_another_and_come_back_in_pages() {
        on_both(async |store| {
            let ids = Counter::default();
            let (one, other) = (basics(&store, &ids).await, basics(&store, &ids).await);
            let put_all =
                async |target: &Target, objects| store.write(async |tx| put(tx, target, objects).await).await.unwrap();
            put_all(
                &one.target,
                vec![object("b", "old"), object("a", "1"), object("c", "3")],
            )
            .await;
            put_all(&other.target, vec![object("a", "other")]).await;
            put_all(&one.target, vec![object("b", "2"), object("d", "\0")]).await;
            store
                .write(async |tx| forget(tx, &one.target, &["c".into(), "z".into()]).await)
                .await
                .unwrap();
            let read = async |after| page(&store, one.engagement, one.target.id, after, 2).await.unwrap();
            assert_eq!(read(None).await, [object("a", "1"), object("b", "2")]);
            assert_eq!(read(Some("b")).await, [object("d", "\0")]);
            assert_eq!(read(Some("d")).await, []);
            store
                .write(async |tx| clear(tx, one.engagement, one.target.id).await)
                .await
                .unwrap();
            assert_eq!(count(&store, one.engagement, one.target.id).await.unwrap(), 0);
            assert_eq!(count(&store, other.engagement, other.target.id).await.unwrap(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn a_large_directory_is_kept_in_few_statements() {
        on_both(async |store| {
            let of = basics(&store, &Counter::default()).await;
            let all: Vec<Object> = (0..20_000).map(|n| object(&format!("{n:06}"), "entry")).collect();
            store.write(async |tx| put(tx, &of.target, all).await).await.unwrap();
            assert_eq!(count(&store, of.engagement, of.target.id).await.unwrap(), 20_000);
        })
        .await;
    }
}
