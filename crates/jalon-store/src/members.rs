//! Who takes part in an engagement, with which access and in which roles: one row a role, at least one a person.

use jalon_domain::{
    ids::{EngagementId, OrganisationId, PersonId},
    programme::Role,
};
use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    feeds,
    people::{self, Person},
    stored::{Stored, of, rows, word},
};

/// Somebody's part in an engagement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// Who.
    pub person: PersonId,
    /// What they may do: a word of the service.
    pub access: String,
    /// The role they hold; none for access alone.
    pub role: Option<Role>,
    /// For whom they speak: a word of the service.
    pub party: String,
}

/// No role is kept as an empty word, because a key cannot hold "none".
fn role_column(role: Option<Role>) -> String {
    role.map(|it| it.store()).unwrap_or_default()
}

impl TryFrom<entity::Model> for Member {
    type Error = StoreError;
    fn try_from(it: entity::Model) -> Result<Self, StoreError> {
        let role = if it.role.is_empty() {
            None
        } else {
            Some(word(&it.role).map_err(|error| error.at("Member", "role"))?)
        };
        Ok(Self {
            organisation: OrganisationId(it.organisation),
            engagement: EngagementId(it.engagement),
            person: PersonId(it.person),
            access: it.access,
            role,
            party: it.party,
        })
    }
}

impl From<&Member> for entity::ActiveModel {
    fn from(it: &Member) -> Self {
        Self {
            organisation: Set(it.organisation.0),
            engagement: Set(it.engagement.0),
            person: Set(it.person.0),
            access: Set(it.access.store()),
            role: Set(role_column(it.role)),
            party: Set(it.party.store()),
        }
    }
}

/// Adds a part.
///
/// # Errors
/// [`StoreError::Conflict`] when the person has the role already, [`StoreError::Missing`] when one of both is unknown.
pub async fn insert(tx: &Tx, member: &Member) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(member))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Takes a part away: the role, or the access without a role. Says whether there was one. With the last part goes the
/// person's address of the calendar, which must not work again if they come back.
///
/// # Errors
/// When the database does not take it.
pub async fn remove(
    tx: &Tx,
    engagement: EngagementId,
    person: PersonId,
    role: Option<Role>,
) -> Result<bool, StoreError> {
    let part = entity::Entity::delete_many()
        .filter(of(engagement))
        .filter(entity::COLUMN.person.eq(person.0))
        .filter(entity::COLUMN.role.eq(role_column(role)));
    let was_there = part.exec(tx.connection()).await?.rows_affected == 1;
    let left = entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::COLUMN.person.eq(person.0));
    if left.count(tx.connection()).await? == 0 {
        feeds::remove(tx, engagement, person).await?;
    }
    Ok(was_there)
}

/// Everybody's parts in an engagement, with who they are, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<(Member, Person)>, StoreError> {
    let parts = entity::Entity::find()
        .find_also_related(people::entity::Entity)
        .filter(of(engagement))
        .order_by_asc(people::entity::Column::Name)
        .order_by_asc(people::entity::Column::Id)
        .order_by_asc(entity::Column::Role)
        .all(db.connection())
        .await?;
    parts
        .into_iter()
        .map(|(member, person)| Ok((member.try_into()?, person.ok_or(StoreError::Missing)?.try_into()?)))
        .collect()
}

/// A person's parts in every engagement.
///
/// # Errors
/// When the database does not answer.
pub async fn of_person(db: &impl Db, person: PersonId) -> Result<Vec<Member>, StoreError> {
    let parts = entity::Entity::find()
        .filter(entity::COLUMN.person.eq(person.0))
        .order_by_asc(entity::Column::Engagement)
        .order_by_asc(entity::Column::Role);
    rows(parts.all(db.connection()).await)
}

pub(crate) mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "member")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "engagement_id")]
        pub engagement: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "person_id")]
        pub person: Uuid,
        pub access: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub role: String,
        pub party: String,
        #[sea_orm(belongs_to, from = "person", to = "id")]
        pub who: BelongsTo<crate::people::entity::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Counter, basics, on_both};

    #[tokio::test]
    async fn a_person_has_each_role_once_and_no_role_once() {
        on_both(async |store| {
            let basics = basics(&store, &Counter::default()).await;
            let member = |role| Member {
                organisation: basics.organisation,
                engagement: basics.engagement,
                person: basics.person,
                access: "contributor".into(),
                role,
                party: "customer".into(),
            };
            for role in [None, Some(Role::Architect), Some(Role::ProjectManager)] {
                store.write(async |tx| insert(tx, &member(role)).await).await.unwrap();
                let again = store.write(async |tx| insert(tx, &member(role)).await).await;
                assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
            }
            let own = of_person(&store, basics.person).await.unwrap();
            assert_eq!(
                own,
                [None, Some(Role::Architect), Some(Role::ProjectManager)].map(member)
            );
            let remove = store.write(async |tx| remove(tx, basics.engagement, basics.person, None).await);
            assert!(remove.await.unwrap());
            let with_people = of_engagement(&store, basics.engagement).await.unwrap();
            assert_eq!(with_people.len(), 2);
            assert!(with_people.iter().all(|(member, person)| member.person == person.id));
        })
        .await;
    }

    #[tokio::test]
    async fn a_row_cannot_mix_two_organisations() {
        on_both(async |store| {
            let ids = Counter::default();
            let (one, other) = (basics(&store, &ids).await, basics(&store, &ids).await);
            let mixed = Member {
                organisation: other.organisation,
                engagement: one.engagement,
                person: one.person,
                access: "viewer".into(),
                role: None,
                party: "customer".into(),
            };
            let refused = store.write(async |tx| insert(tx, &mixed).await).await;
            assert!(matches!(refused, Err(StoreError::Missing)), "{refused:?}");
        })
        .await;
    }
}
