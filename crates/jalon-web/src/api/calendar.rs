//! What runs out or falls due, and the caller's own address of it for programs that show calendars.

use axum::{Extension, Json, http::StatusCode};
use jalon_domain::ids::EngagementId;
use jalon_service::{
    feed::FeedView,
    view::calendar::{CalendarFilter, Entry, EntryKind},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    M,
    answer::{Answer, Made, Page},
    call::{Call, Path, Query},
    document::Refusal,
    once::Keep,
};
use crate::{App, error::Failure, links, session::Means, text::texts};

/// `/engagements/{engagement}/calendar`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_calendar))
        .routes(routes!(show_feed, make_feed, revoke_feed))
}

/// Which entries.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Of this kind.
    kind: Option<EntryKind>,
    /// Only what the caller sees to.
    mine: bool,
}

/// An address that was just made. No `Debug`: it holds the secret.
#[derive(Serialize, ToSchema)]
struct MadeFeed {
    /// Where programs read the calendar. Said this once; none in an answer that is given again.
    url: Option<String>,
}

/// The caller's address, without its secret.
#[derive(Debug, Serialize, ToSchema)]
struct OwnFeed {
    /// The address, if there is one.
    feed: Option<FeedView>,
}

/// What runs out or falls due: what is past due first, then in order.
#[utoipa::path(get, path = "/engagements/{engagement}/calendar", tag = "calendar", params(Asked),
    responses((status = 200, description = "All of it", body = Page<Entry>)))]
async fn list_calendar(
    call: Call,
    Path(engagement): Path<EngagementId>,
    Query(asked): Query<Asked>,
) -> Answer<Json<Page<Entry>>> {
    let filter = CalendarFilter {
        kind: asked.kind,
        mine: asked.mine,
    };
    let calendar = call.service().calendar(call.caller(), engagement, filter).await?;
    Ok(Page::whole(calendar.late.into_iter().chain(calendar.coming)))
}

/// The caller's own address of the calendar.
#[utoipa::path(get, path = "/engagements/{engagement}/calendar/feed", tag = "calendar",
    responses((status = 200, description = "Since when there is one", body = OwnFeed)))]
async fn show_feed(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<OwnFeed>> {
    let feed = call.service().feed(call.caller(), engagement).await?;
    Ok(Json(OwnFeed { feed }))
}

/// Makes the caller's own address anew: the former one leads nowhere. Only a session may: an address outlives a token.
#[utoipa::path(post, path = "/engagements/{engagement}/calendar/feed", tag = "calendar", responses(
    (status = 201, description = "The address, said this once", body = MadeFeed),
    (status = 409, response = Refusal),
))]
async fn make_feed(call: Call, Path(engagement): Path<EngagementId>) -> Answer<(Extension<Keep>, Made<MadeFeed>)> {
    if call.session.means == Means::Token {
        return Err(Failure::Conflict(Some(texts!(M, "session-needed-for-feed"))).into());
    }
    let secret = call.service().make_feed(call.caller(), engagement).await?;
    let url = format!("{}{}", call.app.door.site.origin(), links::feed(&secret));
    let kept = Keep(json!({ "url": null }).to_string());
    Ok((Extension(kept), Made::of(MadeFeed { url: Some(url) })))
}

/// Takes the caller's own address back, at once.
#[utoipa::path(delete, path = "/engagements/{engagement}/calendar/feed", tag = "calendar",
    responses((status = 204, description = "Taken back")))]
async fn revoke_feed(call: Call, Path(engagement): Path<EngagementId>) -> Answer<StatusCode> {
    call.service().revoke_feed(call.caller(), engagement).await?;
    Ok(StatusCode::NO_CONTENT)
}
