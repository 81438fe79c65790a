//! The OpenAPI 3.1 document: what is common to all calls, and what every route adds from its own attribute.

use std::sync::LazyLock;

use axum::{
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use jalon_service::fix::FixPart;
use utoipa::{
    OpenApi, ToResponse,
    openapi::{
        Object, OpenApi as Document, Ref, Required, Type,
        path::{Operation, ParameterBuilder, ParameterIn, PathItem},
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{App, error::Problem};

/// What the document says before any route does.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Jalon",
        description = "What the pages can do, under the same permissions. Failures are problem documents (RFC 9457), in the language of `Accept-Language`. Lists come in pages: give `next` back as `after`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    servers((url = "/api/v1")),
    security(("token" = []), ("session" = [])),
    tags(
        (name = "account", description = "Who calls, and their tokens"),
        (name = "catalogue", description = "What new engagements follow"),
        (name = "engagements", description = "One organisation’s onboarding to chosen services"),
        (name = "responsibilities", description = "Duties, each with an owner, a proof and an expiry"),
        (name = "decisions", description = "Claims, waivers, what does not apply"),
        (name = "findings", description = "What fails, its owner and its fix"),
        (name = "checks", description = "Measurements and their schedules"),
        (name = "targets", description = "What is measured"),
        (name = "members", description = "Who takes part"),
        (name = "gates", description = "What must hold to leave a phase"),
        (name = "notices", description = "What drifted, told once"),
        (name = "calendar", description = "What runs out or falls due"),
        (name = "audit", description = "What happened"),
        (name = "document", description = "This document"),
    ),
    components(schemas(Problem, FixPart), responses(Refusal)),
)]
struct Base;

/// How every call fails.
#[derive(ToResponse)]
#[response(
    description = "Why it was not done; nothing was changed",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "it describes what the one map of errors answers")]
pub(super) struct Refusal(Problem);

/// The document.
pub fn document() -> Document {
    let mut document = Base::openapi();
    document.merge(super::all().into_openapi());
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    let cookie = ApiKey::Cookie(ApiKeyValue::new("__Host-jalon"));
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    document
        .paths
        .paths
        .iter_mut()
        .for_each(|(path, item)| complete(path, item));
    document
}

/// What every call has in common.
fn complete(path: &str, item: &mut PathItem) {
    let PathItem {
        get,
        put,
        patch,
        post,
        delete,
        ..
    } = item;
    for operation in [get, put, patch, post, delete].into_iter().flatten() {
        let responses = &mut operation.responses.responses;
        responses.insert("default".to_owned(), Ref::from_response_name("Refusal").into());
        // utoipa takes a path's only parameter for a struct of parameters when it has a type of its own.
        if path.matches('{').count() == 1 && path.contains("{engagement}") {
            let parameter = ParameterBuilder::new()
                .name("engagement")
                .parameter_in(ParameterIn::Path);
            push(
                operation,
                parameter
                    .required(Required::True)
                    .schema(Some(Ref::from_schema_name("EngagementId"))),
            );
        }
    }
    if let Some(operation) = &mut item.post {
        let text = "Anything of your own: a repeated request with it is answered as the first was, for a day";
        header(operation, "Idempotency-Key", text);
    }
    for operation in [&mut item.put, &mut item.patch, &mut item.delete, &mut item.post]
        .into_iter()
        .flatten()
    {
        header(operation, "X-CSRF-Token", "In a session: what `/me` says");
    }
}

fn header(operation: &mut Operation, name: &str, text: &str) {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(Object::with_type(Type::String)));
    push(operation, parameter);
}

fn push(operation: &mut Operation, parameter: ParameterBuilder) {
    operation
        .parameters
        .get_or_insert_default()
        .push(parameter.build().into());
}

/// `/openapi.json`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(show_document))
}

static TEXT: LazyLock<String> = LazyLock::new(|| {
    document()
        .to_json()
        .expect("a document of our own words is written as JSON")
});

/// This document.
#[utoipa::path(get, path = "/openapi.json", tag = "document", security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)))]
async fn show_document() -> Response {
    ([(CONTENT_TYPE, "application/json")], TEXT.as_str()).into_response()
}
