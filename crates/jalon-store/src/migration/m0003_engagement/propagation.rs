//! Where the records of a rule's fix were last seen, of each domain.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    prelude::Index,
    schema::{big_integer, big_integer_null, boolean, text, text_null, uuid},
};

use super::{owned, refers};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("propagation")
        .col(uuid("target_id"))
        .col(text("rule"))
        .col(text("wanted"))
        .col(boolean("closed"))
        .col(text_null("picture"))
        .col(text("unasked"))
        .col(text("state"))
        .col(text_null("reason"))
        .col(big_integer("asked_at"))
        .col(big_integer_null("looked_at"))
        .primary_key(
            Index::create()
                .col("organisation_id")
                .col("engagement_id")
                .col("target_id")
                .col("rule"),
        )
        .foreign_key(&mut refers("propagation", "target_id", "target"))
        .take();
    manager.create_table(table).await
}
