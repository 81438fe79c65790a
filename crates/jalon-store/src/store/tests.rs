//! Opening, migrating, transactions, waking: what everything else stands on.

use std::{future::pending, time::Duration};

use jalon_domain::ids::{EventId, IdSource, JobId};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio::sync::oneshot;

use super::*;
use crate::{
    audit::{self, NewEvent},
    jobs::{self, NewJob},
    settings,
    testing::{Counter, Place, at, on_both, on_both_places},
};

fn job(ids: &dyn IdSource) -> NewJob {
    NewJob {
        id: JobId::new(ids),
        organisation: None,
        kind: "test".into(),
        payload: json!({}),
        priority: 0,
        run_at: at(0),
        max_attempts: 3,
        dedupe_key: None,
        created_at: at(0),
    }
}

fn event(ids: &dyn IdSource) -> NewEvent {
    NewEvent {
        id: EventId::new(ids),
        engagement: None,
        at: at(0),
        actor: None,
        actor_name: "jalon".into(),
        action: "test.done".into(),
        subject: "test".into(),
        detail: json!({}),
    }
}

#[tokio::test]
async fn a_fresh_place_is_migrated_and_what_is_written_outlives_the_process() {
    on_both_places(async |place| {
        let store = place.open().await;
        assert_eq!(store.engine(), place.engine());
        assert_eq!(store.schema_version().await.unwrap(), "m0003_engagement");
        store.healthy().await.unwrap();
        store
            .write(async |tx| settings::set(tx, "k", &json!([1, "é"])).await)
            .await
            .unwrap();
        store.close().await;
        let again = place.open().await;
        assert_eq!(settings::get(&again, "k").await.unwrap(), Some(json!([1, "é"])));
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_and_left_alone() {
    on_both_places(async |place| {
        let store = place.open().await;
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)";
        store.connection().execute_unprepared(newer).await.unwrap();
        store.close().await;
        match Store::open(place.location()).await {
            Err(StoreError::Newer { found, known }) => {
                assert_eq!((found.as_str(), known.as_str()), ("m9999_later", "m0003_engagement"));
            }
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("it was opened"),
        }
    })
    .await;
}

#[tokio::test]
async fn a_folder_belongs_to_one_process_at_a_time() {
    let place = Place::sqlite();
    let first = place.open().await;
    let clone = first.clone();
    let refused = Store::open(place.location()).await.err().unwrap();
    assert!(
        matches!(&refused, StoreError::InUse { path } if path.ends_with("data")),
        "{refused}"
    );
    drop(first);
    assert!(Store::open(place.location()).await.is_err(), "a clone still has it");
    drop(clone);
    place.open().await.healthy().await.unwrap();
}

#[tokio::test]
async fn servers_that_start_together_migrate_once() {
    let place = Place::postgres().await;
    let opened = futures::future::join_all((0..4).map(|_| Store::open(place.location()))).await;
    for store in opened {
        store.unwrap().healthy().await.unwrap();
    }
    place.remove().await;
}

#[tokio::test]
async fn a_rollback_takes_the_job_and_the_audit_event_with_it() {
    on_both(async |store| {
        let ids = Counter::default();
        let result = store
            .write(async |tx| {
                settings::set(tx, "k", &json!(1)).await?;
                jobs::enqueue(tx, &job(&ids)).await?;
                audit::append(tx, event(&ids)).await?;
                Err::<(), _>(StoreError::Stale)
            })
            .await;
        assert!(matches!(result, Err(StoreError::Stale)));
        assert_eq!(settings::get(&store, "k").await.unwrap(), None);
        assert!(jobs::counts(&store).await.unwrap().is_empty());
        assert!(audit::chains(&store).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn work_that_is_dropped_half_way_is_rolled_back() {
    on_both(async |store| {
        let (begun, has_begun) = oneshot::channel();
        let work = store.write(async |tx| {
            settings::set(tx, "k", &json!(1)).await?;
            begun.send(()).unwrap();
            pending::<()>().await;
            Ok::<(), StoreError>(())
        });
        tokio::select! {
            _ = work => unreachable!("it waits for ever"),
            it = has_begun => it.unwrap(),
        }
        assert_eq!(settings::get(&store, "k").await.unwrap(), None);
        store
            .write(async |tx| settings::set(tx, "k", &json!(2)).await)
            .await
            .unwrap();
        assert_eq!(settings::get(&store, "k").await.unwrap(), Some(json!(2)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writers_queue_and_none_is_lost() {
    on_both(async |store| {
        let count = async |store: Store| {
            for _ in 0..25 {
                // Spawned, so that this also proves that the future of a write can move between threads.
                store
                    .write(async |tx| {
                        let chain = audit::append(tx, event(&Counter::default())).await?;
                        settings::set(tx, "last", &json!(chain.seq)).await
                    })
                    .await
                    .unwrap();
            }
        };
        let writers: Vec<_> = (0..8).map(|_| tokio::spawn(count(store.clone()))).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(settings::get(&store, "last").await.unwrap(), Some(json!(200)));
    })
    .await;
}

#[tokio::test]
async fn a_reader_sees_what_was_committed_while_somebody_writes() {
    on_both(async |store| {
        store
            .write(async |tx| settings::set(tx, "k", &json!(1)).await)
            .await
            .unwrap();
        store
            .write(async |tx| {
                settings::set(tx, "k", &json!(2)).await?;
                assert_eq!(settings::get(tx, "k").await?, Some(json!(2)), "it sees its own changes");
                assert_eq!(
                    settings::get(&store, "k").await?,
                    Some(json!(1)),
                    "nobody else does yet"
                );
                Ok::<(), StoreError>(())
            })
            .await
            .unwrap();
        assert_eq!(settings::get(&store, "k").await.unwrap(), Some(json!(2)));
        store.write(async |tx| settings::remove(tx, "k").await).await.unwrap();
        assert_eq!(settings::get(&store, "k").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_enqueued_job_wakes_a_waiting_worker() {
    on_both(async |store| {
        let ids = Counter::default();
        let enqueue = store.write(async |tx| jobs::enqueue(tx, &job(&ids)).await);
        let (woken, enqueued) = tokio::join!(store.woken(Duration::from_secs(10)), enqueue);
        assert!(enqueued.unwrap().is_some());
        assert!(woken);
    })
    .await;
}

#[tokio::test]
async fn an_enqueued_job_wakes_workers_of_other_processes_on_postgresql() {
    let place = Place::postgres().await;
    let (here, there) = (place.open().await, place.open().await);
    let ids = Counter::default();
    let mut woken = false;
    // The other one begins to listen in its own time.
    for _ in 0..100 {
        here.write(async |tx| jobs::enqueue(tx, &job(&ids)).await)
            .await
            .unwrap();
        woken = there.woken(Duration::from_millis(100)).await;
        if woken {
            break;
        }
    }
    assert!(woken);
    here.close().await;
    there.close().await;
    place.remove().await;
}

#[tokio::test]
async fn a_full_database_says_so_and_loses_nothing() {
    let place = Place::sqlite();
    let store = place.open().await;
    store
        .write(async |tx| settings::set(tx, "k", &json!(1)).await)
        .await
        .unwrap();
    let fill = store.write(async |tx| {
        // As if the disk had no page left.
        tx.connection().execute_unprepared("PRAGMA max_page_count = 1").await?;
        settings::set(tx, "k", &json!("x".repeat(1 << 20))).await
    });
    let refused = fill.await.unwrap_err();
    assert!(matches!(refused, StoreError::Full { .. }), "{refused}");
    assert_eq!(settings::get(&store, "k").await.unwrap(), Some(json!(1)));
}

#[tokio::test]
async fn foreign_keys_hold_on_every_connection() {
    let place = Place::sqlite();
    let store = place.open().await;
    let pool = store.connection().get_sqlite_connection_pool();
    let mut held = Vec::new();
    for _ in 0..connect::SQLITE_POOL {
        let mut connection = pool.acquire().await.unwrap();
        let on: i64 = sqlx::query_scalar("PRAGMA foreign_keys")
            .fetch_one(&mut *connection)
            .await
            .unwrap();
        assert_eq!(on, 1);
        held.push(connection);
    }
}

/// The pool tries for some seconds, because servers start together; the paused clock passes them.
#[tokio::test(start_paused = true)]
async fn a_server_that_is_not_there_is_unreachable() {
    let folder = tempfile::tempdir().unwrap();
    // Port 1 of this machine: nobody listens there.
    let location = Location::Url {
        url: "postgres://jalon@127.0.0.1:1/jalon".into(),
        files: folder.path().into(),
        key: None,
    };
    let refused = Store::open(&location).await.err().unwrap();
    assert!(matches!(refused, StoreError::Unreachable(_)), "{refused}");
}
