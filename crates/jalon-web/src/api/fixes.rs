//! Fixes: the files of a rule's, what one would change, its approval, and the runs that prove it.

use axum::{Json, body::Body, http::StatusCode, response::Response};
use jalon_domain::{
    finding::FlawKind,
    ids::{EngagementId, RuleId, TargetId},
};
use jalon_service::{
    Permission,
    fix::{Approval, ApprovedFix, FixPart, FixPreview, FixScope},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    answer::{Answer, Id, Made, Page},
    call::{Call, Path, Query},
    document::Refusal,
    files::download,
    query::invalid,
    upload::{self, Sent, Upload},
};
use crate::{App, error::Failure, extract};

/// What hangs below a rule, and `/engagements/{engagement}/fixes`.
pub(super) fn routes() -> OpenApiRouter<App> {
    let files = OpenApiRouter::default().routes(routes!(approve_reviewed_fix));
    OpenApiRouter::default()
        .routes(routes!(download_fix))
        .routes(routes!(preview_fix))
        .routes(routes!(approve_fix))
        .routes(routes!(list_fixes))
        .routes(routes!(show_fix))
        .routes(routes!(revoke_fix))
        .routes(routes!(restore_fix))
        .merge(upload::allow(files))
}

/// Which file of a fix, of which findings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FixQuery {
    /// Which file; the changes unless said. A script and a table for review are there for directories only.
    part: Option<FixPart>,
    /// The directory; needed where several break the rule.
    target: Option<TargetId>,
    /// Only this attribute; for directories.
    attribute: Option<String>,
    /// Only values with this kind of error; for directories.
    error: Option<FlawKind>,
}

/// A file of the fix of a rule's open findings: zone lines, steps, change records, a script, a table for review.
#[utoipa::path(get, path = "/engagements/{engagement}/rules/{rule}/fix", tag = "findings", params(FixQuery),
    responses((status = 200, description = "The file", body = String, content_type = "text/plain"), (status = 422, response = Refusal)))]
async fn download_fix(
    call: Call,
    Path((engagement, rule)): Path<(EngagementId, RuleId)>,
    Query(asked): Query<FixQuery>,
) -> Answer<Response> {
    let scope = FixScope {
        target: asked.target,
        attribute: asked.attribute,
        error: asked.error,
    };
    let (part, lang) = (asked.part.unwrap_or(FixPart::Changes), call.session.caller.person.lang);
    let file = call
        .service()
        .fix_file(call.caller(), engagement, &rule, part, &scope, lang)
        .await?;
    Ok(download(&file.name, file.media_type, Body::from_stream(file.body)))
}

/// Of which findings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ScopeQuery {
    /// The directory; needed where several break the rule.
    target: Option<TargetId>,
    /// Only this attribute.
    attribute: Option<String>,
    /// Only values with this kind of error.
    error: Option<FlawKind>,
}

/// What the fix of a directory rule's open findings would change, and what it leaves to people.
#[utoipa::path(get, path = "/engagements/{engagement}/rules/{rule}/fix/preview", tag = "findings", params(ScopeQuery),
    responses((status = 200, description = "What it would change", body = FixPreview), (status = 422, response = Refusal)))]
async fn preview_fix(
    call: Call,
    Path((engagement, rule)): Path<(EngagementId, RuleId)>,
    Query(asked): Query<ScopeQuery>,
) -> Answer<Json<FixPreview>> {
    let scope = FixScope {
        target: asked.target,
        attribute: asked.attribute,
        error: asked.error,
    };
    let preview = call
        .service()
        .preview_fix(call.caller(), engagement, &rule, &scope)
        .await?;
    Ok(Json(preview))
}

/// An approval of a directory rule's fix.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct NewApproval {
    /// The directory; needed where several break the rule.
    target: Option<TargetId>,
    /// Only this attribute.
    attribute: Option<String>,
    /// Only values with this kind of error.
    error: Option<FlawKind>,
    /// SHA-256 of the change records that were read, in hexadecimal: when they are others by now, it is refused.
    sha256: Option<String>,
    /// What the approver says.
    note: Option<String>,
}

/// Approves the fix of a directory rule's open findings: keeps its change records and what undoes them.
#[utoipa::path(post, path = "/engagements/{engagement}/rules/{rule}/fixes", tag = "findings",
    responses(
        (status = 201, description = "The fix", body = Id),
        (status = 409, response = Refusal),
        (status = 422, response = Refusal),
    ))]
async fn approve_fix(
    call: Call,
    Path((engagement, rule)): Path<(EngagementId, RuleId)>,
    extract::Json(new): extract::Json<NewApproval>,
) -> Answer<Made<Id>> {
    let new = Approval {
        scope: FixScope {
            target: new.target,
            attribute: new.attribute,
            error: new.error,
        },
        sha256: new.sha256,
        note: new.note,
        review: None,
    };
    let id = call
        .service()
        .approve_fix(call.caller(), engagement, &rule, &new)
        .await?;
    Ok(made(engagement, id))
}

/// The form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes a form that is read as a stream")]
struct ReviewForm {
    /// The directory; needed where several break the rule.
    target: Option<TargetId>,
    /// Only this attribute.
    attribute: Option<String>,
    /// Only values with this kind of error.
    error: Option<FlawKind>,
    /// What the approver says.
    note: Option<String>,
    /// The table for review, as people left it.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Approves what people accepted in the table for review, with the values that they wrote. A table that cannot be followed
/// is refused, a line of `detail` a row.
#[utoipa::path(post, path = "/engagements/{engagement}/rules/{rule}/fixes/reviewed", tag = "findings",
    request_body(content = ReviewForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The fix", body = Id),
        (status = 409, response = Refusal),
        (status = 413, response = Refusal),
        (status = 422, response = Refusal),
    ))]
async fn approve_reviewed_fix(
    call: Call,
    Path((engagement, rule)): Path<(EngagementId, RuleId)>,
    form: Upload,
) -> Answer<Made<Id>> {
    let service = call.service();
    // Asked before anything is kept: who may not approve leaves nothing behind.
    service
        .require(service.store(), call.caller(), engagement, Permission::Approve)
        .await?;
    let sent = form.receive(&call).await?;
    let new = match approval(&sent) {
        Ok(new) => new,
        Err(failure) => {
            sent.forget(&call).await;
            return Err(failure.into());
        }
    };
    let done = service.approve_fix(call.caller(), engagement, &rule, &new).await;
    Ok(made(engagement, sent.settle(&call, done).await?))
}

fn approval(sent: &Sent) -> Result<Approval, Failure> {
    Ok(Approval {
        scope: FixScope {
            target: word(sent, "target")?,
            attribute: sent.field("attribute"),
            error: word(sent, "error")?,
        },
        sha256: None,
        note: sent.field("note"),
        review: Some(sent.file()?),
    })
}

/// A field that is one of some words, if it was sent.
fn word<T: std::str::FromStr<Err: std::fmt::Display>>(sent: &Sent, name: &str) -> Result<Option<T>, Failure> {
    let read = sent.field(name).map(|it| it.parse()).transpose();
    read.map_err(|it: T::Err| invalid(name, jalon_domain::text::Text::same(it.to_string())))
}

fn made(engagement: EngagementId, id: Uuid) -> Made<Id> {
    Made::at(&format!("/engagements/{engagement}/fixes/{id}"), Id { id })
}

/// Which fixes.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FixesQuery {
    /// Only this rule's.
    rule: Option<RuleId>,
}

/// The fixes that somebody approved, the newest first, at most a hundred; each with the runs that proved it.
#[utoipa::path(get, path = "/engagements/{engagement}/fixes", tag = "findings", params(FixesQuery),
    responses((status = 200, description = "They", body = Page<ApprovedFix>)))]
async fn list_fixes(
    call: Call,
    Path(engagement): Path<EngagementId>,
    Query(asked): Query<FixesQuery>,
) -> Answer<Json<Page<ApprovedFix>>> {
    let fixes = call
        .service()
        .approved_fixes(call.caller(), engagement, asked.rule.as_ref())
        .await?;
    Ok(Page::whole(fixes))
}

/// A fix that somebody approved, with the runs that proved it.
#[utoipa::path(get, path = "/engagements/{engagement}/fixes/{fix}", tag = "findings",
    responses((status = 200, description = "It", body = ApprovedFix)))]
async fn show_fix(call: Call, Path((engagement, fix)): Path<(EngagementId, Uuid)>) -> Answer<Json<ApprovedFix>> {
    Ok(Json(call.service().approved_fix(call.caller(), engagement, fix).await?))
}

/// Takes the approval of a fix back. Its files stay.
#[utoipa::path(delete, path = "/engagements/{engagement}/fixes/{fix}", tag = "findings",
    responses((status = 204, description = "It is taken back"), (status = 409, response = Refusal)))]
async fn revoke_fix(call: Call, Path((engagement, fix)): Path<(EngagementId, Uuid)>) -> Answer<StatusCode> {
    call.service().revoke_fix(call.caller(), engagement, fix).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets an approval that was taken back stand again.
#[utoipa::path(post, path = "/engagements/{engagement}/fixes/{fix}/restore", tag = "findings",
    responses((status = 204, description = "It stands"), (status = 409, response = Refusal)))]
async fn restore_fix(call: Call, Path((engagement, fix)): Path<(EngagementId, Uuid)>) -> Answer<StatusCode> {
    call.service().restore_fix(call.caller(), engagement, fix).await?;
    Ok(StatusCode::NO_CONTENT)
}
