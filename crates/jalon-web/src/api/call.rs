//! Who calls, and what a call brings: extractors whose refusals are problem documents.

use axum::{
    extract::FromRequestParts,
    http::{header::IF_MATCH, request::Parts},
};
use jalon_service::{App as Service, Caller};

use super::M;
use crate::{
    App,
    error::{ApiError, Failure},
    session::{Refused, Session},
    text::texts,
};

/// Somebody who may call, and the application. First among a handler's arguments: who is not known learns nothing else.
pub(super) struct Call {
    /// The application.
    pub(super) app: App,
    /// Who calls, and how they were let in.
    pub(super) session: Session,
}

impl Call {
    /// The use cases.
    pub(super) fn service(&self) -> &Service {
        &self.app.service
    }

    /// Who calls.
    pub(super) fn caller(&self) -> &Caller {
        &self.session.caller
    }
}

impl FromRequestParts<App> for Call {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        let session = Session::from_request_parts(parts, app).await?;
        Ok(Self {
            app: app.clone(),
            session,
        })
    }
}

/// The parameters in the path. An id that cannot be one leads nowhere, as one that does not exist.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub(super) struct Path<T>(pub(super) T);

/// The query.
#[derive(FromRequestParts)]
#[from_request(via(axum_extra::extract::Query), rejection(ApiError))]
pub(super) struct Query<T>(pub(super) T);

/// The version that the caller has read and means to change: `If-Match` with one strong tag (RFC 9110, section 13.1.1).
pub(super) struct IfMatch(pub(super) i64);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let tag = parts.headers.get(IF_MATCH).and_then(|it| it.to_str().ok());
        let quoted = tag.and_then(|it| it.trim().strip_prefix('"')?.strip_suffix('"'));
        let needed = || Failure::Invalid {
            field: "If-Match".to_owned(),
            text: texts!(M, "if-match-needed"),
        };
        Ok(Self(quoted.and_then(|it| it.parse().ok()).ok_or_else(needed)?))
    }
}
