//! The wizard: an engagement in three steps. What was typed travels in the form itself, so that it works without script
//! and nothing is kept before the last step; each tick is answered at once with what it takes on.

pub mod answer;
pub mod draft;
pub mod reasons;
mod receive;
pub mod sample;
pub mod step;
#[cfg(test)]
mod story;
#[cfg(test)]
mod tests;
pub mod view;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jalon_domain::{ids::ResponsibilityId, text::Messages};
use jalon_service::{Error, Permission, engagement::preview};
use maud::Markup;

use self::{
    draft::Draft,
    reasons::reasons,
    receive::{Received, receive},
    step::Step,
    view::Wizard,
};
use crate::{
    App,
    error::PageError,
    extract::Form,
    links,
    security::upload,
    session::Session,
    text::messages,
    ui::{dates, forms::Errors, shell::Frame, sprite},
};

pub(crate) use self::receive::{keep, size, too_large};

static M: LazyLock<Messages> = messages!();

/// Where the last step is sent.
pub const CREATE: &str = "/engagements";
/// Where a tick is answered.
pub const PREVIEW: &str = "/engagements/new/preview";
/// Bounds the body as a whole, bytes; each file has the service's own, smaller limit.
pub(crate) const BODY: u64 = 1 << 30;

/// `/engagements/new`, the answer to a tick, and the creation.
pub fn routes() -> Router<App> {
    Router::new()
        .route(links::NEW_ENGAGEMENT, get(begin).post(go))
        .route(PREVIEW, post(tick))
        .merge(upload::allow(Router::new().route(CREATE, post(create)), BODY))
}

async fn begin(session: Session, State(app): State<App>, frame: Frame) -> Result<Markup, PageError> {
    session.caller.require_instance(Permission::CreateEngagement)?;
    let draft = Draft::new(dates::date_of(app.now()));
    Ok(view::page(&frame, &wizard(&app, draft, Step::Scope, Errors::none())))
}

async fn go(
    session: Session,
    State(app): State<App>,
    frame: Frame,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    session.caller.require_instance(Permission::CreateEngagement)?;
    let draft = Draft::sent(sent);
    let (step, errors) = Step::follow(&draft);
    Ok(respond(&app, &frame, draft, step, errors))
}

async fn tick(
    session: Session,
    State(app): State<App>,
    frame: Frame,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Markup, PageError> {
    session.caller.require_instance(Permission::CreateEngagement)?;
    let wizard = wizard(&app, Draft::sent(sent), Step::Scope, Errors::none());
    Ok(sprite::piece(&answer::answer(frame.lang(), &wizard)))
}

async fn create(
    session: Session,
    State(app): State<App>,
    frame: Frame,
    form: upload::Upload,
) -> Result<Response, PageError> {
    session.caller.require_instance(Permission::CreateEngagement)?;
    let Received { draft, files, errors } = receive(&app, form).await?;
    let (step, errors) = match draft.read() {
        Err(wrong) => wrong,
        Ok(_) if !errors.is_empty() => (Step::Directory, errors),
        Ok(new) => match app
            .service
            .create_engagement(&session.caller, &new, files.clone())
            .await
        {
            Ok(created) => return Ok(Redirect::to(&links::overview(created.id)).into_response()),
            Err(Error::Invalid { field, text }) => {
                let mut errors = Errors::none();
                errors.add(field, text);
                (Step::of_field(field).unwrap_or_default(), errors)
            }
            Err(error) => return Err(error.into()),
        },
    };
    receive::forget(&app, &files).await;
    Ok(respond(&app, &frame, draft, step, errors))
}

fn respond(app: &App, frame: &Frame, draft: Draft, step: Step, errors: Errors) -> Response {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    (status, view::page(frame, &wizard(app, draft, step, errors))).into_response()
}

fn wizard(app: &App, draft: Draft, step: Step, errors: Errors) -> Wizard {
    let catalogue = app.service.catalogue();
    let profile = draft.profile();
    let joined = catalogue.overlays().iter().filter(|it| it.applies.holds(&profile));
    let preview = preview(catalogue, &profile);
    let applies = |id: &ResponsibilityId| catalogue.responsibility(id).map(|it| &it.applies);
    Wizard {
        reasons: reasons(&preview.left_out, &profile, applies),
        preview,
        added: joined.map(|it| (it.title.clone(), it.count)).collect(),
        bullets: catalogue
            .sources()
            .iter()
            .map(|it| (it.programme, it.counts.values().sum()))
            .collect(),
        upload_limit: app.service.settings().upload_limit,
        draft,
        step,
        errors,
    }
}
