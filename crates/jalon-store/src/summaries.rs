//! What portfolio pages read of each engagement: kept up to date with every change, never computed while somebody waits.

use jalon_domain::ids::{EngagementId, OrganisationId};
use jiff::Timestamp;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict};
use serde::Serialize;
use serde_json::Value;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, chunk, row, rows},
};

/// An engagement in one row. What the JSON says is the caller's business.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Whose it is.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// Duties by state: a map from state to count.
    pub states: Value,
    /// Open findings by severity: a map from severity to count.
    pub findings: Value,
    /// The gates.
    pub gates: Value,
    /// When the passing of time alone changes it next.
    pub refresh_at: Option<Timestamp>,
    /// When it was reckoned.
    pub updated_at: Timestamp,
}

row! { Summary { organisation, engagement, states, findings, gates, refresh_at, updated_at } }

/// Puts a summary in place of the one before.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such engagement.
pub async fn put(tx: &Tx, summary: &Summary) -> Result<(), StoreError> {
    use entity::Column::{Engagement, Findings, Gates, RefreshAt, States, UpdatedAt};
    entity::Entity::insert(entity::ActiveModel::from(summary))
        .on_conflict(
            OnConflict::column(Engagement)
                .update_columns([States, Findings, Gates, RefreshAt, UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// The summaries of some engagements, in no order; an engagement without one has none.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &impl Db, engagements: &[EngagementId]) -> Result<Vec<Summary>, StoreError> {
    let mut found = Vec::with_capacity(engagements.len());
    for some in engagements.chunks(chunk(1)) {
        let some = entity::Entity::find().filter(entity::COLUMN.engagement.is_in(some.iter().map(|it| it.0)));
        found.extend(rows::<_, Summary>(some.all(db.connection()).await)?);
    }
    Ok(found)
}

/// The engagements whose summary is due to be reckoned again at `now`, the longest due first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn due_for_refresh(db: &impl Db, now: Timestamp, limit: u64) -> Result<Vec<EngagementId>, StoreError> {
    let due: Vec<uuid::Uuid> = entity::Entity::find()
        .select_only()
        .column(entity::Column::Engagement)
        .filter(entity::COLUMN.refresh_at.lte(now.store()))
        .order_by_asc(entity::Column::RefreshAt)
        .limit(limit)
        .into_tuple()
        .all(db.connection())
        .await?;
    Ok(due.into_iter().map(EngagementId).collect())
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "engagement_summary")]
    pub(crate) struct Model {
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "engagement_id")]
        pub engagement: Uuid,
        pub states: String,
        pub findings: String,
        pub gates: String,
        pub refresh_at: Option<i64>,
        pub updated_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Basics, Counter, at, basics, on_both};

    fn summary(of: &Basics, refresh_at: Option<Timestamp>) -> Summary {
        Summary {
            organisation: of.organisation,
            engagement: of.engagement,
            states: json!({"open": 70, "verified": 6}),
            findings: json!({"blocker": 1}),
            gates: json!([]),
            refresh_at,
            updated_at: at(0),
        }
    }

    #[tokio::test]
    async fn a_summary_replaces_the_one_before_and_says_when_it_is_due() {
        on_both(async |store| {
            let ids = Counter::default();
            let (one, other) = (basics(&store, &ids).await, basics(&store, &ids).await);
            for it in [
                summary(&one, Some(at(9))),
                summary(&one, Some(at(5))),
                summary(&other, Some(at(3))),
            ] {
                store.write(async |tx| put(tx, &it).await).await.unwrap();
            }
            assert_eq!(
                of(&store, &[one.engagement]).await.unwrap(),
                [summary(&one, Some(at(5)))]
            );
            assert_eq!(
                due_for_refresh(&store, at(5), 9).await.unwrap(),
                [other.engagement, one.engagement]
            );
            assert_eq!(due_for_refresh(&store, at(4), 9).await.unwrap(), [other.engagement]);
            store
                .write(async |tx| put(tx, &summary(&other, None)).await)
                .await
                .unwrap();
            assert_eq!(due_for_refresh(&store, at(9), 1).await.unwrap(), [one.engagement]);
        })
        .await;
    }
}
