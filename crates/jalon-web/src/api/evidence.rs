//! People's evidence: a file handed in, somebody's word on it.

use jalon_domain::ids::{EngagementId, RequirementId, ResponsibilityId};
use jalon_service::{
    Permission,
    duty::{Statement, Submission},
};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Id, Made},
    call::{Call, Path},
    document::Refusal,
    upload::{self, Sent, Upload},
};
use crate::{App, error::Failure, extract};

/// What hangs below one responsibility.
pub(super) fn routes() -> OpenApiRouter<App> {
    let files = OpenApiRouter::default().routes(routes!(submit_evidence));
    OpenApiRouter::default()
        .routes(routes!(state_evidence))
        .merge(upload::allow(files))
}

/// The form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes a form that is read as a stream")]
struct EvidenceForm {
    /// The requirement.
    requirement: RequirementId,
    /// One sentence.
    note: Option<String>,
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Hands in a file for a requirement; it proves nothing until somebody approves it.
#[utoipa::path(post, path = "/engagements/{engagement}/responsibilities/{responsibility}/evidence", tag = "responsibilities",
    request_body(content = EvidenceForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The evidence", body = Id),
        (status = 409, response = Refusal),
        (status = 413, response = Refusal),
        (status = 422, response = Refusal),
    ))]
async fn submit_evidence(
    call: Call,
    Path((engagement, responsibility)): Path<(EngagementId, ResponsibilityId)>,
    form: Upload,
) -> Answer<Made<Id>> {
    let service = call.service();
    // Asked before anything is kept: who may not hand in leaves nothing behind.
    service
        .require(service.store(), call.caller(), engagement, Permission::Contribute)
        .await?;
    let sent = form.receive(&call).await?;
    let new = match submission(&sent) {
        Ok(new) => new,
        Err(failure) => {
            sent.forget(&call).await;
            return Err(failure.into());
        }
    };
    let done = service.submit(call.caller(), engagement, &responsibility, new).await;
    Ok(Made::id(sent.settle(&call, done).await?.0))
}

fn submission(sent: &Sent) -> Result<Submission, Failure> {
    let requirement = RequirementId::parse(sent.needed("requirement")?);
    Ok(Submission {
        requirement: requirement.map_err(|_| Failure::NotFound)?,
        file: sent.file()?,
        note: sent.field("note"),
    })
}

/// Approves or refuses what was handed in, or signs off where no file is asked for.
#[utoipa::path(post, path = "/engagements/{engagement}/responsibilities/{responsibility}/statements", tag = "responsibilities",
    responses(
        (status = 201, description = "The evidence", body = Id),
        (status = 409, response = Refusal),
        (status = 422, response = Refusal),
    ))]
async fn state_evidence(
    call: Call,
    Path((engagement, responsibility)): Path<(EngagementId, ResponsibilityId)>,
    extract::Json(new): extract::Json<Statement>,
) -> Answer<Made<Id>> {
    let id = call
        .service()
        .state(call.caller(), engagement, &responsibility, &new)
        .await?;
    Ok(Made::id(id.0))
}
