//! Requests that are sent twice are done once.

use std::time::Duration;

use jalon_service::Level;
use jalon_testkit::{Stage, on_both};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::site::{Call, Client, Reply, Site};

fn engagement(organisation: &str) -> Value {
    json!({ "organisation": organisation, "profile": Stage::profile(), "start": "2026-09-07" })
}

fn create(key: &str, organisation: &str) -> Call {
    Call::post("/engagements", engagement(organisation)).once(key)
}

async fn count(client: &Client) -> usize {
    client.all("/engagements", 200).await.len()
}

/// The same but for what every answer has of its own.
fn same(reply: &Reply) -> (u16, Option<String>, Value) {
    let location = reply.headers.get("location").map(|it| it.to_str().unwrap().to_owned());
    (reply.status.as_u16(), location, reply.json())
}

#[tokio::test]
async fn a_repeated_creation_is_answered_as_the_first_was() {
    let site = Site::open().await;
    let admin = site.admin().await;
    let first = admin.send(create("k-1", "Nord")).await.expect(201);
    assert!(!first.headers.contains_key("idempotent-replayed"));
    let again = admin.send(create("\"k-1\"", "Nord")).await;
    assert_eq!((same(&again), &again.body), (same(&first), &first.body));
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(count(&admin).await, 1);

    let other = admin.send(create("k-1", "Sud")).await.problem(422, "invalid");
    assert_eq!(other["errors"][0]["field"], "Idempotency-Key");
    admin.send(create("k-2", "Sud")).await.expect(201);
    assert_eq!(count(&admin).await, 2);
    for key in ["", "\"\"", &"x".repeat(256), "clé"] {
        admin.send(create(key, "Est")).await.problem(422, "invalid");
    }
    site.stage.clock.pass(SignedDuration::from_hours(25));
    admin.send(create("k-1", "Ouest")).await.expect(201);
}

#[tokio::test]
async fn work_that_failed_leaves_the_key_free() {
    let site = Site::open().await;
    let admin = site.admin().await;
    for _ in 0..2 {
        admin.send(create("k", " ")).await.problem(422, "invalid");
    }
    admin.send(create("k", "Nord")).await.expect(201);
    for _ in 0..10 {
        admin.send(create("again", " ")).await.problem(422, "invalid");
    }
    admin.send(create("again", "Sud")).await.problem(409, "conflict");
    assert_eq!(count(&admin).await, 1);
}

#[tokio::test]
async fn a_key_is_somebodys_own() {
    let site = Site::open().await;
    let id = site.stage.engagement().await;
    let admin = site.admin().await;
    let lead = site.in_browser(site.member(id, "Lead", Level::Lead).await).await;
    let add = |value: &str| {
        Call::post(
            format!("/engagements/{id}/targets"),
            json!({ "family": "dns", "value": value }),
        )
        .once("k")
    };
    admin.send(add("a.nord.example")).await.expect(201);
    lead.send(add("b.nord.example")).await.expect(201);
    site.nobody()
        .send(add("c.nord.example").with("authorization", "Bearer x"))
        .await
        .problem(401, "signed-out");
}

#[tokio::test]
async fn of_two_that_arrive_at_once_one_works() {
    // Which one is first is decided by a key of the table, and each engine says so in its own way.
    on_both(async |store| {
        let site = Site::on(store).await;
        let admin = site.admin().await;
        let send = || admin.send(create("k", "Nord"));
        let replies = tokio::join!(send(), send(), send());
        let statuses = [replies.0, replies.1, replies.2].map(|it| it.status.as_u16());
        assert!(
            statuses.contains(&201) && statuses.iter().all(|it| [201, 409].contains(it)),
            "{statuses:?}"
        );
        assert_eq!(count(&admin).await, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_went_away_gets_the_answer_by_asking_again() {
    let site = Site::open().await;
    let admin = site.admin().await;
    // Polled once, then dropped: the connection is gone before the answer.
    let gone = tokio::time::timeout(Duration::ZERO, admin.send(create("k", "Nord"))).await;
    assert!(gone.is_err());
    let mut reply = admin.send(create("k", "Nord")).await;
    while reply.status == 409 {
        reply = admin.send(create("k", "Nord")).await;
    }
    reply.expect(201);
    assert_eq!(count(&admin).await, 1);
}

#[tokio::test]
async fn a_secret_is_said_once_and_kept_nowhere() {
    let site = Site::open().await;
    let id = site.stage.engagement().await;
    let admin = site.admin().await;
    let token = Call::post("/tokens", json!({ "name": "CI", "expires_at": "2026-12-31T00:00:00Z" })).once("t");
    let member = json!({ "name": "Inès Faure", "email": "ines@nord.example", "level": "viewer" });
    let member = Call::post(format!("/engagements/{id}/members"), member).once("m");
    for (call, field) in [(token, "secret"), (member, "invitation")] {
        let first = admin.send(call.clone()).await.expect(201).json();
        assert!(first[field].as_str().is_some_and(|it| it.len() > 40), "{first}");
        let mut expected = first;
        expected[field] = json!(null);
        assert_eq!(admin.send(call).await.expect(201).json(), expected);
    }
    assert_eq!(admin.get("/tokens").await.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_upload_is_taken_once_whatever_its_boundary() {
    let site = Site::open().await;
    let id = site.stage.engagement().await;
    let admin = site.admin().await;
    let path = format!("/engagements/{id}/targets/file");
    let form = Call::form(&path, &[], "sud.ldif", b"dn: cn=a,dc=sud,dc=example\ncn: a\n").once("k");
    let first = admin.send(form.clone()).await.expect(201);
    let mut form = form.with("content-type", "multipart/form-data; boundary=c");
    form.headers.retain(|(_, value)| !value.ends_with("=b"));
    form.body = String::from_utf8(form.body.to_vec())
        .unwrap()
        .replace("--b", "--c")
        .into();
    let again = admin.send(form).await.expect(201);
    assert_eq!(
        (first.body, again.header("idempotent-replayed")),
        (again.body.clone(), "true")
    );
}
