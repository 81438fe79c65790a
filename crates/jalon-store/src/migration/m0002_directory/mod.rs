//! Directories that are measured where they live: what findings say about objects, sources, secrets, fixes.

mod findings;
mod fixes;
mod sources;

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, prelude::async_trait};

use super::m0001_initial::{owned, refers, run};

/// Adds what live directories need.
pub(super) struct Directory;

impl MigrationName for Directory {
    fn name(&self) -> &'static str {
        "m0002_directory"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Directory {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        findings::up(manager).await?;
        sources::up(manager).await?;
        fixes::up(manager).await
    }
}
