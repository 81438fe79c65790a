//! Answers already given to a request with an `Idempotency-Key`, so that a repeated creation creates nothing.

use jalon_domain::ids::PersonId;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter};

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, storable},
};

/// The answer that was given to `person` for `key`: HTTP status and body.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, person: PersonId, key: &str) -> Result<Option<(u16, String)>, StoreError> {
    let found = entity::Entity::find_by_id((person.0, storable(key)))
        .one(db.connection())
        .await?;
    found.map(|it| Ok((status(it.status)?, it.body))).transpose()
}

fn status(column: i32) -> Result<u16, StoreError> {
    u16::try_from(column).map_err(|_| StoreError::Broken(format!("{column} is no HTTP status")))
}

/// Remembers an answer, in the transaction of what it answers.
///
/// # Errors
/// [`StoreError::Conflict`] when the key has an answer: the same request ran at the same time, and was first.
pub async fn remember(
    tx: &Tx,
    person: PersonId,
    key: &str,
    status: u16,
    body: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let answer = entity::ActiveModel {
        person: Set(person.0),
        key: Set(storable(key)),
        status: Set(status.into()),
        body: Set(storable(body)),
        at: Set(at.store()),
    };
    entity::Entity::insert(answer)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Forgets answers given before `before`; says how many.
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
    #[sea_orm(table_name = "idempotency_key")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "person_id")]
        pub person: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub status: i32,
        pub body: String,
        pub at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, at, basics, on_both};

    #[tokio::test]
    async fn an_answer_is_given_again_to_the_same_person_only() {
        on_both(async |store| {
            let ids = Counter::default();
            let (ana, bob) = (basics(&store, &ids).await.person, basics(&store, &ids).await.person);
            store
                .write(async |tx| remember(tx, ana, "k", 201, "{}", at(0)).await)
                .await
                .unwrap();
            assert_eq!(find(&store, ana, "k").await.unwrap(), Some((201, "{}".into())));
            assert_eq!(find(&store, bob, "k").await.unwrap(), None);
            let second = store
                .write(async |tx| remember(tx, ana, "k", 201, "{}", at(1)).await)
                .await;
            assert!(matches!(second, Err(StoreError::Conflict)), "{second:?}");
            assert_eq!(store.write(async |tx| prune(tx, at(1)).await).await.unwrap(), 1);
            assert_eq!(find(&store, ana, "k").await.unwrap(), None);
        })
        .await;
    }
}
