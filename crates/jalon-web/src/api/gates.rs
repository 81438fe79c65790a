//! Gates: every one in a line, one in detail.

use axum::Json;
use jalon_domain::ids::{EngagementId, GateId};
use jalon_service::view::gates::{GateLine, GateView};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Page},
    call::{Call, Path},
};
use crate::App;

/// `/engagements/{engagement}/gates`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_gates))
        .routes(routes!(show_gate))
}

/// Every gate, in the order in which they are met, with what keeps it shut.
#[utoipa::path(get, path = "/engagements/{engagement}/gates", tag = "gates",
    responses((status = 200, description = "All of them", body = Page<GateLine>)))]
async fn list_gates(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<Page<GateLine>>> {
    Ok(Page::whole(
        call.service().gates(call.caller(), engagement, None).await?.gates,
    ))
}

/// One gate: what is missing, what holds, what is waived.
#[utoipa::path(get, path = "/engagements/{engagement}/gates/{gate}", tag = "gates",
    responses((status = 200, description = "In detail", body = GateView)))]
async fn show_gate(call: Call, Path((engagement, gate)): Path<(EngagementId, GateId)>) -> Answer<Json<GateView>> {
    Ok(Json(
        call.service()
            .gates(call.caller(), engagement, Some(&gate))
            .await?
            .opened,
    ))
}
