//! Forged requests: one middleware refuses every unsafe request that does not come from a page of ours.
//!
//! Two walls. The browser says where the request comes from (`Sec-Fetch-Site`, else `Origin`). And the request carries a
//! token bound to the visitor's cookie: form field `csrf`, first in the form, or header `X-CSRF-Token`. The token holds a
//! nonce of its own each time, so that a compressed page does not betray it little by little. Before a session exists the
//! token is bound to a cookie of the visit. Calls with `Authorization: Bearer` have no cookie to abuse and skip both.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{
        HeaderMap, HeaderValue, Method,
        header::{AUTHORIZATION, CONTENT_TYPE, HOST, ORIGIN},
        request::Parts,
    },
    middleware::Next,
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use futures::StreamExt;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{BODY_LIMIT, cookie, session};
use crate::{
    Door,
    error::{Failure, Shape},
};

/// The name of the form field.
pub const FIELD: &str = "csrf";
/// The header that scripts of ours send instead.
pub const HEADER: &str = "x-csrf-token";
/// How much of an upload is looked at for the token, in bytes: the field is the first.
const HEAD: usize = 4096;
const NONCE: usize = 16;

/// Mints the tokens of one response.
#[derive(Clone, Debug, Default)]
pub struct Csrf {
    secret: String,
    nonce: [u8; NONCE],
}

impl Csrf {
    /// The token for the forms of this response.
    pub fn token(&self) -> String {
        format!(
            "{}.{}",
            BASE64.encode(self.nonce),
            BASE64.encode(digest(&self.secret, &self.nonce))
        )
    }

    fn accepts(&self, token: &str) -> bool {
        let parts = token
            .split_once('.')
            .map(|(nonce, seal)| (BASE64.decode(nonce), BASE64.decode(seal)));
        let Some((Ok(nonce), Ok(seal))) = parts else {
            return false;
        };
        nonce.len() == NONCE && digest(&self.secret, &nonce).ct_eq(&seal).into()
    }
}

/// Binds a nonce to the visitor's secret.
fn digest(secret: &str, nonce: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"jalon form token 1");
    hash.update(nonce);
    hash.update(secret);
    hash.finalize().into()
}

impl<S: Sync> FromRequestParts<S> for Csrf {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// The middleware.
pub async fn guard(State(door): State<Door>, request: Request, next: Next) -> Response {
    let shape = Shape::of(request.uri().path());
    // A program without any credential has forged nothing: it has yet to say who it is.
    let is_nobody = shape == Shape::Problem && session::token(&door.site, request.headers()).is_none();
    let random = door.random();
    let known =
        session::token(&door.site, request.headers()).or_else(|| session::before(&door.site, request.headers()));
    let begun = known.is_none().then(|| BASE64.encode(random));
    let secret = known.or(begun.as_deref()).unwrap_or_default().to_owned();
    let csrf = Csrf {
        secret,
        nonce: Sha256::digest(random)[..NONCE]
            .try_into()
            .expect("a hash is longer than a nonce"),
    };

    let mut request = match check(&csrf, request).await {
        Ok(request) => request,
        Err(Failure::Forged) if is_nobody => return shape.respond(Failure::SignedOut),
        Err(failure) => return shape.respond(failure),
    };
    request.extensions_mut().insert(csrf);
    let mut response = next.run(request).await;
    if let Some(secret) = begun.filter(|_| is_html(response.headers())) {
        cookie::add(response.headers_mut(), session::begin(&door.site, &secret));
    }
    response
}

fn is_html(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|it| it.as_bytes().starts_with(b"text/html"))
}

/// Gives the request back when it may pass, its body whole.
async fn check(csrf: &Csrf, request: Request) -> Result<Request, Failure> {
    let headers = request.headers();
    let is_safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    let has_bearer = headers
        .get(AUTHORIZATION)
        .is_some_and(|it| it.as_bytes().starts_with(b"Bearer "));
    if is_safe || has_bearer {
        return Ok(request);
    }
    if !comes_from_here(headers) {
        return Err(Failure::Forged);
    }
    let (request, token) = match word(headers, HEADER).map(str::to_owned) {
        Some(token) => (request, Some(token)),
        None => read_token(request).await?,
    };
    if token.is_some_and(|it| csrf.accepts(&it)) {
        Ok(request)
    } else {
        Err(Failure::Forged)
    }
}

/// What the browser says about where the request comes from. One that says nothing must still show the token.
fn comes_from_here(headers: &HeaderMap) -> bool {
    if let Some(site) = word(headers, "sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = word(headers, ORIGIN.as_str()) else {
        return true;
    };
    origin
        .split_once("://")
        .is_some_and(|(_, host)| Some(host) == word(headers, HOST.as_str()))
}

fn word<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|it| it.to_str().ok())
}

async fn read_token(request: Request) -> Result<(Request, Option<String>), Failure> {
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .map_or(&b""[..], HeaderValue::as_bytes);
    if kind.starts_with(b"application/x-www-form-urlencoded") {
        let (parts, body) = request.into_parts();
        let too_large = |_| Failure::TooLarge {
            limit: BODY_LIMIT as u64,
        };
        let bytes = to_bytes(body, BODY_LIMIT).await.map_err(too_large)?;
        let token = in_form(&bytes);
        Ok((Request::from_parts(parts, Body::from(bytes)), token))
    } else if kind.starts_with(b"multipart/form-data") {
        let (parts, body) = request.into_parts();
        let (token, body) = peek(body).await;
        Ok((Request::from_parts(parts, body), token))
    } else {
        Ok((request, None))
    }
}

fn in_form(body: &[u8]) -> Option<String> {
    let value = body.split(|it| *it == b'&').find_map(|it| it.strip_prefix(b"csrf="))?;
    String::from_utf8(value.to_vec()).ok()
}

/// Reads the head of an upload, until its first part is there, and puts it back in front of the rest.
async fn peek(body: Body) -> (Option<String>, Body) {
    let mut rest = body.into_data_stream();
    let mut chunks: Vec<Result<Bytes, axum::Error>> = Vec::new();
    let mut head = Vec::new();
    let mut token = None;
    while token.is_none() && head.len() < HEAD {
        let Some(chunk) = rest.next().await else { break };
        if let Ok(bytes) = &chunk {
            head.extend_from_slice(&bytes[..bytes.len().min(HEAD)]);
            token = in_first_part(&head);
        }
        let broken = chunk.is_err();
        chunks.push(chunk);
        if broken {
            break;
        }
    }
    (token, Body::from_stream(futures::stream::iter(chunks).chain(rest)))
}

/// The value of the first part when it is our field and whole (RFC 7578, section 4).
fn in_first_part(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    let (headers, rest) = text.split_once("\r\n\r\n")?;
    let (value, _) = rest.split_once("\r\n--")?;
    headers.contains("name=\"csrf\"").then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_bound_to_the_secret_and_never_the_same() {
        let csrf = |secret: &str, nonce| Csrf {
            secret: secret.to_owned(),
            nonce: [nonce; NONCE],
        };
        let token = csrf("a", 1).token();
        assert!(csrf("a", 2).accepts(&token));
        assert!(!csrf("b", 1).accepts(&token));
        assert_ne!(token, csrf("a", 2).token());
        for wrong in ["", ".", "x.y", &token[1..], &token.replace('.', "")] {
            assert!(!csrf("a", 1).accepts(wrong), "{wrong}");
        }
    }

    #[tokio::test]
    async fn an_upload_shows_its_token_first_and_stays_whole() {
        let whole = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc.def\r\n--b\r\nContent-Disposition: \
                     form-data; name=\"file\"; filename=\"x\"\r\n\r\n0123456789\r\n--b--\r\n";
        for size in [1, 7, 60, whole.len()] {
            let pieces: Vec<Result<Bytes, axum::Error>> = whole
                .as_bytes()
                .chunks(size)
                .map(|it| Ok(Bytes::copy_from_slice(it)))
                .collect();
            let (token, body) = peek(Body::from_stream(futures::stream::iter(pieces))).await;
            assert_eq!(token.as_deref(), Some("abc.def"));
            assert_eq!(to_bytes(body, usize::MAX).await.unwrap(), whole.as_bytes());
        }
    }

    #[tokio::test]
    async fn an_upload_without_token_is_read_no_further_than_its_head() {
        let (token, body) = peek(Body::from("x".repeat(100_000))).await;
        assert_eq!(token, None);
        assert_eq!(to_bytes(body, usize::MAX).await.unwrap().len(), 100_000);
    }
}
