//! What guards every request: headers, request ids, time and body limits, forged requests, sessions, sign-in attempts.
//! Who may do what is decided in the service, not here.

pub mod cookie;
pub mod csrf;
pub mod headers;
pub mod limit;
pub mod request;
pub mod session;
pub mod upload;

#[cfg(test)]
mod tests;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{Door, error, prefs};

/// The largest body of a form or of a JSON document, in bytes. Uploads have their own limit: [`upload::allow`].
pub const BODY_LIMIT: usize = 1024 * 1024;

/// Puts every guard in front of `routes`. The last layer named sees a request first.
pub fn guard<S: Clone + Send + Sync + 'static>(routes: Router<S>, door: &Door) -> Router<S> {
    routes
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(door.clone(), csrf::guard))
        .layer(from_fn(request::limit_time))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn(error::present))
        .layer(from_fn_with_state(door.clone(), prefs::resolve))
        .layer(CompressionLayer::new())
}
