//! Files: handing one in as evidence, and getting it back. Both are streams, never whole in memory; what comes back is
//! always a download, whatever its maker called it.

use axum::{
    body::Body,
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use futures::stream;
use jalon_domain::ids::{AttachmentId, EngagementId};
use jalon_service::{Permission, Result as Served, duty::Submission, engagement::Upload as Kept};

use super::{
    Around, M,
    write::{self, SUBMIT, answer},
};
use crate::{
    App,
    error::{Failure, PageError},
    extract::Path,
    pages::parts::{form::Fields, toast::Done},
    security::upload::{FilePart, Part, Upload},
    session::Session,
    text::texts,
};

pub(super) async fn attach(it: Around, mut upload: Upload) -> Result<Response, PageError> {
    let service = &it.app.service;
    // Asked before anything is kept: who may not hand in leaves nothing behind.
    service
        .require(service.store(), &it.session.caller, it.at.id, Permission::Contribute)
        .await?;
    let (mut fields, mut file) = (Fields::default(), None);
    while let Some(part) = upload.next().await? {
        match part {
            Part::Text { name, value } => fields.put(name, value),
            Part::File(part) if part.file_name.is_empty() => {}
            Part::File(part) => file = Some(keep(&it.app, part).await),
        }
    }
    let done = match submission(&fields, file) {
        Ok(new) => {
            let kept = new.file.clone();
            let done = service.submit(&it.session.caller, it.at.id, &it.at.rid, new).await;
            if done.is_err() {
                service.forget_upload(&kept).await?;
            }
            done
        }
        Err(error) => Err(error),
    };
    answer(it, SUBMIT, fields, done.map(|_| Done::Submitted)).await
}

async fn keep(app: &App, part: FilePart<'_>) -> Served<Kept> {
    let name = part.file_name.clone();
    let chunks = stream::try_unfold(part, |mut part| async move {
        let chunk = part.chunk().await?;
        Ok::<_, Failure>(chunk.map(|it| (it, part)))
    });
    // What a browser calls it is not believed anyway: a file is only ever given back as a download.
    app.service.keep_upload(&name, "application/octet-stream", chunks).await
}

fn submission(fields: &Fields, file: Option<Served<Kept>>) -> Served<Submission> {
    let missing = || jalon_service::Error::Invalid {
        field: "file",
        text: texts!(M, "choose-file"),
    };
    Ok(Submission {
        requirement: fields.needed("requirement")?,
        file: file.ok_or_else(missing)??,
        note: Some(write::note(fields)),
    })
}

pub(super) async fn download(
    State(app): State<App>,
    session: Session,
    Path((id, attachment)): Path<(EngagementId, AttachmentId)>,
) -> Result<Response, PageError> {
    let (file, size, bytes) = app.service.file(&session.caller, id, attachment).await?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_LENGTH, size.to_string()),
        (CONTENT_DISPOSITION, disposition(&file.name)),
    ];
    Ok((headers, Body::from_stream(bytes)).into_response())
}

/// "Save as" under the name that the file came with: once for old browsers in ASCII, once in UTF-8 (RFC 6266, section 4.3).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() || "-_. ".contains(it) {
                it
            } else {
                '_'
            }
        })
        .collect();
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~".contains(&it);
    let full: String = name
        .bytes()
        .map(|it| {
            if is_plain(it) {
                char::from(it).to_string()
            } else {
                format!("%{it:02X}")
            }
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_saved_under_its_name_and_cannot_break_the_header() {
        assert_eq!(
            disposition("plan.pdf"),
            "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf"
        );
        assert_eq!(
            disposition("é\"\r\nx: y.pdf"),
            "attachment; filename=\"____x_ y.pdf\"; filename*=UTF-8''%C3%A9%22%0D%0Ax%3A%20y.pdf"
        );
    }

    #[test]
    fn a_form_without_a_file_is_sent_back() {
        let mut fields = Fields::default();
        fields.put("requirement", "plan");
        let error = submission(&fields, None).unwrap_err();
        assert!(
            matches!(error, jalon_service::Error::Invalid { field: "file", .. }),
            "{error:?}"
        );
    }
}
