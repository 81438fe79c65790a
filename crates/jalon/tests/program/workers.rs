//! Workers as processes of their own on one PostgreSQL database, one of them killed in the middle: nothing lost, nothing
//! twice.

use std::{collections::BTreeMap, path::Path};

use jalon_domain::{evidence::Origin, ids::EngagementId};
use jalon_service::{App, directory::SourceInput, measure::RunScope};
use jalon_store::{
    Location, Store,
    directory::{objects, sources::Security},
    evidence, findings, runs,
    runs::{Run, RunState},
    testing::Place,
};
use jalon_testkit::lab::Server;
use nix::sys::signal::Signal;
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};

use crate::{
    program::{PATIENCE, Running, program},
    stage,
};

/// Enough to kill somebody in the middle of.
const TARGETS: usize = 160;

/// A worker on the shared database whose jobs come free soon after its death.
fn worker(name: &str, location: &Location, resolver: &str, parallel: &str) -> Running {
    let Location::Url {
        url,
        files,
        key: Some(key),
    } = location
    else {
        panic!("workers share PostgreSQL and a key")
    };
    let (files, key) = (files.display().to_string(), key.display().to_string());
    let fixed = [
        "worker",
        "--database",
        url,
        "--files",
        &files,
        "--key",
        &key,
        "--name",
        name,
        "--resolver",
        resolver,
    ];
    let mut running = Running::start(program(fixed.into_iter().chain([
        "--lease",
        "2s",
        "--parallel",
        parallel,
        "--log",
        "error",
    ])));
    running.line("working as ");
    running
}

/// An engagement with that many targets, every one asked to be measured. The names lie below the faulty domain and none
/// of them exists: each gives the same findings.
async fn engagement(app: &App) -> EngagementId {
    let domains = (0..TARGETS).map(|it| format!("d{it}.nord.example.com")).collect();
    let admin = stage::administrator(app).await;
    let id = stage::engagement(app, &admin, domains).await;
    let asked = app.run_checks(&admin, id, &RunScope::default()).await.unwrap();
    assert_eq!(asked.runs.len(), TARGETS);
    id
}

/// Every run of the engagement, by page.
async fn all_runs(app: &App, id: EngagementId) -> Vec<Run> {
    runs::page(app.store(), id, None, None, 10_000).await.unwrap()
}

/// Looks until so many runs are done; fails past the patience.
async fn until_done(app: &App, id: EngagementId, wanted: usize) {
    let waiting = async {
        loop {
            let done = all_runs(app, id)
                .await
                .iter()
                .filter(|it| it.state == RunState::Done)
                .count();
            if done >= wanted {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .unwrap_or_else(|_| panic!("{wanted} runs are not done within {PATIENCE:?}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_at_any_instant_loses_nothing_and_doubles_nothing() {
    let (place, scene) = (Place::postgres().await, stage::scene().await);
    let app = stage::app(place.open().await);
    let id = engagement(&app).await;
    let resolver = scene.dns().to_string();
    let mut workers: BTreeMap<&str, Running> = ["a", "b"]
        .into_iter()
        .map(|name| (name, worker(name, place.location(), &resolver, "4")))
        .collect();
    for (killed, successor, after) in [("a", "c", TARGETS / 8), ("b", "d", TARGETS / 3)] {
        until_done(&app, id, after).await;
        workers.get_mut(killed).unwrap().kill();
        workers.insert(successor, worker(successor, place.location(), &resolver, "4"));
    }
    until_done(&app, id, TARGETS).await;
    drop(workers);
    check(&app, id).await;
    app.store().clone().close().await;
    place.remove().await;
}

/// Two live directories are read slowly by two workers; one dies in the middle. What it had read is nowhere, and its
/// directory is read by the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_worker_killed_while_it_reads_a_directory_leaves_no_half_of_it() {
    let (place, server) = (Place::postgres().await, Server::start("slapd"));
    let app = stage::app(place.open().await);
    let admin = stage::administrator(&app).await;
    let id = stage::engagement(&app, &admin, Vec::new()).await;
    let mut targets = Vec::new();
    for name in ["first", "second"] {
        let directory = SourceInput {
            name: name.to_owned(),
            server: server.value("ldaps").replace("ldaps://", ""),
            security: Some(Security::Ldaps),
            user: format!("cn=reader,cn=Accounts,{}", server.value("base")),
            password: Some("reader".to_owned().into()),
            roots: server.roots(),
            page: Some(20),
            rate: Some(100),
            ..SourceInput::default()
        };
        targets.push(app.add_source(&admin, id, &directory).await.unwrap());
    }
    app.run_checks(&admin, id, &RunScope::default()).await.unwrap();
    let mut workers = ["a", "b"].map(|name| worker(name, place.location(), "127.0.0.1:9", "1"));
    let both_read = async {
        let reads = |it: &Run| it.state == RunState::Running;
        while all_runs(&app, id).await.iter().filter(|it| reads(it)).count() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, both_read).await.expect("both are read");
    workers[0].kill();
    until_done(&app, id, 2).await;
    drop(workers);

    let done = all_runs(&app, id).await;
    assert_eq!(done.len(), 2, "no run was added");
    let mut found = 0;
    for target in targets {
        let kept = objects::count(app.store(), id, target).await.unwrap();
        let run = done.iter().find(|it| it.target == target).unwrap();
        let read = runs::find(app.store(), run.id).await.unwrap().unwrap().report.unwrap();
        assert_eq!(read["stats"]["read"], kept, "the copy is what was read");
        assert!(kept > 300, "{kept}");
        found += usize::try_from(run.found).unwrap();
    }
    let open = findings::open_of_engagement(app.store(), id).await.unwrap();
    assert_eq!(
        open.iter().map(|it| it.count).sum::<usize>(),
        found,
        "each finding once"
    );
    app.store().clone().close().await;
    place.remove().await;
}

/// How many runs the database in `folder` knows as done; whoever holds the folder goes on.
async fn done_in(folder: &Path) -> i64 {
    let mut connection = SqliteConnectOptions::new()
        .filename(folder.join("jalon.db"))
        .read_only(true)
        .connect()
        .await
        .unwrap();
    let count = sqlx::query_scalar("SELECT count(*) FROM run WHERE state = 'done'")
        .fetch_one(&mut connection)
        .await;
    connection.close().await.unwrap();
    count.unwrap()
}

async fn until_done_in(folder: &Path, wanted: usize) {
    let waiting = async { while done_in(folder).await < i64::try_from(wanted).unwrap() {} };
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .unwrap_or_else(|_| panic!("{wanted} runs are not done within {PATIENCE:?}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_in_the_middle_takes_up_where_it_was() {
    let (folder, scene) = (tempfile::tempdir().unwrap(), stage::scene().await);
    let location = Location::Folder(folder.path().to_owned());
    let before = stage::app(Store::open(&location).await.unwrap());
    let id = engagement(&before).await;
    before.store().clone().close().await;
    drop(before);
    let (data, resolver) = (folder.path().display().to_string(), scene.dns().to_string());
    let fixed = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--lease",
        "2s",
        "--log",
        "error",
        "--data",
    ];
    let serve = || Running::start(program(fixed.into_iter().chain([&*data, "--resolver", &*resolver])));
    let mut server = serve();
    until_done_in(folder.path(), TARGETS / 8).await;
    server.kill();
    let mut server = serve();
    until_done_in(folder.path(), TARGETS).await;
    assert_eq!(server.stop(Signal::SIGTERM), Some(0));
    check(&stage::app(Store::open(&location).await.unwrap()), id).await;
}

/// One run a target, one piece of evidence a run and requirement, each finding once, a whole audit trail.
async fn check(app: &App, id: EngagementId) {
    let done = all_runs(app, id).await;
    assert_eq!(done.len(), TARGETS, "no run was added");
    assert!(done.iter().all(|it| it.state == RunState::Done));
    let mut seen: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for row in evidence::of_engagement(app.store(), id).await.unwrap() {
        let Origin::Observation { run, .. } = &row.evidence.origin else {
            panic!("nobody said anything")
        };
        let key = (
            run.to_string(),
            row.responsibility.to_string(),
            row.evidence.requirement.to_string(),
        );
        *seen.entry(key).or_default() += 1;
    }
    assert!(seen.values().all(|it| *it == 1), "evidence is recorded once");
    let runs_with_evidence: std::collections::BTreeSet<&String> = seen.keys().map(|it| &it.0).collect();
    assert_eq!(runs_with_evidence.len(), TARGETS, "every run left its evidence");
    let open = findings::open_of_engagement(app.store(), id).await.unwrap();
    let found: i32 = done.iter().map(|it| it.found).sum();
    assert_eq!(
        open.iter().map(|it| it.count).sum::<usize>(),
        usize::try_from(found).unwrap(),
        "what the runs found is what is open"
    );
    for chain in jalon_store::audit::chains(app.store()).await.unwrap() {
        assert!(
            jalon_store::audit::verify(app.store(), chain)
                .await
                .unwrap()
                .broken
                .is_none()
        );
    }
}
