//! One request from outside: its id, its line in the log, its metrics, the time it may take.

use std::{fmt, sync::Arc, time::Duration};

use axum::{
    extract::{FromRequestParts, MatchedPath, Request, State},
    http::{HeaderValue, Method, header::CONTENT_TYPE, request::Parts},
    middleware::Next,
    response::Response,
};
use tokio::time::Instant;
use tracing::Instrument;

use crate::{
    Door,
    error::{Failure, Shape},
};

/// How long a request may take.
const LIMIT: Duration = Duration::from_secs(30);
/// How long an upload may take, over a slow line.
const UPLOAD_LIMIT: Duration = Duration::from_secs(600);

/// The id of a request: what the log, the `X-Request-Id` header and the error page have in common, short enough to be
/// read out on the phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestId(Option<Arc<str>>);

/// Crockford's alphabet: digits and letters that are not taken for one another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl RequestId {
    /// Eight characters in two groups, from 40 random bits.
    fn of(random: [u8; 32]) -> Self {
        let letter = |it: &u8| char::from(ALPHABET[usize::from(it % 32)]);
        let (first, last) = random[..8].split_at(4);
        let group = |it: &[u8]| it.iter().map(letter).collect::<String>();
        Self(Some(format!("{}-{}", group(first), group(last)).into()))
    }

    /// The id as text; a dash outside a request.
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or("-")
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// Middleware, the outermost: gives the request its id, logs one line, counts and times it.
///
/// The log names the route and not the address: addresses may carry one-time links and search words.
pub async fn observe(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let id = RequestId::of(door.random());
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_owned();
    request.extensions_mut().insert(id.clone());
    let span = tracing::info_span!("request", id = id.as_str());
    let began = Instant::now();
    let mut response = next.run(request).instrument(span).await;
    let took = began.elapsed();
    let status = response.status().as_u16();
    count(&method, &route, status, took);
    let ms = took.as_millis();
    tracing::info!(id = id.as_str(), %method, route, status, ms, "request {id}: {method} {route} gave {status} in {ms} ms");
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

fn count(method: &Method, route: &str, status: u16, took: Duration) {
    // A method of one's own invention must not make a time series of its own.
    let known = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
    ]
    .contains(method);
    let method = if known { method.to_string() } else { "other".to_owned() };
    let route = route.to_owned();
    metrics::histogram!("jalon_http_request_seconds", "method" => method.clone(), "route" => route.clone())
        .record(took);
    metrics::counter!("jalon_http_requests_total", "method" => method, "route" => route, "status" => status.to_string())
        .increment(1);
}

/// Middleware: ends a request that takes too long.
pub async fn limit_time(request: Request, next: Next) -> Response {
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .map_or(&b""[..], HeaderValue::as_bytes);
    let limit = if kind.starts_with(b"multipart/") {
        UPLOAD_LIMIT
    } else {
        LIMIT
    };
    let shape = Shape::of(request.uri().path());
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => shape.respond(Failure::TimedOut),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_can_be_read_out() {
        let id = RequestId::of([0xff; 32]);
        assert_eq!(id.as_str(), "ZZZZ-ZZZZ");
        assert_eq!(RequestId::of([0; 32]).as_str(), "0000-0000");
    }
}
