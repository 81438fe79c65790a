//! The table of findings.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "finding")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_name = "organisation_id")]
    pub organisation: Uuid,
    #[sea_orm(column_name = "engagement_id")]
    pub engagement: Uuid,
    #[sea_orm(column_name = "target_id")]
    pub target: Uuid,
    pub target_value: String,
    pub family: String,
    pub check: String,
    pub rule: String,
    pub fingerprint: String,
    pub severity: i32,
    pub subject: String,
    pub attribute: Option<String>,
    pub discriminator: String,
    pub observed: String,
    pub expected: String,
    pub message: String,
    pub remedy: String,
    pub fix: Option<String>,
    pub object: Option<String>,
    /// The kinds of error of the object's value, a bit each: see [`super::bits`].
    pub errors: i32,
    /// What a search looks through: lower-case, because SQLite lowers ASCII only.
    pub haystack: String,
    pub state: String,
    pub opened_at: i64,
    pub last_seen_at: i64,
    pub fixed_at: Option<i64>,
    pub reopened_at: Option<i64>,
    pub times_reopened: i32,
    #[sea_orm(column_name = "owner_id")]
    pub owner: Option<Uuid>,
    pub due: Option<String>,
    pub first_run: Uuid,
    pub last_run: Uuid,
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
