//! What an engagement measures and who takes part in it: adding, removing, inviting.

mod directory;
mod files;
pub mod form;
mod list;
mod people;
pub mod sample;
#[cfg(test)]
mod tests;
pub mod view;
mod write;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jalon_domain::{
    ids::{EngagementId, TargetId},
    text::Messages,
};
use jalon_service::directory::Trial;
use serde::Deserialize;

use self::form::Sent;
use super::{parts::frame::inside, wizard::BODY};
use crate::{
    App,
    error::PageError,
    extract::{Path, Query},
    links,
    security::upload,
    session::Session,
    text::messages,
    ui::shell::Frame,
};

static M: LazyLock<Messages> = messages!();

/// `/e/{id}/targets` and `/e/{id}/members`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/e/{id}/targets", get(show).post(write::add))
        .route("/e/{id}/targets/{target}/remove", post(write::remove))
        .route("/e/{id}/members", post(write::join))
        .merge(upload::allow(
            Router::new().route("/e/{id}/targets/file", post(write::hand_in)),
            BODY,
        ))
}

/// What an act that succeeded leaves in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

async fn show(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Response, PageError> {
    respond(
        &app,
        &session,
        frame,
        id,
        Sent {
            done: form::Done::parse(&asked.done),
            ..Sent::default()
        },
    )
    .await
}

/// The page, with what trying out a live directory came to.
pub(super) async fn tried(
    app: &App,
    session: &Session,
    frame: Frame,
    id: EngagementId,
    target: TargetId,
    trial: Trial,
) -> Result<Response, PageError> {
    let sent = Sent {
        trial: Some((target, trial)),
        ..Sent::default()
    };
    respond(app, session, frame, id, sent).await
}

/// The page, after a form was sent or not.
async fn respond(
    app: &App,
    session: &Session,
    frame: Frame,
    id: EngagementId,
    sent: Sent,
) -> Result<Response, PageError> {
    let view = list::load(app, session, id).await?;
    let frame = inside(frame, &session.caller, &view.header, links::targets(id));
    let status = if sent.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, view::page(&frame, &view, &sent, app.now())).into_response())
}
