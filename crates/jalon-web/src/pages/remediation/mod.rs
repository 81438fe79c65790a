//! The remediation list: open findings by family and rule, each group with owner, due date and fix. Nothing here closes a
//! finding: a measurement does.

mod approved;
mod ask;
mod diff;
mod directory;
mod export;
mod filters;
mod findings;
mod fix;
mod opened;
pub mod sample;
mod seen;
#[cfg(test)]
mod tests;
pub mod view;
mod write;
mod zone;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::{FromRequestParts, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jalon_domain::{ids::EngagementId, text::Messages};
use serde::Deserialize;

use self::{ask::Asked, view::List};
use super::parts::{Cx, form::Tried, frame, piece::Piece};
use crate::{
    App,
    error::PageError,
    extract::{Path, Query},
    security::upload,
    session::Session,
    text::messages,
    ui::shell::Frame,
};

static M: LazyLock<Messages> = messages!();

/// `/e/{id}/remediation` with its filters in the query, the files of a rule's fix, and the acts on a group, a finding or a
/// fix.
pub fn routes() -> Router<App> {
    // The service knows how large a file may be, and says so while it reads.
    let uploads = upload::allow(
        Router::new().route("/e/{id}/remediation/{rule}/fixes", post(fix::approve)),
        u64::MAX,
    );
    Router::new()
        .route("/e/{id}/remediation", get(show))
        .route("/e/{id}/remediation/{rule}/fix", get(fix::file))
        .route("/e/{id}/remediation/{rule}/undo", get(fix::undo))
        .route("/e/{id}/remediation/{rule}/owner", post(write::assign))
        .route("/e/{id}/remediation/{rule}/look", post(write::look))
        .route("/e/{id}/findings/{finding}/waiver", post(write::waive))
        .route("/e/{id}/fixes/{fix}/revoke", post(fix::revoke))
        .route("/e/{id}/fixes/{fix}/restore", post(fix::restore))
        .merge(uploads)
}

/// Which engagement.
#[derive(Clone, Debug, Deserialize)]
struct At {
    id: EngagementId,
}

/// Who asks, for which list, for all of it or a piece.
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
    #[from_request(via(Query))]
    asked: Asked,
}

async fn show(it: Around) -> Result<Response, PageError> {
    if it.asked.is_csv() {
        return Ok(export::csv(&it).await?.into_response());
    }
    list(it, None).await
}

/// The list, with the form that came back, if one did.
async fn list(it: Around, tried: Option<Tried>) -> Result<Response, PageError> {
    let remediation = it
        .app
        .service
        .remediation(&it.session.caller, it.at.id, it.asked.filter())
        .await?;
    let path = ask::address(it.at.id, &remediation.filter).to_string();
    let frame = frame::inside(it.frame, &it.session.caller, &remediation.header, path);
    let cx = Cx::new(&frame, it.session.caller.id(), it.app.now());
    let status = tried.as_ref().map_or(StatusCode::OK, |it| it.refusal.status);
    let list = List {
        remediation: &remediation,
        waive: it.asked.waive(),
        tried: tried.as_ref(),
        done: it.asked.done(),
        fix: it.asked.fix(),
    };
    Ok(it
        .piece
        .respond(status, || view::list(&cx, &list), || view::page(&frame, &cx, &list)))
}
