//! Sign-in sessions of browsers. Only the hash of a token is kept, so that a stolen database opens no session.

use jalon_domain::ids::PersonId;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, one, row, rows, storable},
};

/// A session.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Session {
    /// SHA-256 of the token in the cookie, in hexadecimal.
    #[serde(skip)]
    pub token_hash: String,
    /// Who signed in.
    pub person: PersonId,
    /// What every form sent within it must carry.
    #[serde(skip)]
    pub csrf: String,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// Until when it holds.
    pub expires_at: Timestamp,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
}

row! { Session { token_hash, person, csrf, created_at, seen_at, expires_at, user_agent } }

/// Begins a session.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such person.
pub async fn insert(tx: &Tx, session: &Session) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(session))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// The session of a token's hash, expired or not.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, token_hash: &str) -> Result<Option<Session>, StoreError> {
    one(entity::Entity::find_by_id(storable(token_hash))
        .one(db.connection())
        .await)
}

/// Notes that a session was used, and until when it holds now.
///
/// # Errors
/// When the database does not take it.
pub async fn touch(tx: &Tx, token_hash: &str, seen_at: Timestamp, expires_at: Timestamp) -> Result<(), StoreError> {
    let used = entity::ActiveModel {
        seen_at: Set(seen_at.store()),
        expires_at: Set(expires_at.store()),
        ..Default::default()
    };
    entity::Entity::update_many()
        .set(used)
        .filter(entity::COLUMN.token_hash.eq(storable(token_hash)))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database does not take it.
pub async fn delete(tx: &Tx, token_hash: &str) -> Result<(), StoreError> {
    entity::Entity::delete_by_id(storable(token_hash))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Ends every session of a person: a changed password, a disabled account. Says how many.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_of_person(tx: &Tx, person: PersonId) -> Result<u64, StoreError> {
    let ended = entity::Entity::delete_many().filter(entity::COLUMN.person.eq(person.0));
    Ok(ended.exec(tx.connection()).await?.rows_affected)
}

/// Forgets what has expired by `now`; says how many.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, StoreError> {
    let expired = entity::Entity::delete_many().filter(entity::COLUMN.expires_at.lte(now.store()));
    Ok(expired.exec(tx.connection()).await?.rows_affected)
}

/// The sessions of a person, the last used first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_person(db: &impl Db, person: PersonId) -> Result<Vec<Session>, StoreError> {
    let own = entity::Entity::find()
        .filter(entity::COLUMN.person.eq(person.0))
        .order_by_desc(entity::Column::SeenAt);
    rows(own.all(db.connection()).await)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub token_hash: String,
        #[sea_orm(column_name = "person_id")]
        pub person: Uuid,
        pub csrf: String,
        pub created_at: i64,
        pub seen_at: i64,
        pub expires_at: i64,
        pub user_agent: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, at, basics, on_both};

    fn session(token_hash: &str, person: PersonId) -> Session {
        Session {
            token_hash: token_hash.into(),
            person,
            csrf: "c".into(),
            created_at: at(0),
            seen_at: at(0),
            expires_at: at(100),
            user_agent: Some("Firefox".into()),
        }
    }

    #[tokio::test]
    async fn sessions_live_until_they_expire_or_are_ended() {
        on_both(async |store| {
            let who = basics(&store, &Counter::default()).await.person;
            for it in ["a", "b", "c", "d"] {
                store
                    .write(async |tx| insert(tx, &session(it, who)).await)
                    .await
                    .unwrap();
            }
            assert_eq!(find(&store, "a").await.unwrap(), Some(session("a", who)));
            store
                .write(async |tx| touch(tx, "a", at(50), at(150)).await)
                .await
                .unwrap();
            let own: Vec<String> = of_person(&store, who)
                .await
                .unwrap()
                .into_iter()
                .map(|it| it.token_hash)
                .collect();
            assert_eq!((own.len(), own[0].as_str()), (4, "a"), "the last used comes first");
            store.write(async |tx| delete(tx, "b").await).await.unwrap();
            assert_eq!(
                store.write(async |tx| delete_expired(tx, at(100)).await).await.unwrap(),
                2
            );
            assert_eq!(
                store.write(async |tx| delete_of_person(tx, who).await).await.unwrap(),
                1
            );
            assert_eq!(find(&store, "a").await.unwrap(), None);
        })
        .await;
    }

    #[tokio::test]
    async fn nobody_has_no_session() {
        on_both(async |store| {
            let stranger = PersonId(uuid::Uuid::from_u128(404));
            let refused = store.write(async |tx| insert(tx, &session("a", stranger)).await).await;
            assert!(matches!(refused, Err(StoreError::Missing)), "{refused:?}");
        })
        .await;
    }
}
