//! Work: runs, their schedules, and the jobs that workers lease.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    prelude::{Expr, ExprTrait, Table},
    schema::{big_integer, big_integer_null, boolean, integer, text, text_null, uuid, uuid_null},
};

use super::{owned, refers, run};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    run_table(manager).await?;
    schedule(manager).await?;
    job(manager).await
}

async fn run_table(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("run")
        .col(uuid("id").primary_key())
        .col(text("family"))
        .col(uuid("target_id"))
        .col(text("target_value"))
        .col(text("trigger"))
        .col(uuid_null("requested_by"))
        .col(text("state"))
        .col(text_null("outcome"))
        .col(text_null("reason"))
        .col(big_integer("queued_at"))
        .col(big_integer_null("started_at"))
        .col(big_integer_null("ended_at"))
        .col(uuid_null("job_id"))
        .col(text_null("report"))
        .col(text_null("sha256"))
        .col(integer("found"))
        .foreign_key(&mut refers("run", "target_id", "target"))
        .foreign_key(&mut refers("run", "requested_by", "person"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &[
            "CREATE INDEX run_page ON run (organisation_id, engagement_id, id)",
            "CREATE INDEX run_target ON run (organisation_id, engagement_id, target_id, id)",
        ],
    )
    .await
}

async fn schedule(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("schedule")
        .col(uuid("id").primary_key())
        .col(text("family"))
        // It is divided by when the next time is reckoned.
        .col(big_integer("every_seconds").check(Expr::col("every_seconds").gt(0)))
        .col(boolean("enabled"))
        .col(big_integer("next_at"))
        .col(big_integer_null("last_at"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &[
            "CREATE UNIQUE INDEX schedule_family ON schedule (organisation_id, engagement_id, family)",
            "CREATE INDEX schedule_due ON schedule (next_at) WHERE enabled",
        ],
    )
    .await
}

async fn job(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("job")
        .col(uuid("id").primary_key())
        .col(uuid_null("organisation_id"))
        .col(text("kind"))
        .col(text("payload"))
        .col(text("state"))
        .col(integer("priority"))
        .col(big_integer("run_at"))
        .col(integer("attempts"))
        .col(integer("max_attempts"))
        .col(text_null("worker"))
        .col(big_integer_null("lease_until"))
        .col(text_null("dedupe_key"))
        .col(text_null("last_error"))
        .col(text_null("progress"))
        .col(boolean("cancel_requested"))
        .col(big_integer("created_at"))
        .col(big_integer_null("ended_at"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &[
            "CREATE INDEX job_ready ON job (priority DESC, run_at, id) WHERE state = 'ready'",
            "CREATE INDEX job_lease ON job (lease_until) WHERE state = 'running'",
            "CREATE INDEX job_ended ON job (ended_at) WHERE ended_at IS NOT NULL",
            "CREATE UNIQUE INDEX job_dedupe ON job (dedupe_key) WHERE dedupe_key IS NOT NULL AND state IN ('ready', 'running')",
        ],
    )
    .await
}
