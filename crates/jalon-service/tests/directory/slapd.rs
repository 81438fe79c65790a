//! A directory that does not tell what changed: everything is read each time.

use jalon_service::{Error, directory::SourceInput, fix::FixScope, view::remediation::FindingsFilter};
use jalon_store::{
    audit,
    directory::{
        objects,
        sources::{BindKind, Mode, Security},
    },
    runs::RunState,
};
use jalon_testkit::{lab::Server, on_both};

use crate::story::{Story, counted, typed};

/// Reached over LDAPS by name, as somebody who may read.
fn over_ldaps(server: &Server) -> SourceInput {
    SourceInput {
        name: "contoso".to_owned(),
        server: server.value("ldaps").replace("ldaps://", ""),
        security: Some(Security::Ldaps),
        user: format!("cn=reader,cn=Accounts,{}", server.value("base")),
        password: typed("reader"),
        bases: vec![format!("OU=Staff,{}", server.value("base"))],
        roots: server.roots(),
        ..SourceInput::default()
    }
}

fn contact(server: &Server, name: &str, mail: &str) -> String {
    let base = server.value("base");
    format!(
        "dn: CN={name},OU=Staff,{base}\nchangetype: add\nobjectClass: contact\ncn: {name}\ndisplayName: {name}\nmailNickname: {name}\nmail: {mail}\n\n"
    )
}

#[tokio::test]
async fn a_directory_is_tried_out_read_mended_and_forgotten() {
    let server = Server::start("slapd");
    server.modify(&contact(&server, "Planted", "no address"));
    on_both(async |store| {
        let it = Story::of(store, &over_ldaps(&server)).await;
        let app = &it.stage.app;
        let trial = app.test_source(&it.stage.admin, it.id, it.target).await.unwrap();
        assert!(trial.works, "{}", trial.text.en);
        assert!(
            trial.text.is_complete() && trial.text.en.contains("signed in as cn=reader"),
            "{}",
            trial.text.en
        );

        let run = it.measured().await;
        assert_eq!(run.state, RunState::Done, "{:?}", run.reason);
        let (full, read, gone) = counted(&run);
        assert!(full && read > 300 && gone == 0, "{read} read, {gone} gone");
        let planted = it.broken("CN=Planted").await;
        assert!(!planted.is_empty(), "a value that is no address is found");

        let base = server.value("base");
        server.modify(&format!(
            "dn: CN=Planted,OU=Staff,{base}\nchangetype: modify\nreplace: mail\nmail: planted@contoso.example\n\n"
        ));
        let run = it.measured().await;
        assert_eq!(counted(&run), (true, read, 0), "this server tells no changes");
        assert_eq!(it.broken("CN=Planted").await, Vec::<String>::new());
        server.modify(&format!(
            "dn: CN=Planted,OU=Staff,{base}\nchangetype: modify\nreplace: mail\nmail: no address\n\n"
        ));

        app.remove_target(&it.stage.admin, it.id, it.target).await.unwrap();
        let left = objects::page(app.store(), it.id, it.target, None, 10).await.unwrap();
        assert!(left.is_empty(), "the copy goes with the directory");
        assert_eq!(it.broken("OU=Staff").await, Vec::<String>::new());
        let tried = app.test_source(&it.stage.admin, it.id, it.target).await;
        assert!(matches!(tried, Err(Error::NotFound)), "{tried:?}");
    })
    .await;
}

#[tokio::test]
async fn who_is_not_let_in_is_told_why_and_the_run_says_the_same() {
    let server = Server::start("slapd");
    on_both(async |store| {
        let wrong = SourceInput {
            password: typed("wrong"),
            ..over_ldaps(&server)
        };
        let it = Story::of(store, &wrong).await;
        let app = &it.stage.app;
        let trial = app.test_source(&it.stage.admin, it.id, it.target).await.unwrap();
        assert!(
            !trial.works && trial.text.en.contains("does not let cn=reader"),
            "{}",
            trial.text.en
        );
        assert!(
            trial.text.fr.contains("ne laisse pas entrer cn=reader"),
            "{}",
            trial.text.fr
        );
        let run = it.measured().await;
        assert_eq!(run.state, RunState::Failed);
        assert_eq!(
            run.reason,
            Some(trial.text),
            "trying again would not help: it is said at once"
        );

        let strangers = SourceInput {
            roots: String::new(),
            ..over_ldaps(&server)
        };
        let trial = app.test_input(&it.stage.admin, it.id, None, &strangers).await.unwrap();
        assert!(
            !trial.works && trial.text.en.contains("is not trusted"),
            "{}",
            trial.text.en
        );
        let nowhere = SourceInput {
            bases: vec!["OU=Nowhere,DC=contoso,DC=example".to_owned()],
            ..over_ldaps(&server)
        };
        let trial = app.test_input(&it.stage.admin, it.id, None, &nowhere).await.unwrap();
        assert!(
            !trial.works && trial.text.en.contains("OU=Nowhere"),
            "{}",
            trial.text.en
        );
    })
    .await;
}

#[tokio::test]
async fn a_password_is_never_given_back_and_does_not_follow_to_another_server() {
    let server = Server::start("slapd");
    on_both(async |store| {
        let it = Story::of(store, &over_ldaps(&server)).await;
        let (app, admin) = (&it.stage.app, &it.stage.admin);
        let shown = app.source(admin, it.id, it.target).await.unwrap();
        assert!(shown.has_password);
        let told: Vec<String> = [
            serde_json::to_string(&shown).unwrap(),
            format!("{:?}", over_ldaps(&server)),
            format!("{:?}", audit::page(app.store(), Some(it.id), None, 100).await.unwrap()),
        ]
        .into();
        let without_name = |it: &str| it.replace("cn=reader", "").replace("reader,", "");
        assert!(told.iter().all(|it| !without_name(it).contains("reader")), "{told:#?}");

        let kept = SourceInput {
            password: None,
            mode: Some(Mode::MultiTenant),
            ..over_ldaps(&server)
        };
        app.edit_source(admin, it.id, it.target, shown.version, &kept)
            .await
            .unwrap();
        assert!(app.test_source(admin, it.id, it.target).await.unwrap().works);
        let stale = app.edit_source(admin, it.id, it.target, shown.version, &kept).await;
        assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");

        let elsewhere = SourceInput {
            server: "ldap.attacker.example:636".to_owned(),
            ..kept.clone()
        };
        let unprotected = SourceInput {
            server: server.value("url").replace("ldap://", ""),
            security: Some(Security::Plain),
            allow_unprotected: true,
            ..kept.clone()
        };
        let trusting = SourceInput {
            roots: String::new(),
            ..kept.clone()
        };
        for input in [elsewhere, unprotected, trusting] {
            let refusals = [
                app.edit_source(admin, it.id, it.target, 2, &input).await.err(),
                app.test_input(admin, it.id, Some(it.target), &input).await.err(),
            ];
            for refusal in refusals {
                assert!(
                    matches!(refusal, Some(Error::Invalid { field: "password", .. })),
                    "{input:?}: {refusal:?}"
                );
            }
        }

        let nobody = SourceInput {
            bind: Some(BindKind::Anonymous),
            user: String::new(),
            ..kept
        };
        app.edit_source(admin, it.id, it.target, 2, &nobody).await.unwrap();
        assert!(!app.source(admin, it.id, it.target).await.unwrap().has_password);
    })
    .await;
}

#[tokio::test]
async fn what_is_read_otherwise_is_read_anew_and_what_was_found_there_leaves() {
    let server = Server::start("slapd");
    server.modify(&contact(&server, "Planted", "no address"));
    on_both(async |store| {
        let it = Story::of(store, &over_ldaps(&server)).await;
        let (app, admin) = (&it.stage.app, &it.stage.admin);
        it.measured().await;
        assert!(!it.broken("CN=Planted").await.is_empty());

        let elsewhere = SourceInput {
            bases: vec![format!("OU=Groups,{}", server.value("base"))],
            password: None,
            ..over_ldaps(&server)
        };
        app.edit_source(admin, it.id, it.target, 1, &elsewhere).await.unwrap();
        let all = app.remediation(admin, it.id, FindingsFilter::default()).await.unwrap();
        assert!(
            all.families.iter().all(|it| it.family.word() != "directory"),
            "{:?}",
            all.families
        );
        let run = it.measured().await;
        assert_eq!(counted(&run), (true, 20, 0));
        assert_eq!(it.broken("OU=Staff").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_away_is_tried_again_and_said_to_be_away() {
    on_both(async |store| {
        let mut server = Server::start_at("slapd", "127.0.0.9");
        let anonymous = SourceInput {
            server: server.value("url").to_owned(),
            security: Some(Security::Plain),
            bind: Some(BindKind::Anonymous),
            ..SourceInput::default()
        };
        let it = Story::of(store, &anonymous).await;
        server.kill();
        let run = it.measured().await;
        assert!(
            matches!(run.state, RunState::Queued | RunState::Running),
            "{:?}",
            run.state
        );
        server.start_again();
        it.stage.clock.pass_days(1);
        let run = it.done(run.id).await;
        assert_eq!(run.state, RunState::Done, "{:?}", run.reason);
    })
    .await;
}

#[tokio::test]
async fn a_fix_gives_way_to_what_the_directory_was_seen_to_hold() {
    let server = Server::start("slapd");
    let before = contact(&server, "Before", "plan..ted@contoso.example");
    let free = contact(&server, "Free", "fr..ee@contoso.example");
    server.modify(&(before + &free + &contact(&server, "Holder", "plan.ted@contoso.example")));
    on_both(async |store| {
        let it = Story::of(store, &over_ldaps(&server)).await;
        it.measured().await;
        let rule = "DIR-007".parse().unwrap();
        let scope = FixScope {
            attribute: Some("mail".to_owned()),
            ..FixScope::default()
        };
        let preview = it
            .stage
            .app
            .preview_fix(&it.stage.admin, it.id, &rule, &scope)
            .await
            .unwrap();
        let taken = preview.undecided.iter().find(|it| it.reason == "taken");
        assert_eq!(taken.map(|it| it.count), Some(1), "{preview:?}");
        assert!(preview.head.contains("mail: fr.ee@contoso.example"), "{}", preview.head);
        assert!(
            !preview.head.contains("mail: plan.ted@contoso.example"),
            "{}",
            preview.head
        );
    })
    .await;
}
