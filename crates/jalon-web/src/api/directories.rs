//! Live directories: connecting one, trying it out, reading it whole; and what their forests tell of themselves.

use axum::{Json, http::StatusCode};
use jalon_domain::ids::{EngagementId, TargetId};
use jalon_service::{
    directory::{SourceInput, SourceView, Trial},
    measure::RunsAsked,
    view::environment::Environment,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Id, Made, Page, Tagged},
    call::{Call, IfMatch, Path},
    document::Refusal,
};
use crate::{App, extract};

/// `/engagements/{engagement}/directories` and `/environment`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_directories, connect_directory))
        .routes(routes!(try_connection))
        .routes(routes!(show_directory, change_directory))
        .routes(routes!(try_directory))
        .routes(routes!(read_directory))
        .routes(routes!(show_environment))
}

/// The connected directories. A password is never given back.
#[utoipa::path(get, path = "/engagements/{engagement}/directories", tag = "targets",
    responses((status = 200, description = "All of them", body = Page<SourceView>)))]
async fn list_directories(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<Page<SourceView>>> {
    Ok(Page::whole(call.service().sources(call.caller(), engagement).await?))
}

/// Connects a directory. It is not asked anything yet: try it out first.
#[utoipa::path(post, path = "/engagements/{engagement}/directories", tag = "targets", responses(
    (status = 201, description = "The target that it is", body = Id),
    (status = 409, response = Refusal),
    (status = 422, response = Refusal),
))]
async fn connect_directory(
    call: Call,
    Path(engagement): Path<EngagementId>,
    extract::Json(new): extract::Json<SourceInput>,
) -> Answer<Made<Id>> {
    let id = call.service().add_source(call.caller(), engagement, &new).await?;
    let path = format!("/engagements/{engagement}/directories/{id}");
    Ok(Made::at(&path, Id { id: id.0 }))
}

/// Tries out what is not kept: connects, signs in, reads what the server says of itself.
#[utoipa::path(post, path = "/engagements/{engagement}/directories/test", tag = "targets", responses(
    (status = 200, description = "What came of it, also when it does not work", body = Trial),
    (status = 422, response = Refusal),
))]
async fn try_connection(
    call: Call,
    Path(engagement): Path<EngagementId>,
    extract::Json(input): extract::Json<SourceInput>,
) -> Answer<Json<Trial>> {
    let service = call.service();
    Ok(Json(service.test_input(call.caller(), engagement, None, &input).await?))
}

/// One connected directory.
#[utoipa::path(get, path = "/engagements/{engagement}/directories/{directory}", tag = "targets", responses(
    (status = 200, description = "How it is reached", body = SourceView, headers(("ETag" = String, description = "For `If-Match`"))),
))]
async fn show_directory(
    call: Call,
    Path((engagement, directory)): Path<(EngagementId, TargetId)>,
) -> Answer<Tagged<SourceView>> {
    let source = call.service().source(call.caller(), engagement, directory).await?;
    Ok(Tagged(source.version, source))
}

/// Changes how a directory is reached. Without a password the one that is kept stays, but not for another server, account,
/// protection or authority. Its name stays.
#[utoipa::path(put, path = "/engagements/{engagement}/directories/{directory}", tag = "targets",
    params(("If-Match" = String, Header, description = "The ETag that was read")),
    responses(
        (status = 200, description = "As it is now", body = SourceView, headers(("ETag" = String, description = "For the next change"))),
        (status = 409, response = Refusal),
        (status = 422, response = Refusal),
    ))]
async fn change_directory(
    call: Call,
    Path((engagement, directory)): Path<(EngagementId, TargetId)>,
    IfMatch(version): IfMatch,
    extract::Json(new): extract::Json<SourceInput>,
) -> Answer<Tagged<SourceView>> {
    let (service, caller) = (call.service(), call.caller());
    service
        .edit_source(caller, engagement, directory, version, &new)
        .await?;
    let source = service.source(caller, engagement, directory).await?;
    Ok(Tagged(source.version, source))
}

/// Tries a connected directory out.
#[utoipa::path(post, path = "/engagements/{engagement}/directories/{directory}/test", tag = "targets",
    responses((status = 200, description = "What came of it, also when it does not work", body = Trial)))]
async fn try_directory(
    call: Call,
    Path((engagement, directory)): Path<(EngagementId, TargetId)>,
) -> Answer<Json<Trial>> {
    Ok(Json(
        call.service().test_source(call.caller(), engagement, directory).await?,
    ))
}

/// Asks for a run that reads everything, not only what changed.
#[utoipa::path(post, path = "/engagements/{engagement}/directories/{directory}/full", tag = "targets",
    responses((status = 202, description = "The new run; none when it is being measured already", body = RunsAsked)))]
async fn read_directory(
    call: Call,
    Path((engagement, directory)): Path<(EngagementId, TargetId)>,
) -> Answer<(StatusCode, Json<RunsAsked>)> {
    let run = call.service().full_scan(call.caller(), engagement, directory).await?;
    let runs = run.into_iter().collect();
    Ok((StatusCode::ACCEPTED, Json(RunsAsked { runs })))
}

/// What the forests of the connected directories tell of themselves.
#[utoipa::path(get, path = "/engagements/{engagement}/environment", tag = "targets",
    responses((status = 200, description = "As the last runs read it", body = Environment)))]
async fn show_environment(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<Environment>> {
    Ok(Json(call.service().environment(call.caller(), engagement).await?))
}
