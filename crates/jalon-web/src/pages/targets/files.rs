//! A directory export as it arrives: the first file of the form that has a name.

use jalon_service::{Error, engagement::Upload as Kept};

use super::M;
use crate::{
    App,
    error::{Failure, PageError},
    pages::wizard::{keep, too_large},
    security::upload::{Part, Upload},
    text::texts,
    ui::forms::Errors,
};

/// The file, or what is wrong with it.
pub(super) async fn receive(app: &App, mut form: Upload) -> Result<Result<Kept, Errors>, PageError> {
    while let Some(part) = form.next().await? {
        let Part::File(file) = part else { continue };
        if file.file_name.is_empty() {
            continue;
        }
        return match keep(app, file).await {
            Ok(kept) => Ok(Ok(kept)),
            Err(Failure::Invalid { text, .. }) => Ok(Err(wrong(text))),
            Err(Failure::TooLarge { limit }) => Ok(Err(wrong(too_large(limit)))),
            Err(failure) => Err(PageError(failure)),
        };
    }
    Ok(Err(wrong(texts!(M, "file-needed"))))
}

fn wrong(text: jalon_domain::text::Text) -> Errors {
    let mut errors = Errors::none();
    errors.add("directory", text);
    errors
}

/// The service's words about `field`, at the form's own; anything else comes back.
pub(super) fn at(field: &str, error: Error) -> Result<Errors, PageError> {
    let (Error::Invalid { text, .. } | Error::Conflict(text)) = error else {
        return Err(error.into());
    };
    let mut errors = Errors::none();
    errors.add(field, text);
    Ok(errors)
}
