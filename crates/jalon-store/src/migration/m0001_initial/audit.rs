//! The audit trail: events, and the head of each chain.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    prelude::{Index, Table},
    schema::{big_integer, text, uuid, uuid_null},
};

/// No key leads to engagements or people: what happened stays, whatever is deleted later.
pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let head = Table::create()
        .table("audit_head")
        .col(uuid("chain").primary_key())
        .col(big_integer("seq"))
        .col(text("hash"))
        .take();
    manager.create_table(head).await?;
    let event = Table::create()
        .table("audit_event")
        .col(uuid("chain"))
        .col(big_integer("seq"))
        .col(uuid("id"))
        .col(big_integer("at"))
        .col(uuid_null("actor"))
        .col(text("actor_name"))
        .col(text("action"))
        .col(text("subject"))
        .col(text("detail"))
        .col(text("previous"))
        .col(text("hash"))
        .primary_key(Index::create().col("chain").col("seq"))
        .take();
    manager.create_table(event).await
}
