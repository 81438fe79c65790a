//! The calendar: what runs out or falls due, as a page, as a file, and at an address of one's own for programs that show
//! calendars.

mod agenda;
mod feed;
mod ics;
pub mod sample;
#[cfg(test)]
mod tests;
pub mod view;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::State,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jalon_domain::{
    ids::EngagementId,
    text::{Lang, Messages},
};
use jalon_service::view::calendar::{Calendar, CalendarFilter, EntryKind};
use serde::Deserialize;

use super::parts::frame::inside;
use crate::{
    App,
    error::{Failure, PageError},
    extract::{Path, Query},
    session::Session,
    text::messages,
    ui::shell::Frame,
};

pub(crate) use agenda::brief;

static M: LazyLock<Messages> = messages!();

/// `/e/{id}/calendar`, the file, and the addresses that programs ask.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/e/{id}/calendar", get(show))
        .route("/e/{id}/calendar.ics", get(download))
        .route("/e/{id}/calendar/feed", post(feed::make))
        .route("/e/{id}/calendar/feed/revoke", post(feed::revoke))
        .route("/calendar/{file}", get(subscribed))
}

/// What the address asks. A kind that there is not is none.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    kind: String,
    view: String,
    done: Option<String>,
}

impl Asked {
    fn filter(&self) -> CalendarFilter {
        CalendarFilter {
            kind: self.kind.parse::<EntryKind>().ok(),
            mine: self.view == view::MINE,
        }
    }
}

async fn show(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    Query(asked): Query<Asked>,
    frame: Frame,
) -> Result<Response, PageError> {
    let sent = view::Sent {
        filter: asked.filter(),
        link: None,
        is_revoked: asked.done.as_deref() == Some(feed::REVOKED),
    };
    respond(&app, &session, frame, id, &sent).await
}

async fn respond(
    app: &App,
    session: &Session,
    frame: Frame,
    id: EngagementId,
    sent: &view::Sent,
) -> Result<Response, PageError> {
    let calendar = app.service.calendar(&session.caller, id, sent.filter).await?;
    let path = view::address(id, sent.filter).to_string();
    let frame = inside(frame, &session.caller, &calendar.header, path);
    Ok(view::page(&frame, &calendar, sent, app.now()).into_response())
}

async fn download(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    frame: Frame,
) -> Result<Response, PageError> {
    let calendar = app
        .service
        .calendar(&session.caller, id, CalendarFilter::default())
        .await?;
    let file = file(&app, frame.lang(), &calendar);
    Ok(([(CONTENT_DISPOSITION, "attachment; filename=\"jalon.ics\"")], file).into_response())
}

/// Asked by programs, without session: the address itself is the secret.
async fn subscribed(State(app): State<App>, Path(file_name): Path<String>) -> Result<Response, PageError> {
    let secret = file_name.strip_suffix(".ics").ok_or(Failure::NotFound)?;
    let (caller, calendar) = app.service.calendar_of_feed(secret).await?;
    Ok(file(&app, caller.person.lang, &calendar))
}

fn file(app: &App, lang: Lang, calendar: &Calendar) -> Response {
    let text = ics::write(lang, calendar, app.door.site.origin(), app.now());
    let headers = [(CONTENT_TYPE, ics::TYPE), (CACHE_CONTROL, "private, no-store")];
    (headers, text).into_response()
}
