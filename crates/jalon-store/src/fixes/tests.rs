//! Fixes: approved with their findings, proved by the runs that close them, and unproved by those that bring them back.

use jalon_domain::{
    finding::{Changes, Defect, Severity},
    ids::{CheckId, IdSource, RunId},
    text::Text,
};

use super::*;
use crate::{
    Store,
    attachments::{self, Attachment},
    findings,
    testing::{Basics, Counter, at, basics, on_both},
};

fn defects(n: usize) -> Vec<Defect> {
    let defect = |n| Defect {
        rule: RuleId::parse("DIR-007").unwrap(),
        severity: Severity::Major,
        subject: format!("CN={n},DC=nord,DC=example"),
        attribute: Some("mail".into()),
        discriminator: String::new(),
        observed: "a".into(),
        expected: "b".into(),
        message: Text::default(),
        remedy: Text::default(),
        fix: None,
        object: None,
    };
    (0..n).map(defect).collect()
}

async fn opened(store: &Store, of: &Basics, ids: &Counter, n: usize) -> Vec<FindingId> {
    let (check, defects) = (CheckId::parse("directory.objects").unwrap(), defects(n));
    let changes = Changes {
        opened: defects.iter().map(|it| (&check, it)).collect(),
        ..Changes::default()
    };
    changed(store, of, ids, &changes, 1).await;
    let known = findings::recorded(store, of.engagement, of.target.id).await.unwrap();
    known.into_iter().map(|it| it.id).collect()
}

async fn changed(store: &Store, of: &Basics, ids: &Counter, changes: &Changes<'_>, second: i64) -> RunId {
    let run = RunId::new(ids);
    store
        .write(async |tx| findings::apply(tx, &of.target, changes, run, at(second), ids).await)
        .await
        .unwrap();
    run
}

async fn approved(store: &Store, of: &Basics, ids: &Counter, findings: &[FindingId]) -> Fix {
    let file = Attachment {
        id: AttachmentId::new(ids),
        organisation: of.organisation,
        engagement: of.engagement,
        name: "fix-dir-007.ldif".into(),
        media_type: "text/plain".into(),
        size: 1,
        sha256: "00".into(),
        by: of.person,
        at: at(2),
    };
    let fix = Fix {
        id: ids.next(),
        organisation: of.organisation,
        engagement: of.engagement,
        target: of.target.id,
        rule: RuleId::parse("DIR-007").unwrap(),
        findings: i32::try_from(findings.len()).unwrap(),
        sha256: "00".into(),
        attachment: file.id,
        undo: None,
        review: None,
        note: None,
        approved_by: of.person,
        approved_at: at(2),
        revoked_at: None,
    };
    store
        .write(async |tx| {
            attachments::insert(tx, &file).await?;
            insert(tx, &fix, findings).await
        })
        .await
        .unwrap();
    fix
}

#[tokio::test]
async fn a_fix_is_proved_by_the_runs_that_close_its_findings() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let all = opened(&store, &of, &ids, 5).await;
        let fix = approved(&store, &of, &ids, &all[..4]).await;
        let far = async || {
            progress(&store, of.engagement, &[fix.id])
                .await
                .unwrap()
                .remove(&fix.id)
                .unwrap()
        };
        assert_eq!(
            far().await,
            Progress {
                open: 4,
                ..Progress::default()
            }
        );

        let closed = Changes {
            fixed: all[..3].into(),
            ..Changes::default()
        };
        let first = changed(&store, &of, &ids, &closed, 3).await;
        let closed = Changes {
            fixed: all[3..].into(),
            ..Changes::default()
        };
        let second = changed(&store, &of, &ids, &closed, 4).await;
        let proofs = [(second, 1, 4), (first, 3, 3)].map(|(run, closed, second)| Proof {
            run,
            closed,
            at: at(second),
        });
        let expected = Progress {
            closed: 4,
            proved_by: proofs.into(),
            ..Progress::default()
        };
        assert_eq!(far().await, expected);

        let again = &defects(1)[0];
        let back = Changes {
            reopened: vec![(all[0], again)],
            ..Changes::default()
        };
        changed(&store, &of, &ids, &back, 5).await;
        let now = far().await;
        assert_eq!((now.open, now.closed, now.proved_by[1].closed), (1, 3, 2));
    })
    .await;
}

#[tokio::test]
async fn fixes_are_listed_by_rule_taken_back_once_and_stand_again() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let all = opened(&store, &of, &ids, 1).await;
        let (older, newer) = (
            approved(&store, &of, &ids, &all).await,
            approved(&store, &of, &ids, &[]).await,
        );
        let listed = async |rule: &str| {
            let rule = RuleId::parse(rule).unwrap();
            of_engagement(&store, of.engagement, Some(&rule), 9).await.unwrap()
        };
        assert_eq!(listed("DIR-007").await, [newer, older.clone()]);
        assert_eq!(listed("DIR-008").await, []);
        let set = async |at: Option<Timestamp>| {
            store
                .write(async |tx| set_revoked(tx, older.id, at).await)
                .await
                .unwrap()
        };
        let revoked = async || find(&store, older.id).await.unwrap().unwrap().revoked_at;
        assert!(!set(None).await, "it stands already");
        assert!(set(Some(at(7))).await && !set(Some(at(8))).await);
        assert_eq!(revoked().await, Some(at(7)));
        assert!(set(None).await);
        assert_eq!(revoked().await, None);
    })
    .await;
}
