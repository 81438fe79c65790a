//! Who may do what: every page and every act with every role, and the status that each is given.

use jalon_service::{Level, engagement::NewEngagement};
use jalon_testkit::Stage;

use crate::visitor::{House, PLAN, Visitor};

/// Nobody, a stranger, a viewer, a contributor, a lead.
type Given = [u16; 5];

/// A form: where it is posted, its fields, what each role is given.
type Act<'a> = (String, Vec<(&'a str, &'a str)>, Given);

/// What members may see; others are sent to sign in, or told that there is nothing.
const SEE: Given = [303, 404, 200, 200, 200];

const PAGES: [&str; 18] = [
    "/responsibilities",
    "/responsibilities?format=csv",
    "/responsibilities/success.plan",
    "/remediation",
    "/remediation?view=all&open=SPF-02",
    "/remediation?format=csv",
    "/remediation/SPF-02/fix",
    "/remediation/SPF-02/undo",
    "/remediation/DIR-019/fix",
    "/remediation/DIR-019/fix?part=review",
    "/checks",
    "/environment",
    "/notices",
    "/calendar",
    "/calendar?view=mine&kind=certificate",
    "/calendar.ics",
    "/audit",
    "/audit?verify=1",
];

async fn cast(house: &House) -> [Visitor; 5] {
    let new = NewEngagement {
        organisation: "Example Ouest".into(),
        name: None,
        profile: Stage::profile(),
        start: jiff::civil::date(2026, 9, 7),
        target: None,
        domains: Vec::new(),
        endpoints: Vec::new(),
    };
    let elsewhere = house
        .stage
        .app
        .create_engagement(&house.stage.admin, &new, Vec::new())
        .await
        .unwrap()
        .id;
    [
        house.nobody(),
        house.member(elsewhere, Level::Lead).await,
        house.member(house.id, Level::Viewer).await,
        house.member(house.id, Level::Contributor).await,
        house.member(house.id, Level::Lead).await,
    ]
}

#[tokio::test]
async fn every_page_is_shown_to_members_only() {
    let house = House::open().await;
    let cast = cast(&house).await;
    let domain = house.target("nord.example.com").await;
    let own = [
        format!("/targets/{domain}"),
        format!("/targets/{domain}/zone?form=azure"),
    ];
    for page in PAGES.into_iter().chain(own.iter().map(String::as_str)) {
        for (visitor, expected) in cast.iter().zip(SEE) {
            assert_eq!(visitor.get(house.at(page)).await.status.as_u16(), expected, "{page}");
        }
    }
}

#[tokio::test]
async fn every_act_is_done_by_those_who_may_only() {
    let house = House::open().await;
    let cast = cast(&house).await;
    let duty = format!("/responsibilities/{PLAN}");
    let requirement = house.duty(PLAN).await.requirements[0].status.id.to_string();
    let note = format!("note-{requirement}");
    let schedule = house
        .stage
        .app
        .checks(&house.stage.admin, house.id)
        .await
        .unwrap()
        .families[0]
        .schedule
        .clone()
        .unwrap();
    let lead = cast[4].id.clone();
    let told = house
        .stage
        .app
        .notices(&house.stage.admin, house.id, None, 1)
        .await
        .unwrap();
    let notice = told.notices[0].id.to_string();
    // What a form without a token, or from somebody who is not signed in, is told: that it is not ours.
    let acts: [Act<'_>; 14] = [
        (
            format!("{duty}/claim"),
            vec![("claim-reason", "")],
            [403, 404, 403, 303, 409],
        ),
        (
            format!("{duty}/waiver"),
            vec![("waiver-reason", "accepted until the move"), ("until", "2026-12-31")],
            [403, 404, 403, 403, 303],
        ),
        (
            format!("{duty}/exclusion"),
            vec![("exclusion-reason", "there is none here")],
            [403, 404, 403, 403, 303],
        ),
        (
            format!("{duty}/statements"),
            vec![("requirement", &requirement), ("approved", "false"), (&note, "not yet")],
            [403, 404, 403, 403, 303],
        ),
        (
            format!("{duty}/owner"),
            vec![("owner", &lead), ("version", "1")],
            [403, 404, 403, 403, 303],
        ),
        (
            "/remediation/SPF-02/owner".to_owned(),
            vec![("owner", &lead), ("due", "2026-12-31")],
            [403, 404, 403, 403, 303],
        ),
        (
            "/remediation/SPF-02/owner".to_owned(),
            vec![("owner", ""), ("due", "")],
            [403, 404, 403, 403, 303],
        ),
        ("/remediation/SPF-02/look".to_owned(), vec![], [403, 404, 403, 303, 303]),
        (
            "/checks/run".to_owned(),
            vec![("family", "dns")],
            [403, 404, 403, 303, 303],
        ),
        (
            "/notices/read".to_owned(),
            vec![("back", "overview")],
            [403, 404, 303, 303, 303],
        ),
        (
            "/notices/read".to_owned(),
            vec![("notice", &notice), ("unread", "true")],
            [403, 404, 303, 303, 303],
        ),
        ("/calendar/feed".to_owned(), vec![], [403, 404, 200, 200, 200]),
        ("/calendar/feed/revoke".to_owned(), vec![], [403, 404, 303, 303, 303]),
        (
            format!("/schedules/{}", schedule.id),
            vec![("every", "3600"), ("enabled", "true"), ("family", "dns")],
            [403, 404, 403, 303, 303],
        ),
    ];
    for (act, fields, given) in &acts {
        for (visitor, expected) in cast.iter().zip(given) {
            let reply = visitor.post(house.at(act), fields).await;
            assert_eq!(reply.status.as_u16(), *expected, "{act}: {}", reply.main());
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let house = House::open().await;
    let admin = house.admin().await;
    let none = "0193c2f0-0000-7000-8000-000000000000";
    for path in [
        "/responsibilities/no.such".to_owned(),
        "/responsibilities/NoSuch".to_owned(),
        format!("/runs/{none}"),
        "/runs/x".to_owned(),
        format!("/files/{none}"),
        "/remediation/DNS-999/fix".to_owned(),
        format!("/targets/{none}"),
        format!("/targets/{none}/zone"),
    ] {
        assert_eq!(admin.get(house.at(&path)).await.status.as_u16(), 404, "{path}");
    }
}

#[tokio::test]
async fn a_form_that_does_not_come_from_a_page_of_ours_is_refused() {
    let house = House::open().await;
    let admin = house.admin().await;
    let forged = house.admin().await.without_token();
    let act = house.at(&format!("/responsibilities/{PLAN}/claim"));
    assert_eq!(forged.post(&act, &[("claim-reason", "")]).await.status.as_u16(), 403);
    assert_eq!(
        forged
            .upload(
                house.at(&format!("/responsibilities/{PLAN}/files")),
                &[],
                ("a.txt", b"x")
            )
            .await
            .status
            .as_u16(),
        403
    );
    assert_eq!(admin.post(&act, &[("claim-reason", "")]).await.status.as_u16(), 303);
}
