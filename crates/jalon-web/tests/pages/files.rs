//! Files: handed in as evidence, given back as downloads; the lists and fixes as files.

use jalon_domain::proof::State;

use crate::visitor::{House, PLAN};

#[tokio::test]
async fn a_file_is_handed_in_approved_and_given_back_as_a_download() {
    let house = House::open().await;
    let admin = house.admin().await;
    let page = house.at(&format!("/responsibilities/{PLAN}"));
    let requirement = house.duty(PLAN).await.requirements[0].status.id.to_string();
    let note = format!("note-{requirement}");
    let early = [
        ("requirement", requirement.as_str()),
        ("approved", "true"),
        (note.as_str(), "read it"),
    ];
    let back = admin.post(format!("{page}/statements"), &early).await.expect(409);
    assert!(back.text.contains("attach it first"), "{}", back.main());

    let named = [
        ("requirement", requirement.as_str()),
        (note.as_str(), "the first version"),
    ];
    let empty = admin
        .upload(format!("{page}/files"), &named, ("", b""))
        .await
        .expect(422);
    assert!(
        empty.text.contains("choose a file") && empty.text.contains("the first version"),
        "{}",
        empty.main()
    );
    let done = admin
        .upload(
            format!("{page}/files"),
            &named,
            ("<plan é>.html", b"<script>alert(1)</script>"),
        )
        .await
        .expect(303);
    assert_eq!(done.header("location"), format!("{page}?done=submitted"));
    admin.post(format!("{page}/statements"), &early).await.expect(303);
    assert_eq!(house.duty(PLAN).await.row.state, State::Attested);

    let shown = admin.get(&page).await.expect(200);
    let file = house.at(&format!("/files/{}", shown.between("/files/", "\"")));
    let file = admin.get(file).await.expect(200);
    assert_eq!(file.text, "<script>alert(1)</script>");
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("content-length"), "25");
    let disposition = file.header("content-disposition");
    assert!(
        disposition.starts_with("attachment; filename=\"_plan __.html\"") && disposition.contains("%C3%A9"),
        "{disposition}"
    );
}

#[tokio::test]
async fn the_lists_come_as_files_with_the_same_rows() {
    let house = House::open().await;
    let admin = house.admin().await;
    let all = admin.get(house.at("/responsibilities?format=csv")).await.expect(200);
    assert_eq!(
        all.header("content-disposition"),
        "attachment; filename=\"responsibilities.csv\""
    );
    let failing = admin
        .get(house.at("/responsibilities?state=failing&format=csv"))
        .await
        .expect(200);
    assert!(failing.text.lines().count() < all.text.lines().count() && failing.text.contains("dns.records"));

    let checklist = admin
        .get(house.at("/remediation?view=all&format=csv"))
        .await
        .expect(200);
    let header = house.duty("dns.records").await.header;
    assert_eq!(
        checklist.text.matches("\r\n").count(),
        header.findings + 1,
        "a line for each open finding"
    );
}

#[tokio::test]
async fn a_fix_and_what_undoes_it_are_files() {
    let house = House::open().await;
    let admin = house.admin().await;
    let fix = admin.get(house.at("/remediation/SPF-02/fix")).await.expect(200);
    assert_eq!(
        fix.header("content-disposition"),
        "attachment; filename=\"fix-spf-02.zone\""
    );
    assert!(fix.text.contains("v=spf1"));
    let undo = admin.get(house.at("/remediation/SPF-02/undo")).await.expect(200);
    assert_ne!(fix.text, undo.text);
}
