//! What makes jobs worth trusting: exactly once, never lost, never finished by two.

use jalon_domain::ids::IdSource;
use serde_json::json;

use super::*;
use crate::{
    Store,
    testing::{Counter, at, on_both},
};

fn job(ids: &dyn IdSource) -> NewJob {
    NewJob {
        id: JobId::new(ids),
        organisation: None,
        kind: "measure".into(),
        payload: json!({"target": "nord.example"}),
        priority: 0,
        run_at: at(0),
        max_attempts: 2,
        dedupe_key: None,
        created_at: at(0),
    }
}

async fn put(store: &Store, job: &NewJob) -> Option<JobId> {
    store.write(async |tx| enqueue(tx, job).await).await.unwrap()
}

/// Claims one job at `second`, until ten seconds later.
async fn take(store: &Store, worker: &str, second: i64) -> Lease {
    let mut claimed = claim(store, worker, at(second), at(second + 10), 1).await.unwrap();
    claimed.pop().expect("a job is ready").lease
}

async fn state(store: &Store, id: JobId) -> JobState {
    find(store, id).await.unwrap().unwrap().state
}

#[tokio::test]
async fn a_job_is_claimed_finished_and_kept() {
    on_both(async |store| {
        let new = job(&Counter::default());
        assert_eq!(put(&store, &new).await, Some(new.id));
        let claimed = claim(&store, "w1", at(1), at(11), 5).await.unwrap();
        let expected = Job {
            id: new.id,
            organisation: None,
            kind: new.kind,
            payload: new.payload,
            state: JobState::Running,
            priority: 0,
            run_at: at(0),
            attempts: 1,
            max_attempts: 2,
            worker: Some("w1".into()),
            lease_until: Some(at(11)),
            dedupe_key: None,
            last_error: None,
            progress: None,
            cancel_requested: false,
            created_at: at(0),
            ended_at: None,
        };
        let lease = Lease {
            id: new.id,
            worker: "w1".into(),
            attempt: 1,
        };
        assert_eq!(
            claimed,
            [Claimed {
                job: expected.clone(),
                lease: lease.clone()
            }]
        );
        assert!(claim(&store, "w2", at(1), at(11), 5).await.unwrap().is_empty());
        assert!(progress(&store, &lease, &json!({"done": 3})).await.unwrap());
        assert!(store.write(async |tx| finish(tx, &lease, at(2)).await).await.unwrap());
        let done = Job {
            state: JobState::Done,
            worker: None,
            lease_until: None,
            progress: Some(json!({"done": 3})),
            ended_at: Some(at(2)),
            ..expected
        };
        assert_eq!(find(&store, new.id).await.unwrap(), Some(done));
        assert_eq!(counts(&store).await.unwrap(), [(JobState::Done, 1)].into());
        assert_eq!(store.write(async |tx| prune(tx, at(2)).await).await.unwrap(), 0);
        assert_eq!(store.write(async |tx| prune(tx, at(3)).await).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn jobs_come_by_priority_then_by_time_and_not_before_it() {
    on_both(async |store| {
        let ids = Counter::default();
        let later = NewJob {
            run_at: at(5),
            ..job(&ids)
        };
        let soon = NewJob {
            run_at: at(1),
            ..job(&ids)
        };
        let urgent = NewJob {
            priority: 9,
            run_at: at(3),
            ..job(&ids)
        };
        let tomorrow = NewJob {
            run_at: at(86_400),
            ..job(&ids)
        };
        for it in [&later, &soon, &urgent, &tomorrow] {
            put(&store, it).await;
        }
        let claimed = claim(&store, "w", at(5), at(15), 9).await.unwrap();
        let order: Vec<JobId> = claimed.into_iter().map(|it| it.job.id).collect();
        assert_eq!(order, [urgent.id, soon.id, later.id]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_workers_do_every_job_exactly_once() {
    on_both(async |store| {
        let ids = Counter::default();
        store
            .write(async |tx| {
                for n in 0..400 {
                    enqueue(
                        tx,
                        &NewJob {
                            payload: json!(n),
                            ..job(&ids)
                        },
                    )
                    .await?;
                }
                Ok::<(), StoreError>(())
            })
            .await
            .unwrap();
        let workers: Vec<_> = (0..8)
            .map(|it| tokio::spawn(work(store.clone(), format!("w{it}"))))
            .collect();
        let mut done = Vec::new();
        for worker in workers {
            done.extend(worker.await.unwrap());
        }
        done.sort();
        assert_eq!(done, (0..400).collect::<Vec<i64>>());
        assert_eq!(counts(&store).await.unwrap(), [(JobState::Done, 400)].into());
    })
    .await;
}

/// Works until nothing is ready; says what it did.
async fn work(store: Store, name: String) -> Vec<i64> {
    let mut done = Vec::new();
    loop {
        let claimed = claim(&store, &name, at(1), at(1_000), 5).await.unwrap();
        if claimed.is_empty() {
            return done;
        }
        assert!(claimed.len() <= 5, "never more than asked for");
        for it in claimed {
            assert!(
                store
                    .write(async |tx| finish(tx, &it.lease, at(2)).await)
                    .await
                    .unwrap()
            );
            done.push(it.job.payload.as_i64().unwrap());
        }
    }
}

#[tokio::test]
async fn a_lost_lease_saves_nothing_even_for_the_same_worker() {
    on_both(async |store| {
        let id = put(&store, &job(&Counter::default())).await.unwrap();
        let lost = take(&store, "w1", 0).await;
        let reaped = store.write(async |tx| reap(tx, at(11)).await).await.unwrap();
        assert_eq!(
            reaped.iter().map(|it| (it.id, it.state)).collect::<Vec<_>>(),
            [(id, JobState::Ready)]
        );
        let held = take(&store, "w1", 11).await;
        assert_eq!(held.attempt, 2);
        assert!(!renew(&store, &lost, at(99)).await.unwrap());
        assert!(!progress(&store, &lost, &json!(1)).await.unwrap());
        assert!(!store.write(async |tx| finish(tx, &lost, at(12)).await).await.unwrap());
        assert!(
            !store
                .write(async |tx| retry(tx, &lost, "e", at(12)).await)
                .await
                .unwrap()
        );
        assert!(
            !store
                .write(async |tx| bury(tx, &lost, "e", at(12)).await)
                .await
                .unwrap()
        );
        let thief = Lease {
            worker: "w2".into(),
            ..held.clone()
        };
        assert!(!store.write(async |tx| finish(tx, &thief, at(12)).await).await.unwrap());
        assert!(store.write(async |tx| finish(tx, &held, at(12)).await).await.unwrap());
        assert!(
            !store.write(async |tx| finish(tx, &held, at(12)).await).await.unwrap(),
            "once"
        );
    })
    .await;
}

#[tokio::test]
async fn a_renewed_lease_is_not_reaped_and_the_last_attempt_dies() {
    on_both(async |store| {
        let id = put(&store, &job(&Counter::default())).await.unwrap();
        let first = take(&store, "w", 0).await;
        assert!(renew(&store, &first, at(20)).await.unwrap());
        let reap_at = async |second| store.write(async |tx| reap(tx, at(second)).await).await.unwrap();
        assert!(reap_at(15).await.is_empty());
        assert_eq!(reap_at(21).await.len(), 1);
        let _second = take(&store, "w", 21).await;
        let dead = reap_at(40).await.pop().unwrap();
        assert_eq!((dead.id, dead.state, dead.ended_at), (id, JobState::Dead, Some(at(40))));
        assert_eq!(dead.last_error.as_deref(), Some("the worker was lost"));
        assert!(claim(&store, "w", at(99), at(100), 1).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_live_job_keeps_its_key_and_an_ended_one_gives_it_back() {
    on_both(async |store| {
        let ids = Counter::default();
        let keyed = || NewJob {
            dedupe_key: Some("measure:1".into()),
            ..job(&ids)
        };
        assert!(put(&store, &keyed()).await.is_some());
        assert_eq!(put(&store, &keyed()).await, None, "one is ready");
        let lease = take(&store, "w", 0).await;
        assert_eq!(put(&store, &keyed()).await, None, "one is running");
        store.write(async |tx| finish(tx, &lease, at(1)).await).await.unwrap();
        assert!(put(&store, &keyed()).await.is_some());
        let other = NewJob {
            dedupe_key: Some("measure:2".into()),
            ..job(&ids)
        };
        assert!(put(&store, &other).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_job_that_failed_is_tried_again_later_or_given_up() {
    on_both(async |store| {
        let id = put(&store, &job(&Counter::default())).await.unwrap();
        let first = take(&store, "w", 0).await;
        assert!(
            store
                .write(async |tx| retry(tx, &first, "timeout", at(60)).await)
                .await
                .unwrap()
        );
        assert!(claim(&store, "w", at(59), at(69), 1).await.unwrap().is_empty());
        let second = take(&store, "w", 60).await;
        assert_eq!(
            find(&store, id).await.unwrap().unwrap().last_error.as_deref(),
            Some("timeout")
        );
        assert!(
            store
                .write(async |tx| bury(tx, &second, "no such file", at(61)).await)
                .await
                .unwrap()
        );
        let dead = find(&store, id).await.unwrap().unwrap();
        assert_eq!(
            (dead.state, dead.last_error.as_deref()),
            (JobState::Dead, Some("no such file"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_waiting_job_is_cancelled_at_once_and_a_running_one_is_asked_to_stop() {
    on_both(async |store| {
        let ids = Counter::default();
        let call_off = async |id| store.write(async |tx| cancel(tx, id, at(1)).await).await.unwrap();
        let waiting = put(&store, &job(&ids)).await.unwrap();
        assert!(call_off(waiting).await);
        assert_eq!(state(&store, waiting).await, JobState::Cancelled);
        assert!(!call_off(waiting).await, "it has ended");

        let running = put(&store, &job(&ids)).await.unwrap();
        let lease = take(&store, "w", 0).await;
        assert!(!is_cancel_requested(&store, running).await.unwrap());
        assert!(call_off(running).await);
        assert!(is_cancel_requested(&store, running).await.unwrap());
        assert!(!renew(&store, &lease, at(99)).await.unwrap(), "the worker is told so");
        assert!(
            store
                .write(async |tx| acknowledge_cancel(tx, &lease, at(2)).await)
                .await
                .unwrap()
        );
        assert_eq!(state(&store, running).await, JobState::Cancelled);

        let orphan = put(&store, &job(&ids)).await.unwrap();
        take(&store, "w", 0).await;
        assert!(call_off(orphan).await);
        store.write(async |tx| reap(tx, at(50)).await).await.unwrap();
        assert_eq!(state(&store, orphan).await, JobState::Cancelled, "its worker was lost");
    })
    .await;
}
