//! Engagements: one organisation's onboarding each.

use jalon_domain::{
    ids::{EngagementId, OrganisationId, PersonId},
    profile::Profile,
};
use jiff::{Timestamp, civil::Date};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    members,
    stored::{one, row, rows},
};

/// An engagement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Engagement {
    /// Its id.
    pub id: EngagementId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Its own name.
    pub name: String,
    /// What it takes on.
    pub profile: Profile,
    /// The catalogue's version that it follows.
    pub catalogue: String,
    /// Its first day.
    pub start: Date,
    /// The day on which everything should be proven.
    pub target: Option<Date>,
    /// Since when it is known.
    pub created_at: Timestamp,
    /// Counts its changes, from 1: an update names the one it read.
    pub version: i64,
}

row! { Engagement { id, organisation, name, profile, catalogue, start, target, created_at, version } }

/// Adds an engagement.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such organisation.
pub async fn insert(tx: &Tx, engagement: &Engagement) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(engagement))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// An engagement, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: EngagementId) -> Result<Option<Engagement>, StoreError> {
    one(entity::Entity::find_by_id(id.0).one(db.connection()).await)
}

/// An engagement, held until the transaction ends: two who derive its states from what they read cannot do so at once.
/// (SQLite has one writer anyway.)
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, id: EngagementId) -> Result<Option<Engagement>, StoreError> {
    one(entity::Entity::find_by_id(id.0)
        .lock_exclusive()
        .one(tx.connection())
        .await)
}

/// Every engagement, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &impl Db) -> Result<Vec<Engagement>, StoreError> {
    rows(by_name().all(db.connection()).await)
}

/// The engagements that `person` is a member of, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn of_person(db: &impl Db, person: PersonId) -> Result<Vec<Engagement>, StoreError> {
    let own = members::entity::Entity::find()
        .select_only()
        .column(members::entity::Column::Engagement)
        .filter(members::entity::COLUMN.person.eq(person.0))
        .into_query();
    rows(
        by_name()
            .filter(entity::Column::Id.in_subquery(own))
            .all(db.connection())
            .await,
    )
}

fn by_name() -> sea_orm::Select<entity::Entity> {
    entity::Entity::find()
        .order_by_asc(entity::Column::Name)
        .order_by_asc(entity::Column::Id)
}

/// Saves what was changed in `engagement` (its name, profile, catalogue and dates) and counts the version on, in the
/// row and not in `engagement`.
///
/// # Errors
/// [`StoreError::Stale`] when the row's version is no longer `engagement.version`.
pub async fn update(tx: &Tx, engagement: &Engagement) -> Result<(), StoreError> {
    let mut changed = entity::ActiveModel::from(engagement);
    changed.version = Set(engagement.version + 1);
    let done = entity::Entity::update_many()
        .set(entity::ActiveModel {
            name: changed.name,
            profile: changed.profile,
            catalogue: changed.catalogue,
            start: changed.start,
            target: changed.target,
            version: changed.version,
            ..Default::default()
        })
        .filter(entity::COLUMN.id.eq(engagement.id.0))
        .filter(entity::COLUMN.version.eq(engagement.version))
        .exec(tx.connection())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "engagement")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        pub name: String,
        pub profile: String,
        pub catalogue: String,
        pub start: String,
        pub target: Option<String>,
        pub created_at: i64,
        pub version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        members::Member,
        testing::{Counter, basics, on_both},
    };

    #[tokio::test]
    async fn the_second_of_two_who_read_the_same_version_is_told() {
        on_both(async |store| {
            let id = basics(&store, &Counter::default()).await.engagement;
            let read = find(&store, id).await.unwrap().unwrap();
            assert_eq!(
                store.write(async |tx| lock(tx, id).await).await.unwrap().as_ref(),
                Some(&read)
            );
            let first = Engagement {
                name: "First".into(),
                target: Some(date(2026, 6, 1)),
                ..read.clone()
            };
            let second = Engagement {
                name: "Second".into(),
                ..read
            };
            store.write(async |tx| update(tx, &first).await).await.unwrap();
            let refused = store.write(async |tx| update(tx, &second).await).await;
            assert!(matches!(refused, Err(StoreError::Stale)), "{refused:?}");
            assert_eq!(
                find(&store, id).await.unwrap(),
                Some(Engagement { version: 2, ..first })
            );
        })
        .await;
    }

    #[tokio::test]
    async fn people_see_the_engagements_that_they_are_members_of() {
        on_both(async |store| {
            let ids = Counter::default();
            let (one, other) = (basics(&store, &ids).await, basics(&store, &ids).await);
            let member = Member {
                organisation: one.organisation,
                engagement: one.engagement,
                person: one.person,
                access: "lead".into(),
                role: None,
                party: "customer".into(),
            };
            store
                .write(async |tx| members::insert(tx, &member).await)
                .await
                .unwrap();
            let seen: Vec<EngagementId> = of_person(&store, one.person)
                .await
                .unwrap()
                .into_iter()
                .map(|it| it.id)
                .collect();
            assert_eq!(seen, [one.engagement]);
            assert!(of_person(&store, other.person).await.unwrap().is_empty());
            assert_eq!(all(&store).await.unwrap().len(), 2);
        })
        .await;
    }
}
