//! Tokens: what they open, until when, and what they do not open.

use jalon_store::tokens;
use jiff::SignedDuration;
use serde_json::json;

use crate::site::{Call, Site};

#[tokio::test]
async fn a_token_carries_its_owners_rights_until_it_ends() {
    let site = Site::open().await;
    let admin = site.admin().await;
    let new = json!({ "name": "nightly report", "expires_at": "2026-11-21T12:00:00Z" });
    let issued = admin.post("/tokens", new).await.expect(201).json();
    let secret = issued["secret"].as_str().unwrap();
    assert!(secret.starts_with("jalon_") && secret.len() > 40, "{secret}");
    let program = site.bearer(secret);
    let me = program.get("/me").await.expect(200).json();
    assert_eq!(
        (&me["email"], &me["means"], &me["csrf"]),
        (&json!("claire@nord.example.com"), &json!("token"), &json!(null))
    );

    let listed = admin.get("/tokens").await.expect(200).json();
    assert_eq!(listed["items"][0]["last_used_at"], "2026-11-20T12:00:00Z");
    let kept = tokens::of_person(site.stage.app.store(), site.stage.admin.id())
        .await
        .unwrap();
    assert!(!listed.to_string().contains(secret) && !json!(kept).to_string().contains(secret));
    site.stage.clock.pass(SignedDuration::from_hours(24));
    program.get("/me").await.problem(401, "signed-out");
}

#[tokio::test]
async fn a_token_that_is_taken_back_opens_nothing() {
    let site = Site::open().await;
    let admin = site.admin().await;
    let program = site.program(&site.stage.admin.person).await;
    program.get("/me").await.expect(200);
    let id = admin.get("/tokens").await.json()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    admin.send(Call::delete(format!("/tokens/{id}"))).await.expect(204);
    admin.send(Call::delete(format!("/tokens/{id}"))).await.expect(204);
    program.get("/me").await.problem(401, "signed-out");
    admin
        .send(Call::delete("/tokens/0123456789abcdef"))
        .await
        .problem(404, "not-found");
}

#[tokio::test]
async fn a_use_is_noted_every_five_minutes_at_most() {
    let site = Site::open().await;
    let program = site.program(&site.stage.admin.person).await;
    let store = site.stage.app.store();
    let used = async || {
        program.get("/me").await.expect(200);
        tokens::of_person(store, site.stage.admin.id()).await.unwrap()[0]
            .last_used_at
            .unwrap()
    };
    let first = used().await;
    site.stage.clock.pass(SignedDuration::from_mins(5));
    assert_eq!(used().await, first);
    site.stage.clock.pass(SignedDuration::from_secs(1));
    assert_eq!(used().await, first + SignedDuration::from_secs(301));
}

#[tokio::test]
async fn a_token_makes_no_other_token() {
    let site = Site::open().await;
    let program = site.program(&site.stage.admin.person).await;
    let new = json!({ "name": "another", "expires_at": "2026-12-31T00:00:00Z" });
    program.post("/tokens", new).await.problem(409, "conflict");
    for (name, end) in [
        ("", "2026-12-31T00:00:00Z"),
        ("x", "2026-11-20T12:00:00Z"),
        ("x", "2028-01-01T00:00:00Z"),
    ] {
        let refused = site
            .admin()
            .await
            .post("/tokens", json!({ "name": name, "expires_at": end }))
            .await;
        refused.problem(422, "invalid");
    }
}

#[tokio::test]
async fn somebody_who_was_shut_out_has_no_token() {
    let site = Site::open().await;
    let id = site.stage.engagement().await;
    let person = site.member(id, "Lead", jalon_service::Level::Lead).await;
    let program = site.program(&person).await;
    program.get("/me").await.expect(200);
    let gone = jalon_store::people::Person {
        disabled_at: Some(site.stage.app.now()),
        ..person
    };
    let store = site.stage.app.store();
    store
        .write(async |tx| jalon_store::people::update(tx, &gone).await)
        .await
        .unwrap();
    program.get("/me").await.problem(401, "signed-out");
}
