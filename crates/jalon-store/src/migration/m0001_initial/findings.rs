//! Findings, and the decisions about them and about responsibilities.

use sea_orm::DbErr;
use sea_orm_migration::{
    SchemaManager,
    schema::{big_integer, big_integer_null, integer, text, text_null, uuid, uuid_null},
};

use super::{owned, refers, run};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    finding(manager).await?;
    decision(manager).await
}

async fn finding(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("finding")
        .col(uuid("id").primary_key())
        .col(uuid("target_id"))
        .col(text("target_value"))
        .col(text("family"))
        .col(text("check"))
        .col(text("rule"))
        .col(text("fingerprint"))
        .col(integer("severity"))
        .col(text("subject"))
        .col(text_null("attribute"))
        .col(text("discriminator"))
        .col(text("observed"))
        .col(text("expected"))
        .col(text("message"))
        .col(text("remedy"))
        .col(text_null("fix"))
        .col(text("haystack"))
        .col(text("state"))
        .col(big_integer("opened_at"))
        .col(big_integer("last_seen_at"))
        .col(big_integer_null("fixed_at"))
        .col(big_integer_null("reopened_at"))
        .col(integer("times_reopened"))
        .col(uuid_null("owner_id"))
        .col(text_null("due"))
        .col(uuid("first_run"))
        .col(uuid("last_run"))
        .col(big_integer("version"))
        .foreign_key(&mut refers("finding", "target_id", "target"))
        .foreign_key(&mut refers("finding", "owner_id", "person"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &[
            "CREATE UNIQUE INDEX finding_fingerprint ON finding (organisation_id, engagement_id, target_id, fingerprint)",
            "CREATE INDEX finding_page ON finding (organisation_id, engagement_id, state, severity, rule, id)",
            "CREATE INDEX finding_owner ON finding (owner_id) WHERE owner_id IS NOT NULL AND state = 'open'",
        ],
    )
    .await
}

async fn decision(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = owned("decision")
        .col(uuid("id").primary_key())
        .col(text("kind"))
        .col(text_null("responsibility"))
        .col(uuid_null("finding_id"))
        .col(uuid("by"))
        .col(text("reason"))
        .col(text_null("ticket"))
        .col(text_null("approver"))
        .col(big_integer("at"))
        .col(big_integer_null("until"))
        .col(big_integer_null("revoked_at"))
        .foreign_key(&mut refers("decision", "by", "person"))
        .foreign_key(&mut refers("decision", "finding_id", "finding"))
        .take();
    manager.create_table(table).await?;
    run(
        manager,
        &[
            "CREATE INDEX decision_engagement ON decision (organisation_id, engagement_id, at, id)",
            "CREATE INDEX decision_finding ON decision (finding_id) WHERE finding_id IS NOT NULL",
        ],
    )
    .await
}
