//! The caller's API tokens.

use axum::{Extension, Json, http::StatusCode};
use jalon_service::account::{IssuedToken, NewToken, TokenView};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    M,
    answer::{Answer, Made, Page},
    call::{Call, Path},
    document::Refusal,
    once::Keep,
};
use crate::{App, error::Failure, extract, session::Means, text::texts};

/// `/tokens`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_tokens, issue_token))
        .routes(routes!(revoke_token))
}

/// The caller's tokens, the newest first, those no longer in force too.
#[utoipa::path(get, path = "/tokens", tag = "account", responses((status = 200, description = "All of them", body = Page<TokenView>)))]
async fn list_tokens(call: Call) -> Answer<Json<Page<TokenView>>> {
    Ok(Page::whole(call.service().tokens(call.caller()).await?))
}

/// Issues a token that carries the caller's rights. Only a session may: who finds a token cannot make more of it.
#[utoipa::path(post, path = "/tokens", tag = "account", responses(
    (status = 201, description = "The token with its secret, said this once", body = IssuedToken),
    (status = 409, response = Refusal),
    (status = 422, response = Refusal),
))]
async fn issue_token(
    call: Call,
    extract::Json(new): extract::Json<NewToken>,
) -> Answer<(Extension<Keep>, Made<IssuedToken>)> {
    if call.session.means == Means::Token {
        return Err(Failure::Conflict(Some(texts!(M, "session-needed"))).into());
    }
    let issued = call.service().issue_token(call.caller(), &new).await?;
    let kept = Keep(json!({ "token": issued.token, "secret": null }).to_string());
    Ok((Extension(kept), Made::of(issued)))
}

/// Takes a token back, at once.
#[utoipa::path(delete, path = "/tokens/{token}", tag = "account", responses((status = 204, description = "Taken back")))]
async fn revoke_token(call: Call, Path(token): Path<String>) -> Answer<StatusCode> {
    call.service().revoke_token(call.caller(), &token).await?;
    Ok(StatusCode::NO_CONTENT)
}
