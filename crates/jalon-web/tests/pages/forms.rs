//! Forms that succeed lead back to their page and say so; forms that cannot be taken come back with what was typed.

use crate::visitor::{House, PLAN};

#[tokio::test]
async fn an_owner_is_named_in_the_list_and_an_old_form_says_what_changed() {
    let house = House::open().await;
    let admin = house.admin().await;
    let list = house.at("/responsibilities?phase=assess");
    let version = house.duty(PLAN).await.row.version.to_string();
    let form = [
        ("responsibility", PLAN),
        ("owner", admin.id.as_str()),
        ("due", "2026-12-24"),
        ("version", version.as_str()),
    ];
    let done = admin.post(&list, &form).await.expect(303);
    assert_eq!(
        done.header("location"),
        house.at("/responsibilities?phase=assess&done=assigned#success.plan")
    );
    let row = house.duty(PLAN).await.row;
    assert_eq!(
        (row.owner.unwrap().name.as_str(), row.due.unwrap().to_string()),
        ("Claire Morel", "2026-12-24".to_owned())
    );
    let page = admin.get(house.at("/responsibilities?done=assigned")).await.expect(200);
    assert!(page.text.contains("Owner and due date saved"));

    // The same form again is old now.
    let again = house.at(&format!("/responsibilities?edit={PLAN}"));
    let stale = admin
        .post(
            &again,
            &[
                ("responsibility", PLAN),
                ("owner", ""),
                ("due", "2027-01-08"),
                ("version", &version),
            ],
        )
        .await
        .expect(409);
    assert!(stale.text.contains("the owner is now Claire Morel"), "{}", stale.main());
    assert!(stale.text.contains("value=\"2027-01-08\""), "what was typed is kept");
    let fresh = house.duty(PLAN).await.row.version.to_string();
    assert!(
        stale.text.contains(&format!("name=\"version\" value=\"{fresh}\"")),
        "saving again would do"
    );
}

#[tokio::test]
async fn a_date_that_is_none_comes_back_at_its_field() {
    let house = House::open().await;
    let admin = house.admin().await;
    let act = house.at(&format!("/responsibilities/{PLAN}/owner"));
    let back = admin
        .post(&act, &[("owner", ""), ("due", "soon"), ("version", "1")])
        .await
        .expect(422);
    assert!(
        back.text.contains("write a date as 2026-11-20") && back.text.contains("value=\"soon\""),
        "{}",
        back.main()
    );
    let switch = format!("{}?lang=fr", house.at(&format!("/responsibilities/{PLAN}")));
    assert!(
        back.text.contains(&switch),
        "the switches lead to the page, not to the act"
    );
}

#[tokio::test]
async fn a_waiver_is_asked_for_refused_made_and_taken_back() {
    let house = House::open().await;
    let admin = house.admin().await;
    let page = house.at(&format!("/responsibilities/{PLAN}"));
    let waiver = |reason: &'static str| {
        [
            ("waiver-reason", reason),
            ("until", "2026-12-31"),
            ("ticket", "CHG-7"),
            ("approver", ""),
        ]
    };
    let back = admin.post(format!("{page}/waiver"), &waiver("short")).await.expect(422);
    assert!(back.text.contains("at least ten characters") && back.text.contains("value=\"CHG-7\""));
    let done = admin
        .post(format!("{page}/waiver"), &waiver("accepted until the move"))
        .await
        .expect(303);
    assert_eq!(done.header("location"), format!("{page}?done=waived"));
    let shown = admin.get(&page).await.expect(200);
    assert!(
        shown.text.contains("The gap is accepted") && shown.text.contains("datetime=\"2026-12-31\""),
        "the last day is told"
    );
    let again = admin
        .post(format!("{page}/waiver"), &waiver("accepted until the move"))
        .await
        .expect(409);
    assert!(again.text.contains("decided already"), "{}", again.main());
    let revoke = shown.between("/decisions/", "\"").to_owned();
    admin.post(format!("{page}/decisions/{revoke}"), &[]).await.expect(303);
    assert!(!admin.get(&page).await.text.contains("The gap is accepted"));
}

#[tokio::test]
async fn a_finding_is_waived_and_its_group_is_given_an_owner() {
    let house = House::open().await;
    let admin = house.admin().await;
    let opened = admin
        .get(house.at("/remediation?view=all&open=SPF-02"))
        .await
        .expect(200);
    let finding = opened.between("waive=", "#").to_owned();
    let act = house.at(&format!("/findings/{finding}/waiver?view=all&open=SPF-02"));
    let back = admin
        .post(&act, &[("waiver-reason", "the relay is replaced soon"), ("until", "")])
        .await
        .expect(422);
    assert!(
        back.text.contains("the relay is replaced soon") && back.text.contains("id=\"waive\""),
        "{}",
        back.main()
    );
    let done = admin
        .post(
            &act,
            &[("waiver-reason", "the relay is replaced soon"), ("until", "2026-12-31")],
        )
        .await
        .expect(303);
    assert_eq!(
        done.header("location"),
        house.at("/remediation?view=all&open=SPF-02&done=waived")
    );
    assert!(admin.get(done.header("location")).await.text.contains("waived until"));
    let owner = house.at("/remediation/SPF-02/owner?view=all&open=SPF-02&edit=SPF-02");
    admin
        .post(&owner, &[("owner", &admin.id), ("due", "2026-12-24")])
        .await
        .expect(303);
    let list = admin.get(house.at("/remediation?view=mine")).await.expect(200);
    assert!(list.text.contains("SPF-02") && list.text.contains("24 Dec"));
}

#[tokio::test]
async fn a_measurement_is_asked_for_watched_and_cancelled() {
    let house = House::open().await;
    let admin = house.admin().await;
    let busy = admin
        .post(house.at("/checks/run"), &[("family", "dns")])
        .await
        .expect(303);
    assert_eq!(busy.header("location"), house.at("/checks?done=queued"));
    assert!(
        admin
            .get(house.at("/checks"))
            .await
            .text
            .contains("hx-trigger=\"every 1s\"")
    );
    let again = admin
        .post(house.at("/checks/run"), &[("family", "dns")])
        .await
        .expect(303);
    assert_eq!(
        again.header("location"),
        house.at("/checks?done=busy"),
        "what waits is not asked for twice"
    );
    let piece = admin.get_piece(house.at("/checks")).await.expect(200);
    assert!(
        !piece.text.contains("<!DOCTYPE") && piece.text.contains("id=\"t-dns\"") && piece.text.contains("id=\"poll\"")
    );

    let waiting = piece
        .text
        .split_once("/cancel\"")
        .unwrap()
        .0
        .rsplit_once("/runs/")
        .unwrap()
        .1
        .to_owned();
    let run = house.at(&format!("/runs/{waiting}"));
    assert!(admin.get_piece(&run).await.expect(200).text.contains("id=\"live\""));
    let done = admin.post(format!("{run}/cancel"), &[]).await.expect(303);
    assert_eq!(done.header("location"), format!("{run}?done=cancelled"));
    assert_eq!(
        admin.get_piece(&run).await.expect(200).header("hx-refresh"),
        "true",
        "whoever watched reads the page again"
    );
    admin.post(format!("{run}/cancel"), &[]).await.expect(409);
    house.stage.work().await;
    assert!(
        !admin.get(house.at("/checks")).await.text.contains("hx-trigger"),
        "all is quiet"
    );
}

#[tokio::test]
async fn a_schedule_that_cannot_be_comes_back() {
    let house = House::open().await;
    let admin = house.admin().await;
    let page = admin.get(house.at("/checks?edit=dns")).await.expect(200);
    let act = house.at(&format!("/schedules/{}", page.between("/schedules/", "\"")));
    let back = admin
        .post(&act, &[("every", "5"), ("family", "dns"), ("enabled", "true")])
        .await
        .expect(422);
    assert!(back.text.contains("between five minutes and thirty days"));
    admin
        .post(&act, &[("every", "3600"), ("family", "dns")])
        .await
        .expect(303);
    assert!(admin.get(house.at("/checks")).await.text.contains("Paused"));
}

#[tokio::test]
async fn htmx_gets_a_piece_and_a_browser_that_goes_back_the_page() {
    let house = House::open().await;
    let admin = house.admin().await;
    for path in ["/responsibilities?view=blocking", "/remediation?view=all"] {
        let piece = admin.get_piece(house.at(path)).await.expect(200);
        assert!(
            piece.text.starts_with("<svg class=\"j-sprite") && piece.text.contains("id=\"list\""),
            "{path}"
        );
        assert!(admin.get(house.at(path)).await.text.starts_with("<!DOCTYPE html>"));
    }
}

#[tokio::test]
async fn addresses_with_words_that_mean_nothing_still_show_the_page() {
    let house = House::open().await;
    let admin = house.admin().await;
    for path in [
        "/responsibilities?view=x&phase=x&state=x&workstream=x&owner=x&side=x&group=x&edit=x&q=%00%ff",
        "/remediation?view=x&family=x&severity=x&owner=x&target=x&attribute=x&error=x&open=x&after=x&edit=x&plan=x&waive=x&fix=x",
        "/checks?edit=x&outcome=x&done=x",
        "/audit?before=x",
        "/audit?before=-9223372036854775808",
    ] {
        assert_eq!(admin.get(house.at(path)).await.status.as_u16(), 200, "{path}");
    }
}
