//! The calendar and what was told, as programs read them; and the address that needs no session.

use jalon_service::{Level, measure::RunScope};
use serde_json::json;

use crate::site::{Call, Site};

#[tokio::test]
async fn what_runs_out_is_listed_and_words_that_are_unknown_are_refused() {
    let site = Site::open().await;
    let id = site.stage.engagement().await;
    let app = &site.stage.app;
    app.run_checks(&site.stage.admin, id, &RunScope::default())
        .await
        .unwrap();
    site.stage.work().await;
    let admin = site.admin().await;
    let path = format!("/engagements/{id}/calendar");
    let all = admin.get(format!("{path}?kind=certificate")).await.expect(200).json();
    let first = &all["items"][0];
    assert_eq!(
        (&first["kind"], &first["late"]),
        (&json!("certificate"), &json!(false)),
        "{first}"
    );
    assert_eq!(
        (&first["on"], &first["at"]),
        (&json!("2026-12-02"), &json!("2026-12-02T00:00:00Z")),
        "{first}"
    );
    assert_eq!(first["link"]["to"], "target");
    assert_eq!(
        admin.get(format!("{path}?mine=true")).await.expect(200).json()["items"],
        json!([])
    );
    admin
        .get(format!("{path}?kind=birthday"))
        .await
        .problem(400, "unreadable");

    let told = admin.get(format!("/engagements/{id}/notices")).await.expect(200).json();
    let notice = &told["items"][0];
    assert_eq!(
        (&notice["kind"], &notice["read"]),
        (&json!("certificate"), &json!(false)),
        "{notice}"
    );
    let read = format!("/engagements/{id}/notices/{}/read", notice["id"].as_str().unwrap());
    admin.send(Call::put(&read, json!({}))).await.expect(204);
    let again = admin.get(format!("/engagements/{id}/notices")).await.expect(200).json();
    assert_eq!(again["items"][0]["read"], true);
    admin.send(Call::delete(&read)).await.expect(204);
    let all = admin
        .post(format!("/engagements/{id}/notices/read"), json!({}))
        .await
        .expect(200)
        .json();
    assert_eq!(all["read"], told["items"].as_array().unwrap().len());
}

#[tokio::test]
async fn an_address_is_made_in_a_session_and_needs_none() {
    let site = Site::open().await;
    let id = site.stage.engagement().await;
    let viewer = site.member(id, "Viewer", Level::Viewer).await;
    let (browser, program) = (site.in_browser(viewer.clone()).await, site.program(&viewer).await);
    let path = format!("/engagements/{id}/calendar/feed");
    assert_eq!(browser.get(&path).await.expect(200).json()["feed"], json!(null));
    program.post(&path, json!({})).await.problem(409, "conflict");
    let made = browser.post(&path, json!({})).await.expect(201).json();
    let url = made["url"].as_str().unwrap().to_owned();
    let below = url
        .strip_prefix("http://127.0.0.1:8420")
        .unwrap_or_else(|| panic!("{url}"));
    let file = site.fetch(below).await.expect(200);
    assert_eq!(
        file.header("content-type"),
        "text/calendar; charset=utf-8; method=PUBLISH"
    );
    assert_eq!(file.header("cache-control"), "private, no-store");
    let text = String::from_utf8(file.body.to_vec()).unwrap();
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("UID:measurement.dns."),
        "{text}"
    );
    assert!(browser.get(&path).await.expect(200).json()["feed"]["created_at"].is_string());

    browser.send(Call::delete(&path)).await.expect(204);
    site.fetch(below).await.expect(404);
    site.fetch("/calendar/x.ics").await.expect(404);
    site.fetch("/calendar/x").await.expect(404);
}

#[tokio::test]
async fn a_repeated_request_does_not_say_the_address_again() {
    let site = Site::open().await;
    let id = site.stage.engagement().await;
    let admin = site.admin().await;
    let call = || Call::post(format!("/engagements/{id}/calendar/feed"), json!({})).with("idempotency-key", "once");
    assert!(admin.send(call()).await.expect(201).json()["url"].is_string());
    assert_eq!(admin.send(call()).await.expect(201).json()["url"], json!(null));
}
