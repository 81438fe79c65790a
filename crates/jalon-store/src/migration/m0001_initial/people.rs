//! People, how they sign in, and the settings of the instance.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    prelude::{ForeignKeyAction, Index, Table},
    schema::{big_integer, big_integer_null, big_pk_auto, boolean, integer, text, text_null, uuid},
};

use super::{refers, run};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    setting(manager).await?;
    person(manager).await?;
    session(manager).await?;
    api_token(manager).await?;
    attempt(manager).await?;
    idempotency_key(manager).await
}

async fn setting(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("setting")
                .col(text("key").primary_key())
                .col(text("value"))
                .take(),
        )
        .await
}

async fn person(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("person")
        .col(uuid("id").primary_key())
        .col(text("email").unique_key())
        .col(text("name"))
        .col(text_null("password_hash"))
        .col(text("lang"))
        .col(text_null("theme"))
        .col(boolean("is_admin"))
        .col(big_integer("created_at"))
        .col(big_integer_null("disabled_at"))
        .take();
    manager.create_table(table).await
}

async fn session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("session")
        .col(text("token_hash").primary_key())
        .col(uuid("person_id"))
        .col(text("csrf"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .col(big_integer("expires_at"))
        .col(text_null("user_agent"))
        .foreign_key(refers("session", "person_id", "person").on_delete(ForeignKeyAction::Cascade))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &[
            "CREATE INDEX session_person ON session (person_id)",
            "CREATE INDEX session_expiry ON session (expires_at)",
        ],
    )
    .await
}

async fn api_token(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("api_token")
        .col(text("hash").primary_key())
        .col(uuid("person_id"))
        .col(text("name"))
        .col(big_integer("created_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("last_used_at"))
        .col(big_integer_null("revoked_at"))
        .foreign_key(refers("api_token", "person_id", "person").on_delete(ForeignKeyAction::Cascade))
        .take();
    manager.create_table(table).await?;
    run(manager, &["CREATE INDEX api_token_person ON api_token (person_id)"]).await
}

async fn attempt(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("attempt")
        .col(big_pk_auto("id"))
        .col(text("key"))
        .col(big_integer("at"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &[
            "CREATE INDEX attempt_key ON attempt (key, at)",
            "CREATE INDEX attempt_at ON attempt (at)",
        ],
    )
    .await
}

async fn idempotency_key(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("idempotency_key")
        .col(uuid("person_id"))
        .col(text("key"))
        .col(integer("status"))
        .col(text("body"))
        .col(big_integer("at"))
        .primary_key(Index::create().col("person_id").col("key"))
        .foreign_key(refers("idempotency_key", "person_id", "person").on_delete(ForeignKeyAction::Cascade))
        .take();
    manager.create_table(table).await?;
    run(manager, &["CREATE INDEX idempotency_key_at ON idempotency_key (at)"]).await
}
