//! Organisations, their engagements with members, targets and attachments, and the summary that portfolios read.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    prelude::{Index, Table},
    schema::{big_integer, big_integer_null, text, text_null, uuid, uuid_null},
};

use super::{owned, refers, run};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    organisation(manager).await?;
    engagement(manager).await?;
    engagement_summary(manager).await?;
    member(manager).await?;
    attachment(manager).await?;
    target(manager).await
}

async fn organisation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("organisation")
        .col(uuid("id").primary_key())
        .col(text("name"))
        .col(text("slug").unique_key())
        .col(big_integer("created_at"))
        .take();
    manager.create_table(table).await
}

async fn engagement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("engagement")
        .col(uuid("id").primary_key())
        .col(uuid("organisation_id"))
        .col(text("name"))
        .col(text("profile"))
        .col(text("catalogue"))
        .col(text("start"))
        .col(text_null("target"))
        .col(big_integer("created_at"))
        .col(big_integer("version"))
        .foreign_key(&mut refers("engagement", "organisation_id", "organisation"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &["CREATE UNIQUE INDEX engagement_organisation ON engagement (organisation_id, id)"],
    )
    .await
}

async fn engagement_summary(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("engagement_summary")
        .col(text("states"))
        .col(text("findings"))
        .col(text("gates"))
        .col(big_integer_null("refresh_at"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("engagement_id"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &["CREATE INDEX engagement_summary_refresh ON engagement_summary (refresh_at) WHERE refresh_at IS NOT NULL"],
    )
    .await
}

async fn member(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("member")
        .col(uuid("person_id"))
        .col(text("access"))
        .col(text("role"))
        .col(text("party"))
        .primary_key(
            Index::create()
                .col("organisation_id")
                .col("engagement_id")
                .col("person_id")
                .col("role"),
        )
        .foreign_key(&mut refers("member", "person_id", "person"))
        .take();
    manager.create_table(table).await?;
    run(manager, &["CREATE INDEX member_person ON member (person_id)"]).await
}

async fn attachment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("attachment")
        .col(uuid("id").primary_key())
        .col(text("name"))
        .col(text("media_type"))
        .col(big_integer("size"))
        .col(text("sha256"))
        .col(uuid("by"))
        .col(big_integer("at"))
        .foreign_key(&mut refers("attachment", "by", "person"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &["CREATE INDEX attachment_engagement ON attachment (organisation_id, engagement_id, id)"],
    )
    .await
}

async fn target(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("target")
        .col(uuid("id").primary_key())
        .col(text("family"))
        .col(text("value"))
        .col(text_null("connect"))
        .col(uuid_null("attachment_id"))
        .col(big_integer("created_at"))
        .col(big_integer_null("removed_at"))
        .foreign_key(&mut refers("target", "attachment_id", "attachment"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &["CREATE UNIQUE INDEX target_active ON target (organisation_id, engagement_id, family, value) WHERE removed_at IS NULL"],
    )
    .await
}
