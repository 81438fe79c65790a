//! What people are told once, who was told it where, and which requirements were met when that was last sure.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    prelude::Index,
    schema::{big_integer, big_integer_null, text, text_null, uuid},
};

use super::{owned, refers, run};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    notice(manager).await?;
    notice_told(manager).await?;
    requirement_met(manager).await
}

async fn notice(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("notice")
        .col(uuid("id").primary_key())
        .col(text("kind"))
        .col(text("key"))
        .col(text("title"))
        .col(text("detail"))
        .col(text("about"))
        .col(big_integer("at"))
        .col(big_integer_null("ended_at"))
        .col(text_null("ended_as"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &[
            "CREATE INDEX notice_page ON notice (organisation_id, engagement_id, id)",
            // As long as it is not well again, the same is not told twice.
            "CREATE UNIQUE INDEX notice_once ON notice (organisation_id, engagement_id, key) WHERE ended_at IS NULL",
        ],
    )
    .await
}

/// Who was told, and through which channel: the pages are one, others can follow.
async fn notice_told(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("notice_told")
        .col(uuid("notice_id"))
        .col(uuid("person_id"))
        .col(text("channel"))
        .col(big_integer("at"))
        .primary_key(
            Index::create()
                .col("organisation_id")
                .col("engagement_id")
                .col("notice_id")
                .col("person_id")
                .col("channel"),
        )
        .foreign_key(&mut refers("notice_told", "notice_id", "notice"))
        .foreign_key(&mut refers("notice_told", "person_id", "person"))
        .take();
    manager.create_table(table).await
}

/// The requirements that were met when that was last sure: what is no longer met is news only where it was.
async fn requirement_met(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("requirement_met")
        .col(text("responsibility"))
        .col(text("requirement"))
        .primary_key(
            Index::create()
                .col("organisation_id")
                .col("engagement_id")
                .col("responsibility")
                .col("requirement"),
        )
        .take();
    manager.create_table(table).await?;
    // What is met now is to be known before the next measurement: every engagement is due to be looked at.
    run(manager, &["UPDATE engagement_summary SET refresh_at = 0"]).await
}
