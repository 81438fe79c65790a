//! Lists: pages that fit together, filters that filter, words that are checked.

use jalon_testkit::Stage;
use serde_json::{Value, json};

use crate::site::Site;

#[tokio::test]
async fn pages_of_engagements_fit_together() {
    let site = Site::open().await;
    let admin = site.admin().await;
    for name in ["Sud", "Est", "Ouest"] {
        let new = json!({ "organisation": name, "profile": Stage::profile(), "start": "2026-09-07" });
        admin.post("/engagements", new).await.expect(201);
    }
    let names = |items: Vec<Value>| -> Vec<String> {
        items
            .iter()
            .map(|it| it["organisation"].as_str().unwrap().to_owned())
            .collect()
    };
    for limit in [1, 2, 3, 4] {
        assert_eq!(
            names(admin.all("/engagements", limit).await),
            ["Est", "Ouest", "Sud"],
            "{limit} at a time"
        );
    }
    for query in [
        "limit=0",
        "limit=201",
        "after=x",
        "after=00000000-0000-7000-8000-000000000000",
    ] {
        admin.get(format!("/engagements?{query}")).await.problem(422, "invalid");
    }
}

#[tokio::test]
async fn responsibilities_are_filtered_by_words_that_exist() {
    let site = Site::open().await;
    let id = site.stage.engagement().await;
    let admin = site.admin().await;
    let path = format!("/engagements/{id}/responsibilities");
    let list = async |query: &str| -> Vec<Value> {
        let page = admin.get(format!("{path}?{query}")).await.expect(200).json();
        assert_eq!(page["next"], json!(null));
        page["items"].as_array().unwrap().clone()
    };
    let all = list("").await;
    assert_eq!(all.len(), 76);
    let of_phase = list("phase=enable").await;
    assert!(!of_phase.is_empty() && of_phase.iter().all(|it| it["phase"] == "enable"));
    let cross = list("phase=cross").await;
    assert!(!cross.is_empty() && cross.iter().all(|it| it["phase"].is_null()));
    let left_out = list("state=not_applicable").await;
    let open = list("state=not_started&owner=none").await;
    assert!(open.iter().all(|it| it["reason"] == "not_started"));
    assert_eq!(open.len() + left_out.len(), all.len());
    assert_eq!(list("text=dns.records").await.len(), 1);
    for query in ["phase=later", "state=done", "owner=me"] {
        admin.get(format!("{path}?{query}")).await.problem(422, "invalid");
    }
    admin.get(format!("{path}?view=none")).await.problem(400, "unreadable");
    admin
        .get(format!("{path}?group=phase"))
        .await
        .problem(400, "unreadable");
}
