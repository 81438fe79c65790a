//! One responsibility: why it is open, what proves it, who sees to it, what the source says, what happened; and the acts
//! on it, each a plain form.

mod evidence;
mod files;
mod history;
mod requirements;
pub mod sample;
mod source;
#[cfg(test)]
mod tests;
pub mod view;
mod ways;
mod who;
mod write;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::{FromRequestParts, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jalon_domain::{
    ids::{EngagementId, ResponsibilityId},
    text::Messages,
};
use serde::Deserialize;

use super::parts::{Cx, form::Tried, frame};
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

pub(super) use write::waiver;

static M: LazyLock<Messages> = messages!();

/// `/e/{id}/responsibilities/{rid}` with its acts, and `/e/{id}/files/{attachment}`.
pub fn routes() -> Router<App> {
    // The service knows how large a file may be, and says so while it reads.
    let uploads = upload::allow(
        Router::new().route("/e/{id}/responsibilities/{rid}/files", post(files::attach)),
        u64::MAX,
    );
    Router::new()
        .route("/e/{id}/responsibilities/{rid}", get(show))
        .route("/e/{id}/responsibilities/{rid}/owner", post(write::assign))
        .route("/e/{id}/responsibilities/{rid}/statements", post(write::state))
        .route("/e/{id}/responsibilities/{rid}/claim", post(write::claim))
        .route("/e/{id}/responsibilities/{rid}/waiver", post(write::waive))
        .route("/e/{id}/responsibilities/{rid}/exclusion", post(write::leave_out))
        .route(
            "/e/{id}/responsibilities/{rid}/decisions/{decision}/revoke",
            post(write::revoke),
        )
        .route("/e/{id}/files/{attachment}", get(files::download))
        .merge(uploads)
}

/// Which responsibility.
#[derive(Clone, Debug, Deserialize)]
struct At {
    id: EngagementId,
    rid: ResponsibilityId,
}

/// Who asks, about what, on what page.
#[derive(FromRequestParts)]
#[from_request(state(App))]
struct Around {
    #[from_request(via(State))]
    app: App,
    session: Session,
    frame: Frame,
    #[from_request(via(Path))]
    at: At,
}

/// What the address adds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: Option<String>,
}

async fn show(it: Around, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(it, None, asked.done.as_deref()).await
}

/// The page, with the form that came back, if one did.
async fn page(it: Around, tried: Option<Tried>, done: Option<&str>) -> Result<Response, PageError> {
    let At { id, rid } = &it.at;
    let duty = it.app.service.duty(&it.session.caller, *id, rid).await?;
    let frame = frame::inside(
        it.frame,
        &it.session.caller,
        &duty.header,
        links::responsibility(*id, rid),
    );
    let cx = Cx::new(&frame, it.session.caller.id(), it.app.now());
    let status = tried.as_ref().map_or(StatusCode::OK, |it| it.refusal.status);
    let shown = view::Shown {
        duty: &duty,
        tried: tried.as_ref(),
        done,
        upload_limit: it.app.service.settings().upload_limit,
    };
    Ok((status, view::page(&frame, &cx, &shown)).into_response())
}
