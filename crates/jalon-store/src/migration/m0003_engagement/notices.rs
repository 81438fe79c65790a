//! What people are told once, and who was told it where.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    prelude::Index,
    schema::{big_integer, big_integer_null, text, uuid},
};

use super::{owned, refers, run};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    notice(manager).await?;
    notice_told(manager).await
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
