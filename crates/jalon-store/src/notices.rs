//! What people are told once: a notice stands as long as what it tells is so, and while it stands the same is not told
//! again. Who was told, and through which channel, is kept beside it.

use jalon_domain::{
    ids::{EngagementId, OrganisationId, PersonId},
    text::Text,
    words,
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select, sea_query::OnConflict,
};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{self, Stored, chunk, of, one, row, rows, storable},
};

words! {
    /// What a notice is about.
    NoticeKind {
        Requirement = "requirement", "No longer met", "N’est plus remplie";
        Finding = "finding", "Came back", "Réapparu";
        Certificate = "certificate", "Expires", "Expire";
    }
}

words! {
    /// Why what a notice tells is no longer so.
    NoticeEnd {
        /// A measurement or a person proved it.
        Well = "well", "Well again", "De nouveau en ordre";
        /// A waiver accepts it.
        Accepted = "accepted", "Accepted", "Accepté";
        /// Nobody asks for it or measures it any more.
        Dropped = "dropped", "No longer measured or asked for", "N’est plus mesuré ni demandé";
    }
}

words! {
    /// Where somebody is told.
    Channel {
        Page = "page", "In the pages", "Dans les pages";
    }
}

stored::words! { NoticeKind NoticeEnd Channel }

/// A notice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Notice {
    /// Its id; later ones sort after earlier ones.
    pub id: Uuid,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// What it is about.
    pub kind: NoticeKind,
    /// What must not be told twice while it is so.
    pub key: String,
    /// What happened.
    pub title: Text,
    /// One line more.
    pub detail: Text,
    /// What it points at, in the words of the caller.
    pub about: Value,
    /// When it was written.
    pub at: Timestamp,
    /// When it was no longer so.
    pub ended_at: Option<Timestamp>,
    /// Why it was no longer so.
    pub ended_as: Option<NoticeEnd>,
}

row! { Notice { id, organisation, engagement, kind, key, title, detail, about, at, ended_at, ended_as } }

/// Adds a notice, unless one with its key stands; says whether it was added.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such engagement.
pub async fn insert(tx: &Tx, notice: &Notice) -> Result<bool, StoreError> {
    let added = entity::Entity::insert(entity::ActiveModel::from(notice))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx.connection())
        .await?;
    Ok(added == 1)
}

/// The notices of an engagement that stand.
///
/// # Errors
/// When the database does not answer.
pub async fn standing(db: &impl Db, engagement: EngagementId) -> Result<Vec<Notice>, StoreError> {
    let own = entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::COLUMN.ended_at.is_null())
        .order_by_desc(entity::Column::Id);
    rows(own.all(db.connection()).await)
}

/// The notices of an engagement before `before`, the newest first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl Db,
    engagement: EngagementId,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Notice>, StoreError> {
    let mut page = entity::Entity::find()
        .filter(of(engagement))
        .order_by_desc(entity::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        page = page.filter(entity::COLUMN.id.lt(before));
    }
    rows(page.all(db.connection()).await)
}

/// How many notices of an engagement somebody was not told through a channel.
///
/// # Errors
/// When the database does not answer.
pub async fn untold(
    db: &impl Db,
    engagement: EngagementId,
    person: PersonId,
    channel: Channel,
) -> Result<u64, StoreError> {
    let left = unseen(engagement, person, channel);
    Ok(left.count(db.connection()).await?)
}

/// The notices of an engagement that somebody was not told through a channel.
fn unseen(engagement: EngagementId, person: PersonId, channel: Channel) -> Select<entity::Entity> {
    let told = told::Entity::find()
        .select_only()
        .column(told::Column::Notice)
        .filter(of(engagement))
        .filter(told::COLUMN.person.eq(person.0))
        .filter(told::COLUMN.channel.eq(channel.store()))
        .into_query();
    entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::Column::Id.not_in_subquery(told))
}

/// A notice, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, id: Uuid) -> Result<Option<Notice>, StoreError> {
    one(entity::Entity::find_by_id(id).one(db.connection()).await)
}

/// Notes that what some notices tell is no longer so.
///
/// # Errors
/// When the database does not take it.
pub async fn end(tx: &Tx, ids: &[Uuid], why: NoticeEnd, at: Timestamp) -> Result<(), StoreError> {
    for some in ids.chunks(chunk(3)) {
        let to = entity::ActiveModel {
            ended_at: Set(Some(at.store())),
            ended_as: Set(Some(why.store())),
            ..Default::default()
        };
        entity::Entity::update_many()
            .set(to)
            .filter(entity::COLUMN.id.is_in(some.iter().copied()))
            .filter(entity::COLUMN.ended_at.is_null())
            .exec(tx.connection())
            .await?;
    }
    Ok(())
}

/// Notes that somebody was told through a channel; the first time counts.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such person.
pub async fn tell(
    tx: &Tx,
    notice: &Notice,
    person: PersonId,
    channel: Channel,
    at: Timestamp,
) -> Result<(), StoreError> {
    let new = told::ActiveModel {
        organisation: Set(notice.organisation.0),
        engagement: Set(notice.engagement.0),
        notice: Set(notice.id),
        person: Set(person.0),
        channel: Set(channel.store()),
        at: Set(at.store()),
    };
    told::Entity::insert(new)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Notes that somebody was told everything of an engagement through a channel; says how much was new.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such person.
pub async fn tell_all(
    tx: &Tx,
    engagement: EngagementId,
    person: PersonId,
    channel: Channel,
    at: Timestamp,
) -> Result<usize, StoreError> {
    let left: Vec<Notice> = rows(unseen(engagement, person, channel).all(tx.connection()).await)?;
    for notice in &left {
        tell(tx, notice, person, channel, at).await?;
    }
    Ok(left.len())
}

/// Forgets that somebody was told through a channel.
///
/// # Errors
/// When the database does not take it.
pub async fn untell(tx: &Tx, notice: &Notice, person: PersonId, channel: Channel) -> Result<(), StoreError> {
    told::Entity::delete_many()
        .filter(of(notice.engagement))
        .filter(told::COLUMN.notice.eq(notice.id))
        .filter(told::COLUMN.person.eq(person.0))
        .filter(told::COLUMN.channel.eq(storable(channel.word())))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Which of an engagement's notices somebody was told through a channel.
///
/// # Errors
/// When the database does not answer.
pub async fn told_to(
    db: &impl Db,
    engagement: EngagementId,
    person: PersonId,
    channel: Channel,
) -> Result<Vec<Uuid>, StoreError> {
    let told: Vec<Uuid> = told::Entity::find()
        .select_only()
        .column(told::Column::Notice)
        .filter(of(engagement))
        .filter(told::COLUMN.person.eq(person.0))
        .filter(told::COLUMN.channel.eq(storable(channel.word())))
        .into_tuple()
        .all(db.connection())
        .await?;
    Ok(told)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notice")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        pub kind: String,
        pub key: String,
        pub title: String,
        pub detail: String,
        pub about: String,
        pub at: i64,
        pub ended_at: Option<i64>,
        pub ended_as: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who was told, and through which channel.
mod told {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notice_told")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "engagement_id")]
        pub engagement: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "notice_id")]
        pub notice: Uuid,
        #[sea_orm(primary_key, auto_increment = false, column_name = "person_id")]
        pub person: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub channel: String,
        pub at: i64,
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
    async fn the_same_is_told_again_only_after_it_was_well() {
        on_both(async |store| {
            let ids = Counter::default();
            let basics = basics(&store, &ids).await;
            let notice = |second| Notice {
                id: ids.next(),
                organisation: basics.organisation,
                engagement: basics.engagement,
                kind: NoticeKind::Finding,
                key: "finding:SPF-02".to_owned(),
                title: Text::same("SPF-02"),
                detail: Text::same("nord.example"),
                about: json!({"to": "overview"}),
                at: at(second),
                ended_at: None,
                ended_as: None,
            };
            let [first, again, second] = [notice(1), notice(2), notice(4)];
            let add = async |it: &Notice| store.write(async |tx| insert(tx, it).await).await.unwrap();
            assert!(add(&first).await);
            assert!(!add(&again).await, "it stands");
            assert_eq!(
                standing(&store, basics.engagement).await.unwrap(),
                std::slice::from_ref(&first)
            );
            let ended = async |tx: &Tx| end(tx, &[first.id], NoticeEnd::Well, at(3)).await;
            store.write(ended).await.unwrap();
            assert!(add(&second).await);
            let ended = Notice {
                ended_at: Some(at(3)),
                ended_as: Some(NoticeEnd::Well),
                ..first
            };
            let all = page(&store, basics.engagement, None, 9).await.unwrap();
            assert_eq!(all, [second.clone(), ended.clone()]);
            assert_eq!(
                page(&store, basics.engagement, Some(second.id), 9).await.unwrap(),
                [ended]
            );
        })
        .await;
    }

    #[tokio::test]
    async fn who_was_told_is_remembered_until_it_is_taken_back() {
        on_both(async |store| {
            let ids = Counter::default();
            let basics = basics(&store, &ids).await;
            let notice = Notice {
                id: ids.next(),
                organisation: basics.organisation,
                engagement: basics.engagement,
                kind: NoticeKind::Certificate,
                key: "certificate".to_owned(),
                title: Text::same("a"),
                detail: Text::same("b"),
                about: json!(null),
                at: at(1),
                ended_at: None,
                ended_as: None,
            };
            let (person, engagement) = (basics.person, basics.engagement);
            store
                .write(async |tx| {
                    insert(tx, &notice).await?;
                    tell(tx, &notice, person, Channel::Page, at(2)).await?;
                    tell(tx, &notice, person, Channel::Page, at(3)).await
                })
                .await
                .unwrap();
            let told = async || told_to(&store, engagement, person, Channel::Page).await.unwrap();
            let left = async || untold(&store, engagement, person, Channel::Page).await.unwrap();
            assert_eq!((told().await, left().await), (vec![notice.id], 0));
            store
                .write(async |tx| untell(tx, &notice, person, Channel::Page).await)
                .await
                .unwrap();
            assert_eq!((told().await, left().await), (vec![], 1));
            for new in [1, 0] {
                let all = store.write(async |tx| tell_all(tx, engagement, person, Channel::Page, at(4)).await);
                assert_eq!(all.await.unwrap(), new);
            }
            assert_eq!(left().await, 0);
        })
        .await;
    }
}
