//! The JSON API under `/api/v1`: what the pages can do, under the same permissions.
//!
//! One file a resource: its routes, and handlers that call one use case each. A route is registered from the same
//! attribute that describes it in the OpenAPI document, so the two cannot drift apart. What is common to all (who calls,
//! pages of lists, versions, uploads, repeated requests) is in `call`, `answer`, `once` and `upload`.

mod answer;
mod audit;
mod calendar;
mod call;
mod catalogue;
mod checks;
mod decisions;
mod directories;
mod document;
mod engagements;
mod evidence;
mod files;
mod findings;
mod fixes;
mod gates;
mod me;
mod members;
mod notices;
mod once;
mod query;
mod responsibilities;
mod runs;
mod targets;
mod tokens;
mod upload;
mod zones;

use std::sync::LazyLock;

use axum::{Router, middleware::from_fn_with_state};
use jalon_domain::text::Messages;
use utoipa_axum::router::OpenApiRouter;

use crate::{App, text::messages};

pub use document::document;

static M: LazyLock<Messages> = messages!();

/// Where the API is, in front of every path of its document.
const PREFIX: &str = "/api/v1";

/// Every route of the API, relative to `/api/v1`.
pub fn routes(app: &App) -> Router<App> {
    let (router, _) = all().split_for_parts();
    router.layer(from_fn_with_state(app.clone(), once::guard))
}

/// Every route with what the document says of it.
fn all() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(document::routes())
        .merge(me::routes())
        .merge(tokens::routes())
        .merge(catalogue::routes())
        .merge(engagements::routes())
        .merge(responsibilities::routes())
        .merge(evidence::routes())
        .merge(decisions::routes())
        .merge(findings::routes())
        .merge(fixes::routes())
        .merge(checks::routes())
        .merge(runs::routes())
        .merge(targets::routes())
        .merge(zones::routes())
        .merge(directories::routes())
        .merge(members::routes())
        .merge(gates::routes())
        .merge(notices::routes())
        .merge(calendar::routes())
        .merge(audit::routes())
        .merge(files::routes())
}
