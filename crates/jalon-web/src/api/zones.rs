//! What the zone of a domain should become, and where the records of a rule's fix are seen.

use axum::{Json, http::StatusCode};
use jalon_domain::ids::{EngagementId, RuleId, TargetId};
use jalon_service::propagation::{Form, SeenOn, ZonePlan};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Page},
    call::{Call, Path, Query},
};
use crate::App;

/// `/engagements/{engagement}/targets/{target}/zone` and `/rules/{rule}/propagation`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(show_zone_plan))
        .routes(routes!(show_propagation, request_look))
}

/// Which fixes, in which form.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ZoneQuery {
    /// Only the fixes of this rule's findings.
    rule: Option<RuleId>,
    /// How the plan is written; as a zone file unless said.
    form: Option<Form>,
}

/// What the zone of a domain should become: the fixes of its open findings, joined so that none contradicts another.
#[utoipa::path(get, path = "/engagements/{engagement}/targets/{target}/zone", tag = "targets", params(ZoneQuery),
    responses((status = 200, description = "The plan in that form, and what is left out of it", body = ZonePlan)))]
async fn show_zone_plan(
    call: Call,
    Path((engagement, target)): Path<(EngagementId, TargetId)>,
    Query(asked): Query<ZoneQuery>,
) -> Answer<Json<ZonePlan>> {
    let form = asked.form.unwrap_or(Form::Zone);
    let plan = call
        .service()
        .zone_plan(call.caller(), engagement, target, asked.rule.as_ref(), form)
        .await?;
    Ok(Json(plan))
}

/// Where the records of a rule's fix are seen, of each domain that breaks it or did. It tells where a change has come; a
/// finding is closed by a measurement only.
#[utoipa::path(get, path = "/engagements/{engagement}/rules/{rule}/propagation", tag = "findings",
    responses((status = 200, description = "As the last looks left it", body = Page<SeenOn>)))]
async fn show_propagation(
    call: Call,
    Path((engagement, rule)): Path<(EngagementId, RuleId)>,
) -> Answer<Json<Page<SeenOn>>> {
    let seen = call.service().propagation(call.caller(), engagement, &rule).await?;
    Ok(Page::whole(seen))
}

/// Asks to look where the records of a rule's fix are seen. Read the same address until `looking` is false.
#[utoipa::path(post, path = "/engagements/{engagement}/rules/{rule}/propagation", tag = "findings",
    responses((status = 202, description = "It is being looked", body = Page<SeenOn>)))]
async fn request_look(
    call: Call,
    Path((engagement, rule)): Path<(EngagementId, RuleId)>,
) -> Answer<(StatusCode, Json<Page<SeenOn>>)> {
    let service = call.service();
    service.ask_look(call.caller(), engagement, &rule).await?;
    let seen = service.propagation(call.caller(), engagement, &rule).await?;
    Ok((StatusCode::ACCEPTED, Page::whole(seen)))
}
