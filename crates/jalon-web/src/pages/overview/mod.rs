//! The overview of an engagement: where it stands on the track, what blocks it, what to do next.

pub mod blocking;
mod changed;
mod measured;
mod pace;
mod proof;
pub mod sample;
#[cfg(test)]
mod tests;
pub mod view;

use std::sync::LazyLock;

use axum::{Router, extract::State, routing::get};
use jalon_domain::{ids::EngagementId, text::Messages};
use maud::Markup;

use crate::{
    App, error::PageError, extract::Path, pages::parts::frame::inside, session::Session, text::messages,
    ui::shell::Frame,
};

static M: LazyLock<Messages> = messages!();

/// `/e/{id}`.
pub fn routes() -> Router<App> {
    Router::new().route("/e/{id}", get(show))
}

async fn show(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    frame: Frame,
) -> Result<Markup, PageError> {
    let view = app.service.overview(&session.caller, id).await?;
    let path = frame.path.clone();
    Ok(view::page(
        &inside(frame, &session.caller, &view.header, path),
        &view,
        app.now(),
    ))
}
