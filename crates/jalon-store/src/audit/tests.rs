//! Chains: whole ones are whole, and every way to tamper with one is found.

use jalon_domain::ids::IdSource;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use super::*;
use crate::{
    Store,
    testing::{Counter, at, on_both},
};

fn event(engagement: Option<EngagementId>, n: i64) -> NewEvent {
    NewEvent {
        id: EventId(Uuid::from_u128(n.unsigned_abs().into())),
        engagement,
        at: at(n),
        actor: Some(PersonId(Uuid::from_u128(7))),
        actor_name: "Zoé".into(),
        action: "evidence.recorded".into(),
        subject: "dns.records".into(),
        detail: json!({"n": n, "ratio": 1.5, "nul": "\0", "a": {"z": [1, null], "b": "é"}}),
    }
}

async fn put(store: &Store, engagement: Option<EngagementId>, numbers: std::ops::RangeInclusive<i64>) {
    for n in numbers {
        store
            .write(async |tx| append(tx, event(engagement, n)).await)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_chain_reads_back_and_is_whole() {
    on_both(async |store| {
        let nord = Some(EngagementId(Counter::default().next()));
        put(&store, nord, 1..=5).await;
        put(&store, None, 1..=1).await;
        let events = page(&store, nord, None, 2).await.unwrap();
        assert_eq!(events.iter().map(|it| it.seq).collect::<Vec<_>>(), [5, 4]);
        assert_eq!(events[0].previous, events[1].hash);
        assert_eq!(events[0].detail, event(nord, 5).detail);
        let earlier = page(&store, nord, Some(4), 9).await.unwrap();
        assert_eq!(earlier.iter().map(|it| it.seq).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!(earlier[2].previous, "");
        assert_eq!(
            verify(&store, nord).await.unwrap(),
            ChainReport {
                events: 5,
                broken: None
            }
        );
        assert_eq!(
            verify(&store, None).await.unwrap(),
            ChainReport {
                events: 1,
                broken: None
            }
        );
        assert_eq!(chains(&store).await.unwrap(), [None, nord]);
        let unknown = Some(EngagementId(Uuid::from_u128(404)));
        assert_eq!(
            verify(&store, unknown).await.unwrap(),
            ChainReport {
                events: 0,
                broken: None
            }
        );
    })
    .await;
}

/// Writes seven events, lets somebody in by the back door, and expects the break.
async fn check(tampering: &[&str], expected: Option<(i64, BreakKind)>) {
    on_both(async |store| {
        put(&store, None, 1..=7).await;
        for sql in tampering {
            let connection = store.connection();
            let statement = Statement::from_string(connection.get_database_backend(), *sql);
            connection.execute_raw(statement).await.unwrap();
        }
        let report = verify(&store, None).await.unwrap();
        let found = report.broken.as_ref().map(|it| (it.seq, it.kind));
        assert_eq!(found, expected, "{tampering:?}: {report:?}");
    })
    .await;
}

#[tokio::test]
async fn an_edited_event_is_found_whatever_was_edited() {
    use BreakKind::Edited;
    check(
        &["UPDATE audit_event SET actor_name = 'Ana' WHERE seq = 3"],
        Some((3, Edited)),
    )
    .await;
    check(
        &["UPDATE audit_event SET detail = '{}' WHERE seq = 7"],
        Some((7, Edited)),
    )
    .await;
    check(&["UPDATE audit_event SET at = at + 1 WHERE seq = 1"], Some((1, Edited))).await;
    check(
        &["UPDATE audit_event SET actor = NULL WHERE seq = 2"],
        Some((2, Edited)),
    )
    .await;
    check(
        &["UPDATE audit_event SET hash = previous WHERE seq = 4"],
        Some((4, Edited)),
    )
    .await;
    check(
        &["UPDATE audit_event SET previous = hash WHERE seq = 4"],
        Some((4, Edited)),
    )
    .await;
}

#[tokio::test]
async fn a_removed_event_is_found_at_the_beginning_in_the_middle_and_at_the_end() {
    use BreakKind::{Removed, Tail};
    check(&["DELETE FROM audit_event WHERE seq = 1"], Some((1, Removed))).await;
    check(&["DELETE FROM audit_event WHERE seq = 4"], Some((4, Removed))).await;
    check(&["DELETE FROM audit_event WHERE seq >= 6"], Some((6, Tail))).await;
    check(&["DELETE FROM audit_event"], Some((1, Tail))).await;
}

#[tokio::test]
async fn a_removed_event_is_found_although_the_others_were_renumbered() {
    let close_ranks = [
        "DELETE FROM audit_event WHERE seq = 4",
        "UPDATE audit_event SET seq = 4 WHERE seq = 5",
        "UPDATE audit_event SET seq = 5 WHERE seq = 6",
        "UPDATE audit_event SET seq = 6 WHERE seq = 7",
        "UPDATE audit_head SET seq = 6",
    ];
    check(&close_ranks, Some((4, BreakKind::Reordered))).await;
}

#[tokio::test]
async fn events_that_changed_places_are_found() {
    let swap = [
        "UPDATE audit_event SET seq = 100 WHERE seq = 3",
        "UPDATE audit_event SET seq = 3 WHERE seq = 5",
        "UPDATE audit_event SET seq = 5 WHERE seq = 100",
    ];
    check(&swap, Some((3, BreakKind::Reordered))).await;
}

#[tokio::test]
async fn a_head_that_was_moved_is_found() {
    use BreakKind::Edited;
    check(&["UPDATE audit_head SET seq = 6"], Some((7, Edited))).await;
    check(&["DELETE FROM audit_head"], Some((1, Edited))).await;
    check(&["UPDATE audit_head SET hash = 'x'"], Some((7, Edited))).await;
}

#[tokio::test]
async fn a_report_says_how_much_was_in_order() {
    on_both(async |store| {
        put(&store, None, 1..=7).await;
        store
            .connection()
            .execute_unprepared("DELETE FROM audit_event WHERE seq = 4")
            .await
            .unwrap();
        let report = verify(&store, None).await.unwrap();
        let broken = report.broken.unwrap();
        assert_eq!((report.events, broken.seq), (3, 4));
        assert_eq!(broken.text.en, "event 4 was removed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_who_append_at_once_make_one_chain() {
    on_both(async |store| {
        let writers: Vec<_> = (0..8)
            .map(|it| {
                let store = store.clone();
                tokio::spawn(async move { put(&store, None, it * 20 + 1..=it * 20 + 20).await })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(
            verify(&store, None).await.unwrap(),
            ChainReport {
                events: 160,
                broken: None
            }
        );
    })
    .await;
}

#[tokio::test]
async fn a_chain_longer_than_a_page_is_read_to_its_end() {
    on_both(async |store| {
        store
            .write(async |tx| {
                for n in 1..=2_100 {
                    append(tx, event(None, n)).await?;
                }
                Ok::<(), StoreError>(())
            })
            .await
            .unwrap();
        assert_eq!(
            verify(&store, None).await.unwrap(),
            ChainReport {
                events: 2_100,
                broken: None
            }
        );
        store
            .connection()
            .execute_unprepared("DELETE FROM audit_event WHERE seq = 2050")
            .await
            .unwrap();
        let broken = verify(&store, None).await.unwrap().broken.unwrap();
        assert_eq!((broken.seq, broken.kind), (2_050, BreakKind::Removed));
    })
    .await;
}
