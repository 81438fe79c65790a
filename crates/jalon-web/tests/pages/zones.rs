//! A fix of a zone as people meet it: its lines in each form, where it is seen, and the page of its domain.

use jalon_domain::measure::Family;
use jalon_rehearsal::scene::Fault;
use jalon_service::{Level, measure::RunScope};

use crate::visitor::House;

/// A rule that the rehearsal's zone breaks and that records mend.
const RULE: &str = "SPF-02";
const DOMAIN: &str = "nord.example.com";
const ENDPOINT: &str = "mail.nord.example.com:";

/// Publishes every record as it should be.
fn publish(house: &mut House) {
    let planted = house.stage.scene.faults().to_vec();
    for fault in planted.into_iter().filter(|it| !matches!(it, Fault::Directory(_))) {
        house.stage.scene.heal(fault).unwrap();
    }
}

#[tokio::test]
async fn the_lines_are_chosen_in_a_form_and_downloaded() {
    let house = House::open().await;
    let admin = house.admin().await;
    let opened = house.at(&format!("/remediation?view=all&open={RULE}"));
    let page = admin.get(&opened).await.expect(200);
    assert!(
        page.text.contains("What changes") && page.text.contains("class=\"del\""),
        "{}",
        page.main()
    );
    let target = house.target(DOMAIN).await;
    for (form, begins, media_type) in [
        ("diff", "--- published\n", "text/plain; charset=utf-8"),
        ("zone", "; nord.example.com: ", "text/plain; charset=utf-8"),
        ("route53", "{", "application/json"),
        ("azure", "ZONE=", "text/plain; charset=utf-8"),
        ("cloudflare", "; remove: ", "text/plain; charset=utf-8"),
    ] {
        let page = admin.get(format!("{opened}&form={form}")).await.expect(200);
        let link = format!("/targets/{target}/zone?form={form}&amp;rule={RULE}\"");
        assert!(page.text.contains(&link), "{form}: {}", page.main());
        let file = admin
            .get(house.at(&format!("/targets/{target}/zone?form={form}&rule={RULE}")))
            .await
            .expect(200);
        assert!(file.text.starts_with(begins), "{form}: {}", file.text);
        assert_eq!(file.header("content-type"), media_type);
        assert!(
            file.header("content-disposition")
                .contains("filename=\"nord.example.com.")
        );
    }
    let endpoint = house.target(ENDPOINT).await;
    admin
        .get(house.at(&format!("/targets/{endpoint}/zone")))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_look_is_asked_for_seen_and_closes_nothing_until_a_run_does() {
    let mut house = House::open().await;
    let admin = house.admin().await;
    let opened = house.at(&format!("/remediation?view=all&open={RULE}"));
    let before = admin.get(&opened).await.expect(200);
    assert!(
        before.text.contains("Where the change is seen") && before.text.contains("Seen by 0 of"),
        "{}",
        before.main()
    );

    publish(&mut house);
    house.stage.clock.pass(jiff::SignedDuration::from_mins(1));
    let act = house.at(&format!("/remediation/{RULE}/look?view=all&open={RULE}&form=azure"));
    let done = admin.post(&act, &[]).await.expect(303);
    let back = done.header("location").to_owned();
    assert!(back.ends_with("#seen") && back.contains("form=azure"), "{back}");
    let page = back.trim_end_matches("#seen");
    let looking = admin.get(page).await.expect(200);
    assert!(
        looking.text.contains("Looking now") && looking.text.contains("every 2s"),
        "{}",
        looking.main()
    );
    house.stage.work().await;
    let looked = admin.get_piece(page).await.expect(200);
    assert!(
        !looked.text.contains("Looking now") && looked.text.contains("looked <time"),
        "{}",
        looked.text
    );
    assert!(looked.text.contains("It closes nothing"));

    let dns = RunScope {
        family: Some(Family::Dns),
        target: None,
    };
    house
        .stage
        .app
        .run_checks(&house.stage.admin, house.id, &dns)
        .await
        .unwrap();
    house.stage.work().await;
    let fixed = admin
        .get(house.at(&format!("/remediation?view=fixed&open={RULE}")))
        .await
        .expect(200);
    assert!(
        fixed.text.contains("Seen everywhere: by") && fixed.text.contains("A measurement closed it."),
        "{}",
        fixed.main()
    );
}

#[tokio::test]
async fn the_page_of_a_domain_tells_what_was_seen_and_leads_to_its_fixes() {
    let house = House::open().await;
    let admin = house.admin().await;
    let list = admin.get(house.at("/targets")).await.expect(200);
    let target = house.target(DOMAIN).await;
    let path = format!("/targets/{target}");
    assert!(list.text.contains(&format!("{}\"", house.at(&path))), "{}", list.main());
    let page = admin.get(house.at(&path)).await.expect(200);
    for told in [
        "v=spf1",
        "Mail exchangers",
        "Name servers",
        "What its zone should become",
        "History",
        "Measured next",
    ] {
        assert!(page.text.contains(told), "{told}: {}", page.main());
    }
    assert!(
        page.text
            .contains(&format!("view=all&amp;target={target}&amp;open={RULE}#g-{RULE}"))
    );
    let older = admin.get(house.at(&format!("{path}?before=x"))).await.expect(200);
    assert!(
        older.text.contains("v=spf1"),
        "a page that is gone is as if it had not been asked for"
    );
}

#[tokio::test]
async fn the_page_of_an_endpoint_tells_of_its_certificate_and_the_list_when_it_ends() {
    let house = House::open().await;
    let admin = house.admin().await;
    let target = house.target(ENDPOINT).await;
    let page = admin.get(house.at(&format!("/targets/{target}"))).await.expect(200);
    for told in ["Issued by", "Valid from", "First to expire", "Protocols"] {
        assert!(page.text.contains(told), "{told}: {}", page.main());
    }
    let list = admin.get(house.at("/targets")).await.expect(200);
    assert!(
        list.text.contains("expires on") || list.text.contains("expired on"),
        "{}",
        list.main()
    );
}

#[tokio::test]
async fn while_it_is_measured_the_page_says_so_and_is_read_again_when_that_is_done() {
    let house = House::open().await;
    let admin = house.admin().await;
    let target = house.target(DOMAIN).await;
    let path = house.at(&format!("/targets/{target}"));
    let id = target.to_string();
    admin
        .post(house.at("/checks/run"), &[("family", "dns"), ("target", &id)])
        .await
        .expect(303);
    let live = admin.get_piece(&path).await.expect(200);
    assert!(
        live.text.contains("id=\"live\"") && !live.text.contains("v=spf1"),
        "{}",
        live.text
    );
    let viewer = house.member(house.id, Level::Viewer).await;
    let shown = viewer.get(&path).await.expect(200);
    assert!(
        shown.text.contains("every 1s") && !shown.main().contains("/cancel\""),
        "{}",
        shown.main()
    );
    house.stage.work().await;
    let done = admin.get_piece(&path).await.expect(200);
    assert_eq!(done.header("hx-refresh"), "true");
}
