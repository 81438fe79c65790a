//! The list of responsibilities: saved views, filters, groups, owner and due date in place, the same rows as CSV.

mod ask;
mod edit;
mod export;
mod filters;
mod rows;
pub mod sample;
#[cfg(test)]
mod tests;
pub mod view;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use jalon_domain::{ids::EngagementId, text::Messages};
use jalon_service::duty::Assignment;

use self::{ask::Asked, view::List};
use super::parts::{
    Cx, assign,
    form::{Fields, Refusal, Tried},
    frame,
    piece::Piece,
    toast::Done,
};
use crate::{
    App,
    error::PageError,
    extract::{Form, Path, Query},
    session::Session,
    text::messages,
    ui::shell::Frame,
};

static M: LazyLock<Messages> = messages!();

/// `/e/{id}/responsibilities`, with its filters in the query.
pub fn routes() -> Router<App> {
    Router::new().route("/e/{id}/responsibilities", get(show).post(assign))
}

/// What stands around the list: who asks, on what page, for all of it or a piece.
struct Around {
    app: App,
    session: Session,
    frame: Frame,
    piece: Piece,
}

async fn show(
    State(app): State<App>,
    session: Session,
    frame: Frame,
    piece: Piece,
    Path(id): Path<EngagementId>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    if asked.is_csv() {
        let duties = app.service.duties(&session.caller, id, asked.filter()).await?;
        return Ok(export::csv(frame.lang(), &duties).into_response());
    }
    list(
        Around {
            app,
            session,
            frame,
            piece,
        },
        id,
        &asked,
        None,
    )
    .await
}

async fn list(it: Around, id: EngagementId, asked: &Asked, tried: Option<Tried>) -> Result<Response, PageError> {
    let duties = it.app.service.duties(&it.session.caller, id, asked.filter()).await?;
    let path = ask::address(id, &duties.filter).to_string();
    let frame = frame::inside(it.frame, &it.session.caller, &duties.header, path);
    let cx = Cx::new(&frame, it.session.caller.id(), it.app.now());
    let status = tried.as_ref().map_or(StatusCode::OK, |it| it.refusal.status);
    let list = List {
        duties: &duties,
        tried: tried.as_ref(),
        done: asked.done(),
    };
    Ok(it
        .piece
        .respond(status, || view::list(&cx, &list), || view::page(&frame, &cx, &list)))
}

async fn assign(
    State(app): State<App>,
    session: Session,
    frame: Frame,
    piece: Piece,
    Path(id): Path<EngagementId>,
    Query(mut asked): Query<Asked>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let saved = match (fields.needed("responsibility"), assignment(&fields)) {
        (Ok(responsibility), Ok(new)) => app.service.assign(&session.caller, id, &responsibility, &new).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match saved {
        Ok(()) => {
            let back = ask::address(id, &asked.filter())
                .without("edit")
                .with("done", Done::Assigned.word());
            Ok(Redirect::to(&format!("{back}#{}", fields.get("responsibility"))).into_response())
        }
        Err(error) => {
            asked.edit_again(fields.get("responsibility"));
            let tried = Tried {
                form: assign::FORM,
                fields,
                refusal: Refusal::of(error)?,
            };
            list(
                Around {
                    app,
                    session,
                    frame,
                    piece,
                },
                id,
                &asked,
                Some(tried),
            )
            .await
        }
    }
}

/// Owner, due date and version out of a form.
///
/// # Errors
/// What is wrong, at its field.
pub(super) fn assignment(fields: &Fields) -> jalon_service::Result<Assignment> {
    Ok(Assignment {
        owner: fields.optional("owner")?,
        due: fields.date("due")?,
        version: fields.needed("version")?,
    })
}
