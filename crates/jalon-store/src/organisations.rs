//! Organisations: the customers.

use jalon_domain::ids::OrganisationId;
use jiff::Timestamp;
use sea_orm::{EntityTrait, QueryOrder};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{one, row, rows},
};

/// An organisation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its name in addresses: unique.
    pub slug: String,
    /// Since when it is known.
    pub created_at: Timestamp,
}

row! { Organisation { id, name, slug, created_at } }

/// Adds an organisation.
///
/// # Errors
/// [`StoreError::Conflict`] when the slug is taken.
pub async fn insert(tx: &Tx, organisation: &Organisation) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(organisation))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// An organisation, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: OrganisationId) -> Result<Option<Organisation>, StoreError> {
    one(entity::Entity::find_by_id(id.0).one(db.connection()).await)
}

/// Every organisation, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &impl Db) -> Result<Vec<Organisation>, StoreError> {
    let all = entity::Entity::find()
        .order_by_asc(entity::Column::Name)
        .order_by_asc(entity::Column::Id);
    rows(all.all(db.connection()).await)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "organisation")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        #[sea_orm(unique)]
        pub slug: String,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, on_both, organisation};

    #[tokio::test]
    async fn organisations_come_by_name_and_a_slug_is_taken_once() {
        on_both(async |store| {
            let ids = Counter::default();
            let nord = organisation(OrganisationId::new(&ids));
            let abel = Organisation {
                name: "Abel".into(),
                ..organisation(OrganisationId::new(&ids))
            };
            for it in [&nord, &abel] {
                store.write(async |tx| insert(tx, it).await).await.unwrap();
            }
            assert_eq!(find(&store, nord.id).await.unwrap(), Some(nord.clone()));
            let thief = Organisation {
                slug: nord.slug.clone(),
                ..organisation(OrganisationId::new(&ids))
            };
            let refused = store.write(async |tx| insert(tx, &thief).await).await;
            assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
            assert_eq!(all(&store).await.unwrap(), [abel, nord]);
        })
        .await;
    }
}
