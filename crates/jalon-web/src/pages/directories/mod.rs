//! Live directories: the form that says how one is reached, trying it out before it is kept and afterwards, having
//! everything read again. The list of them is on the page of targets.

mod form;
pub mod sample;
#[cfg(test)]
mod tests;
pub mod view;
mod write;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::{FromRequestParts, State},
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use jalon_domain::{
    ids::{EngagementId, TargetId},
    text::Messages,
};
use jalon_service::{Permission, directory::SourceView};
use serde::Deserialize;

use self::{form::typed, view::Sheet};
use super::parts::{form::Fields, frame::inside, piece::Piece};
use crate::{App, error::PageError, extract::Path, links, session::Session, text::messages, ui::shell::Frame};

static M: LazyLock<Messages> = messages!();

/// `/e/{id}/directories/new`, `/e/{id}/directories/{target}` and the acts on one.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/e/{id}/directories/new", get(begin).post(write::add))
        .route("/e/{id}/directories/{target}", get(edit).post(write::replace))
        .route("/e/{id}/directories/{target}/test", post(write::test))
        .route("/e/{id}/directories/{target}/full", post(write::full))
}

/// Which engagement.
#[derive(Clone, Debug, Deserialize)]
struct At {
    id: EngagementId,
}

/// Which directory.
#[derive(Clone, Debug, Deserialize)]
struct Of {
    target: TargetId,
}

/// Who asks, and where.
#[derive(FromRequestParts)]
#[from_request(state(App))]
struct Around {
    #[from_request(via(State))]
    app: App,
    session: Session,
    frame: Frame,
    piece: Piece,
    #[from_request(via(Path))]
    at: At,
}

impl Around {
    /// The form, which only those see who may save it.
    async fn sheet(self, sheet: Sheet) -> Result<Response, PageError> {
        let (service, caller) = (&self.app.service, &self.session.caller);
        service
            .require(service.store(), caller, self.at.id, Permission::EditEngagement)
            .await?;
        let header = service.header(caller, self.at.id).await?;
        let path = match &sheet.source {
            Some(source) => links::directory(self.at.id, source.id),
            None => links::new_directory(self.at.id),
        };
        let frame = inside(self.frame, caller, &header, path);
        let status = sheet.tried.as_ref().map_or(StatusCode::OK, |it| it.refusal.status);
        let lang = frame.lang();
        Ok(self.piece.respond(
            status,
            || view::told(lang, &sheet),
            || view::page(&frame, &header, &sheet),
        ))
    }

    async fn source(&self, target: TargetId) -> Result<SourceView, PageError> {
        let service = &self.app.service;
        Ok(service.source(&self.session.caller, self.at.id, target).await?)
    }
}

async fn begin(it: Around) -> Result<Response, PageError> {
    it.sheet(Sheet::new(None, Fields::default())).await
}

async fn edit(it: Around, Path(of): Path<Of>) -> Result<Response, PageError> {
    let source = it.source(of.target).await?;
    let fields = typed(&source);
    it.sheet(Sheet::new(Some(source), fields)).await
}
