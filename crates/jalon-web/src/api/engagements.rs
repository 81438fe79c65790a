//! Engagements: the list, one at a glance, creating one, what a profile would take on.

use axum::Json;
use jalon_domain::{ids::EngagementId, profile::Profile};
use jalon_service::{
    Permission,
    engagement::{Created, NewEngagement, Preview, preview},
    view::{home::EngagementCard, overview::Overview},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Made, Page},
    call::{Call, Path, Query},
    document::Refusal,
    query::{Paging, unknown_page},
};
use crate::{App, error::Failure, extract};

/// `/engagements`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_engagements, create_engagement))
        .routes(routes!(preview_engagement))
        .routes(routes!(show_engagement))
}

/// The engagements that the caller may see, by organisation and name.
#[utoipa::path(get, path = "/engagements", tag = "engagements", params(Paging),
    responses((status = 200, description = "One page of them", body = Page<EngagementCard>)))]
async fn list_engagements(call: Call, Query(paging): Query<Paging>) -> Answer<Json<Page<EngagementCard>>> {
    let all = call.service().engagements(call.caller()).await?;
    let limit = usize::try_from(paging.limit()?).unwrap_or(usize::MAX);
    let (items, next) = page(all, paging.after()?, limit)?;
    Ok(Page::of(items, next))
}

/// The cards after the engagement `after`, and the one that the next page begins after.
fn page(
    mut all: Vec<EngagementCard>,
    after: Option<EngagementId>,
    limit: usize,
) -> Result<(Vec<EngagementCard>, Option<String>), Failure> {
    let begin = match after {
        None => 0,
        Some(id) => 1 + all.iter().position(|it| it.id == id).ok_or_else(unknown_page)?,
    };
    let mut items = all.split_off(begin);
    let is_last = items.len() <= limit;
    items.truncate(limit);
    let next = items.last().filter(|_| !is_last).map(|it| it.id.to_string());
    Ok((items, next))
}

/// Creates an engagement; the caller becomes its lead. Directories are handed in afterwards, as targets.
#[utoipa::path(post, path = "/engagements", tag = "engagements", responses(
    (status = 201, description = "Created", body = Created, headers(("Location" = String, description = "Where it is"))),
    (status = 422, response = Refusal),
))]
async fn create_engagement(call: Call, extract::Json(new): extract::Json<NewEngagement>) -> Answer<Made<Created>> {
    let created = call
        .service()
        .create_engagement(call.caller(), &new, Vec::new())
        .await?;
    Ok(Made::at(&format!("/engagements/{}", created.id), created))
}

/// What a profile would take on, before anything is created.
#[utoipa::path(post, path = "/engagements/preview", tag = "engagements",
    responses((status = 200, description = "What applies, and what is left out", body = Preview)))]
async fn preview_engagement(call: Call, extract::Json(profile): extract::Json<Profile>) -> Answer<Json<Preview>> {
    call.caller().require_instance(Permission::CreateEngagement)?;
    Ok(Json(preview(call.service().catalogue(), &profile)))
}

/// An engagement at a glance: phases and gates, what blocks, counts, trend, drift, findings, freshness.
#[utoipa::path(get, path = "/engagements/{engagement}", tag = "engagements",
    responses((status = 200, description = "At a glance", body = Overview)))]
async fn show_engagement(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<Overview>> {
    Ok(Json(call.service().overview(call.caller(), engagement).await?))
}
