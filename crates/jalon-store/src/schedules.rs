//! Schedules: when each family of an engagement is measured next. Of many servers one gets each turn.

use jalon_domain::{
    ids::{EngagementId, OrganisationId, ScheduleId},
    measure::Family,
};
use jiff::Timestamp;
use sea_orm::{
    EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, LockBehavior, LockType, OnConflict},
};
use serde::Serialize;

use crate::{
    claim::picking,
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, of, row, rows},
};

/// A schedule: at most one per engagement and family.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Schedule {
    /// Its id.
    pub id: ScheduleId,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// The family.
    pub family: Family,
    /// The time between two turns, seconds, at least one.
    pub every_seconds: i64,
    /// Whether it runs.
    pub enabled: bool,
    /// When its next turn is.
    pub next_at: Timestamp,
    /// When its last turn was.
    pub last_at: Option<Timestamp>,
}

row! { Schedule { id, organisation, engagement, family, every_seconds, enabled, next_at, last_at } }

/// Puts a schedule in place of the one of its engagement and family, which keeps its id and its last turn.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such engagement.
pub async fn put(tx: &Tx, schedule: &Schedule) -> Result<(), StoreError> {
    use entity::Column::{Enabled, Engagement, EverySeconds, Family, NextAt, Organisation};
    entity::Entity::insert(entity::ActiveModel::from(schedule))
        .on_conflict(
            OnConflict::columns([Organisation, Engagement, Family])
                .update_columns([EverySeconds, Enabled, NextAt])
                .to_owned(),
        )
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// The schedules of an engagement, by family.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<Schedule>, StoreError> {
    let own = entity::Entity::find()
        .filter(of(engagement))
        .order_by_asc(entity::Column::Family);
    rows(own.all(db.connection()).await)
}

/// Takes the turns that are due at `now`, the longest due first, at most `limit`, and moves each to its first time after
/// `now`: turns that were missed are not made up for. Whoever else asks gets others.
///
/// # Errors
/// When the database does not take it.
pub async fn claim_due(tx: &Tx, now: Timestamp, limit: u64) -> Result<Vec<Schedule>, StoreError> {
    let due = entity::Entity::find()
        .select_only()
        .column(entity::Column::Id)
        .filter(Expr::cust("enabled"))
        .filter(entity::COLUMN.next_at.lte(now.store()))
        .order_by_asc(entity::Column::NextAt)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    // Whole microseconds, divided without rest by both engines.
    let period = Expr::col(entity::Column::EverySeconds).mul(1_000_000_i64);
    let turns = Expr::val(now.store())
        .sub(Expr::col(entity::Column::NextAt))
        .div(period.clone())
        .add(1_i64);
    let forward = entity::Entity::update_many()
        .col_expr(entity::Column::LastAt, Expr::val(now.store()))
        .col_expr(
            entity::Column::NextAt,
            Expr::col(entity::Column::NextAt).add(turns.mul(period)),
        );
    rows(picking(forward, due).exec_with_returning(tx.connection()).await)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "schedule")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        pub family: String,
        pub every_seconds: i64,
        pub enabled: bool,
        pub next_at: i64,
        pub last_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use jiff::Span;

    use super::*;
    use crate::{
        Store,
        testing::{Basics, Counter, at, basics, on_both},
    };

    fn hourly(of: &Basics, ids: &Counter, family: Family, next_at: Timestamp) -> Schedule {
        Schedule {
            id: ScheduleId::new(ids),
            organisation: of.organisation,
            engagement: of.engagement,
            family,
            every_seconds: 3_600,
            enabled: true,
            next_at,
            last_at: None,
        }
    }

    async fn claim(store: Store, now: Timestamp) -> Vec<Schedule> {
        store.write(async |tx| claim_due(tx, now, 10).await).await.unwrap()
    }

    #[tokio::test]
    async fn missed_turns_are_not_made_up_for() {
        on_both(async |store| {
            let ids = Counter::default();
            let of = basics(&store, &ids).await;
            let dns = hourly(&of, &ids, Family::Dns, at(0));
            let off = Schedule {
                enabled: false,
                ..hourly(&of, &ids, Family::Tls, at(0))
            };
            for it in [&dns, &off] {
                store.write(async |tx| put(tx, it).await).await.unwrap();
            }
            // Five turns were due since: one is taken, and the next is the first after now.
            let now = at(4 * 3_600 + 10);
            let taken = Schedule {
                next_at: at(5 * 3_600),
                last_at: Some(now),
                ..dns
            };
            assert_eq!(claim(store.clone(), now).await, [taken]);
            assert!(claim(store.clone(), now).await.is_empty());
            // Exactly on time, the next turn is one period later.
            let on_time = claim(store.clone(), at(5 * 3_600)).await;
            assert_eq!(on_time.iter().map(|it| it.next_at).collect::<Vec<_>>(), [at(6 * 3_600)]);
        })
        .await;
    }

    #[tokio::test]
    async fn putting_again_keeps_the_id_and_the_last_turn() {
        on_both(async |store| {
            let ids = Counter::default();
            let of = basics(&store, &ids).await;
            let first = hourly(&of, &ids, Family::Dns, at(0));
            store.write(async |tx| put(tx, &first).await).await.unwrap();
            claim(store.clone(), at(1)).await;
            let second = Schedule {
                every_seconds: 60,
                enabled: false,
                ..hourly(&of, &ids, Family::Dns, at(7))
            };
            store.write(async |tx| put(tx, &second).await).await.unwrap();
            let expected = Schedule {
                id: first.id,
                last_at: Some(at(1)),
                ..second
            };
            assert_eq!(of_engagement(&store, of.engagement).await.unwrap(), [expected]);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn of_two_who_ask_at_once_one_gets_each_turn() {
        on_both(async |store| {
            let ids = Counter::default();
            for _ in 0..20 {
                let of = basics(&store, &ids).await;
                let due = hourly(&of, &ids, Family::Dns, at(0));
                store.write(async |tx| put(tx, &due).await).await.unwrap();
            }
            let now = at(0) + Span::new().seconds(1);
            let rounds = [0; 4].map(|_| tokio::spawn(claim(store.clone(), now)));
            let mut taken = Vec::new();
            for round in rounds {
                taken.extend(round.await.unwrap().into_iter().map(|it| it.id));
            }
            taken.extend(claim(store.clone(), now).await.into_iter().map(|it| it.id));
            let count = taken.len();
            taken.sort();
            taken.dedup();
            assert_eq!((count, taken.len()), (20, 20));
        })
        .await;
    }
}
