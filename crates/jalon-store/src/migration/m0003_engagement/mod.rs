//! What follows a measurement: where a change of a zone was seen, what people are told once, their calendars; and what a
//! run changed.

mod notices;
mod propagation;

use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager,
    prelude::{Table, async_trait},
    schema::{big_integer, big_integer_null, integer_null, text, uuid},
};

use super::m0001_initial::{owned, refers, run};

/// Adds what the pages of targets, notices and calendars need.
pub(super) struct Engagement;

impl MigrationName for Engagement {
    fn name(&self) -> &'static str {
        "m0003_engagement"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Engagement {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        runs(manager).await?;
        propagation::up(manager).await?;
        notices::up(manager).await?;
        calendars(manager).await
    }
}

/// What each run changed, and when what it saw expires. Runs from before do not know.
async fn runs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in [
        integer_null("opened"),
        integer_null("closed"),
        big_integer_null("expires_at"),
    ] {
        let table = Table::alter().table("run").add_column(column).take();
        manager.alter_table(table).await?;
    }
    Ok(())
}

/// The secret addresses under which people subscribe to an engagement's calendar: one a person.
async fn calendars(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("calendar_feed")
        .col(text("hash").primary_key())
        .col(uuid("person_id"))
        .col(big_integer("created_at"))
        .foreign_key(&mut refers("calendar_feed", "person_id", "person"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &["CREATE UNIQUE INDEX calendar_feed_person ON calendar_feed (organisation_id, engagement_id, person_id)"],
    )
    .await
}
