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
    let Some(key) = request
        .headers()
        .get(KEY)
        .cloned()
        .filter(|_| *request.method() == Method::POST)
    else {
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    let Ok(session) = Session::from_request_parts(&mut parts, &app).await else {
        // The route says it in its own words.
        return next.run(Request::from_parts(parts, body)).await;
    };
    let understood = async || -> Result<_, Failure> {
        let (seen, body) = read(&parts.headers, body).await?;
        Ok((word(&key)?.to_owned(), seen, body))
    };
    let (key, seen, body) = match understood().await {
        Ok(understood) => understood,
        Err(failure) => return ApiError(failure).into_response(),
    };
    let request = fingerprint(&key, &parts, &seen);
    let once = Once {
        app,
        session,
        key,
        request,
    };
    // From here on nothing stops when the caller goes away: a key that was taken is always given its answer.
    let work = once.answer(Request::from_parts(parts, body), next);
    match tokio::spawn(work.in_current_span()).await {
        Ok(Ok(response)) => response,
        Ok(Err(failure)) => ApiError(failure).into_response(),
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(stopped) => ApiError(Failure::Unavailable(stopped.to_string())).into_response(),
        },
    }
}

/// A request with a key.
struct Once {
    app: App,
    session: Session,
    key: String,
    /// A hash of everything that is asked.
    request: String,
}

impl Once {
    /// Does it, or says again what was answered.
    async fn answer(self, request: Request, next: Next) -> Result<Response, Failure> {
        match self
            .app
            .service
            .begin_once(&self.session.caller, &self.key, &self.request)
            .await?
        {
            Turn::Done(answer) => again(answer),
            Turn::Yours(ticket) => self.keep(ticket, next.run(request).await).await,
        }
    }

    /// Keeps the answer.
    async fn keep(&self, ticket: Ticket, response: Response) -> Result<Response, Failure> {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, BODY_LIMIT)
            .await
            .map_err(|it| Failure::Internal(it.to_string()))?;
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
        if let Err(error) = self.app.service.end_once(ticket, answer).await {
            tracing::error!(%error, "an answer was not kept to be given again: {error}");
        }
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}

/// The key itself. A structured string has quotes around it; the bare word is common.
fn word(key: &HeaderValue) -> Result<&str, Failure> {
    let raw = key
        .to_str()
        .map_err(|_| invalid("Idempotency-Key", texts!(M, "key-unreadable")))?;
    Ok(raw.trim().trim_matches('"'))
}

/// The part of the body that tells requests apart. An upload is not read for it: it may be large, and its boundary is
/// another one each time.
async fn read(headers: &HeaderMap, body: Body) -> Result<(Bytes, Body), Failure> {
    let kind = headers.get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    if kind.starts_with(b"multipart/") {
        return Ok((Bytes::new(), body));
    }
    let limit = BODY_LIMIT as u64;
    let bytes = to_bytes(body, BODY_LIMIT)
        .await
        .map_err(|_| Failure::TooLarge { limit })?;
    Ok((bytes.clone(), Body::from(bytes)))
}

/// A hash of everything that is asked, with the key, of which the store has a hash only: what a request holds, such as a
/// password, cannot be guessed from it.
fn fingerprint(key: &str, parts: &Parts, body: &Bytes) -> String {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |it| &it.0);
    let mut hash = Sha256::new();
    hash.update(key);
    hash.update([0]);
    hash.update(uri.to_string());
    hash.update([0]);
    hash.update(body);
    hex::encode(hash.finalize())
}

/// The answer that was given.
fn again(answer: Answer) -> Result<Response, Failure> {
    let told: Told = serde_json::from_value(answer.told).map_err(|it| Failure::Internal(it.to_string()))?;
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let is_empty = told.body.is_empty();
    let mut response = (status, Body::from(told.body)).into_response();
    let headers = response.headers_mut();
    if !is_empty {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    if let Some(location) = told.location.and_then(|it| HeaderValue::try_from(it).ok()) {
        headers.insert(LOCATION, location);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_request_under_another_key_leaves_another_mark() {
        let (parts, _) = Request::post("/directories").body(Body::empty()).unwrap().into_parts();
        let body = Bytes::from_static(b"{}");
        let mark = |key: &str, body| fingerprint(key, &parts, body);
        assert_eq!(mark("a", &body), mark("a", &body));
        assert_ne!(mark("a", &body), mark("b", &body));
        assert_ne!(mark("a", &body), mark("a", &Bytes::from_static(b"[]")));
    }
}
