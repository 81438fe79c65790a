//! The audit trail, and whether its chain holds.

use axum::Json;
use jalon_domain::ids::EngagementId;
use jalon_service::view::audit::{ChainView, EventRow};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Page},
    call::{Call, Path, Query},
    query::Paging,
};
use crate::App;

/// `/engagements/{engagement}/audit`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_events))
        .routes(routes!(verify_chain))
}

/// What happened, the newest first.
#[utoipa::path(get, path = "/engagements/{engagement}/audit", tag = "audit", params(Paging),
    responses((status = 200, description = "One page of it", body = Page<EventRow>)))]
async fn list_events(
    call: Call,
    Path(engagement): Path<EngagementId>,
    Query(paging): Query<Paging>,
) -> Answer<Json<Page<EventRow>>> {
    let (before, limit) = (paging.after()?, paging.limit()?);
    let page = call
        .service()
        .audit_page(call.caller(), engagement, before, limit)
        .await?;
    Ok(Page::of(page.events, page.next.map(|it| it.to_string())))
}

/// Reads the whole chain and says whether it holds.
#[utoipa::path(get, path = "/engagements/{engagement}/audit/verify", tag = "audit",
    responses((status = 200, description = "Whether it holds, and where not", body = ChainView)))]
async fn verify_chain(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<ChainView>> {
    Ok(Json(call.service().verify_chain(call.caller(), engagement).await?))
}
