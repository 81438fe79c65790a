//! A directory is connected by a program, on a real domain controller: its forest is told, its password never.

use jalon_testkit::lab::{Server, has_samba, pem, said};
use serde_json::{Value, json};

use crate::site::{Call, Site};

#[tokio::test]
async fn a_program_connects_a_forest_and_reads_what_it_is() {
    if !has_samba() {
        return;
    }
    let site = Site::open().await;
    let program = site.program(&site.stage.admin.person).await;
    let engagement = format!("/engagements/{}", site.stage.engagement().await);
    let password = said("JALON_LAB_AD_PASSWORD");
    let new = json!({
        "name": "contoso", "server": said("JALON_LAB_AD_LDAPS"), "security": "ldaps", "user": said("JALON_LAB_AD_ADMIN"),
        "password": password, "bases": [format!("OU=Staff,{}", said("JALON_LAB_AD_BASE"))],
        "roots": pem(said("JALON_LAB_AD_ROOTS")),
    });
    let tried = program
        .post(format!("{engagement}/directories/test"), new.clone())
        .await
        .expect(200)
        .json();
    assert_eq!(tried["works"], true, "{tried}");
    let made = program.post(format!("{engagement}/directories"), new).await.expect(201);
    let at = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let shown = program.get(&at).await.expect(200);
    assert_eq!(shown.json()["has_password"], true);
    assert!(!String::from_utf8_lossy(&shown.body).contains(&password));

    let asked = program.post(format!("{at}/full"), json!({})).await.expect(202).json();
    site.stage.work().await;
    let run = format!("{engagement}/runs/{}", asked["runs"][0].as_str().unwrap());
    assert_eq!(program.get(run).await.expect(200).json()["run"]["state"], "done");
    let environment = program
        .get(format!("{engagement}/environment"))
        .await
        .expect(200)
        .json();
    let facts = &environment["forests"][0]["facts"];
    assert_eq!(facts["forest"]["root"], "contoso.example", "{environment}");
    assert_eq!(facts["controllers"].as_array().map(Vec::len), Some(1));
    let listed = program
        .get(format!("{engagement}/directories"))
        .await
        .expect(200)
        .json();
    assert_eq!(listed["items"][0]["is_incremental"], true, "{listed}");
}

#[tokio::test]
async fn what_cannot_be_taken_is_a_problem_at_its_field() {
    let (site, server) = (Site::open().await, Server::start("slapd"));
    let program = site.program(&site.stage.admin.person).await;
    let path = format!("/engagements/{}/directories", site.stage.engagement().await);
    let sound = json!({ "server": server.value("url"), "security": "plain", "bind": "anonymous" });
    let with = |key: &str, value: Value| {
        let mut input = sound.clone();
        input[key] = value;
        input
    };
    let refused = [
        ("server", with("server", json!("ldap://"))),
        ("allow_unprotected", with("bind", json!("simple"))),
        ("bases", with("bases", json!(["nowhere"]))),
        ("filter", with("filter", json!("department=x"))),
        ("roots", with("roots", json!("no certificate"))),
        ("page", with("page", json!(0))),
    ];
    for (field, input) in refused {
        let problem = program.post(&path, input).await.problem(422, "invalid");
        assert!(problem.to_string().contains(field), "{field}: {problem}");
    }
    let unknown = program.post(&path, with("colour", json!("red"))).await;
    assert!(unknown.problem(400, "unreadable").to_string().contains("colour"));
    let made = program.post(&path, sound.clone()).await.expect(201);
    let at = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    program.put(&at, sound.clone()).await.problem(422, "invalid");
    let tag = program.get(&at).await.expect(200).header("etag").to_owned();
    let put = || Call::put(at.clone(), sound.clone()).with("if-match", &tag);
    let changed = program.send(put()).await.expect(200);
    assert_ne!(changed.header("etag"), tag);
    program.send(put()).await.problem(409, "stale");
}
