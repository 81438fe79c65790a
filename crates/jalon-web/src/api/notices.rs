//! What drifted, told once, and what the caller has read of it.

use axum::{Json, http::StatusCode};
use jalon_domain::ids::EngagementId;
use jalon_service::notice::NoticeView;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    answer::{Answer, Page},
    call::{Call, Path, Query},
    query::Paging,
};
use crate::App;

/// `/engagements/{engagement}/notices`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_notices))
        .routes(routes!(read_all_notices))
        .routes(routes!(read_notice, unread_notice))
}

/// How many notices were marked.
#[derive(Debug, Serialize, ToSchema)]
struct Marked {
    /// Those that were not read before.
    read: usize,
}

/// What was well and no longer is, the newest first, each with whether the caller has read it.
#[utoipa::path(get, path = "/engagements/{engagement}/notices", tag = "notices", params(Paging),
    responses((status = 200, description = "One page of them", body = Page<NoticeView>)))]
async fn list_notices(
    call: Call,
    Path(engagement): Path<EngagementId>,
    Query(paging): Query<Paging>,
) -> Answer<Json<Page<NoticeView>>> {
    let (before, limit) = (paging.after()?, paging.limit()?);
    let page = call.service().notices(call.caller(), engagement, before, limit).await?;
    Ok(Page::of(page.notices, page.next.map(|it| it.to_string())))
}

/// Marks all of them as read by the caller.
#[utoipa::path(post, path = "/engagements/{engagement}/notices/read", tag = "notices",
    responses((status = 200, description = "How many were not", body = Marked)))]
async fn read_all_notices(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<Marked>> {
    let read = call.service().read_notices(call.caller(), engagement).await?;
    Ok(Json(Marked { read }))
}

/// Marks one as read by the caller.
#[utoipa::path(put, path = "/engagements/{engagement}/notices/{notice}/read", tag = "notices",
    params(("engagement" = EngagementId, Path), ("notice" = Uuid, Path)),
    responses((status = 204, description = "Read")))]
async fn read_notice(call: Call, Path((engagement, notice)): Path<(EngagementId, Uuid)>) -> Answer<StatusCode> {
    mark(&call, engagement, notice, true).await
}

/// Marks one as not read by the caller.
#[utoipa::path(delete, path = "/engagements/{engagement}/notices/{notice}/read", tag = "notices",
    params(("engagement" = EngagementId, Path), ("notice" = Uuid, Path)),
    responses((status = 204, description = "Not read")))]
async fn unread_notice(call: Call, Path((engagement, notice)): Path<(EngagementId, Uuid)>) -> Answer<StatusCode> {
    mark(&call, engagement, notice, false).await
}

async fn mark(call: &Call, engagement: EngagementId, notice: Uuid, read: bool) -> Answer<StatusCode> {
    call.service()
        .mark_notice(call.caller(), engagement, notice, read)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
