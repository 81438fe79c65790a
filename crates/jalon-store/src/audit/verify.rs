//! Reads a chain from its first event to its head and says where it is broken, if it is.

use jalon_domain::{ids::EngagementId, text::Text, words};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

use super::{
    chain, chain_of,
    entity::{
        event::{self, Model},
        head,
    },
};
use crate::{db::Db, error::StoreError};

words! {
    /// How a chain is broken.
    BreakKind {
        Edited = "edited", "Edited", "Modifié";
        Removed = "removed", "Removed", "Supprimé";
        Reordered = "reordered", "Reordered", "Déplacé";
        Tail = "tail", "End missing", "Fin manquante";
    }
}

/// Where a chain is broken first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Break {
    /// The number of the event.
    pub seq: i64,
    /// How.
    pub kind: BreakKind,
    /// The same as a sentence.
    pub text: Text,
}

/// What was found of a chain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChainReport {
    /// How many events were read and found in order.
    pub events: u64,
    /// Where it is broken; none when it is whole.
    pub broken: Option<Break>,
}

/// How many events are read at a time: a chain may have millions.
const PAGE: u64 = 1_000;

/// Verifies the chain of an engagement, or the instance's own, up to its first break. Events may be appended meanwhile.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(db: &impl Db, engagement: Option<EngagementId>) -> Result<ChainReport, StoreError> {
    let mut reader = Reader {
        db,
        chain: chain_of(engagement),
        last: 0,
        hash: String::new(),
    };
    let broken = reader.read().await?;
    Ok(ChainReport {
        events: reader.last.unsigned_abs(),
        broken,
    })
}

struct Reader<'a, D> {
    db: &'a D,
    chain: uuid::Uuid,
    /// The number and the hash of the last event that was found in order.
    last: i64,
    hash: String,
}

impl<D: Db> Reader<'_, D> {
    async fn read(&mut self) -> Result<Option<Break>, StoreError> {
        loop {
            // The head is read before the events: what is appended in between is only read twice.
            let head = head::Entity::find_by_id(self.chain).one(self.db.connection()).await?;
            let page = self.page().await?;
            if page.is_empty() {
                return Ok(self.judge_end(head));
            }
            for event in &page {
                if let Some(kind) = self.judge(event) {
                    return self.explain(kind, event).await.map(Some);
                }
                self.last = event.seq;
                self.hash.clone_from(&event.hash);
            }
        }
    }

    async fn page(&self) -> Result<Vec<Model>, StoreError> {
        let next = event::Entity::find()
            .filter(event::COLUMN.chain.eq(self.chain))
            .filter(event::COLUMN.seq.gt(self.last))
            .order_by_asc(event::Column::Seq)
            .limit(PAGE);
        Ok(next.all(self.db.connection()).await?)
    }

    /// How `event` breaks the chain as its next one, if it does.
    fn judge(&self, event: &Model) -> Option<BreakKind> {
        if event.seq != self.last + 1 {
            return Some(BreakKind::Removed);
        }
        let is_itself = chain::hash(event, event.seq) == event.hash;
        (!is_itself || event.previous != self.hash).then_some(BreakKind::Edited)
    }

    /// The end is missing when the head knows of more; events that the head does not know were not appended.
    fn judge_end(&self, head: Option<head::Model>) -> Option<Break> {
        let (seq, hash) = head.map_or((0, String::new()), |it| (it.seq, it.hash));
        if seq > self.last {
            Some(broken(self.last + 1, BreakKind::Tail))
        } else if seq < self.last {
            Some(broken(seq + 1, BreakKind::Edited))
        } else if hash != self.hash {
            Some(broken(self.last, BreakKind::Edited))
        } else {
            None
        }
    }

    async fn explain(&self, kind: BreakKind, event: &Model) -> Result<Break, StoreError> {
        if kind == BreakKind::Removed {
            return Ok(broken(self.last + 1, kind));
        }
        if chain::hash(event, event.seq) == event.hash {
            // It is itself, but does not follow the one before: that one was edited, hash and all.
            return Ok(broken((event.seq - 1).max(1), BreakKind::Edited));
        }
        let elsewhere = self.is_from_elsewhere(event).await?;
        Ok(broken(
            event.seq,
            if elsewhere {
                BreakKind::Reordered
            } else {
                BreakKind::Edited
            },
        ))
    }

    /// Whether `event` is whole under another number of its chain. Tried once, for the first break only.
    async fn is_from_elsewhere(&self, event: &Model) -> Result<bool, StoreError> {
        let head = head::Entity::find_by_id(self.chain).one(self.db.connection()).await?;
        let longest = head.map_or(event.seq, |it| it.seq.max(event.seq));
        Ok((1..=longest).any(|seq| chain::hash(event, seq) == event.hash))
    }
}

fn broken(seq: i64, kind: BreakKind) -> Break {
    let text = match kind {
        BreakKind::Edited => Text::new(
            format!("event {seq} is not what was recorded"),
            format!("l’événement {seq} n’est pas celui qui a été consigné"),
        ),
        BreakKind::Removed => Text::new(
            format!("event {seq} was removed"),
            format!("l’événement {seq} a été supprimé"),
        ),
        BreakKind::Reordered => Text::new(
            format!("event {seq} was recorded under another number"),
            format!("l’événement {seq} a été consigné sous un autre numéro"),
        ),
        BreakKind::Tail => Text::new(
            format!("the end is missing, from event {seq} on"),
            format!("la fin manque, à partir de l’événement {seq}"),
        ),
    };
    Break { seq, kind, text }
}
