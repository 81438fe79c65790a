//! What changed and what comes, in a browser: read or not, and an address of one's own that needs no session.

use jalon_service::Level;

use crate::visitor::House;

#[tokio::test]
async fn what_changed_is_counted_until_it_is_read() {
    let house = House::open().await;
    let viewer = house.member(house.id, Level::Viewer).await;
    let overview = house.at("");
    let page = viewer.get(&overview).await.expect(200);
    assert!(
        page.text.contains(" new</span>") && page.main().contains("Mark all as read"),
        "{}",
        page.main()
    );
    let reply = viewer
        .post(house.at("/notices/read"), &[("back", "overview")])
        .await
        .expect(303);
    assert_eq!(reply.header("location"), overview);
    let page = viewer.get(&overview).await.expect(200);
    assert!(!page.text.contains(" new</span>") && !page.main().contains("Mark all as read"));
    let other = house.member(house.id, Level::Lead).await;
    assert!(
        other.get(&overview).await.text.contains(" new</span>"),
        "each reads for themselves"
    );
}

#[tokio::test]
async fn an_address_is_shown_once_and_leads_to_the_file_until_it_is_taken_back() {
    let house = House::open().await;
    let viewer = house.member(house.id, Level::Viewer).await;
    let made = viewer.post(house.at("/calendar/feed"), &[]).await.expect(200);
    let path = format!("/calendar/{}", made.between("http://127.0.0.1:8420/calendar/", "<"));
    let again = viewer.get(house.at("/calendar")).await.expect(200);
    assert!(!again.text.contains(&path) && again.text.contains("Make a new address"));

    let nobody = house.nobody();
    let file = nobody.get(&path).await.expect(200);
    assert!(file.text.starts_with("BEGIN:VCALENDAR\r\n") && file.text.contains("BEGIN:VEVENT\r\n"));
    let renewed = viewer.post(house.at("/calendar/feed"), &[]).await.expect(200);
    nobody.get(&path).await.expect(404);
    let path = format!("/calendar/{}", renewed.between("http://127.0.0.1:8420/calendar/", "<"));
    nobody.get(&path).await.expect(200);
    let reply = viewer.post(house.at("/calendar/feed/revoke"), &[]).await.expect(303);
    nobody.get(&path).await.expect(404);
    let page = viewer.get(reply.header("location")).await.expect(200);
    assert!(page.main().contains("leads nowhere any more"), "{}", page.main());
}
