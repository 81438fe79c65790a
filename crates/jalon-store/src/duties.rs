//! Duties: each responsibility of an engagement, with its owner, its date and the state last derived.

use jalon_domain::{
    ids::{EngagementId, OrganisationId, PersonId, ResponsibilityId},
    proof::{Reason, State},
};
use jiff::{Timestamp, civil::Date};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, chunk, of, one, row, rows},
};

/// A duty.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Duty {
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// The responsibility.
    pub responsibility: ResponsibilityId,
    /// Who sees to it.
    pub owner: Option<PersonId>,
    /// Until when.
    pub due: Option<Date>,
    /// Whether the date is only proposed by the plan.
    pub due_is_proposed: bool,
    /// The state last derived.
    pub state: State,
    /// Why it is open.
    pub reason: Option<Reason>,
    /// Since when something that was met no longer is.
    pub regressed_since: Option<Timestamp>,
    /// Since when it is in this state.
    pub changed_at: Timestamp,
    /// Counts what people changed (owner, date, note), from 1: an update names the one it read. What is derived does not
    /// count, so that a measurement never gets in the way of somebody's form.
    pub version: i64,
    /// What people noted about it.
    pub note: Option<String>,
}

row! {
    Duty {
        organisation, engagement, responsibility, owner, due, due_is_proposed, state, reason, regressed_since, changed_at,
        version, note,
    }
}

/// Adds duties.
///
/// # Errors
/// [`StoreError::Conflict`] when the engagement has one of them.
pub async fn insert_many(tx: &Tx, duties: &[Duty]) -> Result<(), StoreError> {
    for some in duties.chunks(chunk(12)) {
        entity::Entity::insert_many(some.iter().map(entity::ActiveModel::from))
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

/// Every duty of an engagement, by responsibility.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<Duty>, StoreError> {
    let own = entity::Entity::find()
        .filter(of(engagement))
        .order_by_asc(entity::Column::Responsibility);
    rows(own.all(db.connection()).await)
}

/// One duty.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    db: &impl Db,
    engagement: EngagementId,
    responsibility: &ResponsibilityId,
) -> Result<Option<Duty>, StoreError> {
    let duty = entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::COLUMN.responsibility.eq(responsibility.store()));
    one(duty.one(db.connection()).await)
}

/// Names the owner and the date, in place of what was there.
///
/// # Errors
/// [`StoreError::Stale`] when the version is no longer `version`, [`StoreError::Missing`] when there is no such person.
pub async fn set_owner_and_due(
    tx: &Tx,
    engagement: EngagementId,
    responsibility: &ResponsibilityId,
    owner: Option<PersonId>,
    due: Option<Date>,
    due_is_proposed: bool,
    version: i64,
) -> Result<(), StoreError> {
    let to = entity::ActiveModel {
        owner: Set(owner.store()),
        due: Set(due.store()),
        due_is_proposed: Set(due_is_proposed),
        ..Default::default()
    };
    typed(tx, engagement, responsibility, version, to).await
}

/// Notes something, in place of what was there.
///
/// # Errors
/// [`StoreError::Stale`] when the version is no longer `version`.
pub async fn set_note(
    tx: &Tx,
    engagement: EngagementId,
    responsibility: &ResponsibilityId,
    note: Option<&str>,
    version: i64,
) -> Result<(), StoreError> {
    let to = entity::ActiveModel {
        note: Set(note.map(str::to_owned).store()),
        ..Default::default()
    };
    typed(tx, engagement, responsibility, version, to).await
}

/// Saves what somebody typed, against the version that they read.
async fn typed(
    tx: &Tx,
    engagement: EngagementId,
    responsibility: &ResponsibilityId,
    version: i64,
    to: entity::ActiveModel,
) -> Result<(), StoreError> {
    let done = entity::Entity::update_many()
        .set(entity::ActiveModel {
            version: Set(version + 1),
            ..to
        })
        .filter(of(engagement))
        .filter(entity::COLUMN.responsibility.eq(responsibility.store()))
        .filter(entity::COLUMN.version.eq(version))
        .exec(tx.connection())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

/// Saves what was derived at `at`. Says whether there is such a duty.
///
/// # Errors
/// When the database does not take it.
pub async fn set_state(
    tx: &Tx,
    engagement: EngagementId,
    responsibility: &ResponsibilityId,
    state: State,
    reason: Option<Reason>,
    regressed_since: Option<Timestamp>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let to = entity::ActiveModel {
        state: Set(state.store()),
        reason: Set(reason.store()),
        regressed_since: Set(regressed_since.store()),
        changed_at: Set(at.store()),
        ..Default::default()
    };
    let duty = entity::Entity::update_many()
        .set(to)
        .filter(of(engagement))
        .filter(entity::COLUMN.responsibility.eq(responsibility.store()));
    Ok(duty.exec(tx.connection()).await?.rows_affected == 1)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "duty")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "engagement_id")]
        pub engagement: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub responsibility: String,
        #[sea_orm(column_name = "owner_id")]
        pub owner: Option<Uuid>,
        pub due: Option<String>,
        pub due_is_proposed: bool,
        pub state: String,
        pub reason: Option<String>,
        pub regressed_since: Option<i64>,
        pub changed_at: i64,
        pub version: i64,
        pub note: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::testing::{Basics, Counter, at, basics, on_both};

    fn id(raw: &str) -> ResponsibilityId {
        ResponsibilityId::parse(raw).unwrap()
    }

    fn duty(of: &Basics, responsibility: &str) -> Duty {
        Duty {
            organisation: of.organisation,
            engagement: of.engagement,
            responsibility: id(responsibility),
            owner: None,
            due: Some(date(2026, 3, 1)),
            due_is_proposed: true,
            state: State::Open,
            reason: Some(Reason::NotStarted),
            regressed_since: None,
            changed_at: at(0),
            version: 1,
            note: None,
        }
    }

    #[tokio::test]
    async fn what_people_type_is_versioned_and_what_is_derived_is_not() {
        on_both(async |store| {
            let of = basics(&store, &Counter::default()).await;
            let (engagement, owner) = (of.engagement, Some(of.person));
            let all = [duty(&of, "dns.mail"), duty(&of, "dns.records")];
            store.write(async |tx| insert_many(tx, &all).await).await.unwrap();
            let dns = id("dns.records");
            let assign = async |version| {
                let due = Some(date(2026, 4, 1));
                store
                    .write(async |tx| set_owner_and_due(tx, engagement, &dns, owner, due, false, version).await)
                    .await
            };
            assign(1).await.unwrap();
            store
                .write(async |tx| set_state(tx, engagement, &dns, State::Verified, None, Some(at(3)), at(4)).await)
                .await
                .unwrap();
            assert!(matches!(assign(1).await, Err(StoreError::Stale)));
            store
                .write(async |tx| set_note(tx, engagement, &dns, Some("à voir"), 2).await)
                .await
                .unwrap();
            let expected = Duty {
                owner,
                due: Some(date(2026, 4, 1)),
                due_is_proposed: false,
                state: State::Verified,
                reason: None,
                regressed_since: Some(at(3)),
                changed_at: at(4),
                version: 3,
                note: Some("à voir".into()),
                ..duty(&of, "dns.records")
            };
            assert_eq!(find(&store, engagement, &dns).await.unwrap(), Some(expected.clone()));
            assert_eq!(
                of_engagement(&store, engagement).await.unwrap(),
                [duty(&of, "dns.mail"), expected]
            );
        })
        .await;
    }

    #[tokio::test]
    async fn an_owner_must_exist() {
        on_both(async |store| {
            let of = basics(&store, &Counter::default()).await;
            store
                .write(async |tx| insert_many(tx, &[duty(&of, "dns.mail")]).await)
                .await
                .unwrap();
            let stranger = Some(PersonId(uuid::Uuid::from_u128(404)));
            let refused = store
                .write(async |tx| set_owner_and_due(tx, of.engagement, &id("dns.mail"), stranger, None, false, 1).await)
                .await;
            assert!(matches!(refused, Err(StoreError::Missing)), "{refused:?}");
        })
        .await;
    }
}
