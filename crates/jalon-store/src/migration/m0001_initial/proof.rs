//! What proof is made of: duties, their history, evidence and decisions.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    prelude::Index,
    schema::{big_integer, big_integer_null, boolean, text, text_null, uuid, uuid_null},
};

use super::{owned, refers, run};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    duty(manager).await?;
    change(manager).await?;
    evidence(manager).await
}

async fn duty(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("duty")
        .col(text("responsibility"))
        .col(uuid_null("owner_id"))
        .col(text_null("due"))
        .col(boolean("due_is_proposed"))
        .col(text("state"))
        .col(text_null("reason"))
        .col(big_integer_null("regressed_since"))
        .col(big_integer("changed_at"))
        .col(big_integer("version"))
        .col(text_null("note"))
        .primary_key(
            Index::create()
                .col("organisation_id")
                .col("engagement_id")
                .col("responsibility"),
        )
        .foreign_key(&mut refers("duty", "owner_id", "person"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &["CREATE INDEX duty_owner ON duty (owner_id) WHERE owner_id IS NOT NULL"],
    )
    .await
}

async fn change(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("change")
        .col(uuid("id").primary_key())
        .col(text("responsibility"))
        .col(big_integer("at"))
        .col(text("from_state"))
        .col(text_null("from_reason"))
        .col(text("to_state"))
        .col(text_null("to_reason"))
        .col(text("cause"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &["CREATE INDEX change_at ON change (organisation_id, engagement_id, at, id)"],
    )
    .await
}

async fn evidence(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("evidence")
        .col(uuid("id").primary_key())
        .col(text("responsibility"))
        .col(text("requirement"))
        .col(text("kind"))
        .col(uuid_null("run_id"))
        .col(text_null("vantage"))
        .col(text_null("target"))
        .col(uuid_null("by"))
        .col(uuid_null("attachment_id"))
        .col(text("outcome"))
        .col(big_integer("collected_at"))
        .col(big_integer_null("valid_until"))
        .col(text_null("note"))
        .col(text_null("sha256"))
        .col(text("program"))
        .col(text_null("expected"))
        .col(text_null("observed"))
        .foreign_key(&mut refers("evidence", "by", "person"))
        .foreign_key(&mut refers("evidence", "attachment_id", "attachment"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &["CREATE INDEX evidence_responsibility ON evidence (organisation_id, engagement_id, responsibility, collected_at, id)"],
    )
    .await
}
