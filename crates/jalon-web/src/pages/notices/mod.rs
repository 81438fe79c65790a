//! What was told: every notice, the newest first, each read or not by whoever looks.

pub mod rows;
pub mod sample;
#[cfg(test)]
mod tests;
pub mod view;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::State,
    response::Redirect,
    routing::{get, post},
};
use jalon_domain::{ids::EngagementId, text::Messages};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

use super::parts::frame::inside;
use crate::{
    App,
    error::PageError,
    extract::{Form, Path, Query},
    links,
    session::Session,
    text::messages,
    ui::shell::Frame,
};

static M: LazyLock<Messages> = messages!();

/// Notices on one page.
const PAGE: u64 = 50;

/// `/e/{id}/notices` and what is done there.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/e/{id}/notices", get(show))
        .route("/e/{id}/notices/read", post(mark))
}

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: Option<Uuid>,
}

async fn show(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Markup, PageError> {
    let page = app.service.notices(&session.caller, id, asked.before, PAGE).await?;
    let path = frame.path.clone();
    let frame = inside(frame, &session.caller, &page.header, path);
    Ok(view::page(&frame, &page, asked.before, app.now()))
}

/// What a form marks: one notice, or all of them.
#[derive(Debug, Deserialize)]
struct Marked {
    notice: Option<Uuid>,
    #[serde(default)]
    unread: bool,
    #[serde(default)]
    back: String,
}

async fn mark(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    Form(marked): Form<Marked>,
) -> Result<Redirect, PageError> {
    match marked.notice {
        Some(notice) => {
            app.service
                .mark_notice(&session.caller, id, notice, !marked.unread)
                .await?;
        }
        None => {
            app.service.read_notices(&session.caller, id).await?;
        }
    }
    let back = if marked.back == rows::OVERVIEW {
        links::overview(id)
    } else {
        links::notices(id)
    };
    Ok(Redirect::to(&back))
}
