//! Tokens with which programs call the API. Only their hash is kept.

use jalon_domain::ids::PersonId;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, one, row, rows, storable},
};

/// A token.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Token {
    /// SHA-256 of the token, in hexadecimal.
    pub hash: String,
    /// Whose rights it carries.
    pub person: PersonId,
    /// What its owner calls it.
    pub name: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when it holds; none means until revoked.
    pub expires_at: Option<Timestamp>,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

row! { Token { hash, person, name, created_at, expires_at, last_used_at, revoked_at } }

/// Adds a token.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such person.
pub async fn insert(tx: &Tx, token: &Token) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(token))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// The token of a hash, in force or not.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, hash: &str) -> Result<Option<Token>, StoreError> {
    one(entity::Entity::find_by_id(storable(hash)).one(db.connection()).await)
}

/// The tokens of a person, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_person(db: &impl Db, person: PersonId) -> Result<Vec<Token>, StoreError> {
    let own = entity::Entity::find()
        .filter(entity::COLUMN.person.eq(person.0))
        .order_by_desc(entity::Column::CreatedAt)
        .order_by_asc(entity::Column::Hash);
    rows(own.all(db.connection()).await)
}

/// Notes that a token was used.
///
/// # Errors
/// When the database does not take it.
pub async fn touch(tx: &Tx, hash: &str, at: Timestamp) -> Result<(), StoreError> {
    change(
        tx,
        hash,
        entity::ActiveModel {
            last_used_at: Set(Some(at.store())),
            ..Default::default()
        },
    )
    .await?;
    Ok(())
}

/// Takes a token back; says whether there was one.
///
/// # Errors
/// When the database does not take it.
pub async fn revoke(tx: &Tx, hash: &str, at: Timestamp) -> Result<bool, StoreError> {
    change(
        tx,
        hash,
        entity::ActiveModel {
            revoked_at: Set(Some(at.store())),
            ..Default::default()
        },
    )
    .await
}

async fn change(tx: &Tx, hash: &str, to: entity::ActiveModel) -> Result<bool, StoreError> {
    let changed = entity::Entity::update_many()
        .set(to)
        .filter(entity::COLUMN.hash.eq(storable(hash)));
    Ok(changed.exec(tx.connection()).await?.rows_affected == 1)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_token")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        #[sea_orm(column_name = "person_id")]
        pub person: Uuid,
        pub name: String,
        pub created_at: i64,
        pub expires_at: Option<i64>,
        pub last_used_at: Option<i64>,
        pub revoked_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, at, basics, on_both};

    #[tokio::test]
    async fn tokens_are_found_used_and_revoked() {
        on_both(async |store| {
            let person = basics(&store, &Counter::default()).await.person;
            let token = Token {
                hash: "h".into(),
                person,
                name: "CI".into(),
                created_at: at(0),
                expires_at: Some(at(100)),
                last_used_at: None,
                revoked_at: None,
            };
            store.write(async |tx| insert(tx, &token).await).await.unwrap();
            store.write(async |tx| touch(tx, "h", at(1)).await).await.unwrap();
            assert!(store.write(async |tx| revoke(tx, "h", at(2)).await).await.unwrap());
            assert!(
                !store
                    .write(async |tx| revoke(tx, "unknown", at(2)).await)
                    .await
                    .unwrap()
            );
            let expected = Token {
                last_used_at: Some(at(1)),
                revoked_at: Some(at(2)),
                ..token
            };
            assert_eq!(find(&store, "h").await.unwrap(), Some(expected.clone()));
            assert_eq!(of_person(&store, person).await.unwrap(), [expected]);
        })
        .await;
    }
}
