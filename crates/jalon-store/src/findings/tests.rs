//! Findings through their life, one by one and by the thousand.

use std::{collections::BTreeSet, time::Instant};

use jalon_domain::{
    finding::{Changes, Fix, FixKind, Severity},
    ids::{DecisionId, RuleId},
    proof::Decision,
    text::Text,
};
use jiff::civil::date;

use super::*;
use crate::{
    Store, Tx,
    decisions::DecisionRow,
    targets::{self, Target},
    testing::{Basics, Counter, at, basics, on_both},
};

fn check_id(raw: &str) -> CheckId {
    CheckId::parse(raw).unwrap()
}

fn rule(raw: &str) -> RuleId {
    RuleId::parse(raw).unwrap()
}

fn defect(rule_id: &str, severity: Severity, subject: &str) -> Defect {
    Defect {
        rule: rule(rule_id),
        severity,
        subject: subject.into(),
        attribute: Some("TXT".into()),
        discriminator: String::new(),
        observed: "v=spf1 +all".into(),
        expected: "v=spf1 -all".into(),
        message: Text::new("Anybody may send", "N’importe qui peut émettre"),
        remedy: Text::new("End it with -all", "Terminez-le par -all"),
        fix: Some(Fix {
            kind: FixKind::Zone,
            text: "@ TXT \"v=spf1 -all\"".into(),
            undo: None,
            steps: None,
        }),
    }
}

fn opened(defects: impl IntoIterator<Item = Defect>) -> Changes {
    Changes {
        opened: defects.into_iter().map(|it| (check_id("dns.mail"), it)).collect(),
        ..Changes::default()
    }
}

async fn save(store: &Store, ids: &Counter, target: &Target, changes: &Changes, run: RunId, second: i64) {
    store
        .write(async |tx| apply(tx, target, changes, run, at(second), ids).await)
        .await
        .unwrap();
}

async fn all(store: &Store, engagement: EngagementId) -> Vec<FindingRow> {
    page(store, engagement, &FindingFilter::default(), None, 100_000)
        .await
        .unwrap()
        .0
}

#[tokio::test]
async fn a_finding_lives_opened_seen_fixed_and_reopened() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let [first, second, third, fourth] = [0; 4].map(|_| RunId::new(&ids));
        let original = defect("DNS-004", Severity::Major, "nord.example");
        save(&store, &ids, &of.target, &opened([original.clone()]), first, 1).await;
        let row = all(&store, of.engagement).await.pop().unwrap();
        let expected = FindingRow {
            id: row.id,
            organisation: of.organisation,
            engagement: of.engagement,
            target: of.target.id,
            target_value: "nord.example".into(),
            family: Family::Dns,
            check: check_id("dns.mail"),
            fingerprint: Fingerprint::of(&check_id("dns.mail"), &original),
            defect: original.clone(),
            state: FindingState::Open,
            opened_at: at(1),
            last_seen_at: at(1),
            fixed_at: None,
            reopened_at: None,
            times_reopened: 0,
            owner: None,
            due: None,
            first_run: first,
            last_run: first,
            version: 1,
        };
        assert_eq!(row, expected);
        let recorded_row = Recorded {
            id: row.id,
            fingerprint: row.fingerprint.clone(),
            check: row.check.clone(),
            rule: rule("DNS-004"),
            state: FindingState::Open,
        };
        assert_eq!(
            recorded(&store, of.engagement, of.target.id).await.unwrap(),
            [recorded_row]
        );

        let heavier = Defect {
            severity: Severity::Blocker,
            observed: "v=spf1 ?all".into(),
            fix: None,
            ..original
        };
        let seen = Changes {
            seen: vec![(row.id, heavier.clone())],
            ..Changes::default()
        };
        save(&store, &ids, &of.target, &seen, second, 2).await;
        let expected = FindingRow {
            defect: heavier.clone(),
            last_seen_at: at(2),
            last_run: second,
            ..expected
        };
        assert_eq!(find(&store, row.id).await.unwrap(), Some(expected.clone()));

        let fixed = Changes {
            fixed: vec![row.id],
            ..Changes::default()
        };
        save(&store, &ids, &of.target, &fixed, third, 3).await;
        let expected = FindingRow {
            state: FindingState::Fixed,
            fixed_at: Some(at(3)),
            last_run: third,
            ..expected
        };
        assert_eq!(find(&store, row.id).await.unwrap(), Some(expected.clone()));

        let back = Changes {
            reopened: vec![(row.id, heavier)],
            ..Changes::default()
        };
        save(&store, &ids, &of.target, &back, fourth, 4).await;
        let expected = FindingRow {
            state: FindingState::Open,
            fixed_at: None,
            reopened_at: Some(at(4)),
            times_reopened: 1,
            last_seen_at: at(4),
            last_run: fourth,
            ..expected
        };
        assert_eq!(find_many(&store, &[row.id]).await.unwrap(), [expected]);
    })
    .await;
}

/// 10,000 defects of four rules and four severities, as a directory brings home.
fn many() -> Vec<Defect> {
    let kinds = [
        ("DIR-001", Severity::Minor),
        ("DIR-002", Severity::Blocker),
        ("DIR-003", Severity::Info),
        ("DIR-004", Severity::Major),
    ];
    (0..10_000)
        .map(|n| {
            let (rule, severity) = kinds[n % 4];
            defect(rule, severity, &format!("CN=Person {n},OU=Staff,DC=nord,DC=example"))
        })
        .collect()
}

#[tokio::test]
async fn ten_thousand_defects_are_opened_seen_fixed_and_paged() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let begun = Instant::now();
        save(&store, &ids, &of.target, &opened(many()), RunId::new(&ids), 1).await;
        let open = begun.elapsed();
        let rows = all(&store, of.engagement).await;
        assert_eq!(rows.len(), 10_000);
        let again = RunId::new(&ids);
        let seen: Vec<(FindingId, Defect)> = rows
            .iter()
            .map(|it| {
                (
                    it.id,
                    Defect {
                        observed: "seen again".into(),
                        ..it.defect.clone()
                    },
                )
            })
            .collect();
        let (seen, reopened) = seen.split_at(9_000);
        let fixed: Vec<FindingId> = reopened.iter().map(|(id, _)| *id).collect();
        save(
            &store,
            &ids,
            &of.target,
            &Changes {
                fixed,
                ..Changes::default()
            },
            again,
            2,
        )
        .await;
        assert_eq!(counts(&store, of.engagement).await.unwrap().fixed, 1_000);
        let begun = Instant::now();
        let changes = Changes {
            seen: seen.into(),
            reopened: reopened.into(),
            ..Changes::default()
        };
        save(&store, &ids, &of.target, &changes, again, 3).await;
        println!(
            "{:?}: 10,000 opened in {open:?}, seen again in {:?}",
            store.engine(),
            begun.elapsed()
        );
        assert!(open.as_secs() < 30, "{open:?}");
        let rows = all(&store, of.engagement).await;
        assert!(
            rows.iter()
                .all(|it| it.defect.observed == "seen again" && it.last_seen_at == at(3))
        );
        assert_eq!(rows.iter().filter(|it| it.times_reopened == 1).count(), 1_000);
        assert_eq!(
            recorded(&store, of.engagement, of.target.id).await.unwrap().len(),
            10_000
        );
        assert_eq!(open_of_engagement(&store, of.engagement).await.unwrap().len(), 10_000);
        pages_tell_all_once_in_order(&store, of.engagement).await;
    })
    .await;
}

async fn pages_tell_all_once_in_order(store: &Store, engagement: EngagementId) {
    let filter = FindingFilter {
        severities: vec![Severity::Blocker, Severity::Minor],
        ..Default::default()
    };
    let (mut ids, mut severities, mut after) = (BTreeSet::new(), Vec::new(), None);
    loop {
        let (rows, next) = page(store, engagement, &filter, after, 700).await.unwrap();
        severities.extend(rows.iter().map(|it| it.defect.severity));
        ids.extend(rows.iter().map(|it| it.id));
        if next.is_none() {
            break;
        }
        after = next;
    }
    assert_eq!((ids.len(), severities.len()), (5_000, 5_000));
    assert!(severities.is_sorted_by(|a, b| a >= b), "the heaviest first");
}

async fn accept(tx: &Tx, of: &Basics, ids: &Counter, finding: FindingId, until: i64) -> Result<DecisionId, StoreError> {
    let id = DecisionId::new(ids);
    let waiver = DecisionRow {
        organisation: of.organisation,
        engagement: of.engagement,
        responsibility: None,
        finding: Some(finding),
        decision: Decision {
            id,
            kind: DecisionKind::Waiver,
            by: of.person,
            reason: "accepted".into(),
            at: at(0),
            until: Some(at(until)),
            revoked_at: None,
        },
        ticket: None,
        approver: None,
    };
    decisions::insert(tx, &waiver).await?;
    Ok(id)
}

#[tokio::test]
async fn waivers_over_open_findings_are_known_with_their_end() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let defects = ["a", "b", "c", "d"].map(|it| defect("DNS-004", Severity::Major, it));
        save(&store, &ids, &of.target, &opened(defects), RunId::new(&ids), 1).await;
        let rows = all(&store, of.engagement).await;
        let found: Vec<FindingId> = rows.iter().map(|it| it.id).collect();
        store
            .write(async |tx| {
                accept(tx, &of, &ids, found[0], 50).await?;
                accept(tx, &of, &ids, found[0], 100).await?;
                accept(tx, &of, &ids, found[1], 50).await?;
                let revoked = accept(tx, &of, &ids, found[2], 100).await?;
                decisions::revoke(tx, revoked, at(2)).await
            })
            .await
            .unwrap();
        let open = open_of_engagement(&store, of.engagement).await.unwrap();
        let until: Vec<Option<Timestamp>> = open.iter().map(|it| it.accepted_until).collect();
        assert_eq!(until, [Some(at(100)), Some(at(50)), None, None]);
        // What SQL says holds a gate is what the domain says.
        for now in [at(10), at(50), at(75), at(100)] {
            let filter = FindingFilter {
                holds: Some(now),
                ..Default::default()
            };
            let (rows, _) = page(&store, of.engagement, &filter, None, 99).await.unwrap();
            let told: Vec<FindingId> = rows.iter().map(|it| it.id).collect();
            let expected: Vec<FindingId> = open
                .iter()
                .filter(|it| it.holds(Severity::HOLDS_GATE, now))
                .map(|it| it.id)
                .collect();
            assert_eq!(told, expected, "{now}");
            let filter = FindingFilter {
                accepted: Some(now),
                ..Default::default()
            };
            let (rows, _) = page(&store, of.engagement, &filter, None, 99).await.unwrap();
            let told: Vec<FindingId> = rows.iter().map(|it| it.id).collect();
            let expected: Vec<FindingId> = open.iter().filter(|it| it.is_accepted(now)).map(|it| it.id).collect();
            assert_eq!(told, expected, "{now}");
        }
    })
    .await;
}

/// One finding of each kind that the filters tell apart.
async fn varied(store: &Store, ids: &Counter) -> Basics {
    let of = basics(store, ids).await;
    let south = Target {
        id: TargetId::new(ids),
        value: "sud.example".into(),
        ..of.target.clone()
    };
    store.write(async |tx| targets::insert(tx, &south).await).await.unwrap();
    let north = [
        defect("DNS-004", Severity::Major, "École.nord.example"),
        defect("DNS-004", Severity::Major, "100%_sure.nord.example"),
        defect("DNS-007", Severity::Info, "www.nord.example"),
    ];
    save(store, ids, &of.target, &opened(north), RunId::new(ids), 1).await;
    save(
        store,
        ids,
        &south,
        &opened([defect("DNS-004", Severity::Blocker, "sud.example")]),
        RunId::new(ids),
        1,
    )
    .await;
    of
}

#[track_caller]
fn subjects(rows: Vec<FindingRow>) -> Vec<String> {
    rows.into_iter().map(|it| it.defect.subject).collect()
}

#[tokio::test]
async fn filters_tell_findings_apart() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = varied(&store, &ids).await;
        let wanted =
            async |filter: FindingFilter| subjects(page(&store, of.engagement, &filter, None, 99).await.unwrap().0);
        let text = |it: &str| FindingFilter {
            text: Some(it.into()),
            ..Default::default()
        };
        assert_eq!(wanted(text("ÉCOLE")).await, ["École.nord.example"]);
        assert_eq!(wanted(text("100%_s")).await, ["100%_sure.nord.example"]);
        assert_eq!(wanted(text("0%s")).await, [""; 0], "a wildcard means itself");
        assert_eq!(wanted(text("dns-007")).await, ["www.nord.example"]);
        assert_eq!(wanted(text("peut émettre")).await.len(), 4);
        let by_rule = FindingFilter {
            rules: vec![rule("DNS-007")],
            ..Default::default()
        };
        assert_eq!(wanted(by_rule).await, ["www.nord.example"]);
        let on_target = FindingFilter {
            target: Some(of.target.id),
            ..Default::default()
        };
        assert_eq!(wanted(on_target).await.len(), 3);
        let tls = FindingFilter {
            family: Some(Family::Tls),
            ..Default::default()
        };
        assert_eq!(wanted(tls).await, [""; 0]);
        let fixed = FindingFilter {
            state: Some(FindingState::Fixed),
            ..Default::default()
        };
        assert_eq!(wanted(fixed).await, [""; 0]);
        let other_check = FindingFilter {
            check: Some(check_id("dns.records")),
            ..Default::default()
        };
        assert_eq!(wanted(other_check).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn owners_and_dates_are_set_for_some_or_for_all_that_match() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = varied(&store, &ids).await;
        let elsewhere = varied(&store, &ids).await;
        let major = FindingFilter {
            severities: vec![Severity::Major],
            ..Default::default()
        };
        let (rows, _) = page(&store, of.engagement, &major, None, 99).await.unwrap();
        let assign = async |which: &Which, owner, due| {
            store
                .write(async |tx| set_owner_and_due(tx, of.engagement, which, owner, due).await)
                .await
                .unwrap()
        };
        let (march, april) = (date(2026, 3, 1), date(2026, 4, 1));
        let both = Which::Filter(Box::new(major));
        assert_eq!(assign(&both, Some(Some(of.person)), Some(Some(march))).await, 2);
        let one = Which::Ids(vec![rows[0].id]);
        assert_eq!(assign(&one, None, Some(Some(april))).await, 1);
        let first = find(&store, rows[0].id).await.unwrap().unwrap();
        assert_eq!(
            (first.owner, first.due, first.version),
            (Some(of.person), Some(april), 3)
        );
        let wanted = async |filter| page(&store, of.engagement, &filter, None, 99).await.unwrap().0;
        let mine = FindingFilter {
            owner: Some(of.person),
            ..Default::default()
        };
        assert_eq!(wanted(mine).await.len(), 2);
        let nobodys = FindingFilter {
            unowned: true,
            ..Default::default()
        };
        assert_eq!(wanted(nobodys).await.len(), 2);
        let late = FindingFilter {
            late_before: Some(date(2026, 3, 2)),
            ..Default::default()
        };
        assert_eq!(
            wanted(late).await.iter().map(|it| it.id).collect::<Vec<_>>(),
            [rows[1].id]
        );
        assert_eq!(assign(&one, Some(None), Some(None)).await, 1);
        let first = find(&store, rows[0].id).await.unwrap().unwrap();
        assert_eq!((first.owner, first.due), (None, None));
        let foreign = Which::Ids(vec![all(&store, elsewhere.engagement).await[0].id]);
        assert_eq!(
            assign(&foreign, Some(Some(of.person)), None).await,
            0,
            "not of this engagement"
        );
    })
    .await;
}

#[tokio::test]
async fn groups_and_counts_add_up() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = varied(&store, &ids).await;
        let rows = all(&store, of.engagement).await;
        let heavy: Vec<FindingId> = rows
            .iter()
            .filter(|it| it.defect.rule == rule("DNS-004"))
            .map(|it| it.id)
            .collect();
        let back = Changes {
            reopened: vec![(heavy[1], rows[1].defect.clone())],
            ..Changes::default()
        };
        save(&store, &ids, &of.target, &back, RunId::new(&ids), 2).await;
        let due = Some(Some(date(2026, 3, 1)));
        let (all_heavy, one) = (Which::Ids(heavy.clone()), Which::Ids(vec![heavy[0]]));
        store
            .write(async |tx| {
                set_owner_and_due(tx, of.engagement, &all_heavy, Some(Some(of.person)), None).await?;
                set_owner_and_due(tx, of.engagement, &one, None, due).await
            })
            .await
            .unwrap();
        let came_back = FindingFilter {
            came_back: true,
            ..Default::default()
        };
        let (rows, _) = page(&store, of.engagement, &came_back, None, 99).await.unwrap();
        assert_eq!(rows.iter().map(|it| it.id).collect::<Vec<_>>(), [heavy[1]]);
        let told = groups(&store, of.engagement, &FindingFilter::default()).await.unwrap();
        assert_eq!(told.len(), 2);
        let first = &told[0];
        assert_eq!(
            (first.rule.as_str(), first.severity, first.count),
            ("DNS-004", Severity::Blocker, 3)
        );
        assert_eq!((first.owner, first.due), (Some(of.person), Some(date(2026, 3, 1))));
        assert_eq!((first.targets, first.reopened), (2, 1));
        assert_eq!(first.sample.defect.rule, rule("DNS-004"));
        assert_eq!(
            (told[1].rule.as_str(), told[1].count, told[1].owner),
            ("DNS-007", 1, None)
        );

        let (last, fixed) = (
            heavy[2],
            Changes {
                fixed: vec![heavy[2]],
                ..Changes::default()
            },
        );
        save(&store, &ids, &of.target, &fixed, RunId::new(&ids), 3).await;
        let open = FindingFilter {
            state: Some(FindingState::Open),
            ..Default::default()
        };
        let told = groups(&store, of.engagement, &open).await.unwrap();
        assert_eq!((told[0].count, told[0].sample.id != last), (2, true));
        let expected = vec![
            (Family::Dns, Severity::Blocker, 1),
            (Family::Dns, Severity::Major, 1),
            (Family::Dns, Severity::Info, 1),
        ];
        assert_eq!(
            counts(&store, of.engagement).await.unwrap(),
            Counts {
                open: expected,
                fixed: 1
            }
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_no_longer_measured_is_withdrawn_and_what_was_fixed_stays_fixed() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = varied(&store, &ids).await;
        let rows = all(&store, of.engagement).await;
        let north: Vec<&FindingRow> = rows.iter().filter(|it| it.target == of.target.id).collect();
        let fixed = Changes {
            fixed: vec![north[0].id],
            ..Changes::default()
        };
        save(&store, &ids, &of.target, &fixed, RunId::new(&ids), 2).await;
        let withdraw_north = async || {
            store
                .write(async |tx| withdraw(tx, of.engagement, of.target.id).await)
                .await
        };
        assert_eq!(withdraw_north().await.unwrap(), 2);
        assert_eq!(withdraw_north().await.unwrap(), 0);
        let open = open_of_engagement(&store, of.engagement).await.unwrap();
        assert_eq!(
            open.iter().map(|it| it.target.as_str()).collect::<Vec<_>>(),
            ["sud.example"]
        );
        assert_eq!(counts(&store, of.engagement).await.unwrap().fixed, 1);
    })
    .await;
}

#[tokio::test]
async fn two_runs_cannot_open_the_same_finding() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let changes = opened([defect("DNS-004", Severity::Major, "nord.example")]);
        save(&store, &ids, &of.target, &changes, RunId::new(&ids), 1).await;
        let run = RunId::new(&ids);
        let again = store
            .write(async |tx| apply(tx, &of.target, &changes, run, at(2), &ids).await)
            .await;
        assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    })
    .await;
}
