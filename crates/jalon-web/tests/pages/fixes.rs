//! The fix of a directory rule as people meet it: its files, what it would change, its approval, and taking that back.

use jalon_service::Level;

use crate::visitor::{House, Visitor};

/// A rule that the rehearsal's directory breaks.
const RULE: &str = "DIR-019";

/// The directory's id, from the page.
async fn target(house: &House, admin: &Visitor) -> String {
    let opened = admin
        .get(house.at(&format!("/remediation?open={RULE}")))
        .await
        .expect(200);
    opened.between("part=changes&amp;target=", "\"").to_owned()
}

#[tokio::test]
async fn the_files_of_a_fix_are_downloaded_and_what_it_changes_is_looked_at() {
    let house = House::open().await;
    let admin = house.admin().await;
    let target = target(&house, &admin).await;
    for (part, begins) in [
        ("changes", "version: 1\n"),
        ("undo", "version: 1\n"),
        ("script", "\u{feff}"),
        ("review", "\u{feff}accept,dn,"),
    ] {
        let path = house.at(&format!("/remediation/{RULE}/fix?part={part}&target={target}"));
        let file = admin.get(path).await.expect(200);
        assert!(file.text.starts_with(begins), "{part}: {}", file.text);
        assert!(
            file.header("content-disposition")
                .starts_with("attachment; filename=\""),
            "{part}"
        );
    }
    let none = house.at(&format!(
        "/remediation/{RULE}/fix?target={target}&attribute=description"
    ));
    admin.get(none).await.expect(404);
    let looked = house.at(&format!("/remediation?open={RULE}&plan={target}"));
    let looked = admin.get(looked).await.expect(200);
    assert!(looked.text.len() < 100_000, "{} bytes", looked.text.len());
    assert!(
        looked.text.contains("Approve the fix") && looked.text.contains("name=\"sha256\""),
        "{}",
        looked.main()
    );
}

#[tokio::test]
async fn a_fix_is_approved_shown_taken_back_and_stands_again() {
    let house = House::open().await;
    let admin = house.admin().await;
    let target = target(&house, &admin).await;
    let list = format!("open={RULE}");
    let act = house.at(&format!("/remediation/{RULE}/fixes?{list}&plan={target}"));
    let done = admin
        .upload(&act, &[("target", &target), ("note", "as agreed")], ("", b""))
        .await
        .expect(303);
    let back = done.header("location").to_owned();
    assert!(
        back.contains("done=fix-approved&fix=") && !back.contains("plan="),
        "{back}"
    );
    let page = admin.get(&back).await.expect(200);
    assert!(
        page.text.contains("Fix approved") && page.text.contains("as agreed"),
        "{}",
        page.main()
    );
    assert!(page.text.contains("proved closed") && page.text.contains("still open"));
    let fix = page.between("/fixes/", "/revoke").to_owned();

    let files = page
        .text
        .split("/files/")
        .skip(1)
        .map(|it| it.split_once('"').unwrap().0);
    let ids: Vec<String> = files.map(str::to_owned).collect();
    assert_eq!(ids.len(), 2, "changes and undo");
    let kept = admin.get(house.at(&format!("/files/{}", ids[0]))).await.expect(200);
    let fresh = house.at(&format!("/remediation/{RULE}/fix?target={target}"));
    assert_eq!(kept.text, admin.get(fresh).await.expect(200).text);

    let revoke = house.at(&format!("/fixes/{fix}/revoke?{list}"));
    let done = admin.post(&revoke, &[]).await.expect(303);
    let page = admin.get(done.header("location")).await.expect(200);
    assert!(page.text.contains("Approval taken back") && page.text.contains(&format!("/fixes/{fix}/restore?")));
    let again = admin.post(&revoke, &[]).await.expect(409);
    assert!(again.text.contains("taken back already"), "{}", again.main());
    let restore = house.at(&format!("/fixes/{fix}/restore?{list}"));
    let done = admin.post(&restore, &[]).await.expect(303);
    assert!(
        admin
            .get(done.header("location"))
            .await
            .text
            .contains("The approval stands again")
    );
}

#[tokio::test]
async fn a_table_that_cannot_be_followed_comes_back_with_a_line_a_row() {
    let house = House::open().await;
    let admin = house.admin().await;
    let target = target(&house, &admin).await;
    let table = house.at(&format!("/remediation/{RULE}/fix?part=review&target={target}"));
    let table = admin.get(table).await.expect(200).text.replace("CN=", "CN=x");
    let act = house.at(&format!("/remediation/{RULE}/fixes?open={RULE}&plan={target}"));
    let fields = [("target", target.as_str()), ("note", "typed before")];
    let back = admin
        .upload(&act, &fields, ("table.csv", table.as_bytes()))
        .await
        .expect(422);
    assert!(back.text.contains("row 2: nothing is wrong with"), "{}", back.main());
    assert!(back.text.contains("typed before") && !back.text.contains("Approved fixes"));
}

#[tokio::test]
async fn owners_are_given_to_what_is_ticked_or_else_to_what_the_filter_leaves() {
    let house = House::open().await;
    let admin = house.admin().await;
    let editing = admin
        .get(house.at(&format!("/remediation?open={RULE}&edit={RULE}")))
        .await
        .expect(200);
    let ticked = editing.between("name=\"finding\" value=\"", "\"").to_owned();
    let act = house.at(&format!("/remediation/{RULE}/owner?open={RULE}&edit={RULE}"));
    let owner = [("owner", admin.id.as_str()), ("due", "2026-12-24")];
    let with = [owner.as_slice(), &[("finding", ticked.as_str())]].concat();
    admin.post(&act, &with).await.expect(303);
    let mine = async || {
        let csv = admin
            .get(house.at("/remediation?view=mine&format=csv"))
            .await
            .expect(200);
        csv.text.matches("\r\n").count() - 1
    };
    assert_eq!(mine().await, 1);
    let narrowed = house.at(&format!(
        "/remediation/{RULE}/owner?open={RULE}&attribute=userPrincipalName"
    ));
    admin.post(&narrowed, &owner).await.expect(303);
    let csv = admin
        .get(house.at("/remediation?view=all&attribute=userPrincipalName&q=dir-019&format=csv"))
        .await
        .expect(200);
    assert_eq!(mine().await, csv.text.matches("\r\n").count() - 1);
    let bad = [owner.as_slice(), &[("finding", "x")]].concat();
    admin.post(&act, &bad).await.expect(422);
}

#[tokio::test]
async fn only_those_who_lead_approve_a_fix_or_take_that_back() {
    let house = House::open().await;
    let admin = house.admin().await;
    let target = target(&house, &admin).await;
    let approve = house.at(&format!("/remediation/{RULE}/fixes"));
    let fields = [("target", target.as_str())];
    let viewer = house.member(house.id, Level::Viewer).await;
    let contributor = house.member(house.id, Level::Contributor).await;
    let lead = house.member(house.id, Level::Lead).await;
    for (visitor, expected) in [
        (&house.nobody(), 403),
        (&viewer, 403),
        (&contributor, 403),
        (&lead, 303),
    ] {
        let reply = visitor.upload(&approve, &fields, ("", b"")).await;
        assert_eq!(reply.status.as_u16(), expected, "{}", reply.main());
    }
    let page = lead
        .get(house.at(&format!("/remediation?open={RULE}")))
        .await
        .expect(200);
    let fix = page.between("/fixes/", "/revoke").to_owned();
    for act in ["revoke", "restore"] {
        let path = house.at(&format!("/fixes/{fix}/{act}"));
        for (visitor, expected) in [
            (&house.nobody(), 403),
            (&viewer, 403),
            (&contributor, 403),
            (&lead, 303),
        ] {
            let reply = visitor.post(&path, &[]).await;
            assert_eq!(reply.status.as_u16(), expected, "{act}: {}", reply.main());
        }
    }
    for visitor in [&viewer, &contributor] {
        let page = visitor
            .get(house.at(&format!("/remediation?open={RULE}&plan={target}")))
            .await
            .expect(200);
        assert!(page.text.contains("sha256") && !page.text.contains("Approve the fix"));
    }
}
