//! Who is signed in: the extractor that every page inside and every API call stands behind.

use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{header::AUTHORIZATION, request::Parts},
};
use jalon_service::{Caller, Error};
use serde::Serialize;

use crate::{App, error::Failure, security};

/// A session that is open, or a token that is in force.
#[derive(Clone, Debug)]
pub struct Session {
    /// Who is signed in.
    pub caller: Caller,
    /// The secret of the session or of the token, as it was sent.
    pub token: String,
    /// What was shown.
    pub means: Means,
}

/// What somebody shows to be let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Means {
    /// A session, opened by signing in.
    Session,
    /// An API token.
    Token,
}

impl FromRequestParts<App> for Session {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        // Inside a nested router the path has lost its front.
        let path = parts
            .extensions
            .get::<OriginalUri>()
            .map_or(parts.uri.path(), |it| it.path());
        let shape = crate::error::Shape::of(path);
        Self::of(parts, app)
            .await
            .map_err(|error| Refused(shape.respond(Failure::from(error))))
    }
}

impl Session {
    async fn of(parts: &Parts, app: &App) -> Result<Self, Error> {
        let bearer = bearer(parts);
        let shown = bearer
            .clone()
            .or_else(|| security::session::token(&app.door.site, &parts.headers).map(str::to_owned));
        let token = shown.ok_or(Error::SignedOut)?;
        let (caller, means) = match (app.service.session(&token).await?, bearer) {
            (Some((caller, _)), _) => (caller, Means::Session),
            (None, Some(bearer)) => (
                app.service.bearer(&bearer).await?.ok_or(Error::SignedOut)?,
                Means::Token,
            ),
            (None, None) => return Err(Error::SignedOut),
        };
        Ok(Self { caller, token, means })
    }
}

/// The token of a program (RFC 6750, section 2.1).
fn bearer(parts: &Parts) -> Option<String> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(|it| it.trim().to_owned())
}

/// The answer to whoever is not signed in: the sign-in page for people, a problem document for programs.
#[derive(Debug)]
pub struct Refused(axum::response::Response);

impl axum::response::IntoResponse for Refused {
    fn into_response(self) -> axum::response::Response {
        self.0
    }
}
