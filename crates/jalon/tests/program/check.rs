//! `jalon check`: the contract of exit codes and documents, on rehearsal servers inside the test.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    net::{TcpListener, UdpSocket},
    path::Path,
    process::Stdio,
};

use jalon_rehearsal::directory::{Directory, Plan};
use serde_json::Value;

use crate::{
    program::{Ended, fed, jalon, program},
    stage::{at, beside, scene},
};

const MULTI: &str = "nord.example.com siege.example.com agences.example.com";

/// `jalon check` with these words.
fn check(words: &str, more: &[&str]) -> Ended {
    jalon(
        ["check"]
            .into_iter()
            .chain(words.split(' '))
            .chain(more.iter().copied()),
    )
}

fn rules(document: &Value) -> BTreeMap<String, usize> {
    let mut rules = BTreeMap::new();
    for it in document["findings"].as_array().expect("findings") {
        *rules.entry(it["rule"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    rules
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_domain_passes_and_a_faulty_one_is_found_out() {
    let scene = scene().await;
    let server = scene.dns().to_string();
    let options = [
        "--resolver",
        &server,
        "--service",
        "exchange,intune,entra-premium,teams",
        "--format",
        "json",
    ]
    .map(str::to_owned);
    let run = |domain: &'static str| {
        let options = options.clone();
        beside(move || check(&format!("dns {domain}"), &options.each_ref().map(String::as_str)))
    };
    let right = run("siege.example.com").await;
    assert_eq!(
        (right.code, right.json()["outcome"].as_str()),
        (Some(0), Some("pass")),
        "{right:?}"
    );
    let faulty = run("nord.example.com").await;
    assert_eq!(faulty.code, Some(1));
    let document = faulty.json();
    for (key, expected) in [
        ("schema", "jalon.check/1"),
        ("check", "dns"),
        ("target", "nord.example.com"),
        ("vantage", "local"),
        ("outcome", "fail"),
    ] {
        assert_eq!(document[key], expected);
    }
    assert!(document["started"].as_str().unwrap() <= document["ended"].as_str().unwrap());
    assert_eq!(
        rules(&document).keys().collect::<Vec<_>>(),
        ["DNS-003", "DNS-005", "DNS-006", "SPF-02"]
    );
    for finding in document["findings"].as_array().unwrap() {
        assert!(
            finding["message"]["en"].is_string() && finding["message"]["fr"].is_string(),
            "{finding}"
        );
        assert!(
            finding["fix"]["kind"].is_string() && finding["source"].is_string(),
            "{finding}"
        );
        assert!(
            finding["observed"].is_string() && finding["expected"].is_string(),
            "{finding}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_targets_come_back_in_their_order_and_the_heaviest_decides() {
    let scene = scene().await;
    let server = scene.dns().to_string();
    let lines = beside({
        let server = server.clone();
        move || {
            check(
                &format!("dns {MULTI}"),
                &["--resolver", &server, "--format", "ndjson", "--concurrency", "3"],
            )
        }
    });
    let lines = lines.await;
    assert_eq!(lines.code, Some(1));
    let targets: Vec<String> = lines
        .lines()
        .iter()
        .map(|it| it["target"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(targets.join(" "), MULTI);
    let lenient = beside(move || {
        check(
            "dns agences.example.com",
            &["--resolver", &server, "--fail-on", "blocker"],
        )
    })
    .await;
    assert_eq!(
        lenient.code,
        Some(0),
        "a missing DMARC policy is no blocker: {lenient:?}"
    );
    assert!(lenient.out.contains("DMARC-01"), "it is shown all the same");
}

#[test]
fn a_silent_name_server_is_inconclusive_and_no_record_is_called_absent() {
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let server = silent.local_addr().unwrap().to_string();
    let ended = check(
        "dns nord.example.com",
        &["--resolver", &server, "--timeout", "100ms", "--format", "json"],
    );
    assert_eq!(ended.code, Some(3));
    let document = ended.json();
    assert_eq!(
        (document["outcome"].as_str(), document["reason"].as_str()),
        (Some("inconclusive"), Some("timeout"))
    );
    assert_eq!(document["findings"].as_array().map(Vec::len), Some(0));
    assert!(document["inconclusive"][0]["retry_at"].is_string());
    let table = check("dns nord.example.com", &["--resolver", &server, "--timeout", "100ms"]);
    assert!(
        table.code == Some(3) && table.out.contains("Inconclusive"),
        "{}",
        table.out
    );
}

#[test]
fn what_cannot_be_measured_is_refused_before_anything_is_asked() {
    for args in [
        &["dns", "localhost"][..],
        &["dns", "a.example", "--resolver", "nowhere"],
        &["tls", "mail"],
        &["dns", "a.example", "--timeout", "0s"],
    ] {
        let ended = jalon(["check"].iter().chain(args));
        assert_eq!(ended.code, Some(2), "{args:?}");
        assert!(ended.out.is_empty() && ended.err.contains("expected"), "{ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_pass_fail_or_cannot_be_told() {
    let scene = scene().await;
    let folder = tempfile::tempdir().unwrap();
    let roots = folder.path().join("roots.pem");
    fs::write(&roots, scene.roots_pem()).unwrap();
    let roots = roots.display().to_string();
    for (host, code, rule) in [
        ("portal.nord.example.com", 0, None),
        ("autodiscover.nord.example.com", 1, Some("TLS-03")),
        ("mail.nord.example.com", 1, Some("TLS-02")),
    ] {
        let (roots, place) = (roots.clone(), at(&scene, host).to_string());
        let ended = beside(move || {
            check(
                &format!("tls {host}:443"),
                &["--roots", &roots, "--connect", &place, "--format", "json"],
            )
        })
        .await;
        assert_eq!(ended.code, Some(code), "{host}: {ended:?}");
        assert_eq!(rules(&ended.json()).keys().next().map(String::as_str), rule, "{host}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = listener.local_addr().unwrap().to_string();
    drop(listener);
    let ended = check(&format!("tls {closed}"), &["--format", "json"]);
    assert_eq!(
        (ended.code, ended.json()["outcome"].as_str()),
        (Some(3), Some("inconclusive"))
    );
    assert!(
        ended.json()["reason"].as_str().unwrap().starts_with("connection"),
        "{}",
        ended.out
    );
    check(&format!("tls {closed} --roots /nowhere.pem"), &[]).refused(&["/nowhere.pem"]);
}

/// The planted values by rule. Of two entries that share one, both are told or the second only, as the rule has it.
fn planted(directory: &Directory) -> BTreeMap<String, usize> {
    let mut rules = BTreeMap::new();
    for it in &directory.planted {
        *rules.entry(it.rule.to_owned()).or_default() += 1;
    }
    rules
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

#[test]
fn every_planted_defect_of_a_directory_is_found_and_streamed() {
    let (folder, directory) = (tempfile::tempdir().unwrap(), Directory::from(Plan::demo()));
    let file = written(folder.path(), "nord.ldif", &directory.ldif);
    let whole = check("directory", &[&file, "--format", "json"]);
    assert_eq!(whole.code, Some(1));
    let found = rules(&whole.json());
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        planted(&directory).keys().collect::<Vec<_>>()
    );
    assert!(
        found.iter().all(|(rule, count)| *count <= planted(&directory)[rule]),
        "{found:?}"
    );
    let streamed = check("directory", &[&file, "--format", "ndjson"]).lines();
    let (last, findings) = streamed.split_last().unwrap();
    assert_eq!(
        (last["outcome"].as_str(), last["stats"]["entries"].as_u64()),
        (Some("fail"), Some(2000))
    );
    assert_eq!(findings.len(), found.values().sum::<usize>());
    assert!(
        findings
            .iter()
            .all(|it| it["rule"].is_string() && it["message"]["fr"].is_string())
    );
}

#[test]
fn a_directory_is_read_from_standard_input_gzipped_or_as_a_table() {
    let clean = Directory::from(Plan::clean(60));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&clean.ldif).unwrap();
    let ended = fed(
        ["check", "directory", "-", "--format", "ndjson"],
        &gzip.finish().unwrap(),
    );
    assert_eq!(
        (ended.code, ended.lines()[0]["stats"]["entries"].as_u64()),
        (Some(0), Some(60)),
        "{ended:?}"
    );
    let table = "DN,objectClass,cn,userPrincipalName\n\"CN=A,DC=nord,DC=example\",user,A,a b@nord.example.com\n";
    let ended = fed(["check", "directory", "-", "--format", "csv"], table.as_bytes());
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let mut lines = ended.out.lines();
    assert!(
        lines
            .next()
            .is_some_and(|it| it.starts_with("check,target,rule,outcome,severity,dn,object_class,"))
    );
    assert!(
        lines
            .next()
            .is_some_and(|it| it.starts_with("directory,-,DIR-019,fail,major,")),
        "{}",
        ended.out
    );
}

#[test]
fn a_malformed_export_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let broken = written(
        folder.path(),
        "broken.ldif",
        b"dn: cn=a\ncn: a\n\ndn: cn=b\nno colon here\n",
    );
    check("directory", &[&broken]).refused(&[&broken, "line 5"]);
    let french = jalon(["--lang", "fr", "check", "directory", &broken]);
    french.refused(&["ligne 5"]);
    let change = written(folder.path(), "change.ldif", b"dn: cn=a\nchangetype: delete\n");
    check("directory", &[&change]).refused(&["line 2", "changetype"]);
    check("directory", &["/nowhere.ldif"]).refused(&["/nowhere.ldif"]);
    check("directory", &[&folder.path().display().to_string()]).refused(&["directory"]);
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    let (folder, directory) = (tempfile::tempdir().unwrap(), Directory::from(Plan::demo()));
    let file = written(folder.path(), "nord.ldif", &directory.ldif);
    let mut child = program(["check", "directory", &file, "--format", "ndjson"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr), (Some(1), Vec::new()));
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_told() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = program(["catalogue", "list"]).stdout(full).output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&ended.stderr).starts_with("cannot write the output"),
        "{ended:?}"
    );
}

#[test]
fn the_profile_may_come_from_the_file_of_an_engagement() {
    let folder = tempfile::tempdir().unwrap();
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let server = silent.local_addr().unwrap().to_string();
    let run = |file: &str| {
        check(
            "dns nord.example.com",
            &[
                "--resolver",
                &server,
                "--timeout",
                "50ms",
                "--profile",
                file,
                "--format",
                "json",
            ],
        )
    };
    let engagement = "organisation = \"Nord\"\n[profile]\nprogrammes = [\"ems\"]\nservices = [\"intune\"]\nseats = 5\n";
    let ended = run(&written(folder.path(), "nord.toml", engagement.as_bytes()));
    assert_eq!(ended.code, Some(3), "{ended:?}");
    let doubtful: Vec<Value> = ended.json()["inconclusive"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["rule"].clone())
        .collect();
    assert!(
        doubtful.contains(&"DNS-006".into()) && !doubtful.contains(&"DNS-002".into()),
        "{doubtful:?}"
    );
    let bad = run(&written(
        folder.path(),
        "bad.toml",
        b"programmes = [\"ems\"]\nservices = [\"lotus\"]\nseats = 5\n",
    ));
    bad.refused(&["bad.toml", "line 2", "lotus"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_tenant_asks_for_counts_instead_of_the_table() {
    let scene = scene().await;
    let server = scene.dns().to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer.json");
    let answer = |host: &str| {
        format!(
            r#"{{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#domains('siege.example.com')/serviceConfigurationRecords",
                "value": [{{"recordType": "Mx", "label": "siege.example.com", "mailExchange": "{host}", "preference": 0, "isOptional": false}}]}}"#
        )
    };
    let run = |host: &str| {
        fs::write(&file, answer(host)).unwrap();
        let options = [
            "--resolver",
            &server,
            "--tenant-records",
            file.to_str().unwrap(),
            "--format",
            "json",
        ];
        let options = options.map(str::to_owned);
        beside(move || check("dns siege.example.com", &options.each_ref().map(String::as_str)))
    };
    let right = run("siege-example-com.mail.protection.outlook.com").await;
    assert_eq!(right.code, Some(0), "{right:?}");
    let expected = &right.json()["facts"]["expected"];
    assert_eq!(
        (
            &expected["MX siege.example.com"]["from"],
            &expected["CNAME autodiscover.siege.example.com"]["from"]
        ),
        (&"tenant".into(), &"table".into())
    );
    assert_eq!(right.json()["facts"]["dkim"]["selector1"]["bits"], 2048);
    let other = run("siege01e.mail.protection.outlook.com").await;
    assert_eq!(other.code, Some(1));
    assert_eq!(rules(&other.json()).keys().collect::<Vec<_>>(), ["DNS-002"]);
}

#[test]
fn an_answer_of_the_tenant_that_cannot_be_read_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer.json");
    fs::write(
        &file,
        "{\"value\": [\n{\"recordType\": \"Mx\", \"label\": \"a.example\"}\n]}",
    )
    .unwrap();
    let refused = check("dns siege.example.com --tenant-records", &[file.to_str().unwrap()]);
    refused.refused(&["answer.json, line 2", "mailExchange", "serviceConfigurationRecords"]);
    let refused = check(
        "dns siege.example.com --resolver 127.0.0.1:1 --roots",
        &[file.to_str().unwrap()],
    );
    refused.refused(&["no PEM certificate"]);
    let refused = check("dns siege.example.com --dkim-selector", &["a..b"]);
    assert!(
        refused.code == Some(2) && refused.err.contains("a selector alone"),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_selector_that_was_named_has_to_have_a_key() {
    let scene = scene().await;
    let server = scene.dns().to_string();
    let options = ["--resolver", &server, "--dkim-selector", "news", "--format", "json"].map(str::to_owned);
    let run = beside(move || check("dns siege.example.com", &options.each_ref().map(String::as_str))).await;
    assert_eq!(run.code, Some(1));
    assert_eq!(rules(&run.json()).keys().collect::<Vec<_>>(), ["DKIM-01"]);
}
