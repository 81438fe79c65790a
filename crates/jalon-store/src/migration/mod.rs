//! The shape of the database and how it came about. A migration that was released is never edited: the next one is added.

mod m0001_initial;
mod m0002_directory;
mod m0003_engagement;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryOrder, Statement};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager, seaql_migrations};

use crate::error::StoreError;

/// Every migration, in order of name.
struct Migrations;

impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_initial::Initial),
            Box::new(m0002_directory::Directory),
            Box::new(m0003_engagement::Engagement),
        ]
    }
}

/// Held on PostgreSQL while migrating, so that servers started together do not migrate together. Any constant will do.
const ADVISORY_LOCK: i64 = 0x6a61_6c6f_6e00_0001;

/// Brings the database behind `connection`, the only one of its pool, to the newest shape and closes it.
pub(crate) async fn up(connection: DatabaseConnection) -> Result<(), StoreError> {
    let done = migrate(&connection).await;
    // Closing ends the session, and with it the advisory lock.
    connection.close().await?;
    done
}

async fn migrate(connection: &DatabaseConnection) -> Result<(), StoreError> {
    if connection.get_database_backend() == DbBackend::Postgres {
        let lock = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_advisory_lock($1)",
            [ADVISORY_LOCK.into()],
        );
        connection.execute_raw(lock).await?;
    }
    refuse_newer(connection).await?;
    Migrations::up(connection, None).await?;
    Ok(())
}

/// A newer program may have moved things that this one would write to in the old way.
async fn refuse_newer(connection: &DatabaseConnection) -> Result<(), StoreError> {
    if !SchemaManager::new(connection).has_table("seaql_migrations").await? {
        return Ok(());
    }
    let known: Vec<String> = Migrations::migrations().iter().map(|it| it.name().to_owned()).collect();
    let applied = applied(connection).await?;
    match applied.into_iter().find(|it| !known.contains(it)) {
        None => Ok(()),
        Some(found) => Err(StoreError::Newer {
            found,
            known: known.last().cloned().unwrap_or_default(),
        }),
    }
}

/// The newest migration that was applied.
pub(crate) async fn version(connection: &DatabaseConnection) -> Result<String, StoreError> {
    Ok(applied(connection).await?.into_iter().next().unwrap_or_default())
}

/// What was applied, the newest first.
async fn applied(connection: &DatabaseConnection) -> Result<Vec<String>, StoreError> {
    use sea_orm::EntityTrait;
    let found = seaql_migrations::Entity::find()
        .order_by_desc(seaql_migrations::Column::Version)
        .all(connection)
        .await?;
    Ok(found.into_iter().map(|it| it.version).collect())
}
