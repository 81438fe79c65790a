//! Who may read and who may write: the store and a transaction, and nothing that leads around them.

use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::{ConnectionTrait, DatabaseTransaction};
use tokio::sync::OwnedMutexGuard;

use crate::{error::StoreError, store::Store};

/// Something to read from: the [`Store`], or a [`Tx`] that must see its own changes. Nothing else can be one.
pub trait Db: Connected + Sync {}

impl Db for Store {}
impl Db for Tx {}

/// The connection behind a [`Db`]; private, so that no SQL is written outside this crate.
pub trait Connected {
    /// SeaORM's connection or transaction.
    type Connection: ConnectionTrait;
    /// Lends it.
    fn connection(&self) -> &Self::Connection;
    /// The turn to write one statement, where writers queue: held until that statement is done.
    fn turn(&self) -> impl Future<Output = Result<Turn, StoreError>> + Send;
}

/// The turn to write. SQLite has one writer at a time: queueing for it is fair, its own busy handler is a lottery with
/// sleeps. Nothing is queued for on PostgreSQL, nor inside a transaction, which has the turn.
pub(crate) type Turn = Option<OwnedMutexGuard<()>>;

/// A write transaction, given by [`Store::write`]: what is done with it happens together or not at all.
pub struct Tx {
    inner: DatabaseTransaction,
    rung: AtomicBool,
    _turn: Turn,
}

impl Tx {
    pub(crate) fn new(inner: DatabaseTransaction, turn: Turn) -> Self {
        Self {
            inner,
            rung: AtomicBool::new(false),
            _turn: turn,
        }
    }

    /// Remembers that workers are to be woken once this is committed.
    pub(crate) fn ring(&self) {
        self.rung.store(true, Ordering::Relaxed);
    }

    /// Commits; says whether workers are to be woken.
    pub(crate) async fn commit(self) -> Result<bool, StoreError> {
        self.inner.commit().await?;
        Ok(self.rung.load(Ordering::Relaxed))
    }

    pub(crate) async fn rollback(self) {
        if let Err(error) = self.inner.rollback().await {
            tracing::warn!(%error, "a transaction could not be rolled back: {error}");
        }
    }
}

impl Connected for Tx {
    type Connection = DatabaseTransaction;
    fn connection(&self) -> &DatabaseTransaction {
        &self.inner
    }
    async fn turn(&self) -> Result<Turn, StoreError> {
        Ok(None)
    }
}
