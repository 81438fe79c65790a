//! `jalon fix dns` against a primary server that takes dynamic updates (knot, `lab/primary`): what is planned, made, refused
//! and undone. `cargo xtask test` says where the laboratory is.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use jalon_testkit::lab::Server;
use serde_json::Value;

struct Stage {
    primary: Server,
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        Self {
            primary: Server::start("primary"),
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    fn undo(&self) -> PathBuf {
        self.folder.path().join("update.example-undo.json")
    }

    fn run(&self, words: &[&str]) -> Output {
        let server = self.primary.value("addr");
        let port = server.rsplit(':').next().expect("a port");
        Command::new(env!("CARGO_BIN_EXE_jalon"))
            .args(words)
            .args(["--lang", "en"])
            .env("JALON_AUTHORITY_PORT", port)
            .current_dir(self.folder.path())
            .output()
            .expect("the program runs")
    }

    /// A command on the domain, told by that server.
    fn on_domain(&self, command: &str, server: &str, more: &[&str]) -> Output {
        let services = "exchange,intune,entra-premium,skype";
        let asked = ["dns", "update.example", "--resolver", server, "--services", services];
        self.run(&[&[command], &asked[..], more].concat())
    }

    fn fix(&self, more: &[&str]) -> Output {
        self.on_domain("fix", self.primary.value("addr"), more)
    }

    /// With the server and its key.
    fn change(&self, more: &[&str]) -> Output {
        let (server, key) = (self.primary.value("addr"), self.primary.value("key"));
        self.fix(&[&["--server", server, "--update-key", key], more].concat())
    }

    /// The rules of the findings.
    fn found(&self) -> Vec<String> {
        let output = self.on_domain("check", self.primary.value("addr"), &["--format", "json"]);
        let document: Value = serde_json::from_slice(&output.stdout).expect("a document");
        let mut open = document["inconclusive"].as_array().expect("doubts").iter();
        assert!(open.all(|it| it["by_choice"] == true), "{document:#}");
        let findings = document["findings"].as_array().expect("findings").iter();
        findings
            .map(|it| it["rule"].as_str().expect("a rule").to_owned())
            .collect()
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[track_caller]
fn said(output: &Output, code: i32, words: &[&str]) {
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{err}{}", out(output));
    words
        .iter()
        .for_each(|it| assert!(err.contains(it), "`{it}` is missing: {err}"));
}

#[test]
fn a_zone_is_mended_looked_at_again_and_undone() {
    let stage = Stage::new();
    let before = stage.found();
    assert_eq!(before.len(), 3, "{before:?}");
    // Nothing happens without --apply.
    let dry = stage.change(&[]);
    said(&dry, 0, &["Nothing is changed", "--apply"]);
    for it in [
        "-update.example. 300 IN MX 20 mail.update.example.",
        "+autodiscover.update.example.",
        " -all\"",
    ] {
        assert!(out(&dry).contains(it), "{}", out(&dry));
    }
    assert_eq!(stage.found(), before);
    assert!(!stage.undo().exists());
    said(&stage.change(&["--apply"]), 0, &["shows it", "--plan"]);
    assert_eq!(stage.found(), Vec::<String>::new());
    // A file that undoes something is never written over, and nothing is left to do.
    said(&stage.change(&["--apply"]), 0, &["No record to change"]);
    let undo = stage.undo().display().to_string();
    let (server, key) = (stage.primary.value("addr"), stage.primary.value("key"));
    let back = [
        "fix",
        "dns",
        "--plan",
        &undo,
        "--server",
        server,
        "--update-key",
        key,
        "--apply",
    ];
    said(&stage.run(&back), 2, &["update.example-undo.json"]);
    said(
        &stage.run(&[&back[..], &["--undo", "redo.json"]].concat()),
        0,
        &["shows it"],
    );
    assert_eq!(stage.found(), before);
}

#[test]
fn a_zone_that_changed_since_it_was_planned_is_left_alone() {
    let stage = Stage::new();
    said(&stage.fix(&["--as", "json", "--out", "plan.json"]), 0, &[]);
    said(&stage.change(&["--rule", "DNS-002", "--apply"]), 0, &["shows it"]);
    let after = stage.found();
    let (server, key) = (stage.primary.value("addr"), stage.primary.value("key"));
    let stale = [
        "fix",
        "dns",
        "--plan",
        "plan.json",
        "--server",
        server,
        "--update-key",
        key,
    ];
    let stale = stage.run(&[&stale[..], &["--apply", "--undo", "second.json"]].concat());
    said(&stale, 2, &["no longer what it was", "nothing was changed"]);
    assert_eq!(stage.found(), after);
    assert!(
        !stage.folder.path().join("second.json").exists(),
        "there is nothing to undo"
    );
}

#[test]
fn who_may_not_change_a_zone_is_told_and_changes_nothing() {
    let stage = Stage::new();
    let before = stage.found();
    let server = stage.primary.value("addr");
    said(
        &stage.fix(&["--server", server, "--apply"]),
        2,
        &["nothing was changed"],
    );
    let foreign = fs::read_to_string(stage.primary.value("key")).unwrap();
    let foreign = foreign.replace("secret \"", "secret \"AAAA");
    fs::write(stage.folder.path().join("foreign.key"), foreign).unwrap();
    let refused = stage.fix(&["--server", server, "--update-key", "foreign.key", "--apply"]);
    said(&refused, 2, &["nothing was changed", "--update-key"]);
    assert_eq!(stage.found(), before);
    assert!(!stage.undo().exists());
    fs::write(stage.folder.path().join("empty.key"), "no key").unwrap();
    let unread = stage.fix(&["--server", server, "--update-key", "empty.key"]);
    said(&unread, 2, &["empty.key", "tsig-keygen"]);
    fs::write(stage.folder.path().join("broken.json"), "{\n\"domain\": 1").unwrap();
    said(
        &stage.run(&["fix", "dns", "--plan", "broken.json"]),
        2,
        &["broken.json, line 2"],
    );
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let unreachable = stage.fix(&["--server", &closed.to_string(), "--apply", "--timeout", "300ms"]);
    said(&unreachable, 2, &[&closed.to_string()]);
}

/// What `jalon check propagation` says, as JSON.
fn propagation(stage: &Stage, other: &Server, more: &[&str]) -> (Option<i32>, Value) {
    let (server, resolver) = (stage.primary.value("addr"), other.value("addr"));
    let words = ["check", "propagation", "update.example"];
    let asked = ["--resolver", server, "--resolver", resolver, "--format", "json"];
    let output = stage.run(&[&words[..], &asked, more].concat());
    let document = serde_json::from_slice(&output.stdout);
    let err = String::from_utf8_lossy(&output.stderr);
    (
        output.status.code(),
        document.unwrap_or_else(|it| panic!("{it}: {err}")),
    )
}

#[test]
fn a_change_is_followed_until_every_server_shows_it() {
    let stage = Stage::new();
    // Another server with the same zone, as somebody's resolver would have it.
    let other = Server::start("primary");
    let record = ["--record", "TXT update.example"];
    let (code, before) = propagation(&stage, &other, &record);
    assert_eq!((code, &before["everywhere"]), (Some(0), &true.into()), "{before:#}");
    said(&stage.change(&["--apply"]), 0, &["shows it"]);
    let (code, half) = propagation(&stage, &other, &record);
    assert_eq!(code, Some(1), "{half:#}");
    let set = &half["sets"][0];
    assert!(set["expected"].to_string().contains("-all") && set["seen"].as_u64() < set["of"].as_u64());
    let late = &set["elsewhere"][0];
    assert_eq!(late["server"]["address"], other.value("addr"));
    assert!(
        late["values"].to_string().contains("?all") && late["until"].is_string(),
        "{late:#}"
    );
    // Watched from before the other server follows until after.
    let key = other.value("key").to_owned();
    let server = other.value("addr").to_owned();
    let (code, after) = std::thread::scope(|scope| {
        let watch =
            scope.spawn(|| propagation(&stage, &other, &[&record[..], &["--watch", "--every", "50ms"]].concat()));
        let follow = [
            "--server",
            &server,
            "--update-key",
            &key,
            "--apply",
            "--undo",
            "other.json",
        ];
        said(&stage.on_domain("fix", &server, &follow), 0, &["shows it"]);
        watch.join().unwrap()
    });
    assert_eq!((code, &after["everywhere"]), (Some(0), &true.into()), "{after:#}");
    let undo = stage.undo().display().to_string();
    let (code, plan) = propagation(&stage, &other, &["--plan", &undo]);
    assert_eq!(
        (code, &plan["sets"][0]["seen"]),
        (Some(1), &0.into()),
        "the plan that undoes is not made: {plan:#}"
    );
}

#[test]
fn a_silent_server_leaves_open_whether_a_change_is_everywhere() {
    let stage = Stage::new();
    let other = Server::start("primary");
    other.kill();
    let (code, document) = propagation(&stage, &other, &["--record", "MX update.example", "--timeout", "200ms"]);
    assert_eq!(
        (code, &document["everywhere"]),
        (Some(3), &false.into()),
        "{document:#}"
    );
    assert!(document["sets"][0]["elsewhere"][0]["unknown"].is_string());
}

#[test]
fn a_zone_whose_servers_are_not_known_is_not_called_the_same_everywhere() {
    let stage = Stage::new();
    let server = stage.primary.value("addr");
    // One of its two name servers has a name that leads to no address.
    let update = format!(
        "server 127.0.0.1 {}\nzone update.example\nupdate delete ns2.update.example A\nsend\n",
        server.rsplit(':').next().unwrap()
    );
    let file = stage.folder.path().join("update.txt");
    fs::write(&file, update).unwrap();
    let key = fs::read_to_string(stage.primary.value("key")).unwrap();
    let secret = key.split('"').nth(3).unwrap();
    let sent = Command::new("knsupdate")
        .args(["-y", &format!("hmac-sha256:jalon.update.example:{secret}")])
        .arg(&file)
        .status();
    assert!(sent.is_ok_and(|it| it.success()));
    let words = [
        "check",
        "propagation",
        "update.example",
        "--record",
        "TXT update.example",
    ];
    let asked = stage.run(&[&words[..], &["--resolver", server]].concat());
    said(&asked, 3, &["ns2.update.example", "not every address"]);
    assert!(out(&asked).contains("is not known to show the same everywhere"));
}

#[test]
fn where_nobody_answers_nothing_to_change_is_not_called_sure() {
    let stage = Stage::new();
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let server = silent.local_addr().unwrap().to_string();
    let asked = stage.on_domain("fix", &server, &["--timeout", "50ms"]);
    said(&asked, 3, &["No record to change", "could not be judged"]);
    assert!(out(&asked).is_empty());
}
