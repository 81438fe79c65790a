//! The middleware that gives a failure its final shape: language, reference, page or problem. Logs ours, once.

use axum::{
    extract::Request,
    http::{
        Method,
        header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER},
    },
    middleware::Next,
    response::Response,
};

use super::{Failed, Failure, OfItsPath, Shape, page, problem};
use crate::{prefs::Prefs, security::request::RequestId};

/// The middleware.
pub async fn present(request: Request, next: Next) -> Response {
    let prefs: Prefs = request.extensions().get().copied().unwrap_or_default();
    let id: RequestId = request.extensions().get().cloned().unwrap_or_default();
    let path = request
        .uri()
        .path_and_query()
        .map_or_else(|| "/".to_owned(), ToString::to_string);
    let place = page::Place {
        path,
        is_get: request.method() == Method::GET,
        is_piece: request.headers().contains_key("hx-request"),
    };
    let mut response = next.run(request).await;
    let Some(failed) = response.extensions_mut().remove::<Failed>() else {
        return response;
    };
    let failure = &*failed.failure;
    if failure.status().is_server_error() {
        tracing::error!(id = id.as_str(), error = %failure, "request {id} failed: {failure}");
    }
    let is_of_its_path = response.extensions_mut().remove::<OfItsPath>().is_some();
    let shape = if is_of_its_path {
        Shape::of(&place.path)
    } else {
        failed.shape
    };
    let mut told = match shape {
        Shape::Page => page::respond(failure, place, prefs, id.as_str()),
        Shape::Problem => problem::respond(failure, prefs.lang, id.as_str()),
    };
    let headers = told.headers_mut();
    if let Failure::Throttled { seconds } = failure {
        headers.insert(RETRY_AFTER, (*seconds).into());
    }
    // What inner layers added stays: `Allow`, cookies.
    for (name, value) in response.headers() {
        if *name != CONTENT_TYPE && *name != CONTENT_LENGTH {
            headers.append(name, value.clone());
        }
    }
    told
}
