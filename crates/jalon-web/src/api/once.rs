//! Requests that are sent twice: a `POST` with an `Idempotency-Key` is done once, and answered the same way again.
//!
//! The work goes on when its caller goes away, so that whoever lost the answer gets it by asking again.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequestParts, OriginalUri, Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{CONTENT_TYPE, LOCATION},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use jalon_service::once::{Answer, Ticket, Turn};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use tracing::Instrument;

use super::{M, query::invalid};
use crate::{
    App,
    error::{ApiError, Failure},
    security::BODY_LIMIT,
    session::Session,
    text::texts,
};

/// The header that carries the key.
pub(super) const KEY: &str = "idempotency-key";
/// The header of an answer that is given again.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// What is kept of an answer instead of its body: the body without its secrets.
#[derive(Clone)]
pub(super) struct Keep(pub(super) String);

/// What is kept of an answer.
#[derive(Serialize, Deserialize)]
struct Told {
    location: Option<String>,
    body: String,
}

/// The middleware.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(key) = request.headers().get(KEY).cloned().filter(|_| *request.method() == Method::POST) else {
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    let Ok(session) = Session::from_request_parts(&mut parts, &app).await else {
        // The route says it in its own words.
        return next.run(Request::from_parts(parts, body)).await;
    };
    match begin(&app, &session, &key, &parts, body).await {
        Err(failure) => ApiError(failure).into_response(),
        Ok((Turn::Done(answer), _)) => again(answer),
        Ok((Turn::Yours(ticket), body)) => {
            let work = work(app, ticket, Request::from_parts(parts, body), next);
            match tokio::spawn(work.in_current_span()).await {
                Ok(response) => response,
                Err(panic) => std::panic::resume_unwind(panic.into_panic()),
            }
        }
    }
}

/// Takes the key for this request, and gives its body back.
async fn begin(
    app: &App,
    session: &Session,
    key: &HeaderValue,
    parts: &Parts,
    body: Body,
) -> Result<(Turn, Body), Failure> {
    let key = key.to_str().map_err(|_| invalid("Idempotency-Key", texts!(M, "key-unreadable")))?;
    // A structured string has quotes around it; the bare word is common.
    let key = key.trim().trim_matches('"');
    let (seen, body) = read(&parts.headers, body).await?;
    let turn = app.service.begin_once(&session.caller, key, &fingerprint(parts, &seen)).await?;
    Ok((turn, body))
}

/// The part of the body that tells requests apart. An upload is not read for it: it may be large, and its boundary is
/// another one each time.
async fn read(headers: &HeaderMap, body: Body) -> Result<(Bytes, Body), Failure> {
    let kind = headers.get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    if kind.starts_with(b"multipart/") {
        return Ok((Bytes::new(), body));
    }
    let limit = BODY_LIMIT as u64;
    let bytes = to_bytes(body, BODY_LIMIT).await.map_err(|_| Failure::TooLarge { limit })?;
    Ok((bytes.clone(), Body::from(bytes)))
}

/// A hash of everything that is asked.
fn fingerprint(parts: &Parts, body: &Bytes) -> String {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |it| &it.0);
    let mut hash = Sha256::new();
    hash.update(uri.to_string());
    hash.update([0]);
    hash.update(body);
    hex::encode(hash.finalize())
}

/// Does it, and keeps the answer.
async fn work(app: App, ticket: Ticket, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let (parts, body) = response.into_parts();
    let body = match to_bytes(body, BODY_LIMIT).await {
        Ok(bytes) => bytes,
        Err(error) => return ApiError(Failure::Internal(error.to_string())).into_response(),
    };
    let location = parts.headers.get(LOCATION).and_then(|it| it.to_str().ok());
    let kept = parts.extensions.get::<Keep>().map(|it| it.0.clone());
    let told = Told {
        location: location.map(str::to_owned),
        body: kept.unwrap_or_else(|| String::from_utf8_lossy(&body).into_owned()),
    };
    let answer = Answer {
        status: parts.status.as_u16(),
        told: json!(told),
    };
    if let Err(error) = app.service.end_once(ticket, answer).await {
        tracing::error!(%error, "an answer was not kept to be given again: {error}");
    }
    Response::from_parts(parts, Body::from(body))
}

/// The answer that was given.
fn again(answer: Answer) -> Response {
    let Ok(told) = serde_json::from_value::<Told>(answer.told) else {
        return ApiError(Failure::Internal("an answer that was kept cannot be read".to_owned())).into_response();
    };
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, told.body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    if let Some(location) = told.location.and_then(|it| HeaderValue::try_from(it).ok()) {
        headers.insert(LOCATION, location);
    }
    response
}
