//! The last step as it arrives: text fields first, then files, each streamed into the object store.

use futures::stream;
use jalon_domain::text::{Lang, Text};
use jalon_service::engagement::Upload as Kept;

use super::{M, draft::Draft};
use crate::{
    App,
    error::{Failure, PageError},
    security::upload::{FilePart, Part, Upload},
    text::{t, texts},
    ui::forms::Errors,
};

/// What arrived.
pub(super) struct Received {
    /// The text fields.
    pub(super) draft: Draft,
    /// The files that were kept.
    pub(super) files: Vec<Kept>,
    /// What is wrong with the others.
    pub(super) errors: Errors,
}

/// Reads the whole form. A file that cannot be taken does not lose what was typed: the form goes on being read.
pub(super) async fn receive(app: &App, mut form: Upload) -> Result<Received, PageError> {
    let (mut draft, mut files, mut errors) = (Draft::default(), Vec::new(), Errors::none());
    while let Some(part) = form.next().await? {
        match part {
            Part::Text { name, value } => draft.put(&name, value),
            // A browser sends an empty part when no file was chosen.
            Part::File(part) if part.file_name.is_empty() => {}
            Part::File(part) => {
                let name = part.file_name.clone();
                match keep(app, part).await {
                    Ok(file) => files.push(file),
                    Err(failure) => errors.add("directory", refusal(failure, &name)?),
                }
            }
        }
    }
    Ok(Received { draft, files, errors })
}

/// What is said at the field about a file that was not taken; anything that is not about the file comes back.
fn refusal(failure: Failure, name: &str) -> Result<Text, PageError> {
    match failure {
        Failure::TooLarge { limit } => Ok(too_large(limit)),
        Failure::Invalid { .. } => Ok(texts!(M, "file-empty", name = name)),
        other => Err(PageError(other)),
    }
}

/// What is said of a file that is over the limit, in bytes.
pub(crate) fn too_large(limit: u64) -> Text {
    let said = |lang| t!(lang, M, "file-too-large", limit = size(lang, limit));
    Text::new(said(Lang::En), said(Lang::Fr))
}

/// A limit in mebibytes.
pub(crate) fn size(lang: Lang, bytes: u64) -> String {
    t!(lang, M, "size", n = (bytes >> 20).max(1))
}

/// Streams one file into the object store.
///
/// # Errors
/// What the service says of it, and what broke the form while it was read.
pub(crate) async fn keep(app: &App, part: FilePart<'_>) -> Result<Kept, Failure> {
    let name = part.file_name.clone();
    let mut broken = None;
    let chunks = stream::unfold((Some(part), &mut broken), async |(part, broken)| {
        let mut part = part?;
        match part.chunk().await {
            Ok(Some(bytes)) => Some((Ok(bytes), (Some(part), broken))),
            Ok(None) => None,
            Err(failure) => {
                let said = failure.to_string();
                *broken = Some(failure);
                Some((Err(said), (None, broken)))
            }
        }
    });
    let kept = app.service.keep_upload(&name, media_type(&name), chunks).await;
    match broken {
        Some(failure) => Err(failure),
        None => Ok(kept?),
    }
}

/// What a name says about a file's content; browsers know no better for these.
fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|it| it.1.to_ascii_lowercase());
    match extension.as_deref() {
        Some("csv") => "text/csv",
        Some("ldif" | "ldf") => "text/x-ldif",
        _ => "application/octet-stream",
    }
}

/// Removes files that no engagement took over. One that cannot be removed now is swept away later.
pub(super) async fn forget(app: &App, files: &[Kept]) {
    for file in files {
        if let Err(error) = app.service.forget_upload(file).await {
            tracing::warn!(file = %file.id, %error, "the upload {} was not removed: {error}", file.id);
        }
    }
}
