//! The table of jobs.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_name = "organisation_id")]
    pub organisation: Option<Uuid>,
    pub kind: String,
    pub payload: String,
    pub state: String,
    pub priority: i32,
    pub run_at: i64,
    pub attempts: i32,
    pub max_attempts: i32,
    pub worker: Option<String>,
    pub lease_until: Option<i64>,
    pub dedupe_key: Option<String>,
    pub last_error: Option<String>,
    pub progress: Option<String>,
    pub cancel_requested: bool,
    pub created_at: i64,
    pub ended_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
