//! `jalon serve`: how it begins, how it ends, and what keeps it from beginning.

use std::{net::TcpListener, path::Path};

use nix::sys::signal::Signal;

use crate::{
    program::{Running, get, jalon, program},
    stage,
};

fn serve(folder: &Path) -> Running {
    let folder = folder.display().to_string();
    Running::start(program([
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--log",
        "error",
        "--data",
        &folder,
    ]))
}

#[test]
fn a_fresh_server_says_where_it_is_and_how_to_get_in_and_leaves_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = serve(folder.path());
    let address = server.line("listening on ").replace("listening on ", "");
    let link = server.line("set-up link: ").replace("set-up link: ", "");
    assert!(link.starts_with(&format!("{address}/set-up?key=")), "{link}");
    assert!(get(&format!("{address}/healthz")).starts_with("HTTP/1.1 200"));
    assert!(get(&format!("{address}/readyz")).starts_with("HTTP/1.1 200"));
    assert!(get(&link).starts_with("HTTP/1.1 200"));
    assert_eq!(server.stop(Signal::SIGTERM), Some(0));
    let mut again = serve(folder.path());
    again.line("set-up link: ");
    assert_eq!(again.stop(Signal::SIGINT), Some(0));
}

#[tokio::test]
async fn once_somebody_is_known_no_link_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    stage::folder_with_somebody(folder.path()).await;
    let path = folder.path().to_owned();
    let said = stage::beside(move || {
        let mut server = serve(&path);
        let address = server.line("listening on ").replace("listening on ", "");
        assert!(get(&format!("{address}/healthz")).starts_with("HTTP/1.1 200"));
        server.stop(Signal::SIGTERM);
        server.rest()
    });
    assert_eq!(said.await, Vec::<String>::new());
}

#[test]
fn a_second_process_on_the_same_folder_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = serve(folder.path());
    server.line("listening on ");
    let data = folder.path().display().to_string();
    jalon(["serve", "--listen", "127.0.0.1:0", "--log", "error", "--data", &data])
        .refused(&[&data, "in use by another process"]);
    jalon(["--lang", "fr", "audit", "verify", "--data", &data]).refused(&[&data, "arrêtez l’autre programme"]);
}

#[test]
fn what_keeps_a_server_from_beginning_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    jalon(["serve", "--listen", &address.to_string(), "--data", &data])
        .refused(&[&address.port().to_string(), "--listen"]);
    jalon(["serve", "--log", "nonsense=nonsense", "--data", &data]).refused(&["nonsense"]);
    let files = folder.path().display().to_string();
    let nowhere = "postgres://jalon@127.0.0.1:9/jalon";
    jalon([
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--log",
        "error",
        "--database",
        nowhere,
        "--files",
        &files,
    ])
    .refused(&["cannot be reached"]);
    jalon([
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--log",
        "error",
        "--database",
        "mysql://x:secret@y/z",
        "--files",
        &files,
    ])
    .refused(&["mysql", "postgres://"]);
    std::fs::write(folder.path().join("file"), "").unwrap();
    let file = folder.path().join("file").display().to_string();
    jalon(["serve", "--listen", "127.0.0.1:0", "--log", "error", "--data", &file]).refused(&[&file]);
}

#[test]
fn a_worker_refuses_what_cannot_be_shared() {
    jalon(["worker", "--data", "data"]).refused(&["SQLite", "postgres://"]);
    jalon(["worker"]).refused(&["postgres://"]);
    jalon(["worker", "--database", "sqlite://jalon.db", "--files", "files"]).refused(&["sqlite", "postgres://"]);
    jalon(["--lang", "fr", "worker", "--database", "postgres://127.0.0.1/x"]).refused(&["--files"]);
}
