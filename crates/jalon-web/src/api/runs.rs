//! Runs: asking for them, following them, cancelling them.

use axum::{Json, http::StatusCode};
use jalon_domain::ids::{EngagementId, RunId};
use jalon_service::{
    measure::{RunScope, RunsAsked},
    view::checks::{RunPage, RunRow},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Page},
    call::{Call, Path},
    document::Refusal,
};
use crate::{App, extract};

/// `/engagements/{engagement}/runs`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_runs, request_runs))
        .routes(routes!(show_run))
        .routes(routes!(cancel_run))
}

/// The latest runs, the newest first; those before are with the run of the same target.
#[utoipa::path(get, path = "/engagements/{engagement}/runs", tag = "checks",
    responses((status = 200, description = "The latest", body = Page<RunRow>)))]
async fn list_runs(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<Page<RunRow>>> {
    Ok(Page::whole(
        call.service().checks(call.caller(), engagement).await?.runs,
    ))
}

/// Asks for measurements now: of everything, of one family, of one target.
#[utoipa::path(post, path = "/engagements/{engagement}/runs", tag = "checks", responses(
    (status = 202, description = "The new runs; a target that is being measured already gets none", body = RunsAsked),
    (status = 409, response = Refusal),
))]
async fn request_runs(
    call: Call,
    Path(engagement): Path<EngagementId>,
    extract::Json(scope): extract::Json<RunScope>,
) -> Answer<(StatusCode, Json<RunsAsked>)> {
    let asked = call.service().run_checks(call.caller(), engagement, &scope).await?;
    Ok((StatusCode::ACCEPTED, Json(asked)))
}

/// One run: how far it is, or what each rule said, what was seen, what was found.
#[utoipa::path(get, path = "/engagements/{engagement}/runs/{run}", tag = "checks",
    responses((status = 200, description = "In detail", body = RunPage)))]
async fn show_run(call: Call, Path((engagement, run)): Path<(EngagementId, RunId)>) -> Answer<Json<RunPage>> {
    Ok(Json(call.service().run_page(call.caller(), engagement, run).await?))
}

/// Cancels a run: one that waits at once, one that is under way at its next step.
#[utoipa::path(post, path = "/engagements/{engagement}/runs/{run}/cancel", tag = "checks",
    responses((status = 204, description = "It will end"), (status = 409, response = Refusal)))]
async fn cancel_run(call: Call, Path((engagement, run)): Path<(EngagementId, RunId)>) -> Answer<StatusCode> {
    call.service().cancel_run(call.caller(), engagement, run).await?;
    Ok(StatusCode::NO_CONTENT)
}
