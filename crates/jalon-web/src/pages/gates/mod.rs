//! The gates: each with what is missing, what holds and what is accepted as a gap. Computed, never opened by hand.

pub mod sample;
#[cfg(test)]
mod tests;
pub mod view;

use std::sync::LazyLock;

use axum::{Router, extract::State, routing::get};
use jalon_domain::{
    ids::{EngagementId, GateId},
    text::Messages,
};
use maud::Markup;

use crate::{
    App, error::PageError, extract::Path, pages::parts::frame::inside, session::Session, text::messages,
    ui::shell::Frame,
};

static M: LazyLock<Messages> = messages!();

/// `/e/{id}/gates`, where the gate that the engagement stands at is opened, and `/e/{id}/gates/{gate}`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/e/{id}/gates", get(current))
        .route("/e/{id}/gates/{gate}", get(one))
}

async fn current(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    frame: Frame,
) -> Result<Markup, PageError> {
    show(&app, &session, frame, id, None).await
}

async fn one(
    session: Session,
    State(app): State<App>,
    Path((id, gate)): Path<(EngagementId, GateId)>,
    frame: Frame,
) -> Result<Markup, PageError> {
    show(&app, &session, frame, id, Some(&gate)).await
}

async fn show(
    app: &App,
    session: &Session,
    frame: Frame,
    id: EngagementId,
    gate: Option<&GateId>,
) -> Result<Markup, PageError> {
    let view = app.service.gates(&session.caller, id, gate).await?;
    let path = frame.path.clone();
    Ok(view::page(
        &inside(frame, &session.caller, &view.header, path),
        &view,
        app.now(),
    ))
}
