//! The OpenAPI document says what the routes are, all of them and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use serde_json::Value;

use crate::site::{Call, Site};

fn document() -> Value {
    serde_json::to_value(jalon_web::api::document()).unwrap()
}

/// The methods of every path.
fn paths(document: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let items = document["paths"].as_object().unwrap();
    items
        .iter()
        .map(|(path, it)| (path.clone(), it.as_object().unwrap().keys().cloned().collect()))
        .collect()
}

#[tokio::test]
async fn the_document_is_served_as_openapi_3_1() {
    let site = Site::open().await;
    let reply = site.nobody().get("/openapi.json").await.expect(200);
    assert_eq!(reply.header("content-type"), "application/json");
    let served = reply.json();
    assert!(
        served["openapi"].as_str().unwrap().starts_with("3.1."),
        "{}",
        served["openapi"]
    );
    assert_eq!(served["servers"][0]["url"], "/api/v1");
    assert_eq!(served, document());
}

#[tokio::test]
async fn every_route_of_the_router_is_in_the_document_and_every_path_of_the_document_is_a_route() {
    let site = Site::open().await;
    // The router tells its paths to whoever debugs it, and to nobody else.
    let told = format!("{:?}", jalon_web::api::routes(&site.app));
    let routed: BTreeSet<String> = told
        .split('"')
        .filter(|it| it.len() > 1 && it.starts_with('/') && !it.contains("__private"))
        .map(str::to_owned)
        .collect();
    let described: BTreeSet<String> = paths(&document()).into_keys().collect();
    assert!(described.len() > 35, "{}", described.len());
    assert_eq!(routed, described);
}

#[tokio::test]
async fn a_path_takes_the_methods_that_the_document_says_and_no_other() {
    let site = Site::open().await;
    let program = site.program(&site.stage.admin.person).await;
    for (path, methods) in paths(&document()) {
        let somewhere: String = path
            .split('/')
            .map(|it| {
                if it.starts_with('{') {
                    "00000000-0000-7000-8000-000000000000"
                } else {
                    it
                }
            })
            .collect::<Vec<_>>()
            .join("/");
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let taken = program.send(Call::new(method.clone(), &somewhere)).await.status != 405;
            let said = methods.contains(&method.as_str().to_lowercase());
            // A parameter may stand where another route has a word, as in /engagements/preview.
            assert_eq!(taken, said, "{method} {path}");
        }
    }
}

#[test]
fn every_operation_says_what_it_is_and_how_it_succeeds_and_fails() {
    let document = document();
    let tags: BTreeSet<&str> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["name"].as_str())
        .collect();
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id), "{id} is there twice");
            assert!(
                operation["summary"].as_str().is_some_and(|it| it.len() > 4),
                "{method} {path} has no summary"
            );
            assert!(
                operation["tags"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|it| tags.contains(it.as_str().unwrap())),
                "{id}"
            );
            let responses = operation["responses"].as_object().unwrap();
            assert!(
                responses.keys().any(|it| it.starts_with('2')) && responses.contains_key("default"),
                "{id}"
            );
            let named = |name: &str| {
                let all = operation["parameters"].as_array().into_iter().flatten();
                all.filter(|it| it["name"] == name).count()
            };
            for parameter in path.split('{').skip(1).filter_map(|it| it.split('}').next()) {
                assert_eq!(named(parameter), 1, "{id}: {parameter}");
            }
            assert_eq!(named("Idempotency-Key"), usize::from(method == "post"), "{id}");
            assert_eq!(named("X-CSRF-Token"), usize::from(method != "get"), "{id}");
        }
    }
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    let document = document();
    let mut dangling = BTreeSet::new();
    walk(&document, &mut |it| {
        if let Some(reference) = it["$ref"].as_str() {
            let pointer = reference.strip_prefix('#').unwrap_or_default();
            if document.pointer(pointer).is_none() {
                dangling.insert(reference.to_owned());
            }
        }
    });
    assert!(dangling.is_empty(), "{dangling:?}");
}

#[test]
fn every_list_says_what_it_can_be_asked() {
    let document = document();
    let mut asked: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for operation in document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|it| it.as_object().unwrap().values())
    {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        for name in parameters
            .filter(|it| it["in"] == "query")
            .filter_map(|it| it["name"].as_str())
        {
            asked
                .entry(operation["operationId"].as_str().unwrap())
                .or_default()
                .push(name);
        }
    }
    let expected = BTreeMap::from([
        ("download_fix", vec!["part", "target", "attribute", "error"]),
        ("list_calendar", vec!["kind", "mine"]),
        ("list_engagements", vec!["after", "limit"]),
        ("list_events", vec!["after", "limit"]),
        (
            "list_findings",
            vec![
                "view",
                "family",
                "severity",
                "owner",
                "text",
                "target",
                "attribute",
                "error",
                "after",
                "limit",
            ],
        ),
        ("list_fixes", vec!["rule"]),
        ("list_notices", vec!["after", "limit"]),
        (
            "list_responsibilities",
            vec!["view", "phase", "state", "workstream", "owner", "side", "text"],
        ),
        ("preview_fix", vec!["target", "attribute", "error"]),
        (
            "show_remediation",
            vec![
                "view",
                "family",
                "severity",
                "owner",
                "text",
                "target",
                "attribute",
                "error",
                "open",
                "form",
            ],
        ),
        ("show_target", vec!["before"]),
        ("show_zone_plan", vec!["rule", "form"]),
    ]);
    assert_eq!(asked, expected);
}

fn walk<'a>(value: &'a Value, visit: &mut impl FnMut(&'a Value)) {
    visit(value);
    match value {
        Value::Array(items) => items.iter().for_each(|it| walk(it, visit)),
        Value::Object(fields) => fields.values().for_each(|it| walk(it, visit)),
        _ => {}
    }
}
