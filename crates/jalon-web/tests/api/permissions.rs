//! Who may do what: every route with every role, and the status that each is given. The table lists every operation of
//! the document, so that a route cannot be added without saying who may use it.

use std::collections::BTreeSet;

use jalon_testkit::Stage;
use serde_json::{Value, json};

use crate::{
    cast::{Cast, ROLES, Role},
    site::{Call, Site},
};

type Given = [u16; 6];

/// What everybody who is signed in may do.
const KNOWN: Given = [401, 200, 200, 200, 200, 200];
/// What an engagement's members may see.
const SEE: Given = [401, 404, 200, 200, 200, 200];

/// What contributors may do, with the status of success.
const fn contribute(done: u16) -> Given {
    [401, 404, 403, done, done, done]
}

/// What leads may do, with the status of success.
const fn lead(done: u16) -> Given {
    [401, 404, 403, 403, done, done]
}

/// What administrators may do, with the status of success.
const fn administer(done: u16) -> Given {
    [401, 403, 403, 403, 403, done]
}

/// Every operation, by its id in the document. A second line for an operation tells what it was asked.
const TABLE: [(&str, &str, Given); 76] = [
    ("show_document", "", [200; 6]),
    ("show_me", "", KNOWN),
    ("set_preferences", "", [401, 204, 204, 204, 204, 204]),
    ("list_tokens", "", KNOWN),
    ("issue_token", "", [401, 201, 201, 201, 201, 201]),
    ("revoke_token", "one's own", [401, 204, 204, 204, 204, 204]),
    ("revoke_token", "somebody else's", [401, 404, 404, 404, 404, 404]),
    ("show_catalogue", "", KNOWN),
    ("list_catalogue_responsibilities", "", KNOWN),
    ("list_catalogue_bullets", "", KNOWN),
    ("list_catalogue_gates", "", KNOWN),
    ("list_engagements", "", KNOWN),
    ("create_engagement", "", administer(201)),
    ("preview_engagement", "", administer(200)),
    ("show_engagement", "", SEE),
    ("list_responsibilities", "", SEE),
    ("show_responsibility", "", SEE),
    ("assign_responsibility", "somebody else", lead(200)),
    ("assign_responsibility", "oneself", [401, 404, 403, 200, 200, 200]),
    ("submit_evidence", "", contribute(201)),
    ("state_evidence", "", lead(201)),
    ("claim_responsibility", "", contribute(201)),
    ("waive_responsibility", "", lead(201)),
    ("exclude_responsibility", "", lead(201)),
    ("waive_finding", "", lead(201)),
    ("revoke_decision", "somebody else's waiver", lead(204)),
    ("revoke_decision", "one's own claim", [401, 404, 403, 204, 204, 204]),
    ("list_findings", "", SEE),
    ("show_remediation", "", SEE),
    ("assign_rule", "somebody else", lead(200)),
    ("assign_rule", "oneself", [401, 404, 403, 200, 200, 200]),
    ("show_propagation", "", SEE),
    ("request_look", "", contribute(202)),
    ("download_fix", "", SEE),
    ("preview_fix", "", SEE),
    ("approve_fix", "", lead(201)),
    ("approve_reviewed_fix", "", lead(201)),
    ("list_fixes", "", SEE),
    ("show_fix", "", SEE),
    ("revoke_fix", "", lead(204)),
    ("restore_fix", "", lead(204)),
    ("show_checks", "", SEE),
    ("set_schedule", "", contribute(204)),
    ("list_runs", "", SEE),
    ("request_runs", "", contribute(202)),
    ("show_run", "", SEE),
    ("cancel_run", "", contribute(204)),
    ("list_targets", "", SEE),
    ("add_target", "", lead(201)),
    ("add_directory", "", lead(201)),
    ("show_target", "", SEE),
    ("show_zone_plan", "", SEE),
    ("remove_target", "", lead(204)),
    ("list_directories", "", SEE),
    ("connect_directory", "", lead(201)),
    ("show_directory", "", SEE),
    ("change_directory", "", lead(200)),
    ("try_connection", "", lead(200)),
    ("try_directory", "", contribute(200)),
    ("read_directory", "", contribute(202)),
    ("show_environment", "", SEE),
    ("list_members", "", SEE),
    ("add_member", "", lead(201)),
    ("list_gates", "", SEE),
    ("show_gate", "", SEE),
    ("list_notices", "", SEE),
    ("read_all_notices", "", SEE),
    ("read_notice", "", [401, 404, 204, 204, 204, 204]),
    ("unread_notice", "", [401, 404, 204, 204, 204, 204]),
    ("list_calendar", "", SEE),
    ("show_feed", "", SEE),
    ("make_feed", "", [401, 404, 201, 201, 201, 201]),
    ("revoke_feed", "", [401, 404, 204, 204, 204, 204]),
    ("list_events", "", SEE),
    ("verify_chain", "", SEE),
    ("download_file", "", SEE),
];

#[test]
fn the_table_names_every_operation_of_the_document() {
    let document = serde_json::to_value(jalon_web::api::document()).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|it| it.as_object().unwrap().values());
    let known: BTreeSet<&str> = operations.filter_map(|it| it["operationId"].as_str()).collect();
    let listed: BTreeSet<&str> = TABLE.iter().map(|(id, ..)| *id).collect();
    assert_eq!(known, listed);
}

#[tokio::test]
async fn every_route_gives_every_role_what_the_table_says() {
    let cast = Cast::on_stage().await;
    let mut wrong = Vec::new();
    for (operation, what, expected) in TABLE {
        for (role, expected) in ROLES.into_iter().zip(expected) {
            let call = cast.call(operation, what, role).await;
            let asked = format!("{} {}", call.method, call.path);
            let reply = cast.client(role).send(call).await;
            let status = reply.status.as_u16();
            if status != expected {
                let body = String::from_utf8_lossy(&reply.body).into_owned();
                wrong.push(format!(
                    "{operation} ({what}) as {role:?}: {status}, not {expected}; {asked} {body}"
                ));
            } else if status >= 400 {
                assert_eq!(
                    reply.header("content-type"),
                    "application/problem+json",
                    "{operation} as {role:?}"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn what_is_of_one_engagement_is_not_reached_through_another() {
    let cast = Cast::on_stage().await;
    let own = format!("/engagements/{}", cast.elsewhere);
    let stranger = cast.client(Role::Stranger);
    stranger.get(&own).await.expect(200);
    for operation in [
        "waive_finding",
        "revoke_decision",
        "set_schedule",
        "show_run",
        "cancel_run",
        "show_target",
        "show_zone_plan",
        "request_look",
        "remove_target",
        "show_directory",
        "change_directory",
        "try_directory",
        "read_directory",
        "download_file",
        "read_notice",
        "unread_notice",
        "show_fix",
        "revoke_fix",
        "restore_fix",
    ] {
        let mut call = cast
            .call(operation, "somebody else's waiver", Role::Administrator)
            .await;
        call.path = call.path.replace(&format!("/engagements/{}", cast.id), &own);
        stranger.send(call).await.problem(404, "not-found");
    }
    let listed = stranger.get("/engagements").await.expect(200).json();
    let ids: Vec<&Value> = listed["items"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(ids, [&json!(cast.elsewhere)]);
}

#[tokio::test]
async fn without_any_credential_nothing_is_read_and_nothing_written() {
    let site = Site::open().await;
    let nobody = site.nobody();
    nobody.get("/engagements").await.problem(401, "signed-out");
    nobody.post("/engagements", json!({})).await.problem(401, "signed-out");
    let browser = site.admin().await;
    let without = Call::post("/engagements/preview", json!(Stage::profile())).with("sec-fetch-site", "cross-site");
    browser.send(without).await.problem(403, "forged");
}
