//! The loop on which everything hangs, told by a program: create, measure, find, assign, accept, prove, pass.

use jalon_domain::ids::EngagementId;
use jalon_rehearsal::scene::Scene;
use jalon_testkit::on_both;
use serde_json::{Value, json};

use crate::site::{Call, Client, Site};

#[tokio::test]
async fn an_engagement_goes_from_nothing_to_proof() {
    on_both(async |store| {
        let site = Site::on(store).await;
        let program = site.program(&site.stage.admin.person).await;
        let engagement = create(&site, &program).await;
        measure(&site, &program, &engagement).await;
        let rule = see_to_the_findings(&program, &engagement).await;
        accept_one(&program, &engagement, &rule).await;
        prove_one(&program, &engagement).await;
        let gates = program.get(format!("{engagement}/gates")).await.expect(200).json();
        let first = &gates["items"][0]["gate"];
        assert_eq!(
            (first["state"].as_str(), first["proven"].as_u64()),
            (Some("blocked"), Some(1)),
            "{first}"
        );
        let path = format!("{engagement}/gates/{}", first["id"].as_str().unwrap());
        let opened = program.get(path).await.expect(200).json();
        assert_eq!(opened["holds"].as_array().unwrap().len(), 1);
        assert!(!opened["missing"].as_array().unwrap().is_empty());
        look_back(&program, &engagement).await;
    })
    .await;
}

/// Creates it with two domains and a directory; its path.
async fn create(site: &Site, program: &Client) -> String {
    let profile = json!(jalon_testkit::Stage::profile());
    let preview = program
        .post("/engagements/preview", profile.clone())
        .await
        .expect(200)
        .json();
    let new = json!({
        "organisation": "Example Nord", "profile": profile, "start": "2026-09-07", "domains": &Scene::DOMAINS[..2],
    });
    let created = program.post("/engagements", new).await.expect(201);
    assert_eq!(created.json()["applicable"], preview["applicable"]);
    let engagement = created.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let path = format!("{engagement}/targets/file");
    let form = Call::form(path, &[], "nord.ldif", &site.stage.scene.directory().ldif);
    program.send(form).await.expect(201);
    let again = program.post(
        format!("{engagement}/targets"),
        json!({ "family": "dns", "value": Scene::DOMAINS[0] }),
    );
    again.await.problem(409, "conflict");
    let targets = program.get(format!("{engagement}/targets")).await.expect(200).json();
    let families: Vec<&str> = targets["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["family"].as_str())
        .collect();
    assert_eq!(families, ["dns", "dns", "directory"]);
    engagement
}

async fn measure(site: &Site, program: &Client, engagement: &str) {
    let asked = program
        .post(format!("{engagement}/runs"), json!({}))
        .await
        .expect(202)
        .json();
    let runs = asked["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 3);
    let run = format!("{engagement}/runs/{}", runs[0].as_str().unwrap());
    assert_eq!(program.get(&run).await.expect(200).json()["run"]["state"], "queued");
    site.stage.work().await;
    let done = program.get(&run).await.expect(200).json();
    assert_eq!(
        (&done["run"]["state"], &done["run"]["outcome"]),
        (&json!("done"), &json!("fail"))
    );
    assert!(done["rules"].as_array().is_some_and(|it| it.len() > 5));
    let cancelled = program.post(format!("{run}/cancel"), json!({})).await;
    cancelled.problem(409, "conflict");
    let checks = program.get(format!("{engagement}/checks")).await.expect(200).json();
    let schedule = checks["families"][0]["schedule"]["id"].as_str().unwrap();
    let hourly = json!({ "every_seconds": 3600, "enabled": true });
    program
        .put(format!("{engagement}/schedules/{schedule}"), hourly)
        .await
        .expect(204);
    let checks = program.get(format!("{engagement}/checks")).await.expect(200).json();
    assert_eq!(checks["families"][0]["schedule"]["every_seconds"], 3600);
}

/// Finds, counts, assigns, downloads the fix; the rule it was.
async fn see_to_the_findings(program: &Client, engagement: &str) -> String {
    let all = program.all(&format!("{engagement}/findings"), 100).await;
    let overview = program.get(engagement).await.expect(200).json();
    assert_eq!(overview["header"]["findings"], all.len());
    let groups = program
        .get(format!("{engagement}/remediation?view=all"))
        .await
        .expect(200)
        .json();
    let sum: u64 = groups["families"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["count"].as_u64())
        .sum();
    assert_eq!(sum, all.len() as u64);

    let rule = "DNS-003".to_owned();
    let of_rule = all.iter().filter(|it| it["rule"] == *rule).count();
    assert!(of_rule > 0);
    let me = program.id().await;
    let owner = json!({ "owner": me, "due": "2026-12-01" });
    let assigned = program
        .put(format!("{engagement}/rules/{rule}/assignment"), owner)
        .await
        .expect(200)
        .json();
    assert_eq!(assigned["findings"], of_rule);
    let mine = program.all(&format!("{engagement}/findings?view=mine"), 50).await;
    assert!(
        mine.len() == of_rule && mine.iter().all(|it| it["due"] == "2026-12-01"),
        "{mine:?}"
    );

    let fix = program.get(format!("{engagement}/rules/{rule}/fix")).await.expect(200);
    assert_eq!(
        fix.header("content-disposition"),
        "attachment; filename*=UTF-8''fix-dns-003.zone"
    );
    assert!(!fix.body.is_empty());
    rule
}

async fn accept_one(program: &Client, engagement: &str, rule: &str) {
    let mine = program.all(&format!("{engagement}/findings?view=mine"), 50).await;
    let finding = mine[0]["id"].as_str().unwrap();
    let waiver = json!({ "reason": "the records move next month", "until": "2026-12-31", "ticket": "CHG-0412" });
    let decision = program
        .post(format!("{engagement}/findings/{finding}/waiver"), waiver)
        .await
        .expect(201)
        .json();
    let waived = program.all(&format!("{engagement}/findings?view=waived"), 50).await;
    assert_eq!((waived.len(), waived[0]["rule"].as_str()), (1, Some(rule)));
    assert_eq!(waived[0]["accepted_until"], "2027-01-01T00:00:00Z");
    let path = format!("{engagement}/decisions/{}", decision["id"].as_str().unwrap());
    program.send(Call::delete(&path)).await.expect(204);
    assert!(
        program
            .all(&format!("{engagement}/findings?view=waived"), 50)
            .await
            .is_empty()
    );
    program.send(Call::delete(path)).await.problem(409, "conflict");
}

/// Hands in a file, gets it back, has it approved: one responsibility is attested.
async fn prove_one(program: &Client, engagement: &str) {
    let (id, requirements) = one_of_the_first_gate(program, engagement).await;
    let duty = format!("{engagement}/responsibilities/{id}");
    program
        .post(format!("{duty}/claim"), json!({ "reason": "the plan exists" }))
        .await
        .expect(201);
    assert_eq!(program.get(&duty).await.expect(200).json()["row"]["state"], "claimed");
    let bytes = b"minutes of the meeting";
    for requirement in &requirements {
        let word = json!({ "requirement": requirement, "approved": true, "note": "read and agreed" });
        let early = program.post(format!("{duty}/statements"), word.clone()).await;
        early.problem(409, "conflict");
        let fields = [("requirement", requirement.as_str()), ("note", "second version")];
        program
            .send(Call::form(format!("{duty}/evidence"), &fields, "minutes.txt", bytes))
            .await
            .expect(201);
        program.post(format!("{duty}/statements"), word).await.expect(201);
    }
    let page = program.get(&duty).await.expect(200).json();
    assert_eq!(page["row"]["state"], "attested", "{}", page["why"]);
    let file = page["requirements"][0]["evidence"][0]["file"][0].as_str().unwrap();
    let back = program.get(format!("{engagement}/files/{file}")).await.expect(200);
    assert_eq!((&back.body[..], back.header("content-length")), (&bytes[..], "22"));
    assert_eq!(
        back.header("content-disposition"),
        "attachment; filename*=UTF-8''minutes.txt"
    );
}

/// A responsibility that the first gate waits for and that files prove, with its requirements.
async fn one_of_the_first_gate(program: &Client, engagement: &str) -> (String, Vec<String>) {
    let blocking = program
        .get(format!("{engagement}/responsibilities?view=blocking"))
        .await
        .expect(200)
        .json();
    for row in blocking["items"].as_array().unwrap() {
        let id = row["id"].as_str().unwrap();
        let page = program
            .get(format!("{engagement}/responsibilities/{id}"))
            .await
            .expect(200)
            .json();
        let requirements = page["requirements"].as_array().unwrap();
        let by_file = |it: &&Value| matches!(it["by"]["by"].as_str(), Some("deliverable" | "meeting" | "register"));
        if !requirements.is_empty() && requirements.iter().all(|it| by_file(&it)) {
            let id_of = |it: &Value| it["status"]["id"].as_str().unwrap().to_owned();
            return (id.to_owned(), requirements.iter().map(id_of).collect());
        }
    }
    panic!("files prove nothing before the first gate: {blocking}");
}

async fn look_back(program: &Client, engagement: &str) {
    let events = program.all(&format!("{engagement}/audit"), 7).await;
    let seqs: Vec<u64> = events.iter().map(|it| it["seq"].as_u64().unwrap()).collect();
    let last = seqs[0];
    assert_eq!(seqs, (1..=last).rev().collect::<Vec<_>>());
    let chain = program
        .get(format!("{engagement}/audit/verify"))
        .await
        .expect(200)
        .json();
    assert_eq!(chain, json!({ "events": last, "broken": null }));
    for action in [
        "engagement.created",
        "run.recorded",
        "findings.assigned",
        "waiver.revoked",
        "evidence.approved",
    ] {
        assert!(events.iter().any(|it| it["action"] == action), "{action}");
    }
    let id: EngagementId = engagement.rsplit('/').next().unwrap().parse().unwrap();
    let list = program.get("/engagements").await.expect(200).json();
    assert_eq!(list["items"][0]["id"], json!(id));
}
