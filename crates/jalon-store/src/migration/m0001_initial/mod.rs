//! The first shape: one file of tables per neighbourhood.
//!
//! Every table of what belongs to an organisation has `organisation_id` and `engagement_id`, and its unique keys and
//! indexes begin with them, so that it can be spread by organisation later. Identifiers are unique by themselves.

mod audit;
mod engagements;
mod findings;
mod people;
mod proof;
mod work;

use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager,
    prelude::{ForeignKey, ForeignKeyAction, Table, TableCreateStatement, async_trait},
    schema::uuid,
};

/// Creates everything.
pub(super) struct Initial;

impl MigrationName for Initial {
    fn name(&self) -> &'static str {
        "m0001_initial"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Initial {
    /// SeaORM's default is a transaction on PostgreSQL only: on SQLite a failure would leave half of it.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        people::up(manager).await?;
        engagements::up(manager).await?;
        proof::up(manager).await?;
        findings::up(manager).await?;
        work::up(manager).await?;
        audit::up(manager).await
    }
}

/// A table of what belongs to an engagement: its two leading columns, and the key to the engagement.
pub(super) fn owned(name: &'static str) -> TableCreateStatement {
    Table::create()
        .table(name)
        .col(uuid("organisation_id"))
        .col(uuid("engagement_id"))
        .foreign_key(&mut owner(name))
        .take()
}

/// The pair is the key, so that a row cannot name the engagement of one organisation and the id of another.
fn owner(table: &'static str) -> sea_orm_migration::prelude::ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, ("organisation_id", "engagement_id"))
        .to("engagement", ("organisation_id", "id"))
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}

/// A reference that keeps what it refers to from being deleted.
pub(super) fn refers(
    table: &'static str,
    column: &'static str,
    to: &'static str,
) -> sea_orm_migration::prelude::ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(to, "id").take()
}

/// Runs statements that both engines read alike: indexes, partial ones above all, which the builder has no words for.
pub(super) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
