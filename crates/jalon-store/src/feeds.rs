//! The secret addresses under which people subscribe to an engagement's calendar: one a person and engagement. Only the
//! hash is kept.

use jalon_domain::ids::{EngagementId, OrganisationId, PersonId};
use jiff::Timestamp;
use sea_orm::{EntityTrait, QueryFilter};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{of, one, row, storable},
};

/// Somebody's address of a calendar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feed {
    /// SHA-256 of its secret, in hexadecimal.
    #[serde(skip)]
    pub hash: String,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// Who subscribes.
    pub person: PersonId,
    /// Since when.
    pub created_at: Timestamp,
}

row! { Feed { hash, organisation, engagement, person, created_at } }

/// Puts an address in the place of the one that the person had: that one no longer works.
///
/// # Errors
/// [`StoreError::Missing`] when the engagement or the person is unknown.
pub async fn renew(tx: &Tx, feed: &Feed) -> Result<(), StoreError> {
    remove(tx, feed.engagement, feed.person).await?;
    entity::Entity::insert(entity::ActiveModel::from(feed))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Takes somebody's address back; says whether there was one.
///
/// # Errors
/// When the database does not take it.
pub async fn remove(tx: &Tx, engagement: EngagementId, person: PersonId) -> Result<bool, StoreError> {
    let own = entity::Entity::delete_many()
        .filter(of(engagement))
        .filter(entity::COLUMN.person.eq(person.0));
    Ok(own.exec(tx.connection()).await?.rows_affected > 0)
}

/// The address of a hash.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, hash: &str) -> Result<Option<Feed>, StoreError> {
    one(entity::Entity::find_by_id(storable(hash)).one(db.connection()).await)
}

/// Somebody's address.
///
/// # Errors
/// When the database does not answer.
pub async fn of_person(db: &impl Db, engagement: EngagementId, person: PersonId) -> Result<Option<Feed>, StoreError> {
    let own = entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::COLUMN.person.eq(person.0));
    one(own.one(db.connection()).await)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "calendar_feed")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        #[sea_orm(column_name = "person_id")]
        pub person: Uuid,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, at, basics, on_both};

    #[tokio::test]
    async fn a_renewed_address_takes_the_place_of_the_former() {
        on_both(async |store| {
            let basics = basics(&store, &Counter::default()).await;
            let feed = |hash: &str, second| Feed {
                hash: hash.to_owned(),
                organisation: basics.organisation,
                engagement: basics.engagement,
                person: basics.person,
                created_at: at(second),
            };
            let (first, second) = (feed("a", 1), feed("b", 2));
            for it in [&first, &second] {
                store.write(async |tx| renew(tx, it).await).await.unwrap();
            }
            assert_eq!(find(&store, "a").await.unwrap(), None);
            assert_eq!(find(&store, "b").await.unwrap(), Some(second.clone()));
            let (engagement, person) = (basics.engagement, basics.person);
            assert_eq!(of_person(&store, engagement, person).await.unwrap(), Some(second));
            assert!(
                store
                    .write(async |tx| remove(tx, engagement, person).await)
                    .await
                    .unwrap()
            );
            assert!(
                !store
                    .write(async |tx| remove(tx, engagement, person).await)
                    .await
                    .unwrap()
            );
        })
        .await;
    }
}
