//! Directories that are measured where they live: how each is reached, what was last seen of it, its forest; and the
//! keys of the secrets.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    prelude::{Index, Table},
    schema::{big_integer, big_integer_null, blob, boolean, integer, integer_null, text, text_null, uuid},
};

use super::{owned, refers};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    organisation_key(manager).await?;
    directory_source(manager).await?;
    directory_object(manager).await?;
    directory_facts(manager).await
}

async fn organisation_key(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("organisation_key")
        .col(uuid("organisation_id").primary_key())
        .col(text("sealed"))
        .col(big_integer("created_at"))
        .foreign_key(&mut refers("organisation_key", "organisation_id", "organisation"))
        .take();
    manager.create_table(table).await
}

async fn directory_source(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("directory_source")
        .col(uuid("target_id").primary_key())
        .col(text("url"))
        .col(text("security"))
        .col(text("bind"))
        .col(text_null("user"))
        .col(text_null("password"))
        .col(text("bases"))
        .col(text_null("filter"))
        .col(text_null("roots"))
        .col(integer_null("rate"))
        .col(integer("page"))
        .col(text("mode"))
        .col(text_null("watermark"))
        .col(big_integer_null("full_scan_at"))
        .col(boolean("full_wanted"))
        .col(big_integer("changed_at"))
        .col(big_integer("version"))
        .foreign_key(&mut refers("directory_source", "target_id", "target"))
        .take();
    manager.create_table(table).await
}

/// What was last seen of each object: enough to judge it again. The key is its identifier in the directory.
async fn directory_object(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("directory_object")
        .col(uuid("target_id"))
        .col(text("key"))
        .col(blob("entry"))
        .primary_key(
            Index::create()
                .col("organisation_id")
                .col("engagement_id")
                .col("target_id")
                .col("key"),
        )
        .foreign_key(&mut refers("directory_object", "target_id", "target"))
        .take();
    manager.create_table(table).await
}

async fn directory_facts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("directory_facts")
        .col(uuid("target_id").primary_key())
        .col(uuid("run_id"))
        .col(big_integer("collected_at"))
        .col(text("facts"))
        .foreign_key(&mut refers("directory_facts", "target_id", "target"))
        .foreign_key(&mut refers("directory_facts", "run_id", "run"))
        .take();
    manager.create_table(table).await
}
