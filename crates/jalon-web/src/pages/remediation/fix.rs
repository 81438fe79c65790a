//! The files of a rule's fix, and the acts on a fix: approving it, taking that back, letting it stand again.

use axum::{
    body::Body,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use jalon_domain::{ids::RuleId, text::Text};
use jalon_service::{
    Error, Permission, Result as Served,
    engagement::Upload as Kept,
    fix::{Approval, FixPart, FixScope},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Around,
    write::{OfRule, answer},
};
use crate::{
    error::{Failure, PageError},
    extract::{Path, Query},
    pages::{
        parts::{form::Fields, toast::Done},
        wizard::{keep, too_large},
    },
    security::upload::{Part, Upload},
};

/// The form that approves a fix.
pub(super) const APPROVAL: &str = "approval";
/// The button that takes an approval back, or lets it stand again.
const STANDS: &str = "stands";

/// Which file, of which findings; read leniently, as the list's own address is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    part: Option<String>,
}

pub(super) async fn file(
    it: Around,
    Path(of): Path<OfRule>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let part = asked.part.as_deref().and_then(|it| it.parse().ok());
    give(it, &of.rule, part.unwrap_or(FixPart::Changes)).await
}

pub(super) async fn undo(it: Around, Path(of): Path<OfRule>) -> Result<Response, PageError> {
    give(it, &of.rule, FixPart::Undo).await
}

async fn give(it: Around, rule: &RuleId, part: FixPart) -> Result<Response, PageError> {
    let filter = it.asked.filter();
    let scope = FixScope {
        target: filter.target,
        attribute: filter.attribute,
        error: filter.error,
    };
    let (caller, lang) = (&it.session.caller, it.frame.lang());
    let file = it
        .app
        .service
        .fix_file(caller, it.at.id, rule, part, &scope, lang)
        .await?;
    let headers = [
        (CONTENT_TYPE, file.media_type.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
    ];
    Ok((headers, Body::from_stream(file.body)).into_response())
}

pub(super) async fn approve(it: Around, Path(of): Path<OfRule>, upload: Upload) -> Result<Response, PageError> {
    let service = &it.app.service;
    // Asked before anything is kept: who may not approve leaves nothing behind.
    service
        .require(service.store(), &it.session.caller, it.at.id, Permission::Approve)
        .await?;
    let (fields, file) = receive(&it, upload).await?;
    let done = match approval(&fields, file) {
        Ok(new) => {
            let done = service.approve_fix(&it.session.caller, it.at.id, &of.rule, &new).await;
            if let (Err(_), Some(review)) = (&done, &new.review) {
                service.forget_upload(review).await?;
            }
            done
        }
        Err(error) => Err(error),
    };
    answer(it, APPROVAL, fields, done.map(|fix| (Done::FixApproved, Some(fix)))).await
}

/// The fields, and the reviewed table, where one was chosen: kept, or what is wrong with it.
async fn receive(it: &Around, mut upload: Upload) -> Result<(Fields, Option<Served<Kept>>), PageError> {
    let (mut fields, mut file) = (Fields::default(), None);
    while let Some(part) = upload.next().await? {
        match part {
            Part::Text { name, value } => fields.put(name, value),
            Part::File(part) if part.file_name.is_empty() => {}
            Part::File(part) => file = Some(at_field(keep(&it.app, part).await)?),
        }
    }
    Ok((fields, file))
}

fn at_field(kept: Result<Kept, Failure>) -> Result<Served<Kept>, PageError> {
    let wrong = |text: Text| Err(Error::Invalid { field: "file", text });
    match kept {
        Ok(kept) => Ok(Ok(kept)),
        Err(Failure::Invalid { text, .. }) => Ok(wrong(text)),
        Err(Failure::TooLarge { limit }) => Ok(wrong(too_large(limit))),
        Err(failure) => Err(PageError(failure)),
    }
}

fn approval(fields: &Fields, file: Option<Served<Kept>>) -> Served<Approval> {
    // The file first: what was kept is in the answer, and forgotten when that is refused.
    let review = file.transpose()?;
    Ok(Approval {
        scope: FixScope {
            target: word(fields, "target"),
            attribute: fields.some("attribute"),
            error: word(fields, "error"),
        },
        sha256: fields.some("sha256"),
        note: fields.some("note"),
        review,
    })
}

fn word<T: std::str::FromStr>(fields: &Fields, name: &str) -> Option<T> {
    fields.get(name).parse().ok()
}

/// Which fix.
#[derive(Debug, Deserialize)]
pub(super) struct OfFix {
    fix: Uuid,
}

pub(super) async fn revoke(it: Around, Path(of): Path<OfFix>) -> Result<Response, PageError> {
    let done = it.app.service.revoke_fix(&it.session.caller, it.at.id, of.fix).await;
    let done = done.map(|()| (Done::FixRevoked, Some(of.fix)));
    answer(it, STANDS, Fields::default(), done).await
}

pub(super) async fn restore(it: Around, Path(of): Path<OfFix>) -> Result<Response, PageError> {
    let done = it.app.service.restore_fix(&it.session.caller, it.at.id, of.fix).await;
    let done = done.map(|()| (Done::FixRestored, Some(of.fix)));
    answer(it, STANDS, Fields::default(), done).await
}
