//! The start page: the engagements that one may see, and the way to a new one.

pub mod list;
pub mod sample;
#[cfg(test)]
mod tests;
pub mod view;

use std::sync::LazyLock;

use axum::{Router, extract::State, routing::get};
use jalon_domain::text::Messages;
use maud::Markup;
use serde::Deserialize;

use crate::{App, error::PageError, extract::Query, links, session::Session, text::messages, ui::shell::Frame};

static M: LazyLock<Messages> = messages!();

/// `/`.
pub fn routes() -> Router<App> {
    Router::new().route(links::HOME, get(show))
}

/// What is asked of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A part of a name.
    pub q: String,
    /// The page of the list, from 1.
    pub page: usize,
}

async fn show(
    session: Session,
    State(app): State<App>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Markup, PageError> {
    let cards = app.service.engagements(&session.caller).await?;
    let person = Some(session.caller.person.name.clone());
    let frame = Frame {
        person,
        engagements: Some(cards.len()),
        ..frame
    };
    let home = list::Home::of(cards, &asked, session.caller.person.is_admin);
    Ok(view::page(&frame, &home))
}
