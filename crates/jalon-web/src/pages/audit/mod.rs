//! The audit trail of an engagement: who did what and when, each event chained to the one before; and the button that reads
//! the whole chain to say whether it holds.

pub mod sample;
#[cfg(test)]
mod tests;
pub mod view;

use std::sync::LazyLock;

use axum::{Router, extract::State, routing::get};
use jalon_domain::{ids::EngagementId, text::Messages};
use maud::Markup;
use serde::Deserialize;

use super::parts::{Cx, frame};
use crate::{
    App,
    error::PageError,
    extract::{Path, Query},
    session::Session,
    text::messages,
    ui::shell::Frame,
};

static M: LazyLock<Messages> = messages!();

/// Events on one page.
const PAGE: u64 = 50;

/// `/e/{id}/audit`
pub fn routes() -> Router<App> {
    Router::new().route("/e/{id}/audit", get(show))
}

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    before: Option<String>,
    verify: Option<String>,
}

async fn show(
    State(app): State<App>,
    session: Session,
    frame: Frame,
    Path(id): Path<EngagementId>,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    let before = asked.before.and_then(|it| it.parse().ok());
    let page = app.service.audit_page(&session.caller, id, before, PAGE).await?;
    let chain = match asked.verify {
        Some(_) => Some(app.service.verify_chain(&session.caller, id).await?),
        None => None,
    };
    let path = view::address(id, before).to_string();
    let frame = frame::inside(frame, &session.caller, &page.header, path);
    let cx = Cx::new(&frame, session.caller.id(), app.now());
    Ok(view::page(
        &frame,
        &cx,
        &view::Trail {
            page: &page,
            before,
            chain: chain.as_ref(),
        },
    ))
}
