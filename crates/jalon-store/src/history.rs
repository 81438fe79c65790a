//! Every change of state of every duty, for ever: what burn-ups and "since when" are drawn from.

use jalon_domain::{
    ids::{EngagementId, OrganisationId, ResponsibilityId},
    proof::{Reason, State},
};
use jiff::Timestamp;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, of, row, rows},
};

/// A change of state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Its id.
    pub id: Uuid,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// The responsibility.
    pub responsibility: ResponsibilityId,
    /// When.
    pub at: Timestamp,
    /// From this state.
    pub from_state: State,
    /// Why it was open.
    pub from_reason: Option<Reason>,
    /// To this state.
    pub to_state: State,
    /// Why it is open.
    pub to_reason: Option<Reason>,
    /// What made it change: a run, evidence, a decision, the passing of time.
    pub cause: Value,
}

row! {
    Change { id, organisation, engagement, responsibility, at, from_state, from_reason, to_state, to_reason, cause }
}

/// Adds a change.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such engagement.
pub async fn insert(tx: &Tx, change: &Change) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(change))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// The changes of one duty, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_responsibility(
    db: &impl Db,
    engagement: EngagementId,
    responsibility: &ResponsibilityId,
) -> Result<Vec<Change>, StoreError> {
    let own = newest_first(engagement).filter(entity::COLUMN.responsibility.eq(responsibility.store()));
    rows(own.all(db.connection()).await)
}

/// The changes of an engagement since `since`, the newest first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(
    db: &impl Db,
    engagement: EngagementId,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<Change>, StoreError> {
    let own = newest_first(engagement)
        .filter(entity::COLUMN.at.gte(since.store()))
        .limit(limit);
    rows(own.all(db.connection()).await)
}

fn newest_first(engagement: EngagementId) -> Select<entity::Entity> {
    entity::Entity::find()
        .filter(of(engagement))
        .order_by_desc(entity::Column::At)
        .order_by_desc(entity::Column::Id)
}

/// Every change of an engagement, the oldest first: the burn-up.
///
/// # Errors
/// When the database does not answer.
pub async fn all_of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<Change>, StoreError> {
    let all = entity::Entity::find()
        .filter(of(engagement))
        .order_by_asc(entity::Column::At)
        .order_by_asc(entity::Column::Id);
    rows(all.all(db.connection()).await)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "change")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        pub responsibility: String,
        pub at: i64,
        pub from_state: String,
        pub from_reason: Option<String>,
        pub to_state: String,
        pub to_reason: Option<String>,
        pub cause: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use jalon_domain::ids::IdSource;
    use serde_json::json;

    use super::*;
    use crate::testing::{Counter, at, basics, on_both};

    #[tokio::test]
    async fn history_reads_forwards_and_backwards() {
        on_both(async |store| {
            let ids = Counter::default();
            let basics = basics(&store, &ids).await;
            let change = |responsibility: &str, second| Change {
                id: ids.next(),
                organisation: basics.organisation,
                engagement: basics.engagement,
                responsibility: ResponsibilityId::parse(responsibility).unwrap(),
                at: at(second),
                from_state: State::Open,
                from_reason: Some(Reason::Failing),
                to_state: State::Verified,
                to_reason: None,
                cause: json!({"run": second}),
            };
            let [a, b, c] = [change("dns.mail", 1), change("dns.records", 2), change("dns.mail", 3)];
            for it in [&a, &b, &c] {
                store.write(async |tx| insert(tx, it).await).await.unwrap();
            }
            let engagement = basics.engagement;
            assert_eq!(
                all_of_engagement(&store, engagement).await.unwrap(),
                [a.clone(), b.clone(), c.clone()]
            );
            assert_eq!(
                of_engagement(&store, engagement, at(2), 9).await.unwrap(),
                [c.clone(), b]
            );
            assert_eq!(
                of_engagement(&store, engagement, at(0), 1).await.unwrap(),
                std::slice::from_ref(&c)
            );
            let mail = a.responsibility.clone();
            assert_eq!(of_responsibility(&store, engagement, &mail).await.unwrap(), [c, a]);
        })
        .await;
    }
}
