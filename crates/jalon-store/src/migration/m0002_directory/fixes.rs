//! Fixes that somebody approved, and the findings that each is to close.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    prelude::Index,
    schema::{big_integer, big_integer_null, integer, text, text_null, uuid, uuid_null},
};

use super::{owned, refers, run};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    fix(manager).await?;
    fix_finding(manager).await
}

async fn fix(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("fix")
        .col(uuid("id").primary_key())
        .col(uuid("target_id"))
        .col(text("rule"))
        .col(integer("findings"))
        .col(text("sha256"))
        .col(uuid("attachment_id"))
        .col(uuid_null("undo_id"))
        .col(uuid_null("review_id"))
        .col(text_null("note"))
        .col(uuid("approved_by"))
        .col(big_integer("approved_at"))
        .col(big_integer_null("revoked_at"))
        .foreign_key(&mut refers("fix", "target_id", "target"))
        .foreign_key(&mut refers("fix", "attachment_id", "attachment"))
        .foreign_key(&mut refers("fix", "undo_id", "attachment"))
        .foreign_key(&mut refers("fix", "review_id", "attachment"))
        .foreign_key(&mut refers("fix", "approved_by", "person"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &["CREATE INDEX fix_page ON fix (organisation_id, engagement_id, id)"],
    )
    .await
}

async fn fix_finding(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("fix_finding")
        .col(uuid("fix_id"))
        .col(uuid("finding_id"))
        .primary_key(
            Index::create()
                .col("organisation_id")
                .col("engagement_id")
                .col("fix_id")
                .col("finding_id"),
        )
        .foreign_key(&mut refers("fix_finding", "fix_id", "fix"))
        .foreign_key(&mut refers("fix_finding", "finding_id", "finding"))
        .take();
    manager.create_table(table).await
}
