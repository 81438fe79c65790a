//! Findings about directory objects, by the hundred thousand: what is said of a value, and the indexes that lists of so
//! many are read along without a look at the rows.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

use super::run;

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    run(
        manager,
        &[
            "ALTER TABLE finding ADD COLUMN object text",
            "ALTER TABLE finding ADD COLUMN errors integer NOT NULL DEFAULT 0",
            // In the order of a page; with what filters ask for.
            "DROP INDEX finding_page",
            "CREATE INDEX finding_page ON finding
                (organisation_id, engagement_id, state, severity, rule, id, attribute, errors, owner_id, target_id, family)",
            // In the order of the groups; with what is counted in each.
            r#"CREATE INDEX finding_group ON finding
                (organisation_id, engagement_id, state, family, "check", rule, target_id, owner_id, severity, attribute,
                errors, due, times_reopened, fingerprint, id)"#,
        ],
    )
    .await
}
