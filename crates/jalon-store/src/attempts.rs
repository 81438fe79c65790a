//! Failed sign-ins, counted in the database so that several servers throttle together.

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait, QueryFilter};

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, storable},
};

/// Notes a failure under `key`: an account, an address.
///
/// # Errors
/// When the database does not take it.
pub async fn record(tx: &Tx, key: &str, at: Timestamp) -> Result<(), StoreError> {
    let attempt = entity::ActiveModel {
        key: Set(storable(key)),
        at: Set(at.store()),
        ..Default::default()
    };
    entity::Entity::insert(attempt)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// How many failures there were under `key` since `since`.
///
/// # Errors
/// When the database does not answer.
pub async fn count_since(db: &impl Db, key: &str, since: Timestamp) -> Result<u64, StoreError> {
    let recent = entity::Entity::find()
        .filter(entity::COLUMN.key.eq(storable(key)))
        .filter(entity::COLUMN.at.gte(since.store()));
    Ok(recent.count(db.connection()).await?)
}

/// Forgets the failures under `key`: they signed in.
///
/// # Errors
/// When the database does not take it.
pub async fn clear(tx: &Tx, key: &str) -> Result<(), StoreError> {
    entity::Entity::delete_many()
        .filter(entity::COLUMN.key.eq(storable(key)))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Forgets what happened before `before`; says how much.
///
/// # Errors
/// When the database does not take it.
pub async fn prune(tx: &Tx, before: Timestamp) -> Result<u64, StoreError> {
    let old = entity::Entity::delete_many().filter(entity::COLUMN.at.lt(before.store()));
    Ok(old.exec(tx.connection()).await?.rows_affected)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempt")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub key: String,
        pub at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{at, on_both};

    #[tokio::test]
    async fn attempts_are_counted_per_key_since_an_instant() {
        on_both(async |store| {
            for (key, second) in [("a", 1), ("a", 2), ("a", 2), ("b", 2)] {
                store.write(async |tx| record(tx, key, at(second)).await).await.unwrap();
            }
            assert_eq!(count_since(&store, "a", at(1)).await.unwrap(), 3);
            assert_eq!(count_since(&store, "a", at(2)).await.unwrap(), 2);
            assert_eq!(store.write(async |tx| prune(tx, at(2)).await).await.unwrap(), 1);
            store.write(async |tx| clear(tx, "a").await).await.unwrap();
            assert_eq!(count_since(&store, "a", at(0)).await.unwrap(), 0);
            assert_eq!(count_since(&store, "b", at(0)).await.unwrap(), 1);
        })
        .await;
    }
}
