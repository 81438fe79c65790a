//! The shapes of answers that resources share: pages of lists, things created, versions.

use axum::{
    Json,
    http::{
        HeaderValue, StatusCode,
        header::{ETAG, LOCATION},
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a handler answers.
pub(super) type Answer<T> = Result<T, crate::error::ApiError>;

/// A list, or one page of a long one.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Page<T> {
    /// What is on it.
    pub(super) items: Vec<T>,
    /// Sent as `after` it asks for the next page; none on the last one.
    pub(super) next: Option<String>,
}

impl<T> Page<T> {
    /// A list that is given whole.
    pub(super) fn whole(items: impl IntoIterator<Item = T>) -> Json<Self> {
        Self::of(items.into_iter().collect(), None)
    }

    /// One page.
    pub(super) fn of(items: Vec<T>, next: Option<String>) -> Json<Self> {
        Json(Self { items, next })
    }
}

/// What was created, by its id.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Id {
    /// The id.
    pub(super) id: Uuid,
}

/// 201 with what was created and, where it can be read, its address.
#[derive(Debug)]
pub(super) struct Made<T> {
    body: T,
    location: Option<String>,
}

impl Made<Id> {
    /// Something that has no address of its own.
    pub(super) fn id(id: Uuid) -> Self {
        Made::of(Id { id })
    }
}

impl<T> Made<T> {
    /// Something that has no address of its own.
    pub(super) fn of(body: T) -> Self {
        Self { body, location: None }
    }

    /// Something that can be read at `path`, below the API.
    pub(super) fn at(path: &str, body: T) -> Self {
        Self {
            body,
            location: Some(format!("{}{path}", super::PREFIX)),
        }
    }
}

impl<T: Serialize> IntoResponse for Made<T> {
    fn into_response(self) -> Response {
        let mut response = (StatusCode::CREATED, Json(self.body)).into_response();
        if let Some(location) = self.location.and_then(|it| HeaderValue::try_from(it).ok()) {
            response.headers_mut().insert(LOCATION, location);
        }
        response
    }
}

/// Something with its version as a strong tag, for `If-Match`.
#[derive(Debug)]
pub(super) struct Tagged<T>(pub(super) i64, pub(super) T);

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        ([(ETAG, format!("\"{}\"", self.0))], Json(self.1)).into_response()
    }
}
