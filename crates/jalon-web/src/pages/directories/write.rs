//! The acts: adding a directory, changing how it is reached, trying it out, having everything read again.

use axum::response::{IntoResponse, Redirect, Response};
use jalon_domain::ids::TargetId;
use jalon_service::{Error, directory::SourceInput};

use super::{Around, Of, form::read, view::Sheet};
use crate::{
    error::PageError,
    extract::{Form, Path},
    links,
    pages::{
        parts::{
            form::{Fields, Tried},
            toast::Done as Queued,
        },
        targets::{self, form::Done},
    },
};

/// The page's one form.
pub(super) const FORM: &str = "directory";
/// The button that tries what is typed and keeps nothing.
pub(super) const TRY: &str = "try";

pub(super) async fn add(it: Around, Form(fields): Form<Fields>) -> Result<Response, PageError> {
    sent(it, None, fields).await
}

pub(super) async fn replace(it: Around, Path(of): Path<Of>, Form(fields): Form<Fields>) -> Result<Response, PageError> {
    sent(it, Some(of.target), fields).await
}

async fn sent(it: Around, target: Option<TargetId>, fields: Fields) -> Result<Response, PageError> {
    let (service, caller, id) = (&it.app.service, &it.session.caller, it.at.id);
    let mut trial = None;
    let outcome = match read(&fields) {
        Ok(input) if fields.get("act") == TRY => service.test_input(caller, id, target, &input).await.map(|it| {
            trial = Some(it);
        }),
        Ok(input) => match save(&it, target, &fields, &input).await {
            Ok(done) => {
                return Ok(Redirect::to(&format!("{}?done={}", links::targets(id), done.word())).into_response());
            }
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    let tried = outcome.err().map(|it| Tried::of(FORM, &fields, it)).transpose()?;
    let source = match target {
        Some(target) => Some(it.source(target).await?),
        None => None,
    };
    let sheet = Sheet {
        trial,
        tried,
        ..Sheet::new(source, fields)
    };
    it.sheet(sheet).await
}

async fn save(it: &Around, target: Option<TargetId>, fields: &Fields, input: &SourceInput) -> Result<Done, Error> {
    let (service, caller, id) = (&it.app.service, &it.session.caller, it.at.id);
    match target {
        None => service.add_source(caller, id, input).await.map(|_| Done::Connected),
        Some(target) => {
            let version = fields.needed("version")?;
            service.edit_source(caller, id, target, version, input).await?;
            Ok(Done::Changed)
        }
    }
}

/// From the list: what came of it is said there.
pub(super) async fn test(it: Around, Path(of): Path<Of>) -> Result<Response, PageError> {
    let trial = it
        .app
        .service
        .test_source(&it.session.caller, it.at.id, of.target)
        .await?;
    targets::tried(&it.app, &it.session, it.frame, it.at.id, of.target, trial).await
}

pub(super) async fn full(it: Around, Path(of): Path<Of>) -> Result<Response, PageError> {
    let run = it
        .app
        .service
        .full_scan(&it.session.caller, it.at.id, of.target)
        .await?;
    let (page, done) = match run {
        Some(run) => (links::run(it.at.id, run), Queued::Queued),
        None => (links::checks(it.at.id), Queued::Busy),
    };
    Ok(Redirect::to(&format!("{page}?done={}", done.word())).into_response())
}
