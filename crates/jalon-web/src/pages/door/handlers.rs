//! Getting in and out: sign-in, sign-out, first set-up, invitations, one-time links.

use axum::{
    Router,
    extract::{Request, State},
    http::{
        HeaderMap, StatusCode,
        header::{SET_COOKIE, USER_AGENT},
    },
    middleware::from_fn_with_state,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jalon_domain::text::{Lang, Text};
use jalon_service::{
    Error,
    account::{NewAdministrator, SignIn, SignedIn},
};
use jalon_store::Engine;
use serde::Deserialize;

use super::{
    join::JoinPage,
    set_up::{self, SetUpPage},
    sign_in::{Message, SignInPage},
};
use crate::{
    App, Door,
    error::PageError,
    extract::{Form, Query},
    links,
    security::{limit, session},
    session::Session,
    ui::{forms::Errors, shell::Frame},
};

/// How long the browser keeps the session's cookie, seconds; the session itself may end before.
const KEPT: u32 = 14 * 24 * 3600;

/// The routes; what takes a password or a one-time link is counted per address.
pub fn routes(door: &Door) -> Router<App> {
    let counted = Router::new()
        .route(links::SIGN_IN, get(show_sign_in).post(sign_in))
        .route("/set-up", get(show_set_up).post(set_up))
        .route("/join", get(show_join).post(join))
        .route("/once", get(once))
        .layer(from_fn_with_state(door.clone(), limit::sign_in));
    counted.route(links::SIGN_OUT, post(sign_out))
}

#[derive(Deserialize)]
struct Key {
    #[serde(default)]
    key: String,
}

#[derive(Deserialize)]
struct Why {
    #[serde(default)]
    to: String,
    #[serde(default)]
    why: String,
}

async fn show_sign_in(State(app): State<App>, Query(asked): Query<Why>, frame: Frame) -> Response {
    let message = match asked.why.as_str() {
        "ended" => Some(Message::Ended),
        "signed-out" => Some(Message::SignedOut),
        _ => None,
    };
    let to = session::back_to(&asked.to).to_owned();
    let page = SignInPage {
        host: app.door.site.host().to_owned(),
        email: String::new(),
        message,
        to,
    };
    page.render(&frame).into_response()
}

#[derive(Deserialize)]
struct SignInForm {
    email: String,
    password: String,
    #[serde(default)]
    to: String,
}

async fn sign_in(
    State(app): State<App>,
    frame: Frame,
    from: From,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    let asked = SignIn {
        email: form.email.clone(),
        password: form.password,
        from: from.address,
        user_agent: from.user_agent,
    };
    let to = session::back_to(&form.to).to_owned();
    let (status, message) = match app.service.sign_in(asked).await {
        Ok(opened) => return Ok(enter(&app, &opened, &to)),
        Err(Error::WrongPassword { tries_left, pause }) => {
            let tries_left = u32::try_from(tries_left).unwrap_or(u32::MAX);
            let pause_minutes = u32::try_from(pause / 60).unwrap_or(u32::MAX);
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                Message::Wrong {
                    tries_left,
                    pause_minutes,
                },
            )
        }
        Err(Error::Throttled { retry_after }) => {
            let seconds = u32::try_from(retry_after).unwrap_or(u32::MAX);
            (StatusCode::TOO_MANY_REQUESTS, Message::Paused { seconds })
        }
        Err(error) => return Err(error.into()),
    };
    let page = SignInPage {
        host: app.door.site.host().to_owned(),
        email: form.email,
        message: Some(message),
        to,
    };
    Ok((status, page.render(&frame)).into_response())
}

async fn sign_out(State(app): State<App>, session: Session) -> Result<Response, PageError> {
    app.service.sign_out(&session.token).await?;
    let cookie = AppendHeaders([(SET_COOKIE, session::close(&app.door.site))]);
    Ok((cookie, Redirect::to(&format!("{}?why=signed-out", links::SIGN_IN))).into_response())
}

async fn once(
    State(app): State<App>,
    Query(asked): Query<Key>,
    frame: Frame,
    from: From,
) -> Result<Response, PageError> {
    match app.service.sign_in_once(&asked.key, from.user_agent).await {
        Ok(opened) => Ok(enter(&app, &opened, links::HOME)),
        Err(Error::NotFound) => Ok((StatusCode::GONE, set_up::expired(&frame)).into_response()),
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
struct SetUpForm {
    name: String,
    email: String,
    password: String,
    #[serde(default)]
    lang: Lang,
}

async fn show_set_up(State(app): State<App>, Query(asked): Query<Key>, frame: Frame) -> Result<Response, PageError> {
    let Some(minutes_left) = app.service.set_up_minutes_left(&asked.key).await? else {
        return Ok((StatusCode::GONE, set_up::expired(&frame)).into_response());
    };
    let form = SetUpForm {
        name: String::new(),
        email: String::new(),
        password: String::new(),
        lang: frame.lang(),
    };
    Ok(set_up_page(&app, &asked, minutes_left, form, Errors::none())
        .render(&frame)
        .into_response())
}

async fn set_up(
    State(app): State<App>,
    Query(asked): Query<Key>,
    frame: Frame,
    from: From,
    Form(form): Form<SetUpForm>,
) -> Result<Response, PageError> {
    let Some(minutes_left) = app.service.set_up_minutes_left(&asked.key).await? else {
        return Ok((StatusCode::GONE, set_up::expired(&frame)).into_response());
    };
    let new = NewAdministrator {
        secret: asked.key.clone(),
        name: form.name.clone(),
        email: form.email.clone(),
        password: form.password.clone(),
        lang: form.lang,
    };
    match app.service.set_up(new).await {
        Ok(person) => {
            let opened = app.service.welcome(person, from.user_agent).await?;
            Ok(enter(&app, &opened, links::NEW_ENGAGEMENT))
        }
        Err(error) => {
            let errors = Errors::from_refusal(error)?;
            let page = set_up_page(&app, &asked, minutes_left, form, errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.render(&frame)).into_response())
        }
    }
}

fn set_up_page(app: &App, asked: &Key, minutes_left: u32, form: SetUpForm, errors: Errors) -> SetUpPage {
    SetUpPage {
        action: format!("/set-up?key={}", asked.key),
        minutes_left,
        name: form.name,
        email: form.email,
        lang: form.lang,
        errors,
        store: match app.service.store().engine() {
            Engine::Sqlite => Text::new("SQLite in its data folder", "SQLite dans son dossier de données"),
            Engine::Postgres => Text::same("PostgreSQL"),
        },
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

#[derive(Deserialize)]
struct JoinForm {
    password: String,
}

async fn show_join(State(app): State<App>, Query(asked): Query<Key>, frame: Frame) -> Result<Response, PageError> {
    Ok(match app.service.invited(&asked.key).await? {
        Some(person) => join_page(&asked, person.name, person.email, Errors::none())
            .render(&frame)
            .into_response(),
        None => (StatusCode::GONE, set_up::expired(&frame)).into_response(),
    })
}

async fn join(
    State(app): State<App>,
    Query(asked): Query<Key>,
    frame: Frame,
    from: From,
    Form(form): Form<JoinForm>,
) -> Result<Response, PageError> {
    let Some(person) = app.service.invited(&asked.key).await? else {
        return Ok((StatusCode::GONE, set_up::expired(&frame)).into_response());
    };
    match app
        .service
        .accept_invitation(&asked.key, form.password, frame.lang())
        .await
    {
        Ok(person) => {
            let opened = app.service.welcome(person, from.user_agent).await?;
            Ok(enter(&app, &opened, links::HOME))
        }
        Err(error) => {
            let page = join_page(&asked, person.name, person.email, Errors::from_refusal(error)?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.render(&frame)).into_response())
        }
    }
}

fn join_page(asked: &Key, name: String, email: String, errors: Errors) -> JoinPage {
    JoinPage {
        action: format!("/join?key={}", asked.key),
        name,
        email,
        errors,
    }
}

/// Sets the session's cookie and goes on.
fn enter(app: &App, opened: &SignedIn, to: &str) -> Response {
    let cookie = AppendHeaders([(SET_COOKIE, session::open(&app.door.site, &opened.secret, KEPT))]);
    (cookie, Redirect::to(to)).into_response()
}

/// Where a request comes from: for the throttle and for the list of sessions.
struct From {
    address: String,
    user_agent: String,
}

impl axum::extract::FromRequestParts<App> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, app: &App) -> Result<Self, Self::Rejection> {
        let request = Request::from_parts(parts.clone(), axum::body::Body::empty());
        let address = limit::client(&app.door.site, &request).to_string();
        Ok(Self {
            address,
            user_agent: user_agent(&parts.headers),
        })
    }
}

fn user_agent(headers: &HeaderMap) -> String {
    headers
        .get(USER_AGENT)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}
