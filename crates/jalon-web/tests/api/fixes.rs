//! The fix of a directory rule told by a program: looked at, gone through, approved, taken back, proved.

use jalon_domain::ids::{EngagementId, TargetId};
use jalon_store::{
    attachments::{self, Attachment},
    targets,
};
use jalon_testkit::Stage;
use serde_json::{Value, json};

use crate::site::{Call, Client, Site};

/// Two people whose given names have a space at the end, or none any more.
fn export(end: &str) -> String {
    use base64::Engine as _;
    let person = |name: &str| {
        let given = base64::prelude::BASE64_STANDARD.encode(format!("{name}{end}"));
        format!(
            "dn: CN={name},DC=nord,DC=example\nobjectClass: user\ndisplayName: {name}\ngivenName:: {given}\n\
             sAMAccountName: {name}\nuserPrincipalName: {name}@nord.example\nmail: {name}@nord.example\n\n"
        )
    };
    ["ana", "bea"].map(person).concat()
}

/// An engagement with that directory, measured; its path.
async fn measured(site: &Site, program: &Client) -> String {
    let new = json!({ "organisation": "Example Nord", "profile": Stage::profile(), "start": "2026-09-07" });
    let created = program.post("/engagements", new).await.expect(201);
    let engagement = created.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let form = Call::form(
        format!("{engagement}/targets/file"),
        &[],
        "nord.ldif",
        export(" ").as_bytes(),
    );
    program.send(form).await.expect(201);
    measure(site, program, &engagement).await;
    engagement
}

async fn measure(site: &Site, program: &Client, engagement: &str) {
    program.post(format!("{engagement}/runs"), json!({})).await.expect(202);
    site.stage.work().await;
}

/// A newer export in the place of the first.
async fn hand_in(site: &Site, engagement: &str, text: &str) {
    let app = &site.stage.app;
    let id: EngagementId = engagement.rsplit('/').next().unwrap().parse().unwrap();
    let target = targets::of_engagement(app.store(), id).await.unwrap().remove(0);
    let bytes = bytes::Bytes::copy_from_slice(text.as_bytes());
    let stream = futures::stream::once(async { Ok::<_, std::convert::Infallible>(bytes) });
    let kept = app.keep_upload("nord.ldif", "text/plain", stream).await.unwrap();
    let row = Attachment {
        id: kept.id,
        organisation: target.organisation,
        engagement: id,
        name: kept.name,
        media_type: kept.media_type,
        size: kept.size,
        sha256: kept.sha256,
        by: site.stage.admin.id(),
        at: app.now(),
    };
    app.store()
        .write(async |tx| {
            attachments::insert(tx, &row).await?;
            targets::set_attachment(tx, target.id, row.id).await
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_program_approves_what_it_has_read_and_learns_which_run_proved_it() {
    let site = Site::open().await;
    let program = site.program(&site.stage.admin.person).await;
    let engagement = measured(&site, &program).await;
    let rule = format!("{engagement}/rules/DIR-003");
    let preview = program.get(format!("{rule}/fix/preview")).await.expect(200).json();
    assert_eq!(
        (&preview["values"], &preview["findings"]),
        (&json!(2), &json!(2)),
        "{preview}"
    );
    let changes = program.get(format!("{rule}/fix")).await.expect(200);
    assert_eq!(
        changes.header("content-disposition"),
        "attachment; filename*=UTF-8''fix-dir-003.ldif"
    );
    let script = program.get(format!("{rule}/fix?part=script")).await.expect(200);
    assert!(String::from_utf8_lossy(&script.body).contains("Edit-Object 'CN=ana,DC=nord,DC=example'"));

    let unread = json!({ "sha256": "00" });
    program
        .post(format!("{rule}/fixes"), unread)
        .await
        .problem(409, "conflict");
    let read = json!({ "sha256": preview["sha256"], "note": "agreed" });
    let made = program.post(format!("{rule}/fixes"), read).await.expect(201);
    let fix = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let shown = program.get(&fix).await.expect(200).json();
    assert_eq!(
        (&shown["open"], &shown["proved_by"], &shown["note"]),
        (&json!(2), &json!([]), &json!("agreed"))
    );
    let file = format!("{engagement}/files/{}", shown["changes"]["id"].as_str().unwrap());
    assert_eq!(program.get(file).await.expect(200).body, changes.body, "byte for byte");

    program.send(Call::delete(&fix)).await.expect(204);
    program.send(Call::delete(&fix)).await.problem(409, "conflict");
    program.post(format!("{fix}/restore"), json!({})).await.expect(204);

    hand_in(&site, &engagement, &export("")).await;
    measure(&site, &program, &engagement).await;
    let proved = program.get(&fix).await.expect(200).json();
    assert_eq!((&proved["open"], &proved["closed"]), (&json!(0), &json!(2)));
    let run = proved["proved_by"][0]["run"].as_str().unwrap();
    let run = program.get(format!("{engagement}/runs/{run}")).await.expect(200).json();
    assert_eq!(run["run"]["state"], "done");
    program.get(format!("{rule}/fix")).await.problem(404, "not-found");
    let all = program.get(format!("{engagement}/fixes")).await.expect(200).json();
    assert_eq!(all["items"], json!([proved]));
}

#[tokio::test]
async fn a_reviewed_table_is_followed_or_refused_with_a_line_a_row() {
    let site = Site::open().await;
    let program = site.program(&site.stage.admin.person).await;
    let engagement = measured(&site, &program).await;
    let rule = format!("{engagement}/rules/DIR-003");
    let table = program.get(format!("{rule}/fix?part=review")).await.expect(200);
    let table = String::from_utf8(table.body.to_vec()).unwrap();
    let send = async |table: &str| {
        let form = Call::form(
            format!("{rule}/fixes/reviewed"),
            &[("note", "")],
            "table.csv",
            table.as_bytes(),
        );
        program.send(form).await
    };
    let wrong = table.replace("CN=ana,", "CN=zoe,").replace("CN=bea,", "CN=yves,");
    let problem = send(&wrong).await.problem(422, "invalid");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.starts_with("row 2: ") && detail.contains("\nrow 3: "),
        "{problem}"
    );
    let fixes = async || program.get(format!("{engagement}/fixes")).await.expect(200).json()["items"].clone();
    assert_eq!(fixes().await, json!([]));

    let own = table
        .replace("yes,\"CN=bea,", "no,\"CN=bea,")
        .replace(",ana,edit", ",Anna,edit");
    send(&own).await.expect(201);
    let kept = fixes().await;
    assert_eq!(
        (&kept[0]["findings"], &kept[0]["review"]["name"]),
        (&json!(1), &json!("table.csv"))
    );
    let file = format!("{engagement}/files/{}", kept[0]["changes"]["id"].as_str().unwrap());
    let changes = program.get(file).await.expect(200);
    assert!(String::from_utf8_lossy(&changes.body).contains("add: givenName\ngivenName: Anna\n"));
}

#[tokio::test]
async fn a_list_is_narrowed_and_what_it_leaves_is_given_an_owner() {
    let site = Site::open().await;
    let program = site.program(&site.stage.admin.person).await;
    let engagement = measured(&site, &program).await;
    let found = program
        .all(
            &format!("{engagement}/findings?attribute=givenName&error=character"),
            50,
        )
        .await;
    let none = program.all(&format!("{engagement}/findings?attribute=mail"), 50).await;
    let target: TargetId = site_target(&program, &engagement).await;
    let of_target = program.all(&format!("{engagement}/findings?target={target}"), 50).await;
    assert_eq!((none.len(), of_target.len()), (0, 2));
    let list = program
        .get(format!("{engagement}/remediation?view=all"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        list["facets"]["attributes"],
        json!([["givenName", 2]]),
        "{}",
        list["facets"]
    );
    program
        .get(format!("{engagement}/findings?error=odd"))
        .await
        .expect(400);

    let me = program.id().await;
    let assign = async |only: Value| {
        let new = json!({ "owner": me, "due": "2026-12-24", "only": only });
        program.put(format!("{engagement}/rules/DIR-003/assignment"), new).await
    };
    let first = of_target[0]["id"].clone();
    assert_eq!(
        assign(json!({ "findings": [first] })).await.expect(200).json()["findings"],
        1
    );
    assert_eq!(
        program.all(&format!("{engagement}/findings?view=mine"), 50).await.len(),
        1
    );
    let filter = json!({ "filter": { "attribute": "givenName", "owner": "none" } });
    assert_eq!(assign(filter).await.expect(200).json()["findings"], 1);
    assign(json!({ "filter": { "attribute": "mail" } }))
        .await
        .problem(404, "not-found");
    assert!(found.len() <= 2);
}

async fn site_target(program: &Client, engagement: &str) -> TargetId {
    let targets = program.get(format!("{engagement}/targets")).await.expect(200).json();
    targets["items"][0]["id"].as_str().unwrap().parse().unwrap()
}
