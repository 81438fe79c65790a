//! Runs from the wish to the report, and the lists of them.

use serde_json::json;

use super::*;
use crate::{
    Store, targets,
    testing::{Counter, at, basics, on_both, run},
};

async fn put(store: &Store, runs: &[&Run]) {
    for it in runs {
        store.write(async |tx| insert(tx, it).await).await.unwrap();
    }
}

fn finished() -> Finished {
    Finished {
        outcome: Outcome::Fail,
        reason: None,
        report: json!({"rules": [1, 2]}),
        sha256: "00".into(),
        found: 3,
        opened: 2,
        closed: 1,
        expires_at: Some(at(90)),
    }
}

#[tokio::test]
async fn a_run_goes_from_the_wish_to_the_report_and_stays_ended() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let wish = run(&of, &ids);
        put(&store, &[&wish]).await;
        let job = JobId::new(&ids);
        assert!(store.write(async |tx| set_job(tx, wish.id, job).await).await.unwrap());
        for second in [1, 2] {
            assert!(
                store
                    .write(async |tx| set_running(tx, wish.id, at(second)).await)
                    .await
                    .unwrap()
            );
        }
        assert!(
            store
                .write(async |tx| finish(tx, wish.id, &finished(), at(3)).await)
                .await
                .unwrap()
        );
        let late = Text::new("late", "tard");
        assert!(
            !store
                .write(async |tx| fail(tx, wish.id, &late, at(4)).await)
                .await
                .unwrap()
        );
        assert!(!store.write(async |tx| cancel(tx, wish.id, at(4)).await).await.unwrap());
        assert!(
            !store
                .write(async |tx| set_running(tx, wish.id, at(4)).await)
                .await
                .unwrap()
        );
        let done = Run {
            state: RunState::Done,
            outcome: Some(Outcome::Fail),
            started_at: Some(at(2)),
            ended_at: Some(at(3)),
            job: Some(job),
            report: Some(json!({"rules": [1, 2]})),
            sha256: Some("00".into()),
            found: 3,
            opened: Some(2),
            closed: Some(1),
            expires_at: Some(at(90)),
            ..wish
        };
        assert_eq!(find(&store, done.id).await.unwrap(), Some(done));
    })
    .await;
}

#[tokio::test]
async fn failure_says_why_and_cancelling_says_nothing() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let (failed, cancelled) = (run(&of, &ids), run(&of, &ids));
        put(&store, &[&failed, &cancelled]).await;
        let why = Text::new("the file is gone", "le fichier a disparu");
        assert!(
            store
                .write(async |tx| fail(tx, failed.id, &why, at(1)).await)
                .await
                .unwrap()
        );
        assert!(
            store
                .write(async |tx| cancel(tx, cancelled.id, at(1)).await)
                .await
                .unwrap()
        );
        let failed = find(&store, failed.id).await.unwrap().unwrap();
        assert_eq!((failed.state, failed.reason), (RunState::Failed, Some(why)));
        let cancelled = find(&store, cancelled.id).await.unwrap().unwrap();
        assert_eq!((cancelled.state, cancelled.reason), (RunState::Cancelled, None));
    })
    .await;
}

#[tokio::test]
async fn lists_are_light_and_the_latest_run_of_each_target_is_known() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let second_target = targets::Target {
            id: TargetId::new(&ids),
            value: "sud.example".into(),
            ..of.target.clone()
        };
        store
            .write(async |tx| targets::insert(tx, &second_target).await)
            .await
            .unwrap();
        let [a, b, c] = [0; 3].map(|_| run(&of, &ids));
        let d = Run {
            target: second_target.id,
            target_value: "sud.example".into(),
            ..run(&of, &ids)
        };
        put(&store, &[&a, &b, &c, &d]).await;
        store
            .write(async |tx| finish(tx, a.id, &finished(), at(1)).await)
            .await
            .unwrap();
        store
            .write(async |tx| finish(tx, b.id, &finished(), at(2)).await)
            .await
            .unwrap();
        let engagement = of.engagement;
        let told = |runs: Vec<Run>| {
            assert!(runs.iter().all(|it| it.report.is_none()));
            runs.into_iter().map(|it| it.id).collect::<Vec<_>>()
        };
        let read = async |target, before, limit| told(page(&store, engagement, target, before, limit).await.unwrap());
        assert_eq!(read(None, None, 2).await, [d.id, c.id]);
        assert_eq!(read(None, Some(c.id), 9).await, [b.id, a.id]);
        assert_eq!(read(Some(of.target.id), None, 9).await, [c.id, b.id, a.id]);
        assert_eq!(told(latest(&store, engagement).await.unwrap()), [c.id, d.id]);
        assert_eq!(told(latest_done(&store, engagement).await.unwrap()), [b.id]);
        assert_eq!(told(live(&store, engagement).await.unwrap()), [c.id, d.id]);
    })
    .await;
}
