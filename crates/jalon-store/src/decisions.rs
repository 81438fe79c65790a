//! What people decided: claims, waivers, "not applicable", about a responsibility or about a finding.

use jalon_domain::{
    ids::{DecisionId, EngagementId, FindingId, OrganisationId, ResponsibilityId},
    proof::Decision,
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, Unreadable, of, one, rows, word},
};

/// A decision, with what it is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DecisionRow {
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// The responsibility it is about.
    pub responsibility: Option<ResponsibilityId>,
    /// The finding it is about.
    pub finding: Option<FindingId>,
    /// The decision.
    pub decision: Decision,
    /// The ticket in which it was discussed.
    pub ticket: Option<String>,
    /// Who agreed to it, by name.
    pub approver: Option<String>,
}

impl TryFrom<entity::Model> for DecisionRow {
    type Error = StoreError;
    fn try_from(it: entity::Model) -> Result<Self, StoreError> {
        let at = |field| move |error: Unreadable| error.at("Decision", field);
        Ok(Self {
            organisation: OrganisationId(it.organisation),
            engagement: EngagementId(it.engagement),
            responsibility: Stored::load(it.responsibility).map_err(at("responsibility"))?,
            finding: it.finding.map(FindingId),
            decision: Decision {
                id: DecisionId(it.id),
                kind: word(&it.kind).map_err(at("kind"))?,
                by: jalon_domain::ids::PersonId(it.by),
                reason: it.reason,
                at: Stored::load(it.at).map_err(at("at"))?,
                until: Stored::load(it.until).map_err(at("until"))?,
                revoked_at: Stored::load(it.revoked_at).map_err(at("revoked_at"))?,
            },
            ticket: it.ticket,
            approver: it.approver,
        })
    }
}

impl From<&DecisionRow> for entity::ActiveModel {
    fn from(it: &DecisionRow) -> Self {
        let decision = &it.decision;
        Self {
            organisation: Set(it.organisation.0),
            engagement: Set(it.engagement.0),
            responsibility: Set(it.responsibility.store()),
            finding: Set(it.finding.store()),
            id: Set(decision.id.0),
            kind: Set(decision.kind.store()),
            by: Set(decision.by.0),
            reason: Set(decision.reason.store()),
            at: Set(decision.at.store()),
            until: Set(decision.until.store()),
            revoked_at: Set(decision.revoked_at.store()),
            ticket: Set(it.ticket.store()),
            approver: Set(it.approver.store()),
        }
    }
}

/// Adds a decision.
///
/// # Errors
/// [`StoreError::Missing`] when the engagement, the person or the finding is unknown.
pub async fn insert(tx: &Tx, decision: &DecisionRow) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(decision))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// A decision, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: DecisionId) -> Result<Option<DecisionRow>, StoreError> {
    one(entity::Entity::find_by_id(id.0).one(db.connection()).await)
}

/// Every decision of an engagement, those taken back and those that ended included, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<DecisionRow>, StoreError> {
    rows(oldest_first(engagement).all(db.connection()).await)
}

/// Every decision about a responsibility itself, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_responsibility(
    db: &impl Db,
    engagement: EngagementId,
    responsibility: &ResponsibilityId,
) -> Result<Vec<DecisionRow>, StoreError> {
    let own = oldest_first(engagement).filter(entity::COLUMN.responsibility.eq(responsibility.store()));
    rows(own.all(db.connection()).await)
}

fn oldest_first(engagement: EngagementId) -> sea_orm::Select<entity::Entity> {
    entity::Entity::find()
        .filter(of(engagement))
        .order_by_asc(entity::Column::At)
        .order_by_asc(entity::Column::Id)
}

/// Takes a decision back; says whether it stood.
///
/// # Errors
/// When the database does not take it.
pub async fn revoke(tx: &Tx, id: DecisionId, at: Timestamp) -> Result<bool, StoreError> {
    let standing = entity::Entity::update_many()
        .set(entity::ActiveModel {
            revoked_at: Set(Some(at.store())),
            ..Default::default()
        })
        .filter(entity::COLUMN.id.eq(id.0))
        .filter(entity::COLUMN.revoked_at.is_null());
    Ok(standing.exec(tx.connection()).await?.rows_affected == 1)
}

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "decision")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        pub kind: String,
        pub responsibility: Option<String>,
        #[sea_orm(column_name = "finding_id")]
        pub finding: Option<Uuid>,
        pub by: Uuid,
        pub reason: String,
        pub ticket: Option<String>,
        pub approver: Option<String>,
        pub at: i64,
        pub until: Option<i64>,
        pub revoked_at: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use jalon_domain::proof::DecisionKind;

    use super::*;
    use crate::testing::{Counter, at, basics, on_both};

    #[tokio::test]
    async fn decisions_are_kept_and_taken_back_once() {
        on_both(async |store| {
            let ids = Counter::default();
            let basics = basics(&store, &ids).await;
            let dns = ResponsibilityId::parse("dns.records").unwrap();
            let row = |second, responsibility: Option<&ResponsibilityId>| DecisionRow {
                organisation: basics.organisation,
                engagement: basics.engagement,
                responsibility: responsibility.cloned(),
                finding: None,
                decision: Decision {
                    id: DecisionId::new(&ids),
                    kind: DecisionKind::Waiver,
                    by: basics.person,
                    reason: "en attente du registraire".into(),
                    at: at(second),
                    until: Some(at(100)),
                    revoked_at: None,
                },
                ticket: Some("T-1".into()),
                approver: Some("Zoé".into()),
            };
            let (mut first, second) = (row(1, Some(&dns)), row(2, None));
            for it in [&first, &second] {
                store.write(async |tx| insert(tx, it).await).await.unwrap();
            }
            assert!(
                store
                    .write(async |tx| revoke(tx, first.decision.id, at(5)).await)
                    .await
                    .unwrap()
            );
            assert!(
                !store
                    .write(async |tx| revoke(tx, first.decision.id, at(6)).await)
                    .await
                    .unwrap()
            );
            first.decision.revoked_at = Some(at(5));
            assert_eq!(find(&store, first.decision.id).await.unwrap(), Some(first.clone()));
            assert_eq!(
                of_responsibility(&store, basics.engagement, &dns).await.unwrap(),
                [first.clone()]
            );
            assert_eq!(of_engagement(&store, basics.engagement).await.unwrap(), [first, second]);
        })
        .await;
    }
}
