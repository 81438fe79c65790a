//! Where the records of a rule's fix were last seen: one row for each domain and rule, as the last look left it. What is
//! looked for and what was seen are JSON, whose shape is the caller's business.

use jalon_domain::{
    ids::{EngagementId, OrganisationId, RuleId, TargetId},
    text::Text,
    words,
};
use jiff::Timestamp;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};
use serde::Serialize;
use serde_json::Value;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{self, of, row, rows},
};

words! {
    /// How far a change is known to have come.
    Reached {
        Everywhere = "everywhere", "Seen everywhere", "Vu partout";
        Partly = "partly", "Not everywhere yet", "Pas encore partout";
        Silent = "silent", "Not every server could be asked", "Tous les serveurs n’ont pas pu être interrogés";
        Unknown = "unknown", "Not looked yet", "Pas encore vérifié";
    }
}

stored::words! { Reached }

/// What the last look left.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Look {
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// The domain.
    pub target: TargetId,
    /// The rule whose fix it is.
    pub rule: RuleId,
    /// The record sets that are looked for.
    pub wanted: Value,
    /// Whether a measurement had closed the findings of the rule when it was looked.
    pub closed: bool,
    /// What was seen.
    pub picture: Option<Value>,
    /// Name servers of the zone that could not be asked.
    pub unasked: Value,
    /// How far it has come.
    pub state: Reached,
    /// Why nothing was seen.
    pub reason: Option<Text>,
    /// When somebody or something last asked for a look.
    pub asked_at: Timestamp,
    /// When it was last looked.
    pub looked_at: Option<Timestamp>,
}

row! {
    Look {
        organisation, engagement, target, rule, wanted, closed, picture, unasked, state, reason, asked_at, looked_at,
    }
}

/// Puts a look in the place of the one before.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such target.
pub async fn put(tx: &Tx, look: &Look) -> Result<(), StoreError> {
    use entity::Column::{
        AskedAt, Closed, Engagement, LookedAt, Organisation, Picture, Reason, Rule, State, Target, Unasked, Wanted,
    };
    let same = OnConflict::columns([Organisation, Engagement, Target, Rule])
        .update_columns([Wanted, Closed, Picture, Unasked, State, Reason, AskedAt, LookedAt])
        .to_owned();
    entity::Entity::insert(entity::ActiveModel::from(look))
        .on_conflict(same)
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// The looks of an engagement, by domain and rule.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<Look>, StoreError> {
    let own = entity::Entity::find()
        .filter(of(engagement))
        .order_by_asc(entity::Column::Target)
        .order_by_asc(entity::Column::Rule);
    rows(own.all(db.connection()).await)
}

/// The looks of one domain, by rule.
///
/// # Errors
/// When the database does not answer.
pub async fn of_target(db: &impl Db, engagement: EngagementId, target: TargetId) -> Result<Vec<Look>, StoreError> {
    let own = entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::COLUMN.target.eq(target.0))
        .order_by_asc(entity::Column::Rule);
    rows(own.all(db.connection()).await)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "propagation")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "engagement_id")]
        pub engagement: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "target_id")]
        pub target: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub rule: String,
        pub wanted: String,
        pub closed: bool,
        pub picture: Option<String>,
        pub unasked: String,
        pub state: String,
        pub reason: Option<String>,
        pub asked_at: i64,
        pub looked_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Counter, at, basics, on_both};

    #[tokio::test]
    async fn a_look_takes_the_place_of_the_one_before() {
        on_both(async |store| {
            let basics = basics(&store, &Counter::default()).await;
            let asked = Look {
                organisation: basics.organisation,
                engagement: basics.engagement,
                target: basics.target.id,
                rule: RuleId::parse("SPF-02").unwrap(),
                wanted: json!([]),
                closed: false,
                picture: None,
                unasked: json!([]),
                state: Reached::Unknown,
                reason: None,
                asked_at: at(1),
                looked_at: None,
            };
            let seen = Look {
                picture: Some(json!({"sets": []})),
                state: Reached::Everywhere,
                looked_at: Some(at(2)),
                ..asked.clone()
            };
            let other = Look {
                rule: RuleId::parse("DNS-005").unwrap(),
                reason: Some(Text::same("nobody answers")),
                ..asked.clone()
            };
            for it in [&asked, &other, &seen] {
                store.write(async |tx| put(tx, it).await).await.unwrap();
            }
            let expected = [other, seen];
            assert_eq!(of_engagement(&store, basics.engagement).await.unwrap(), expected);
            assert_eq!(
                of_target(&store, basics.engagement, basics.target.id).await.unwrap(),
                expected
            );
        })
        .await;
    }
}
