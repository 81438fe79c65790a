//! The only map from errors to statuses, and their two shapes: an HTML page with one sentence, one act and a reference,
//! or a problem document (RFC 9457).
//!
//! A handler returns [`PageError`] or [`ApiError`]. Neither knows who looks: the response carries the failure, and the
//! middleware [`present`] renders it in the visitor's language with the request's reference.

mod facts;
mod page;
mod present;
mod problem;
mod service;
#[cfg(test)]
mod tests;

use std::{any::Any, sync::Arc};

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jalon_domain::text::Text;

pub use present::present;
pub use problem::Problem;

/// Why a request got no answer: what a use case said, or what the door itself refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It does not exist, or not for this person.
    #[error("not found")]
    NotFound,
    /// The person may not.
    #[error("the permission `{permission}` is missing")]
    Forbidden {
        /// What it takes.
        permission: String,
    },
    /// Nobody is signed in, or the session has ended.
    #[error("nobody is signed in")]
    SignedOut,
    /// A field holds what cannot be.
    #[error("{field}: {}", text.en)]
    Invalid {
        /// The field's name.
        field: String,
        /// What is wrong and what would be right.
        text: Text,
    },
    /// Somebody changed it since it was shown.
    #[error("changed meanwhile")]
    Stale {
        /// What changed, a sentence each.
        changed: Vec<Text>,
    },
    /// It contradicts what is there; the text says how, where it is known.
    #[error("a contradiction with what is there")]
    Conflict(Option<Text>),
    /// Larger than allowed.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// Too many attempts.
    #[error("too many attempts, wait {seconds} s")]
    Throttled {
        /// When the next one is welcome, in seconds.
        seconds: u64,
    },
    /// There is no room left; the cause is for the log.
    #[error("{0}")]
    Full(String),
    /// Something it stands on does not answer; the cause is for the log.
    #[error("{0}")]
    Unavailable(String),
    /// A defect of ours; the cause is for the log.
    #[error("{0}")]
    Internal(String),
    /// It does not come from a page of ours, or from one that is too old.
    #[error("forged or expired form")]
    Forged,
    /// It cannot be read; the text says where.
    #[error("{}", .0.en)]
    Unreadable(Text),
    /// What was sent ended too early.
    #[error("the request ended too early")]
    Interrupted,
    /// The address does not take this method.
    #[error("no such method")]
    NoSuchMethod,
    /// It took too long.
    #[error("out of time")]
    TimedOut,
}

/// How a failure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// To a person.
    Page,
    /// To a program.
    Problem,
}

/// A failure on its way out, for [`present`].
#[derive(Clone)]
struct Failed {
    failure: Arc<Failure>,
    shape: Shape,
}

impl Shape {
    /// The shape that visitors of `path` expect.
    pub fn of(path: &str) -> Self {
        if path.starts_with("/api/") {
            Self::Problem
        } else {
            Self::Page
        }
    }

    /// The response that carries `failure` to [`present`].
    pub fn respond(self, failure: Failure) -> Response {
        let failed = Failed {
            failure: Arc::new(failure),
            shape: self,
        };
        let status = failed.failure.status();
        let mut response = status.into_response();
        response.extensions_mut().insert(failed);
        response
    }
}

/// What a page's handler fails with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError(pub Failure);

/// What an API handler fails with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError(pub Failure);

impl<E: Into<Failure>> From<E> for PageError {
    fn from(it: E) -> Self {
        Self(it.into())
    }
}

impl<E: Into<Failure>> From<E> for ApiError {
    fn from(it: E) -> Self {
        Self(it.into())
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        Shape::Page.respond(self.0)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        Shape::Problem.respond(self.0)
    }
}

impl Failure {
    /// The only map from a failure to a status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden { .. } | Self::Forged => StatusCode::FORBIDDEN,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Stale { .. } | Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Full(_) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Unavailable(_) | Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unreadable(_) | Self::Interrupted => StatusCode::BAD_REQUEST,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
        }
    }
}

/// The fallback for addresses that lead nowhere.
pub async fn no_such_page(request: Request) -> Response {
    Shape::of(request.uri().path()).respond(Failure::NotFound)
}

/// The fallback for methods that an address does not take.
pub async fn no_such_method(request: Request) -> Response {
    Shape::of(request.uri().path()).respond(Failure::NoSuchMethod)
}

/// Turns a panic into a failure. [`present`] gives it the shape of its path.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    let mut response = Shape::Page.respond(Failure::Internal(format!(
        "panicked: {}",
        text.unwrap_or("without a message")
    )));
    response.extensions_mut().insert(OfItsPath);
    response
}

/// Marks a failure that does not know where it happened.
#[derive(Clone, Copy)]
struct OfItsPath;
