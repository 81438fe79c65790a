//! The store: opened once per process, read from anywhere, written to in transactions.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, SqliteTransactionMode, SqlxPostgresConnector, SqlxSqliteConnector,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::Mutex;

use crate::{
    connect,
    db::{Connected, Turn, Tx},
    error::StoreError,
    files::Files,
    folder_lock::FolderLock,
    migration,
    seal::KeyFile,
    wake::Bell,
};

/// Where everything is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// One folder, one process: SQLite in `jalon.db`, attachments in `files/`, the lock in `jalon.lock`, and in
    /// `jalon.key` the key to its secrets, made when the first one is kept.
    Folder(PathBuf),
    /// PostgreSQL, shared by any number of processes.
    Url {
        /// `postgres://…`.
        url: String,
        /// The folder of the attachments, shared by these processes too.
        files: PathBuf,
        /// The key file that opens the secrets, the same for each of these processes; without one none can be kept.
        key: Option<PathBuf>,
    },
}

/// The database behind the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, in a folder.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// Everything that Jalon remembers. Cheap to clone; the last clone lets go of the folder.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    connection: DatabaseConnection,
    engine: Engine,
    files: Files,
    key_file: KeyFile,
    bell: Bell,
    writers: Arc<Mutex<()>>,
    _lock: Option<FolderLock>,
}

impl Store {
    /// Opens the store at `location`: creates what is not there, takes the folder's lock, migrates.
    ///
    /// # Errors
    /// [`StoreError::InUse`] when another process has the folder, [`StoreError::Newer`] when the database was written by
    /// a newer program, [`StoreError::Unreachable`] or [`StoreError::Full`] when the medium says so.
    pub async fn open(location: &Location) -> Result<Self, StoreError> {
        match location {
            Location::Folder(folder) => Self::open_folder(folder).await,
            Location::Url { url, files, key } => Self::open_url(url, files, KeyFile::given(key.as_deref())).await,
        }
    }

    async fn open_folder(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|it| StoreError::from_io(&it, folder.to_owned()))?;
        let lock = FolderLock::take(folder)?;
        let path = folder.join("jalon.db");
        // Migrations get a connection of their own: SeaORM switches foreign keys off and on while it migrates, and in a
        // shared pool one connection could keep them off.
        let single = connect::sqlite(&path, 1).await?;
        migration::up(SqlxSqliteConnector::from_sqlx_sqlite_pool(single)).await?;
        let pool = connect::sqlite(&path, connect::SQLITE_POOL).await?;
        Ok(Self::new(
            SqlxSqliteConnector::from_sqlx_sqlite_pool(pool),
            Engine::Sqlite,
            Files::open(&folder.join("files"))?,
            KeyFile::of_folder(folder),
            (Bell::default(), Some(lock)),
        ))
    }

    async fn open_url(url: &str, files: &Path, key: KeyFile) -> Result<Self, StoreError> {
        let single = connect::postgres(url, 1).await?;
        migration::up(SqlxPostgresConnector::from_sqlx_postgres_pool(single)).await?;
        let pool = connect::postgres(url, connect::POSTGRES_POOL).await?;
        let bell = Bell::listening(pool.clone());
        let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        let files = Files::open(files)?;
        Ok(Self::new(connection, Engine::Postgres, files, key, (bell, None)))
    }

    fn new(
        connection: DatabaseConnection,
        engine: Engine,
        files: Files,
        key_file: KeyFile,
        (bell, lock): (Bell, Option<FolderLock>),
    ) -> Self {
        let writers = Arc::new(Mutex::new(()));
        Self {
            inner: Arc::new(Inner {
                connection,
                engine,
                files,
                key_file,
                bell,
                writers,
                _lock: lock,
            }),
        }
    }

    /// Does `work` in one transaction: committed when it returns `Ok`, rolled back when it returns `Err` or is dropped.
    ///
    /// One store has one writer at a time on SQLite, so `work` does no waiting of its own and never writes through
    /// another transaction of the same store.
    ///
    /// # Errors
    /// What `work` returns, or why the transaction could not begin or be committed.
    pub async fn write<T, E: From<StoreError>>(&self, work: impl AsyncFnOnce(&Tx) -> Result<T, E>) -> Result<T, E> {
        let tx = self.begin().await?;
        match work(&tx).await {
            Ok(done) => {
                if tx.commit().await? {
                    self.wake();
                }
                Ok(done)
            }
            Err(error) => {
                tx.rollback().await;
                Err(error)
            }
        }
    }

    async fn begin(&self) -> Result<Tx, StoreError> {
        let turn = self.turn().await?;
        // A transaction of SQLite that reads first and writes later would otherwise fail when another one wrote between.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Tx::new(self.inner.connection.begin_with_options(options).await?, turn))
    }

    /// The files: attachments and exports.
    pub fn files(&self) -> &Files {
        &self.inner.files
    }

    /// Where the key to the secrets is.
    pub(crate) fn key_file(&self) -> &KeyFile {
        &self.inner.key_file
    }

    /// The database behind.
    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when there is none.
    pub async fn healthy(&self) -> Result<(), StoreError> {
        self.inner.connection.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// The newest migration that was applied, such as `m0001_initial`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn schema_version(&self) -> Result<String, StoreError> {
        migration::version(&self.inner.connection).await
    }

    /// Wakes the workers of this process that wait in [`Store::woken`]. Enqueued jobs do so by themselves when their
    /// transaction is committed, in every process that shares the database.
    pub fn wake(&self) {
        self.inner.bell.ring();
    }

    /// Waits until a job is enqueued somewhere, at most `timeout`; says whether one was. A hint, never a promise:
    /// workers look for jobs after either answer.
    pub async fn woken(&self, timeout: Duration) -> bool {
        self.inner.bell.rung(timeout).await
    }

    /// Closes every connection in order. Optional: dropping the store does too, without waiting.
    pub async fn close(self) {
        if let Err(error) = self.inner.connection.close_by_ref().await {
            tracing::warn!(%error, "the database was not closed in order: {error}");
        }
    }
}

impl Connected for Store {
    type Connection = DatabaseConnection;
    fn connection(&self) -> &DatabaseConnection {
        &self.inner.connection
    }
    async fn turn(&self) -> Result<Turn, StoreError> {
        if self.inner.engine == Engine::Postgres {
            return Ok(None);
        }
        let turn = Arc::clone(&self.inner.writers).lock_owned();
        let waited = tokio::time::timeout(connect::PATIENCE, turn).await;
        waited
            .map(Some)
            .map_err(|_| StoreError::Busy(format!("a writer has not ended for {} s", connect::PATIENCE.as_secs())))
    }
}

#[cfg(test)]
mod tests;
