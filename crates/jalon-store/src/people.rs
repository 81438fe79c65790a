//! People: who signs in, owns, approves. Nobody is ever deleted, because evidence names them; they are disabled.

use jalon_domain::{ids::PersonId, text::Lang};
use jiff::Timestamp;
use sea_orm::{EntityTrait, QueryOrder};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{one, row, rows, storable},
};

/// Somebody.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their address: lower-case and unique. The caller lowers it, once, at its door.
    pub email: String,
    /// Their name.
    pub name: String,
    /// The hash of their password in PHC form; none when they cannot sign in with one.
    #[serde(skip)]
    pub password_hash: Option<String>,
    /// The language they read.
    pub lang: Lang,
    /// The theme they chose: a word of the interface. None follows the system.
    pub theme: Option<String>,
    /// Whether they run the instance.
    pub is_admin: bool,
    /// Since when they are known.
    pub created_at: Timestamp,
    /// Since when they may not sign in any more.
    pub disabled_at: Option<Timestamp>,
}

row! { Person { id, email, name, password_hash, lang, theme, is_admin, created_at, disabled_at } }

/// Adds somebody.
///
/// # Errors
/// [`StoreError::Conflict`] when the address is taken.
pub async fn insert(tx: &Tx, person: &Person) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(person))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Changes everything about somebody but their id.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such person, [`StoreError::Conflict`] when the address is taken.
pub async fn update(tx: &Tx, person: &Person) -> Result<(), StoreError> {
    let done = entity::Entity::update(entity::ActiveModel::from(person))
        .exec_without_returning(tx.connection())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Missing)
    }
}

/// Somebody, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: PersonId) -> Result<Option<Person>, StoreError> {
    one(entity::Entity::find_by_id(id.0).one(db.connection()).await)
}

/// Somebody, by their lower-case address.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_email(db: &impl Db, email: &str) -> Result<Option<Person>, StoreError> {
    one(entity::Entity::find_by_email(storable(email))
        .one(db.connection())
        .await)
}

/// Everybody, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &impl Db) -> Result<Vec<Person>, StoreError> {
    let all = entity::Entity::find()
        .order_by_asc(entity::Column::Name)
        .order_by_asc(entity::Column::Id);
    rows(all.all(db.connection()).await)
}

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(unique)]
        pub email: String,
        pub name: String,
        pub password_hash: Option<String>,
        pub lang: String,
        pub theme: Option<String>,
        pub is_admin: bool,
        pub created_at: i64,
        pub disabled_at: Option<i64>,
        #[sea_orm(has_many)]
        pub memberships: HasMany<crate::members::entity::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, on_both, person};

    #[tokio::test]
    async fn people_are_found_by_id_and_by_address_and_change() {
        on_both(async |store| {
            let ids = Counter::default();
            let mut ana = person(PersonId::new(&ids));
            let other = person(PersonId::new(&ids));
            store.write(async |tx| insert(tx, &ana).await).await.unwrap();
            store.write(async |tx| insert(tx, &other).await).await.unwrap();
            assert_eq!(find(&store, ana.id).await.unwrap(), Some(ana.clone()));
            assert_eq!(find_by_email(&store, &ana.email).await.unwrap(), Some(ana.clone()));
            assert_eq!(find_by_email(&store, "nobody\0@nord.example").await.unwrap(), None);
            (ana.name, ana.theme, ana.disabled_at) = ("Zoé".into(), Some("dark".into()), Some(ana.created_at));
            store.write(async |tx| update(tx, &ana).await).await.unwrap();
            assert_eq!(all(&store).await.unwrap(), [other, ana]);
        })
        .await;
    }

    #[tokio::test]
    async fn an_address_belongs_to_one_person() {
        on_both(async |store| {
            let ids = Counter::default();
            let ana = person(PersonId::new(&ids));
            let thief = Person {
                email: ana.email.clone(),
                ..person(PersonId::new(&ids))
            };
            store.write(async |tx| insert(tx, &ana).await).await.unwrap();
            let refused = store.write(async |tx| insert(tx, &thief).await).await;
            assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
            let unknown = store.write(async |tx| update(tx, &thief).await).await;
            assert!(matches!(unknown, Err(StoreError::Missing)), "{unknown:?}");
        })
        .await;
    }

    #[test]
    fn the_password_hash_is_never_serialised() {
        let ana = Person {
            password_hash: Some("secret".into()),
            ..person(PersonId::new(&Counter::default()))
        };
        assert!(!serde_json::to_string(&ana).unwrap().contains("secret"));
    }
}
