//! A failure told to a program: a problem document (RFC 9457).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jalon_domain::text::Lang;
use serde::Serialize;

use super::{Failure, facts::facts};

/// A problem document. `title` and `detail` are in the language of `Accept-Language`; `type` is what programs compare.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Stable: `urn:jalon:problem:` and a word, such as `stale`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened, in a few words.
    pub title: String,
    /// The HTTP status again.
    pub status: u16,
    /// What it means and what to do.
    pub detail: String,
    /// The request's reference, as in the log.
    pub reference: String,
    /// For `invalid`: the fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// For `stale`: what changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// For `too-large`: the limit, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// For `forbidden`: what it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
}

/// One field that holds what cannot be.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// Its name.
    pub field: String,
    /// What is wrong and what would be right.
    pub detail: String,
}

impl Problem {
    /// What `failure` says in `lang`.
    pub fn new(failure: &Failure, lang: Lang, reference: &str) -> Self {
        let facts = facts(failure);
        let errors = match failure {
            Failure::Invalid { field, text } => {
                vec![FieldProblem {
                    field: field.clone(),
                    detail: text.get(lang).to_owned(),
                }]
            }
            _ => Vec::new(),
        };
        let changed = match failure {
            Failure::Stale { changed } => changed.iter().map(|it| it.get(lang).to_owned()).collect(),
            _ => Vec::new(),
        };
        Self {
            kind: format!("urn:jalon:problem:{}", facts.word),
            title: facts.title.get(lang).to_owned(),
            status: failure.status().as_u16(),
            detail: facts.detail.get(lang).to_owned(),
            reference: reference.to_owned(),
            errors,
            changed,
            limit: if let Failure::TooLarge { limit } = failure {
                Some(*limit)
            } else {
                None
            },
            permission: if let Failure::Forbidden { permission } = failure {
                Some(permission.clone())
            } else {
                None
            },
        }
    }
}

/// The response.
pub(super) fn respond(failure: &Failure, lang: Lang, reference: &str) -> Response {
    let status = failure.status();
    let mut response = (status, Json(Problem::new(failure, lang, reference))).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code()));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
