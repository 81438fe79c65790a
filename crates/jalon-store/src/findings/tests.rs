//! Findings through their life, one by one and by the thousand.

use std::sync::LazyLock;

use jalon_domain::{
    finding::{Action, Changes, Fix, FixKind, FlawKind, Holder, ObjectFlaw, OpenFindings, Severity},
    ids::{DecisionId, RuleId},
    proof::{Decision, DecisionKind},
    text::Text,
};
use jiff::civil::date;

use super::*;
use crate::{
    Store, Tx,
    decisions::{self, DecisionRow},
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
        object: Some(Box::new(flaw(&[FlawKind::Character, FlawKind::Duplicate]))),
    }
}

fn flaw(errors: &[FlawKind]) -> ObjectFlaw {
    ObjectFlaw {
        object_class: "user".into(),
        errors: errors.into(),
        proposed: Some("ana@nord.example".into()),
        action: Action::Edit,
        holder: Some(Holder::Later),
        others: vec!["CN=Ana,DC=nord,DC=example".into()],
    }
}

static MAIL: LazyLock<CheckId> = LazyLock::new(|| check_id("dns.mail"));

fn opened(defects: &[Defect]) -> Changes<'_> {
    Changes {
        opened: defects.iter().map(|it| (&*MAIL, it)).collect(),
        ..Changes::default()
    }
}

async fn save(store: &Store, ids: &Counter, target: &Target, changes: &Changes<'_>, run: RunId, second: i64) {
    store
        .write(async |tx| apply(tx, target, changes, run, at(second), ids).await)
        .await
        .unwrap();
}

fn these(ids: &[FindingId]) -> FindingFilter {
    FindingFilter {
        ids: ids.into(),
        ..FindingFilter::default()
    }
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
        save(
            &store,
            &ids,
            &of.target,
            &opened(std::slice::from_ref(&original)),
            first,
            1,
        )
        .await;
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
            object: None,
            ..original.clone()
        };
        let seen = Changes {
            seen: vec![(row.id, &heavier)],
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
            reopened: vec![(row.id, &heavier)],
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
        save(&store, &ids, &of.target, &opened(&defects), RunId::new(&ids), 1).await;
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
        let until: Vec<_> = open.iter().map(|it| (it.accepted_until, it.count)).collect();
        assert_eq!(until, [(None, 2), (Some(at(50)), 1), (Some(at(100)), 1)]);
        // What SQL says holds a gate is what the domain says.
        for now in [at(10), at(50), at(75), at(100)] {
            let told = async |filter| {
                let (rows, _) = page(&store, of.engagement, &filter, None, 99).await.unwrap();
                rows.iter().map(|it| it.id).collect::<Vec<_>>()
            };
            let accepted = |n: usize| now < [at(100), at(50), at(0), at(0)][n];
            let of_the_four = |wanted: bool| {
                (0..4)
                    .filter(|it| accepted(*it) == wanted)
                    .map(|it| found[it])
                    .collect::<Vec<_>>()
            };
            let count = |wanted: &dyn Fn(&OpenFindings) -> bool| {
                open.iter().filter(|it| wanted(it)).map(|it| it.count).sum::<usize>()
            };
            let held = told(FindingFilter {
                holds: Some(now),
                ..Default::default()
            })
            .await;
            assert_eq!(held, of_the_four(false), "{now}");
            assert_eq!(held.len(), count(&|it| it.holds(Severity::HOLDS_GATE, now)), "{now}");
            let let_through = told(FindingFilter {
                accepted: Some(now),
                ..Default::default()
            })
            .await;
            assert_eq!(let_through, of_the_four(true), "{now}");
            assert_eq!(let_through.len(), count(&|it| it.is_accepted(now)), "{now}");
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
    save(store, ids, &of.target, &opened(&north), RunId::new(ids), 1).await;
    save(
        store,
        ids,
        &south,
        &opened(&[defect("DNS-004", Severity::Blocker, "sud.example")]),
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
        let txt = FindingFilter {
            attribute: Some("TXT".into()),
            error: Some(FlawKind::Duplicate),
            ..Default::default()
        };
        assert_eq!(wanted(txt).await.len(), 4);
        for (attribute, error) in [(None, Some(FlawKind::Blank)), (Some("MX".to_owned()), None)] {
            let filter = FindingFilter {
                attribute,
                error,
                ..Default::default()
            };
            assert_eq!(wanted(filter).await, [""; 0]);
        }
        let told = facets(&store, of.engagement, &text("dns-007")).await.unwrap();
        let [only] = &told.targets[..] else {
            panic!("one target: {told:?}")
        };
        assert_eq!(only.2, 1);
        let expected = Facets {
            targets: told.targets.clone(),
            attributes: vec![("TXT".into(), 1)],
            errors: vec![(FlawKind::Character, 1), (FlawKind::Duplicate, 1)],
        };
        assert_eq!(told, expected);
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
        let assign = async |which: &FindingFilter, owner, due| {
            store
                .write(async |tx| set_owner_and_due(tx, of.engagement, which, owner, due).await)
                .await
                .unwrap()
        };
        let (march, april) = (date(2026, 3, 1), date(2026, 4, 1));
        let both = major;
        assert_eq!(assign(&both, Some(Some(of.person)), Some(Some(march))).await, 2);
        let one = these(&[rows[0].id]);
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
        let foreign = these(&[all(&store, elsewhere.engagement).await[0].id]);
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
            reopened: vec![(heavy[1], &rows[1].defect)],
            ..Changes::default()
        };
        save(&store, &ids, &of.target, &back, RunId::new(&ids), 2).await;
        let due = Some(Some(date(2026, 3, 1)));
        let (all_heavy, one) = (these(&heavy), these(&[heavy[0]]));
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
        let on: Vec<u64> = first.targets.iter().map(|it| it.1).collect();
        assert_eq!((on, first.reopened), (vec![2, 1], 1));
        assert_eq!(first.sample.defect.rule, rule("DNS-004"));
        assert_eq!(
            (told[1].rule.as_str(), told[1].count, told[1].owner),
            ("DNS-007", 1, None)
        );

        let (last, gone) = (
            heavy[2],
            Changes {
                fixed: vec![heavy[2]],
                ..Changes::default()
            },
        );
        save(&store, &ids, &of.target, &gone, RunId::new(&ids), 3).await;
        let open = FindingFilter {
            state: Some(FindingState::Open),
            ..Default::default()
        };
        let told = groups(&store, of.engagement, &open).await.unwrap();
        assert_eq!((told[0].count, told[0].sample.id != last), (2, true));
        assert_eq!(fixed(&store, of.engagement).await.unwrap(), 1);
        let seen_by = async |person, today| tally(&store, of.engagement, person, today).await.unwrap();
        let expected = Tally {
            all: 3,
            mine: 2,
            late: 1,
            came_back: 1,
        };
        assert_eq!(seen_by(of.person, date(2026, 3, 2)).await, expected);
        let (nobody, before) = (PersonId::new(&ids), date(2026, 3, 1));
        assert_eq!(
            seen_by(nobody, before).await,
            Tally {
                mine: 0,
                late: 0,
                ..expected
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
        let gone = Changes {
            fixed: vec![north[0].id],
            ..Changes::default()
        };
        save(&store, &ids, &of.target, &gone, RunId::new(&ids), 2).await;
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
        assert_eq!(fixed(&store, of.engagement).await.unwrap(), 1);

        // Measured again: open as before, and not back from anything.
        let again = Changes {
            resumed: vec![(north[1].id, &north[1].defect)],
            ..Changes::default()
        };
        save(&store, &ids, &of.target, &again, RunId::new(&ids), 3).await;
        let row = find(&store, north[1].id).await.unwrap().unwrap();
        assert_eq!(
            (row.state, row.reopened_at, row.times_reopened, row.last_seen_at),
            (FindingState::Open, None, 0, at(3))
        );
    })
    .await;
}

#[tokio::test]
async fn a_fix_is_told_what_is_wrong_with_each_value_and_nothing_else() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = varied(&store, &ids).await;
        let told = flaws(&store, of.engagement, &FindingFilter::default()).await.unwrap();
        let mut rows = all(&store, of.engagement).await;
        rows.sort_by_key(|it| it.id);
        let bare = |it: &FindingRow| {
            let defect = Defect {
                expected: String::new(),
                message: Text::default(),
                remedy: Text::default(),
                fix: None,
                ..it.defect.clone()
            };
            (it.id, defect)
        };
        assert_eq!(told, rows.iter().map(bare).collect::<Vec<_>>());
        let one = flaws(&store, of.engagement, &these(&[told[1].0])).await.unwrap();
        assert_eq!(one, told[1..2]);
    })
    .await;
}

#[tokio::test]
async fn two_runs_cannot_open_the_same_finding() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let defects = [defect("DNS-004", Severity::Major, "nord.example")];
        let changes = opened(&defects);
        save(&store, &ids, &of.target, &changes, RunId::new(&ids), 1).await;
        let run = RunId::new(&ids);
        let again = store
            .write(async |tx| apply(tx, &of.target, &changes, run, at(2), &ids).await)
            .await;
        assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    })
    .await;
}
