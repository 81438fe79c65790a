//! The environment: what the forests of the connected directories tell of themselves. Measured, never typed.

pub mod sample;
#[cfg(test)]
mod tests;
pub mod view;

use std::sync::LazyLock;

use axum::{Router, extract::State, routing::get};
use jalon_domain::{ids::EngagementId, text::Messages};
use maud::Markup;

use super::parts::frame::inside;
use crate::{App, error::PageError, extract::Path, session::Session, text::messages, ui::shell::Frame};

static M: LazyLock<Messages> = messages!();

/// `/e/{id}/environment`.
pub fn routes() -> Router<App> {
    Router::new().route("/e/{id}/environment", get(show))
}

async fn show(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    frame: Frame,
) -> Result<Markup, PageError> {
    let view = app.service.environment(&session.caller, id).await?;
    let path = frame.path.clone();
    Ok(view::page(
        &inside(frame, &session.caller, &view.header, path),
        &view,
        app.now(),
    ))
}
