//! Extractors whose refusals are failures of ours: same words, same shapes as every other error.

use axum::{
    extract::{
        FromRequest, FromRequestParts,
        rejection::{JsonRejection, PathRejection},
    },
    http::StatusCode,
};
use axum_extra::extract::{FormRejection, QueryRejection};
use jalon_domain::text::Text;

use crate::{
    error::{ApiError, Failure, PageError},
    security::BODY_LIMIT,
};

/// A form of a page; repeated fields make a list.
#[derive(Clone, Debug, FromRequest)]
#[from_request(via(axum_extra::extract::Form), rejection(PageError))]
pub struct Form<T>(pub T);

/// The query of a page; repeated fields make a list.
#[derive(Clone, Debug, FromRequestParts)]
#[from_request(via(axum_extra::extract::Query), rejection(PageError))]
pub struct Query<T>(pub T);

/// The parameters in a page's path. An id that cannot be one leads nowhere, as one that does not exist.
#[derive(Clone, Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(PageError))]
pub struct Path<T>(pub T);

/// The JSON document of an API call.
#[derive(Clone, Debug, FromRequest)]
#[from_request(via(axum::Json), rejection(ApiError))]
pub struct Json<T>(pub T);

fn refusal(status: StatusCode, text: String) -> Failure {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::TooLarge {
            limit: BODY_LIMIT as u64,
        }
    } else {
        // The decoder's own sentence names the field and the place; it exists in English only.
        Failure::Unreadable(Text::same(text))
    }
}

impl From<FormRejection> for Failure {
    fn from(it: FormRejection) -> Self {
        refusal(it.status(), it.body_text())
    }
}

impl From<QueryRejection> for Failure {
    fn from(it: QueryRejection) -> Self {
        refusal(it.status(), it.body_text())
    }
}

impl From<JsonRejection> for Failure {
    fn from(it: JsonRejection) -> Self {
        refusal(it.status(), it.body_text())
    }
}

impl From<PathRejection> for Failure {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}
