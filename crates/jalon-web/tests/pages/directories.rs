//! A directory is connected from its form: refused, tried out, kept, measured, changed; a real server answers.

use axum::http::StatusCode;
use jalon_testkit::lab::Server;

use crate::visitor::House;

/// What somebody types; `password` as typed.
fn typed<'a>(server: &'a Server, user: &'a str, password: &'a str, roots: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", "contoso"),
        ("server", server.value("ldaps")),
        ("security", "ldaps"),
        ("bind", "simple"),
        ("user", user),
        ("password", password),
        ("bases", ""),
        ("roots", roots),
        ("page", "1 000"),
        ("mode", "strict"),
    ]
}

#[tokio::test]
async fn a_directory_is_tried_out_kept_measured_and_changed() {
    let (house, server) = (House::open().await, Server::start("slapd"));
    let (admin, roots) = (house.admin().await, server.roots());
    let user = format!("cn=reader,cn=Accounts,{}", server.value("base"));
    let new = house.at("/directories/new");
    let form = |password, more: &[(&'static str, &'static str)]| {
        let mut form = typed(&server, &user, password, &roots);
        form.extend(more);
        form
    };
    let empty = admin.get(house.at("/targets")).await.expect(200);
    assert!(
        empty.text.contains(&format!("href=\"{new}\"")),
        "the way there is shown"
    );

    let refused = admin.post(&new, &form("", &[])).await.expect(422);
    assert!(
        refused.text.contains("f-password-e") && refused.text.contains("value=\"contoso\""),
        "{}",
        refused.main()
    );
    let wrong = admin.post(&new, &form("wrong", &[("act", "try")])).await.expect(200);
    assert!(
        wrong.text.contains("does not let") && !wrong.text.contains("value=\"wrong\""),
        "{}",
        wrong.main()
    );
    let works = admin.post(&new, &form("reader", &[("act", "try")])).await.expect(200);
    assert!(works.text.contains("signed in as cn=reader"), "{}", works.main());
    let none = house.stage.app.sources(&house.stage.admin, house.id).await.unwrap();
    assert!(none.is_empty(), "trying out keeps nothing");

    let kept = admin.post(&new, &form("reader", &[])).await.expect(303);
    assert_eq!(kept.header("location"), house.at("/targets?done=connected"));
    let source = house
        .stage
        .app
        .sources(&house.stage.admin, house.id)
        .await
        .unwrap()
        .remove(0);
    let at = house.at(&format!("/directories/{}", source.id));
    let again = admin.post(&new, &form("reader", &[])).await.expect(409);
    assert!(
        again.text.contains("a directory called contoso is measured already"),
        "{}",
        again.main()
    );
    let tested = admin.post(format!("{at}/test"), &[]).await.expect(200);
    assert!(
        tested.text.contains("signed in as cn=reader"),
        "what came of it is said in its row"
    );

    let run = admin.post(format!("{at}/full"), &[]).await.expect(303);
    assert!(run.header("location").contains("/runs/"));
    house.stage.work().await;
    let page = admin.get(house.at("/targets")).await.expect(200);
    assert!(page.text.contains("the server tells no changes"), "{}", page.main());

    let shown = admin.get(&at).await.expect(200);
    assert!(
        shown.text.contains("One is kept") && !shown.text.contains("name=\"name\""),
        "{}",
        shown.main()
    );
    let changed = admin
        .post(&at, &form("", &[("mode", "multi-tenant"), ("version", "1")]))
        .await
        .expect(303);
    assert_eq!(changed.header("location"), house.at("/targets?done=changed"));
    let stale = admin.post(&at, &form("", &[("version", "1")])).await.expect(409);
    assert!(
        stale.text.contains("Somebody else changed this connection"),
        "{}",
        stale.main()
    );
    let still = admin.post(format!("{at}/test"), &[]).await.expect(200);
    assert!(still.text.contains("signed in as cn=reader"), "the password stays");
}

#[tokio::test]
async fn who_may_only_read_sees_no_form_and_a_stranger_nothing() {
    let house = House::open().await;
    let cast = [
        (
            house.member(house.id, jalon_service::Level::Viewer).await,
            StatusCode::FORBIDDEN,
        ),
        (house.nobody(), StatusCode::SEE_OTHER),
    ];
    for (visitor, expected) in cast {
        let reply = visitor.get(house.at("/directories/new")).await;
        assert_eq!(reply.status, expected, "{}", reply.main());
    }
}

#[tokio::test]
async fn the_environment_says_what_to_do_where_nothing_was_read() {
    let house = House::open().await;
    let page = house.admin().await.get(house.at("/environment")).await.expect(200);
    assert!(page.text.contains("No directory is connected"), "{}", page.main());
}
