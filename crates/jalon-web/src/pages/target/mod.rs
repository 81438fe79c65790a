//! One target: what it is, how it stands, what was seen of it, what is wrong, its history; and what the zone of a domain
//! should become, as a file.

mod findings;
mod history;
pub mod sample;
mod seen;
#[cfg(test)]
mod tests;
pub mod view;
mod zone;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::{FromRequestParts, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use jalon_domain::{
    ids::{EngagementId, TargetId},
    text::Messages,
};
use serde::Deserialize;

use self::view::Shown;
use super::{
    checks::progress,
    parts::{Cx, frame, piece::Piece},
};
use crate::{
    App,
    error::PageError,
    extract::{Path, Query},
    links,
    session::Session,
    text::messages,
    ui::shell::Frame,
};

static M: LazyLock<Messages> = messages!();

/// `/e/{id}/targets/{target}` and the file of its zone.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/e/{id}/targets/{target}", get(show))
        .route("/e/{id}/targets/{target}/zone", get(zone::file))
}

/// Which target of which engagement.
#[derive(Clone, Debug, Deserialize)]
struct At {
    id: EngagementId,
    target: TargetId,
}

/// The query, read leniently.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: Option<String>,
    form: Option<String>,
    rule: Option<String>,
}

/// Who asks, for which target, for all of the page or a piece.
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
    let before = it.asked.before.as_deref().and_then(|it| it.parse().ok());
    let service = &it.app.service;
    let page = service
        .target_page(&it.session.caller, it.at.id, it.at.target, before)
        .await?;
    if it.piece.0 && page.current.is_none() {
        // It was measured while somebody watched: the page has much more to say now.
        return Ok(progress::read_again());
    }
    let here = links::target(it.at.id, it.at.target);
    let frame = frame::inside(it.frame, &it.session.caller, &page.header, here);
    let cx = Cx::new(&frame, it.session.caller.id(), it.app.now());
    let shown = Shown {
        page: &page,
        is_older: before.is_some(),
    };
    Ok(it.piece.respond(
        StatusCode::OK,
        || view::live(&cx, &page),
        || view::page(&frame, &cx, &shown),
    ))
}
