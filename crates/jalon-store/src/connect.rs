//! How each engine is connected to: pragmas, time-outs, pool sizes.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    ConnectOptions,
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};

use crate::error::StoreError;

/// How long a reader waits for a connection, a writer for its turn.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Connections to a SQLite file: many readers, of which one at a time writes.
pub(crate) const SQLITE_POOL: u32 = 8;
/// Connections to PostgreSQL from one process.
pub(crate) const POSTGRES_POOL: u32 = 16;

/// A pool of `size` connections to the SQLite file at `path`, created when it is not there.
pub(crate) async fn sqlite(path: &Path, size: u32) -> Result<SqlitePool, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .pragma("cache_size", "-16000")
        .pragma("temp_store", "memory")
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        .max_connections(size)
        .acquire_timeout(PATIENCE)
        .after_connect(|connection, _| Box::pin(assert_foreign_keys(connection)))
        .connect_with(options)
        .await?;
    Ok(pool)
}

/// Foreign keys are a setting of each connection, and off by default (<https://www.sqlite.org/foreignkeys.html>, section 2):
/// one that lost it would corrupt silently.
async fn assert_foreign_keys(connection: &mut sqlx::SqliteConnection) -> Result<(), sqlx::Error> {
    let on: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(connection).await?;
    if on == 1 {
        Ok(())
    } else {
        Err(sqlx::Error::Configuration(
            "foreign keys are off on a SQLite connection".into(),
        ))
    }
}

/// A pool of `size` connections to the PostgreSQL database at `url`.
pub(crate) async fn postgres(url: &str, size: u32) -> Result<PgPool, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|it| StoreError::Unreachable(format!("not a PostgreSQL address: {it}")))?
        .application_name("jalon")
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await?;
    Ok(pool)
}
