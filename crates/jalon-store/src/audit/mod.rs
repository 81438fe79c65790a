//! The audit trail: one chain of hashes per engagement, and one of the instance itself. What was changed, removed or
//! put elsewhere afterwards is found by [`verify()`]; whoever can also write the heads of the chains could rewrite the end
//! of one, so copies of the heads belong outside.

mod chain;
mod entity;
mod verify;

use jalon_domain::ids::{EngagementId, EventId, PersonId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, Unreadable, rows, storable},
};
use entity::{event, head};

pub use verify::{Break, BreakKind, ChainReport, verify};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// In which engagement; none for the instance itself.
    pub engagement: Option<EngagementId>,
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who did it; none for the program itself.
    pub actor: Option<PersonId>,
    /// Their name then.
    pub actor_name: String,
    /// What they did, such as `evidence.recorded`.
    pub action: String,
    /// To what.
    pub subject: String,
    /// How.
    pub detail: Value,
    /// The hash of the event before; empty for the first.
    pub previous: String,
    /// Its own hash.
    pub hash: String,
}

impl TryFrom<event::Model> for Event {
    type Error = StoreError;
    fn try_from(it: event::Model) -> Result<Self, StoreError> {
        let at = |field| move |error: Unreadable| error.at("Event", field);
        Ok(Self {
            id: EventId(it.id),
            engagement: engagement_of(it.chain),
            seq: it.seq,
            at: Stored::load(it.at).map_err(at("at"))?,
            actor: it.actor.map(PersonId),
            actor_name: it.actor_name,
            action: it.action,
            subject: it.subject,
            detail: Stored::load(it.detail).map_err(at("detail"))?,
            previous: it.previous,
            hash: it.hash,
        })
    }
}

/// Something that happens now.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    /// Its id.
    pub id: EventId,
    /// In which engagement; none for the instance itself.
    pub engagement: Option<EngagementId>,
    /// Now.
    pub at: Timestamp,
    /// Who does it; none for the program itself.
    pub actor: Option<PersonId>,
    /// Their name.
    pub actor_name: String,
    /// What they do, such as `evidence.recorded`.
    pub action: String,
    /// To what.
    pub subject: String,
    /// How.
    pub detail: Value,
}

/// The instance's own chain has the nil UUID, because a key cannot hold "none".
fn chain_of(engagement: Option<EngagementId>) -> Uuid {
    engagement.map_or(Uuid::nil(), |it| it.0)
}

fn engagement_of(chain: Uuid) -> Option<EngagementId> {
    (!chain.is_nil()).then_some(EngagementId(chain))
}

/// Appends an event to its chain, in the transaction of what happened. Who appends to one chain at the same time waits
/// for the end of that transaction: append last.
///
/// # Errors
/// When the database does not take it.
pub async fn append(tx: &Tx, new: NewEvent) -> Result<Event, StoreError> {
    let chain = chain_of(new.engagement);
    let head = hold_head(tx, chain).await?;
    let mut event = event::Model {
        chain,
        seq: head.seq + 1,
        id: new.id.0,
        at: new.at.store(),
        actor: new.actor.store(),
        actor_name: storable(&new.actor_name),
        action: storable(&new.action),
        subject: storable(&new.subject),
        detail: chain::canonical(&new.detail),
        previous: head.hash,
        hash: String::new(),
    };
    event.hash = chain::hash(&event, event.seq);
    event::Entity::insert(event::ActiveModel::from(event.clone()))
        .exec_without_returning(tx.connection())
        .await?;
    let to = head::ActiveModel {
        seq: Set(event.seq),
        hash: Set(event.hash.clone()),
        ..Default::default()
    };
    head::Entity::update_many()
        .set(to)
        .filter(head::COLUMN.chain.eq(chain))
        .exec(tx.connection())
        .await?;
    event.try_into()
}

/// The head of a chain, begun if it is new, and locked: an update that changes nothing locks the row on PostgreSQL.
async fn hold_head(tx: &Tx, chain: Uuid) -> Result<head::Model, StoreError> {
    use head::Column::{Chain, Seq};
    let begin = head::ActiveModel {
        chain: Set(chain),
        seq: Set(0),
        hash: Set(String::new()),
    };
    let same = OnConflict::column(Chain)
        .value(Seq, Expr::col((head::Entity, Seq)))
        .to_owned();
    Ok(head::Entity::insert(begin)
        .on_conflict(same)
        .exec_with_returning(tx.connection())
        .await?)
}

/// The events of a chain before `before`, the newest first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl Db,
    engagement: Option<EngagementId>,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let mut page = event::Entity::find()
        .filter(event::COLUMN.chain.eq(chain_of(engagement)))
        .order_by_desc(event::Column::Seq)
        .limit(limit);
    if let Some(before) = before {
        page = page.filter(event::COLUMN.seq.lt(before));
    }
    rows(page.all(db.connection()).await)
}

/// Every chain that was begun: the instance's own first.
///
/// # Errors
/// When the database does not answer.
pub async fn chains(db: &impl Db) -> Result<Vec<Option<EngagementId>>, StoreError> {
    let heads = head::Entity::find()
        .order_by_asc(head::Column::Chain)
        .all(db.connection())
        .await?;
    Ok(heads.into_iter().map(|it| engagement_of(it.chain)).collect())
}

#[cfg(test)]
mod tests;
