//! Checks: what is measured and how it stands, and how often it is measured.

use axum::{Json, http::StatusCode};
use jalon_domain::ids::{EngagementId, ScheduleId};
use jalon_service::view::checks::Checks;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::Answer,
    call::{Call, Path},
    document::Refusal,
};
use crate::{App, extract};

/// `/engagements/{engagement}/checks` and `/schedules`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(show_checks))
        .routes(routes!(set_schedule))
}

/// Every family with its targets, its schedule and its latest runs.
#[utoipa::path(get, path = "/engagements/{engagement}/checks", tag = "checks",
    responses((status = 200, description = "By family", body = Checks)))]
async fn show_checks(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<Checks>> {
    Ok(Json(call.service().checks(call.caller(), engagement).await?))
}

/// How often.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSchedule {
    /// Seconds between two runs, from five minutes to thirty days.
    every_seconds: i64,
    /// Whether it is on.
    enabled: bool,
}

/// Changes how often a family is measured.
#[utoipa::path(put, path = "/engagements/{engagement}/schedules/{schedule}", tag = "checks",
    responses((status = 204, description = "Changed"), (status = 422, response = Refusal)))]
async fn set_schedule(
    call: Call,
    Path((engagement, schedule)): Path<(EngagementId, ScheduleId)>,
    extract::Json(new): extract::Json<NewSchedule>,
) -> Answer<StatusCode> {
    let (every, enabled) = (new.every_seconds, new.enabled);
    call.service()
        .set_schedule(call.caller(), engagement, schedule, every, enabled)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
