//! What an engagement measures: domains, endpoints, directory exports.

use axum::{Json, http::StatusCode};
use jalon_domain::{
    ids::{EngagementId, RunId, TargetId},
    measure::Family,
};
use jalon_service::{
    Permission,
    engagement::NewTarget,
    view::{
        checks::{RunRow, TargetRow},
        target::TargetPage,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Id, Made, Page},
    call::{Call, Path, Query},
    document::Refusal,
    upload::{self, Upload},
};
use crate::{App, extract};

/// `/engagements/{engagement}/targets`.
pub(super) fn routes() -> OpenApiRouter<App> {
    let files = OpenApiRouter::default().routes(routes!(add_directory));
    OpenApiRouter::default()
        .routes(routes!(list_targets, add_target))
        .routes(routes!(show_target, remove_target))
        .merge(upload::allow(files))
}

/// A target and how it stands.
#[derive(Debug, Serialize, ToSchema)]
struct TargetView {
    /// Its id.
    id: TargetId,
    /// What measures it.
    family: Family,
    /// As typed.
    value: String,
    /// Its last finished run.
    last: Option<RunRow>,
    /// Its queued or running run.
    current: Option<RunRow>,
    /// Open findings on it.
    findings: usize,
}

/// What an engagement measures, by family.
#[utoipa::path(get, path = "/engagements/{engagement}/targets", tag = "targets",
    responses((status = 200, description = "All of them", body = Page<TargetView>)))]
async fn list_targets(call: Call, Path(engagement): Path<EngagementId>) -> Answer<Json<Page<TargetView>>> {
    let checks = call.service().checks(call.caller(), engagement).await?;
    let rows = checks
        .families
        .into_iter()
        .flat_map(|it| it.targets.into_iter().map(move |row| view(it.family, row)));
    Ok(Page::whole(rows))
}

fn view(family: Family, it: TargetRow) -> TargetView {
    TargetView {
        id: it.id,
        family,
        value: it.value,
        last: it.last,
        current: it.current,
        findings: it.findings,
    }
}

/// A domain or an endpoint.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TargetToAdd {
    /// `dns` for a domain, `tls` for an endpoint.
    family: Family,
    /// The domain; or `HOST`, `HOST:PORT`.
    value: String,
}

/// Adds a domain or an endpoint.
#[utoipa::path(post, path = "/engagements/{engagement}/targets", tag = "targets", responses(
    (status = 201, description = "The target", body = Id),
    (status = 409, response = Refusal),
    (status = 422, response = Refusal),
))]
async fn add_target(
    call: Call,
    Path(engagement): Path<EngagementId>,
    extract::Json(new): extract::Json<TargetToAdd>,
) -> Answer<Made<Id>> {
    let new = NewTarget {
        family: new.family,
        value: new.value,
        connect: None,
        file: None,
    };
    Ok(Made::id(
        call.service().add_target(call.caller(), engagement, new).await?.0,
    ))
}

/// The form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes a form that is read as a stream")]
struct DirectoryForm {
    /// An LDIF or CSV export.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Adds a directory export: LDIF or CSV.
#[utoipa::path(post, path = "/engagements/{engagement}/targets/file", tag = "targets",
    request_body(content = DirectoryForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The target", body = Id),
        (status = 409, response = Refusal),
        (status = 413, response = Refusal),
        (status = 422, response = Refusal),
    ))]
async fn add_directory(call: Call, Path(engagement): Path<EngagementId>, form: Upload) -> Answer<Made<Id>> {
    let service = call.service();
    // Asked before anything is kept: who may not hand in leaves nothing behind.
    service
        .require(service.store(), call.caller(), engagement, Permission::EditEngagement)
        .await?;
    let sent = form.receive(&call).await?;
    let file = sent.file()?;
    let new = NewTarget {
        family: Family::Directory,
        value: file.name.clone(),
        connect: None,
        file: Some(file),
    };
    let done = service.add_target(call.caller(), engagement, new).await;
    Ok(Made::id(sent.settle(&call, done).await?.0))
}

/// Which runs of its history.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct HistoryQuery {
    /// `before` of the page before: the runs that are older.
    before: Option<RunId>,
}

/// One target: how it stands, what was seen of it, its open findings, what its zone should become, its history.
#[utoipa::path(get, path = "/engagements/{engagement}/targets/{target}", tag = "targets", params(HistoryQuery),
    responses((status = 200, description = "It", body = TargetPage)))]
async fn show_target(
    call: Call,
    Path((engagement, target)): Path<(EngagementId, TargetId)>,
    Query(asked): Query<HistoryQuery>,
) -> Answer<Json<TargetPage>> {
    let page = call
        .service()
        .target_page(call.caller(), engagement, target, asked.before)
        .await?;
    Ok(Json(page))
}

/// Stops measuring a target; what was found on it stays in the history.
#[utoipa::path(delete, path = "/engagements/{engagement}/targets/{target}", tag = "targets",
    responses((status = 204, description = "It is measured no more")))]
async fn remove_target(call: Call, Path((engagement, target)): Path<(EngagementId, TargetId)>) -> Answer<StatusCode> {
    call.service().remove_target(call.caller(), engagement, target).await?;
    Ok(StatusCode::NO_CONTENT)
}
