//! Whether htmx asks for a piece of a page, and how it gets it.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use maud::Markup;

use crate::ui::sprite;

/// Whether htmx asks, for something to swap in. When it restores history it wants the whole page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Piece(pub(crate) bool);

impl<S: Sync> FromRequestParts<S> for Piece {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let has = |name| parts.headers.contains_key(name);
        Ok(Self(has("hx-request") && !has("hx-history-restore-request")))
    }
}

impl Piece {
    /// The piece for htmx, the page for everybody else.
    pub(crate) fn respond(
        self,
        status: StatusCode,
        piece: impl FnOnce() -> Markup,
        page: impl FnOnce() -> Markup,
    ) -> Response {
        let body = if self.0 { sprite::piece(&piece()) } else { page() };
        (status, body).into_response()
    }
}
