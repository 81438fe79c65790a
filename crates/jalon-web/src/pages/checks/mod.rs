//! The checks: what is measured and how often, and one run in detail. While something runs, htmx asks every second; without
//! script a link reads the page again.

mod ask;
mod facts;
mod families;
mod findings;
pub(crate) mod progress;
mod rules;
pub mod run;
pub(crate) mod runs;
pub mod sample;
mod schedule;
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
    ids::{EngagementId, RunId},
    text::Messages,
};
use serde::Deserialize;

use self::{ask::Asked, view::List};
use super::parts::{Cx, form::Tried, frame, piece::Piece};
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

/// `/e/{id}/checks` with its acts, and `/e/{id}/runs/{run}`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/e/{id}/checks", get(show))
        .route("/e/{id}/checks/run", post(write::run))
        .route("/e/{id}/schedules/{schedule}", post(write::schedule))
        .route("/e/{id}/runs/{run}", get(show_run))
        .route("/e/{id}/runs/{run}/cancel", post(write::cancel))
}

/// Which engagement.
#[derive(Clone, Debug, Deserialize)]
struct At {
    id: EngagementId,
}

/// Who asks, for which engagement, for all of the page or a piece.
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
    list(it, None).await
}

/// The list, with the form that came back, if one did.
async fn list(it: Around, tried: Option<Tried>) -> Result<Response, PageError> {
    let checks = it.app.service.checks(&it.session.caller, it.at.id).await?;
    let frame = frame::inside(it.frame, &it.session.caller, &checks.header, links::checks(it.at.id));
    let cx = Cx::new(&frame, it.session.caller.id(), it.app.now());
    let status = tried.as_ref().map_or(StatusCode::OK, |it| it.refusal.status);
    let list = List {
        checks: &checks,
        edit: it.asked.edit(),
        tried: tried.as_ref(),
        done: it.asked.done(),
    };
    Ok(it
        .piece
        .respond(status, || view::live(&cx, &list), || view::page(&frame, &cx, &list)))
}

/// Which run.
#[derive(Debug, Deserialize)]
struct OfRun {
    run: RunId,
}

async fn show_run(it: Around, Path(of): Path<OfRun>) -> Result<Response, PageError> {
    let page = it.app.service.run_page(&it.session.caller, it.at.id, of.run).await?;
    let frame = frame::inside(it.frame, &it.session.caller, &page.header, links::run(it.at.id, of.run));
    let cx = Cx::new(&frame, it.session.caller.id(), it.app.now());
    if it.piece.0 && !progress::is_live(&page.run) {
        // It has ended while somebody watched: the page has much more to say now.
        return Ok(progress::read_again());
    }
    let shown = run::Shown {
        page: &page,
        done: it.asked.done(),
        outcome: it.asked.outcome(),
    };
    Ok(it.piece.respond(
        StatusCode::OK,
        || run::live(&cx, &page),
        || run::page(&frame, &cx, &shown),
    ))
}
