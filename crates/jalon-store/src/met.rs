//! The requirements of which it is news when they are no longer met: those that were met when that was last sure, until it
//! was told. The state of proof itself is derived and never kept.

use std::collections::BTreeSet;

use jalon_domain::ids::{EngagementId, OrganisationId, RequirementId, ResponsibilityId};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, sea_query::OnConflict};

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, chunk, of, word},
};

/// A requirement of a responsibility.
pub type Key = (ResponsibilityId, RequirementId);

/// Those of an engagement.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<BTreeSet<Key>, StoreError> {
    let all = entity::Entity::find()
        .filter(of(engagement))
        .all(db.connection())
        .await?;
    all.into_iter()
        .map(|it| {
            let responsibility = word(&it.responsibility).map_err(|error| error.at("Met", "responsibility"))?;
            let requirement = word(&it.requirement).map_err(|error| error.at("Met", "requirement"))?;
            Ok((responsibility, requirement))
        })
        .collect()
}

/// Adds some.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such engagement.
pub async fn add(
    tx: &Tx,
    organisation: OrganisationId,
    engagement: EngagementId,
    keys: &[&Key],
) -> Result<(), StoreError> {
    for some in keys.chunks(chunk(4)) {
        let new = some.iter().map(|(responsibility, requirement)| entity::ActiveModel {
            organisation: Set(organisation.0),
            engagement: Set(engagement.0),
            responsibility: Set(responsibility.store()),
            requirement: Set(requirement.store()),
        });
        entity::Entity::insert_many(new)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

/// Takes some away.
///
/// # Errors
/// When the database does not take it.
pub async fn remove(tx: &Tx, engagement: EngagementId, keys: &[&Key]) -> Result<(), StoreError> {
    for (responsibility, requirement) in keys {
        entity::Entity::delete_many()
            .filter(of(engagement))
            .filter(entity::COLUMN.responsibility.eq(responsibility.store()))
            .filter(entity::COLUMN.requirement.eq(requirement.store()))
            .exec(tx.connection())
            .await?;
    }
    Ok(())
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "requirement_met")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "engagement_id")]
        pub engagement: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub responsibility: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub requirement: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, basics, on_both};

    #[tokio::test]
    async fn what_was_met_is_remembered_until_it_is_taken_away() {
        on_both(async |store| {
            let basics = basics(&store, &Counter::default()).await;
            let key = |requirement: &str| -> Key { ("dns.records".parse().unwrap(), requirement.parse().unwrap()) };
            let (one, other) = (key("records"), key("spf"));
            let (organisation, engagement) = (basics.organisation, basics.engagement);
            let change = store.write(async |tx| {
                add(tx, organisation, engagement, &[&one, &other]).await?;
                add(tx, organisation, engagement, &[&one]).await?;
                add(tx, organisation, engagement, &[]).await?;
                remove(tx, engagement, &[&other]).await
            });
            change.await.unwrap();
            assert_eq!(of_engagement(&store, engagement).await.unwrap(), BTreeSet::from([one]));
        })
        .await;
    }
}
