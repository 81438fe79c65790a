//! Every kind of refusal is a problem document, in the language that was asked for, and changes nothing.

use axum::http::Method;
use serde_json::json;

use crate::site::{Call, Site};

#[tokio::test]
async fn each_kind_of_refusal_is_a_problem_document() {
    let site = Site::open().await;
    let admin = site.admin().await;
    let id = site.stage.engagement().await;
    let e = format!("/engagements/{id}");
    let viewer = site
        .in_browser(site.member(id, "Viewer", jalon_service::Level::Viewer).await)
        .await;

    admin.get("/nowhere").await.problem(404, "not-found");
    admin.get("/engagements/not-an-id").await.problem(404, "not-found");
    admin
        .get("/engagements/00000000-0000-7000-8000-000000000000")
        .await
        .problem(404, "not-found");
    site.bearer("jalon_unknown").get("/me").await.problem(401, "signed-out");
    let refused = viewer
        .post(format!("{e}/runs"), json!({}))
        .await
        .problem(403, "forbidden");
    assert_eq!(refused["permission"], "measure");
    let method = admin.send(Call::new(Method::DELETE, &e)).await;
    method.problem(405, "no-such-method");
    assert_eq!(method.header("allow"), "GET,HEAD");

    let value = json!({ "family": "dns", "value": "not a domain" });
    let invalid = admin.post(format!("{e}/targets"), value).await.problem(422, "invalid");
    assert_eq!(invalid["errors"][0]["field"], "value");
    admin
        .post(format!("{e}/targets"), json!({ "family": "dns", "valu": "x" }))
        .await
        .problem(400, "unreadable");
    let mut broken = Call::post(format!("{e}/targets"), json!(0));
    broken.body = "{".into();
    admin.send(broken).await.problem(400, "unreadable");
    admin
        .get(format!("{e}/findings?sate=open"))
        .await
        .problem(400, "unreadable");
    let waiver = json!({ "reason": "the plan of the group is used", "until": "2026-12-31" });
    let path = format!("{e}/responsibilities/success.plan/waiver");
    admin.post(&path, waiver.clone()).await.expect(201);
    admin.post(&path, waiver).await.problem(409, "conflict");
    let large = admin
        .post(format!("{e}/targets"), json!({ "value": "x".repeat(2 << 20) }))
        .await;
    assert_eq!(large.problem(413, "too-large")["limit"], 1 << 20);
    let empty = admin
        .send(Call::form(format!("{e}/targets/file"), &[], "a.ldif", b""))
        .await;
    assert_eq!(empty.problem(422, "invalid")["errors"][0]["field"], "file");
    let mut cut = Call::form(format!("{e}/targets/file"), &[], "a.ldif", b"dn: cn=a");
    cut.body.truncate(cut.body.len() - 6);
    admin.send(cut).await.problem(400, "unreadable");
}

#[tokio::test]
async fn a_problem_is_said_in_the_language_of_the_caller_with_its_reference() {
    let site = Site::open().await;
    let admin = site.admin().await;
    let call = Call::get("/engagements/not-an-id").with("accept-language", "fr-FR,fr;q=0.9");
    let reply = admin.send(call).await;
    let problem = reply.problem(404, "not-found");
    assert_eq!(
        (reply.header("content-language"), problem["title"].as_str()),
        ("fr", Some("Il n’y a rien ici"))
    );
    assert_eq!(problem["reference"], reply.header("x-request-id"));
}

#[tokio::test]
async fn a_change_of_what_was_read_before_somebody_elses_is_refused_with_what_changed() {
    let site = Site::open().await;
    let id = site.stage.engagement().await;
    let admin = site.admin().await;
    let me = admin.id().await;
    let path = format!("/engagements/{id}/responsibilities/success.plan");
    let read = admin.get(&path).await.expect(200);
    let assign = |tag: &str, owner| {
        let new = json!({ "owner": owner, "due": "2026-12-01" });
        Call::put(format!("{path}/assignment"), new).with("if-match", tag)
    };
    let changed = admin.send(assign(read.header("etag"), me)).await.expect(200);
    assert_eq!(changed.json()["owner"]["name"], "Claire Morel");
    assert_ne!(changed.header("etag"), read.header("etag"));

    let stale = admin
        .send(assign(read.header("etag"), json!(null)))
        .await
        .problem(409, "stale");
    assert_eq!(
        stale["changed"],
        json!(["the owner is now Claire Morel", "the due date is now 2026-12-01"])
    );
    let now = admin.get(&path).await.expect(200);
    assert_eq!(
        (now.header("etag"), &now.json()["row"]["owner"]["name"]),
        (changed.header("etag"), &json!("Claire Morel"))
    );
    admin
        .send(assign(changed.header("etag"), json!(null)))
        .await
        .expect(200);

    for tag in ["*", "W/\"1\"", "1", "\"x\""] {
        let refused = admin.send(assign(tag, json!(null))).await.problem(422, "invalid");
        assert_eq!(refused["errors"][0]["field"], "If-Match", "{tag}");
    }
    let without = admin
        .put(format!("{path}/assignment"), json!({ "owner": null, "due": null }))
        .await;
    without.problem(422, "invalid");
}
