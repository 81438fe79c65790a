//! The calendar on real servers and both engines: what runs out or falls due, whose it is, and the address of one's own.

use jalon_domain::{
    ids::{EngagementId, ResponsibilityId, RuleId},
    measure::Family,
};
use jalon_rehearsal::scene::Fault;
use jalon_service::{
    Caller, Error, Level,
    duty::NewWaiver,
    engagement::NewMember,
    measure::{RunScope, Selection},
    view::calendar::{Calendar, CalendarFilter, Entry, EntryKind},
};
use jalon_store::{Tx, members, people};
use jalon_testkit::{Stage, on_both};
use jiff::civil::{Date, date};

async fn measured(stage: &Stage) -> EngagementId {
    let id = stage.engagement().await;
    measure(stage, id).await;
    id
}

async fn measure(stage: &Stage, id: EngagementId) {
    let all = RunScope::default();
    let asked = stage.app.run_checks(&stage.admin, id, &all);
    asked.await.expect("the administrator may");
    stage.work().await;
}

async fn calendar(stage: &Stage, id: EngagementId) -> Calendar {
    let all = stage.app.calendar(&stage.admin, id, CalendarFilter::default());
    all.await.expect("the administrator may")
}

fn of(calendar: &Calendar, kind: EntryKind) -> Vec<&Entry> {
    let all = calendar.late.iter().chain(&calendar.coming);
    all.filter(|it| it.kind == kind).collect()
}

#[tokio::test]
async fn what_ends_is_there_in_order_and_a_renewed_certificate_moves() {
    on_both(async |store| {
        let mut stage = Stage::on(store).await;
        let id = measured(&stage).await;
        let before = calendar(&stage, id).await;
        assert!(before.late.is_empty(), "{:?}", before.late);
        let days: Vec<Date> = before.coming.iter().map(|it| it.on).collect();
        assert!(days.is_sorted(), "{days:?}");
        let certificates = of(&before, EntryKind::Certificate);
        let mail = |all: &[&Entry]| -> Entry {
            let mut own = all.iter().filter(|it| it.title.en.contains("mail.nord.example.com"));
            (*own.next().expect("it was measured")).clone()
        };
        assert_eq!((certificates.len(), mail(&certificates).on), (4, date(2026, 12, 2)));
        assert_eq!(of(&before, EntryKind::Measurement).len(), Family::ALL.len());

        // Passed by the clock, it is past due; renewed, it moves under the same name.
        stage.clock.pass_days(13);
        let late = calendar(&stage, id).await.late;
        assert!(
            late.iter().any(|it| *it
                == Entry {
                    late: true,
                    ..mail(&certificates)
                }),
            "{late:?}"
        );
        stage.scene.heal(Fault::MailCertificateEnds).unwrap();
        measure(&stage, id).await;
        let after = calendar(&stage, id).await;
        let renewed = mail(&of(&after, EntryKind::Certificate));
        assert_eq!((renewed.uid.clone(), renewed.late), (mail(&certificates).uid, false));
        assert!(renewed.on > date(2026, 12, 30), "{renewed:?}");
    })
    .await;
}

#[tokio::test]
async fn a_proof_that_the_next_measurement_renews_does_not_end_and_one_that_nothing_renews_does() {
    on_both(async |store| {
        let stage = Stage::on(store).await;
        let id = measured(&stage).await;
        assert!(of(&calendar(&stage, id).await, EntryKind::Proof).is_empty());
        for family in stage.app.checks(&stage.admin, id).await.unwrap().families {
            let schedule = family.schedule.expect("every family has one").id;
            let off = stage.app.set_schedule(&stage.admin, id, schedule, 3600, false);
            off.await.unwrap();
        }
        let proofs = calendar(&stage, id).await;
        let proofs = of(&proofs, EntryKind::Proof);
        assert!(
            !proofs.is_empty() && proofs.iter().all(|it| it.on == date(2026, 11, 27)),
            "{proofs:?}"
        );
        let uids: Vec<String> = proofs.iter().map(|it| it.uid.clone()).collect();
        stage.clock.pass_days(8);
        let stale = calendar(&stage, id).await.late;
        assert!(
            uids.iter().all(|uid| stale.iter().any(|it| it.uid == *uid)),
            "{stale:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn due_findings_and_waivers_are_there_and_whose_they_are() {
    on_both(async |store| {
        let stage = Stage::on(store).await;
        let id = measured(&stage).await;
        let (app, admin) = (&stage.app, &stage.admin);
        let rule = RuleId::parse("SPF-02").unwrap();
        let new = NewMember {
            name: "Thomas Leroy".into(),
            email: "thomas@nord.example.com".into(),
            level: Level::Lead,
            role: None,
        };
        let lead = app.add_member(admin, id, &new).await.unwrap();
        let person = people::find(app.store(), lead.id).await.unwrap().unwrap();
        let thomas = Caller { person };
        let all = Selection::default();
        let due = app.assign_findings(admin, id, &rule, &all, Some(lead.id), Some(date(2026, 11, 30)));
        due.await.unwrap();
        let plan = ResponsibilityId::parse("success.plan").unwrap();
        let waiver = NewWaiver {
            reason: "the plan of the group is used instead".into(),
            until: date(2026, 12, 31),
            ticket: None,
            approver: None,
        };
        app.waive(admin, id, &plan, &waiver).await.unwrap();

        let all = calendar(&stage, id).await;
        let found = of(&all, EntryKind::Finding);
        assert_eq!((found.len(), found[0].on, found[0].at), (1, date(2026, 11, 30), None));
        let waived = of(&all, EntryKind::Waiver);
        assert_eq!(
            (waived.len(), waived[0].on, waived[0].at),
            (1, date(2026, 12, 31), None)
        );
        assert_eq!((all.mine, all.kinds.iter().map(|it| it.1).sum::<usize>()), (0, all.all));

        let mine = CalendarFilter {
            mine: true,
            ..CalendarFilter::default()
        };
        let own = app.calendar(&thomas, id, mine).await.unwrap();
        assert_eq!((own.coming.len(), own.mine, own.all), (1, 1, all.all));
        let kind = CalendarFilter {
            kind: Some(EntryKind::Waiver),
            ..CalendarFilter::default()
        };
        assert_eq!(app.calendar(admin, id, kind).await.unwrap().coming.len(), 1);

        stage.clock.pass_days(11);
        assert!(of(&calendar(&stage, id).await, EntryKind::Finding)[0].late);
    })
    .await;
}

#[tokio::test]
async fn an_address_shows_the_calendar_until_it_is_renewed_or_taken_back_or_its_owner_leaves() {
    on_both(async |store| {
        let stage = Stage::on(store).await;
        let id = stage.engagement_without_targets().await;
        let app = &stage.app;
        let new = NewMember {
            name: "Inès Faure".into(),
            email: "ines@nord.example.com".into(),
            level: Level::Viewer,
            role: None,
        };
        let added = app.add_member(&stage.admin, id, &new).await.unwrap();
        let person = people::find(app.store(), added.id).await.unwrap().unwrap();
        let viewer = Caller { person };
        let leads = async |secret: &str| match app.calendar_of_feed(secret).await {
            Ok((caller, calendar)) => {
                assert_eq!((caller.id(), calendar.header.id), (viewer.id(), id));
                true
            }
            Err(Error::NotFound) => false,
            Err(error) => panic!("{error}"),
        };
        assert_eq!(app.feed(&viewer, id).await.unwrap(), None);
        let first = app.make_feed(&viewer, id).await.unwrap();
        assert!(leads(&first).await && !leads("x").await);
        assert!(app.feed(&viewer, id).await.unwrap().is_some());
        assert_eq!(
            app.feed(&stage.admin, id).await.unwrap(),
            None,
            "it is the viewer’s own"
        );

        let second = app.make_feed(&viewer, id).await.unwrap();
        assert!(!leads(&first).await && leads(&second).await);
        app.revoke_feed(&viewer, id).await.unwrap();
        app.revoke_feed(&viewer, id).await.unwrap();
        assert!(!leads(&second).await);

        let third = app.make_feed(&viewer, id).await.unwrap();
        let gone = async |tx: &Tx| members::remove(tx, id, viewer.id(), None).await;
        assert!(app.store().write(gone).await.unwrap());
        assert!(!leads(&third).await, "its owner left");
        app.add_member(&stage.admin, id, &new).await.unwrap();
        assert!(!leads(&third).await, "coming back gives it back to nobody");
        let events = app.audit_page(&stage.admin, id, None, 50).await.unwrap().events;
        let count = |action: &str| events.iter().filter(|it| it.action == action).count();
        assert_eq!((count("calendar.shared"), count("calendar.unshared")), (3, 1));
        let told = format!("{events:?}");
        assert!([first, second, third].iter().all(|it| !told.contains(it.as_str())));
    })
    .await;
}
