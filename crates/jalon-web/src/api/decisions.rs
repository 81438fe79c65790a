//! Decisions: a claim, a waiver, "not applicable"; each can be taken back.

use axum::http::StatusCode;
use jalon_domain::ids::{DecisionId, EngagementId, FindingId, ResponsibilityId};
use jalon_service::duty::{NewDecision, NewWaiver};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Id, Made},
    call::{Call, Path},
    document::Refusal,
};
use crate::{App, extract};

/// What is decided about responsibilities and findings.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(claim_responsibility))
        .routes(routes!(waive_responsibility))
        .routes(routes!(exclude_responsibility))
        .routes(routes!(waive_finding))
        .routes(routes!(revoke_decision))
}

/// Says that a responsibility is done. A claim opens no gate: it says where to look for proof.
#[utoipa::path(post, path = "/engagements/{engagement}/responsibilities/{responsibility}/claim", tag = "decisions",
    responses((status = 201, description = "The decision", body = Id), (status = 409, response = Refusal)))]
async fn claim_responsibility(
    call: Call,
    Path((engagement, responsibility)): Path<(EngagementId, ResponsibilityId)>,
    extract::Json(new): extract::Json<NewDecision>,
) -> Answer<Made<Id>> {
    let id = call
        .service()
        .claim(call.caller(), engagement, &responsibility, &new)
        .await?;
    Ok(Made::id(id.0))
}

/// Accepts the gap of a responsibility until a day, at most a year away.
#[utoipa::path(post, path = "/engagements/{engagement}/responsibilities/{responsibility}/waiver", tag = "decisions", responses(
    (status = 201, description = "The decision", body = Id),
    (status = 409, response = Refusal),
    (status = 422, response = Refusal),
))]
async fn waive_responsibility(
    call: Call,
    Path((engagement, responsibility)): Path<(EngagementId, ResponsibilityId)>,
    extract::Json(new): extract::Json<NewWaiver>,
) -> Answer<Made<Id>> {
    let id = call
        .service()
        .waive(call.caller(), engagement, &responsibility, &new)
        .await?;
    Ok(Made::id(id.0))
}

/// Sets a responsibility as not applicable, with a justification.
#[utoipa::path(post, path = "/engagements/{engagement}/responsibilities/{responsibility}/exclusion", tag = "decisions", responses(
    (status = 201, description = "The decision", body = Id),
    (status = 409, response = Refusal),
    (status = 422, response = Refusal),
))]
async fn exclude_responsibility(
    call: Call,
    Path((engagement, responsibility)): Path<(EngagementId, ResponsibilityId)>,
    extract::Json(new): extract::Json<NewDecision>,
) -> Answer<Made<Id>> {
    let id = call
        .service()
        .leave_out(call.caller(), engagement, &responsibility, &new)
        .await?;
    Ok(Made::id(id.0))
}

/// Accepts one finding until a day, at most a year away.
#[utoipa::path(post, path = "/engagements/{engagement}/findings/{finding}/waiver", tag = "decisions", responses(
    (status = 201, description = "The decision", body = Id),
    (status = 422, response = Refusal),
))]
async fn waive_finding(
    call: Call,
    Path((engagement, finding)): Path<(EngagementId, FindingId)>,
    extract::Json(new): extract::Json<NewWaiver>,
) -> Answer<Made<Id>> {
    let id = call
        .service()
        .waive_finding(call.caller(), engagement, finding, &new)
        .await?;
    Ok(Made::id(id.0))
}

/// Takes a decision back.
#[utoipa::path(delete, path = "/engagements/{engagement}/decisions/{decision}", tag = "decisions",
    responses((status = 204, description = "Taken back"), (status = 409, response = Refusal)))]
async fn revoke_decision(
    call: Call,
    Path((engagement, decision)): Path<(EngagementId, DecisionId)>,
) -> Answer<StatusCode> {
    call.service().revoke(call.caller(), engagement, decision).await?;
    Ok(StatusCode::NO_CONTENT)
}
