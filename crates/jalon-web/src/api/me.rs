//! Who calls: the person behind a session or a token, and their preferences.

use axum::{Json, http::StatusCode};
use jalon_domain::{ids::PersonId, text::Lang};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{answer::Answer, call::Call};
use crate::{App, extract, security::csrf::Csrf, session::Means};

/// `/me`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(show_me))
        .routes(routes!(set_preferences))
}

/// Who calls.
#[derive(Debug, Serialize, ToSchema)]
struct Me {
    /// Their id.
    id: PersonId,
    /// Their name.
    name: String,
    /// Their address.
    email: String,
    /// The language they read.
    lang: Lang,
    /// The theme they chose: `light` or `dark`. None follows the system.
    theme: Option<String>,
    /// Whether they administer the instance.
    is_admin: bool,
    /// What they showed to be let in.
    means: Means,
    /// In a session: what `X-CSRF-Token` must say on everything but `GET`.
    csrf: Option<String>,
}

/// Who calls.
#[utoipa::path(get, path = "/me", tag = "account", responses((status = 200, description = "Who calls", body = Me)))]
async fn show_me(call: Call, csrf: Csrf) -> Json<Me> {
    let means = call.session.means;
    let person = call.session.caller.person;
    Json(Me {
        id: person.id,
        name: person.name,
        email: person.email,
        lang: person.lang,
        theme: person.theme,
        is_admin: person.is_admin,
        means,
        csrf: (means == Means::Session).then(|| csrf.token()),
    })
}

/// What somebody prefers. What is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Preferences {
    /// The language they read.
    #[serde(default)]
    lang: Option<Lang>,
    /// `light`, `dark` or `auto`.
    #[serde(default)]
    theme: Option<String>,
}

/// Changes the caller's preferences.
#[utoipa::path(patch, path = "/me/preferences", tag = "account", responses((status = 204, description = "Kept")))]
async fn set_preferences(call: Call, extract::Json(new): extract::Json<Preferences>) -> Answer<StatusCode> {
    call.service()
        .set_preferences(call.caller(), new.lang, new.theme.as_deref())
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
