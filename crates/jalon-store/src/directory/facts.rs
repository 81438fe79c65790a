//! What is known of the forest of each live directory: the newest facts, as JSON. Their shape is the caller's business.

use jalon_domain::ids::{EngagementId, OrganisationId, RunId, TargetId};
use jiff::Timestamp;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};
use serde::Serialize;
use serde_json::Value;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{of, row, rows},
};

/// The facts of one forest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Facts {
    /// The target that told them.
    pub target: TargetId,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// The run that collected them.
    pub run: RunId,
    /// When.
    pub collected_at: Timestamp,
    /// What they are.
    pub facts: Value,
}

row! { Facts { target, organisation, engagement, run, collected_at, facts } }

/// Puts facts in the place of those that the target told before.
///
/// # Errors
/// [`StoreError::Missing`] when the target or the run is unknown.
pub async fn put(tx: &Tx, facts: &Facts) -> Result<(), StoreError> {
    use entity::Column::{CollectedAt, Facts, Run, Target};
    let same = OnConflict::column(Target)
        .update_columns([Run, CollectedAt, Facts])
        .to_owned();
    entity::Entity::insert(entity::ActiveModel::from(facts))
        .on_conflict(same)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// The facts of an engagement's forests, in the order of the targets.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<Facts>, StoreError> {
    let own = entity::Entity::find()
        .filter(of(engagement))
        .order_by_asc(entity::Column::Target);
    rows(own.all(db.connection()).await)
}

/// Forgets the facts of a target that is no longer measured.
///
/// # Errors
/// When the database does not take it.
pub async fn remove(tx: &Tx, target: TargetId) -> Result<(), StoreError> {
    entity::Entity::delete_by_id(target.0).exec(tx.connection()).await?;
    Ok(())
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_facts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "target_id")]
        pub target: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        #[sea_orm(column_name = "run_id")]
        pub run: Uuid,
        pub collected_at: i64,
        pub facts: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        runs,
        testing::{Counter, at, basics, on_both, run},
    };

    #[tokio::test]
    async fn the_newest_facts_replace_those_before() {
        on_both(async |store| {
            let ids = Counter::default();
            let of = basics(&store, &ids).await;
            let run = run(&of, &ids);
            let facts = |second, level: &str| Facts {
                target: of.target.id,
                organisation: of.organisation,
                engagement: of.engagement,
                run: run.id,
                collected_at: at(second),
                facts: json!({"forest": {"functional_level": level}}),
            };
            let unknown = store.write(async |tx| put(tx, &facts(1, "2012")).await).await;
            assert!(matches!(unknown, Err(StoreError::Missing)), "{unknown:?}");
            store
                .write(async |tx| {
                    runs::insert(tx, &run).await?;
                    put(tx, &facts(1, "2012")).await?;
                    put(tx, &facts(2, "2016")).await
                })
                .await
                .unwrap();
            assert_eq!(of_engagement(&store, of.engagement).await.unwrap(), [facts(2, "2016")]);
            store.write(async |tx| remove(tx, of.target.id).await).await.unwrap();
            assert_eq!(of_engagement(&store, of.engagement).await.unwrap(), []);
        })
        .await;
    }
}
