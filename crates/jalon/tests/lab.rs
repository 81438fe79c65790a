//! The program against real servers: knot with planted zones, nginx with planted certificates. `cargo xtask test` starts
//! them (see `lab/README.md`) and says where they are; without them these tests fail.

use std::{collections::BTreeSet, path::PathBuf, process::Command};

use serde_json::Value;

/// What the laboratory says of itself.
#[track_caller]
fn lab(name: &str) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "the laboratory's addresses come from whoever started it"
    )]
    let value = std::env::var(name);
    value.unwrap_or_else(|_| panic!("{name} is not set: `cargo xtask test` starts the laboratory"))
}

/// One line of a `truth.tsv`: the subject and the rules that it must be reported for.
fn truth(path: &str, rules: usize) -> Vec<(String, BTreeSet<String>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../lab");
    let text = std::fs::read_to_string(root.join(path)).expect("the laboratory's truth is committed");
    let lines = text.lines().filter(|it| !it.starts_with('#') && !it.trim().is_empty());
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let told = fields[rules]
                .split(',')
                .filter(|it| *it != "-")
                .map(str::to_owned)
                .collect();
            (fields[0].to_owned(), told)
        })
        .collect()
}

fn check(args: &[&str]) -> (Option<i32>, Value) {
    let out = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .arg("check")
        .args(args)
        .args(["--format", "json"])
        .output()
        .expect("the program runs");
    let text = String::from_utf8(out.stdout).expect("JSON is UTF-8");
    let document = serde_json::from_str(&text).unwrap_or_else(|it| {
        panic!(
            "{args:?} printed no document ({it}): {text}{}",
            String::from_utf8_lossy(&out.stderr)
        )
    });
    (out.status.code(), document)
}

fn rules(document: &Value) -> BTreeSet<String> {
    let findings = document["findings"].as_array().expect("a list of findings");
    findings
        .iter()
        .map(|it| it["rule"].as_str().expect("a rule").to_owned())
        .collect()
}

#[test]
fn every_planted_zone_is_reported_for_what_was_planted_and_nothing_else() {
    let server = lab("JALON_LAB_DNS");
    // The Skype records are asked for only where Skype or its hybrid is in scope.
    let profile = ["--services", "exchange,intune,entra-premium,skype"];
    for (zone, expected) in truth("zones/truth.tsv", 1) {
        let args = [&["dns", &zone, "--resolver", &server][..], &profile].concat();
        let (code, document) = check(&args);
        assert_eq!(rules(&document), expected, "{zone}: {document:#}");
        assert_eq!(code, Some(i32::from(!expected.is_empty())), "{zone}");
        assert_eq!(doubts(&document), BTreeSet::new(), "{zone}: {document:#}");
    }
}

#[test]
fn every_zone_of_the_signed_internet_is_reported_for_what_was_made_of_it() {
    let [port, hints, anchor] = ["PORT", "HINTS", "ANCHOR"].map(|it| lab(&format!("JALON_LAB_SIGNED_{it}")));
    let server = lab("JALON_LAB_SIGNED");
    let from_the_root = ["--authoritative", "--root-hints", &hints];
    let through_a_server = ["--resolver", &server];
    let zones = truth("signed/truth.tsv", 7).into_iter().filter(|it| it.0.contains('.'));
    for (zone, expected) in zones {
        for way in [&from_the_root[..], &through_a_server] {
            let fixed = ["dns", &zone, "--trust-anchor", &anchor, "--authority-port", &port];
            let (_, document) = check(&[&fixed[..], way].concat());
            let is_ours = |it: &String| it.starts_with("NS-") || it.starts_with("DNSSEC-");
            let told: BTreeSet<String> = rules(&document).into_iter().filter(is_ours).collect();
            assert_eq!(told, expected, "{zone} {way:?}: {document:#}");
            let doubts = doubts(&document);
            assert_eq!(
                doubts.iter().filter(|it| is_ours(it)).count(),
                0,
                "{zone} {way:?}: {document:#}"
            );
        }
    }
}

#[test]
fn a_server_that_asks_others_brings_the_same_findings() {
    let server = lab("JALON_LAB_RECURSIVE");
    let profile = ["--services", "exchange,intune,entra-premium,skype"];
    for (zone, expected) in truth("zones/truth.tsv", 1) {
        let (_, document) = check(&[&["dns", &zone, "--resolver", &server][..], &profile].concat());
        assert_eq!(rules(&document), expected, "{zone}: {document:#}");
        assert_eq!(doubts(&document), BTreeSet::new(), "{zone}: {document:#}");
    }
}

#[test]
fn signatures_are_judged_through_a_server_that_validates_itself() {
    let [port, anchor] = ["PORT", "ANCHOR"].map(|it| lab(&format!("JALON_LAB_SIGNED_{it}")));
    let server = lab("JALON_LAB_RECURSIVE_SIGNED");
    let is_ours = |it: &String| it.starts_with("NS-") || it.starts_with("DNSSEC-");
    for (zone, expected) in truth("signed/truth.tsv", 7).into_iter().filter(|it| it.0.contains('.')) {
        let names = ["dns", &zone, "--trust-anchor", &anchor, "--authority-port", &port];
        let (_, document) = check(&[&names[..], &["--resolver", &server]].concat());
        let told: BTreeSet<String> = rules(&document).into_iter().filter(is_ours).collect();
        assert_eq!(told, expected, "{zone}: {document:#}");
        // Of a zone whose chain breaks it gives nothing but what leads to the break: what else there is stays open.
        let is_open = doubts(&document).iter().any(is_ours);
        assert!(!is_open || expected.contains("DNSSEC-01"), "{zone}: {document:#}");
    }
}

/// The columns of `certificates/truth.tsv` that say where a certificate is shown and what it is reported for.
const SHOWN_AT: usize = 9;
const REPORTED: usize = 10;

/// The addresses of a host: `1,9:other` stands for the first and the ninth behind that of the laboratory.
fn addresses(places: &str, first: &str) -> Vec<String> {
    let (address, port) = first.rsplit_once(':').expect("an address has a port");
    let (network, number) = address.rsplit_once('.').expect("an IPv4 address");
    let number: u8 = number.parse().expect("a number");
    let place = |it: &str| it.split(':').next().expect("a place").parse::<u8>().expect("a number");
    places
        .split(',')
        .map(|it| format!("{network}.{}:{port}", number + place(it) - 1))
        .collect()
}

fn column(path: &str, at: usize) -> Vec<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../lab");
    let text = std::fs::read_to_string(root.join(path)).expect("the laboratory's truth is committed");
    let lines = text.lines().filter(|it| !it.starts_with('#') && !it.trim().is_empty());
    lines
        .map(|it| it.split('\t').nth(at).expect("a column").to_owned())
        .collect()
}

fn check_tls(name: &str, places: &str, more: &[&str]) -> (Option<i32>, Value) {
    let (server, roots) = (lab("JALON_LAB_TLS"), lab("JALON_LAB_TLS_ROOTS"));
    let port = server.rsplit(':').next().expect("an address has a port");
    let endpoint = format!("{name}.tls.example:{port}");
    let mut args = vec![
        "tls".to_owned(),
        endpoint,
        "--roots".to_owned(),
        roots,
        "--public-roots".to_owned(),
    ];
    for address in addresses(places, &server) {
        args.extend(["--connect".to_owned(), address]);
    }
    let args: Vec<&str> = args.iter().map(String::as_str).chain(more.iter().copied()).collect();
    check(&args)
}

#[test]
fn every_planted_certificate_is_reported_for_what_was_planted_and_nothing_else() {
    let truth = truth("certificates/truth.tsv", REPORTED);
    let places = column("certificates/truth.tsv", SHOWN_AT);
    for ((name, expected), places) in truth.iter().zip(&places).filter(|it| it.1 != "-") {
        let (code, document) = check_tls(name, places, &[]);
        assert_eq!(rules(&document), *expected, "{name}: {document:#}");
        let findings = document["findings"].as_array().expect("a list");
        let weighs = findings.iter().any(|it| it["severity"] != "info");
        assert_eq!(code, Some(i32::from(weighs)), "{name}");
        assert_eq!(
            document["inconclusive"].as_array().map(Vec::len),
            Some(0),
            "{name}: {document:#}"
        );
    }
}

#[test]
fn one_bad_address_is_named_and_the_scenario_asks_for_names() {
    let (_, document) = check_tls("onebad", "1,9:onebad-old", &[]);
    let subject = document["findings"][0]["subject"].as_str().expect("a subject");
    assert!(subject.contains("(127.0.0.9)"), "{document:#}");
    let (_, document) = check_tls("sts", "1", &["--scenario", "adfs"]);
    assert_eq!(rules(&document), BTreeSet::from(["TLS-04".to_owned()]), "{document:#}");
}

#[test]
fn the_facts_tell_every_address_its_chain_and_what_it_speaks() {
    let (_, document) = check_tls("superfluous", "1", &[]);
    let facts = &document["facts"];
    let handshake = &facts["nodes"][0]["handshake"];
    let roles: Vec<&str> = handshake["links"]
        .as_array()
        .expect("links")
        .iter()
        .filter_map(|it| it["role"].as_str())
        .collect();
    assert_eq!(roles, ["own", "intermediate", "superfluous"], "{facts:#}");
    let versions = facts["protocols"][0]["survey"]["versions"]
        .as_array()
        .expect("versions");
    let taken: Vec<&str> = versions
        .iter()
        .filter(|it| it["answer"] == "accepted")
        .filter_map(|it| it["what"].as_str())
        .collect();
    assert_eq!(taken, ["TLS 1.3", "TLS 1.2"], "{facts:#}");
    let (_, document) = check_tls("stapled", "1", &[]);
    let staple = &document["facts"]["nodes"][0]["handshake"]["staple"];
    assert_eq!(
        (&staple["status"]["status"], &staple["is_signed"]),
        (&"good".into(), &true.into()),
        "{staple:#}"
    );
}

#[test]
fn somebody_who_answers_in_the_place_of_microsoft_is_told_as_such() {
    let (server, roots) = (lab("JALON_LAB_TLS"), lab("JALON_LAB_TLS_ROOTS"));
    let args = ["tls", "outlook.office.com", "--roots", &roots, "--connect", &server];
    let (code, document) = check(&args);
    assert_eq!(code, Some(1), "{document:#}");
    let findings = document["findings"].as_array().expect("a list");
    let inspected = findings.iter().find(|it| it["rule"] == "TLS-16").expect("told");
    let observed = inspected["observed"].as_str().expect("whose certificate");
    assert!(observed.contains("Jalon lab"), "{inspected:#}");
    assert!(!rules(&document).contains("TLS-07"), "{document:#}");
}

fn fix_tls(args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    let out = command
        .args(["fix", "tls"])
        .args(args)
        .output()
        .expect("the program runs");
    let all = [out.stdout, out.stderr].concat();
    (out.status.code(), String::from_utf8_lossy(&all).into_owned())
}

/// What the authority is told of itself, and the endpoint whose certificate ended.
fn order(folder: &str, more: &[&str]) -> (Option<i32>, String) {
    let (server, url, roots) = (lab("JALON_LAB_TLS"), lab("JALON_LAB_ACME"), lab("JALON_LAB_ACME_ROOTS"));
    let mut args = vec![
        "expired.tls.example",
        "--connect",
        &server,
        "--out",
        folder,
        "--key",
        "p256",
    ];
    args.extend(["--acme", &url, "--acme-roots", &roots]);
    args.extend(more);
    fix_tls(&args)
}

#[test]
fn an_authority_issues_by_a_listener_only_when_told_to_and_writes_nothing_over() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new");
    let folder = path.to_str().expect("UTF-8");
    let http = lab("JALON_LAB_ACME_HTTP");
    let (code, said) = order(folder, &["--listen", &http]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("expired.tls.example") && said.contains("--apply") && !path.exists(),
        "{said}"
    );
    let (code, said) = order(folder, &["--listen", &http, "--apply"]);
    assert!(code == Some(2) && said.contains("--agree-to-terms"), "{said}");
    let wanted = ["--listen", &http, "--apply", "--agree-to-terms"];
    let (code, said) = order(folder, &wanted);
    assert_eq!(code, Some(0), "{said}");
    for file in [
        "expired.tls.example.key",
        "expired.tls.example.csr",
        "expired.tls.example.pem",
        "acme-account.json",
    ] {
        let meta = std::fs::metadata(path.join(file)).unwrap_or_else(|it| panic!("{file}: {it}; {said}"));
        assert_eq!(meta.permissions().mode() & 0o777, 0o600, "{file}");
    }
    let chain = std::fs::read_to_string(path.join("expired.tls.example.pem")).expect("readable");
    assert!(chain.matches("BEGIN CERTIFICATE").count() >= 2, "{chain}");
    let (code, said) = order(folder, &wanted);
    assert!(code == Some(2) && said.contains("expired.tls.example.key"), "{said}");
}

#[test]
fn an_authority_issues_by_records_that_a_command_publishes() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let hook = folder.path().join("hook");
    let dns = lab("JALON_LAB_ACME_DNS");
    let script = format!(
        "#!/bin/sh\ncase $1 in\nadd) verb=set-txt ;;\n*) verb=clear-txt ;;\nesac\n\
         exec curl --noproxy '*' -fsS -d \"{{\\\"host\\\":\\\"$2.\\\",\\\"value\\\":\\\"$3\\\"}}\" {dns}/$verb\n"
    );
    std::fs::write(&hook, script).expect("written");
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o700)).expect("its owner runs it");
    let path = folder.path().join("new");
    let new = path.to_str().expect("UTF-8");
    let hook = hook.to_str().expect("UTF-8");
    let (code, said) = order(
        new,
        &[
            "--name",
            "*.tls.example",
            "--dns-hook",
            hook,
            "--apply",
            "--agree-to-terms",
        ],
    );
    assert_eq!(code, Some(0), "{said}");
    assert!(path.join("expired.tls.example.pem").exists(), "{said}");
    // Nobody shows the proof: the authority says so, and no key is left behind.
    let other = folder.path().join("other");
    let other_name = other.to_str().expect("UTF-8");
    let (code, said) = order(
        other_name,
        &[
            "--dns-hook",
            "true",
            "--apply",
            "--agree-to-terms",
            "--name",
            "unproved.tls.example",
        ],
    );
    assert!(code == Some(2) && said.contains("did not find the proof"), "{said}");
    assert!(!other.join("expired.tls.example.key").exists());
}

/// The rules that a document says nothing certain about, though it was ordered to.
fn doubts(document: &Value) -> BTreeSet<String> {
    open(document, false)
}

/// The rules that a document leaves open, by choice of whoever ordered it or not.
fn open(document: &Value, by_choice: bool) -> BTreeSet<String> {
    let doubts = document["inconclusive"].as_array().expect("a list of doubts");
    doubts
        .iter()
        .filter(|it| it["by_choice"] == by_choice)
        .map(|it| it["rule"].as_str().expect("a rule").to_owned())
        .collect()
}

/// The mail servers, which need root: where there are none, only continuous integration may not do without them.
#[track_caller]
fn has_mail() -> bool {
    #[expect(clippy::disallowed_methods, reason = "CI says so in the environment")]
    let is_ci = std::env::var("CI").is_ok();
    let is_there = lab("JALON_LAB_MAIL_PORT") != "absent";
    assert!(is_there || !is_ci, "the laboratory has no mail servers: run it as root");
    is_there
}

/// A check of a zone about mail: its mail servers are called, its policy is fetched.
fn check_mail(zone: &str) -> (Option<i32>, Value) {
    let (server, port) = (lab("JALON_LAB_DNS"), lab("JALON_LAB_MAIL_PORT"));
    let roots = lab("JALON_LAB_MAIL_ROOTS");
    check(&[
        "dns",
        zone,
        "--resolver",
        &server,
        "--services",
        "sharepoint",
        "--mail-servers",
        "--mail-port",
        &port,
        "--policy-port",
        &port,
        "--roots",
        &roots,
    ])
}

#[test]
fn every_planted_fault_of_mail_is_reported_and_what_is_unknown_is_a_doubt() {
    if !has_mail() {
        return;
    }
    let open = truth("zones/mail.tsv", 2);
    for ((zone, expected), (_, open)) in truth("zones/mail.tsv", 1).into_iter().zip(open) {
        let (code, document) = check_mail(&zone);
        assert_eq!(rules(&document), expected, "{zone}: {document:#}");
        assert_eq!(doubts(&document), open, "{zone}: {document:#}");
        let expected = match (expected.is_empty(), open.is_empty()) {
            (false, _) => 1,
            (true, false) => 3,
            (true, true) => 0,
        };
        assert_eq!(code, Some(expected), "{zone}");
    }
}

#[test]
fn what_was_seen_of_mail_servers_and_policies_is_in_the_facts() {
    if !has_mail() {
        return;
    }
    let (_, document) = check_mail("mail-good.example");
    let sights = &document["facts"]["sights"];
    let policy = &sights["policy mta-sts.mail-good.example 127.0.0.26"];
    assert_eq!(
        (&policy["status"], &policy["page"]["status"]),
        (&"answered".into(), &200.into()),
        "{sights:#}"
    );
    let call = &sights["smtp sound.mailhost.example 127.0.0.21"];
    assert_eq!(call["status"], "protected", "{sights:#}");
    assert_eq!(call["handshake"]["chain"][0]["dns_names"][0], "sound.mailhost.example");
}

/// A zone of the signed Internet, with its mail server called.
fn check_signed_mail(zone: &str, way: &[&str]) -> Value {
    let [port, anchor] = ["PORT", "ANCHOR"].map(|it| lab(&format!("JALON_LAB_SIGNED_{it}")));
    let (mail_port, roots) = (lab("JALON_LAB_MAIL_PORT"), lab("JALON_LAB_MAIL_ROOTS"));
    let names = ["dns", zone, "--trust-anchor", &anchor, "--authority-port", &port];
    let mail = [
        "--mail-servers",
        "--mail-port",
        &mail_port,
        "--roots",
        &roots,
        "--services",
        "sharepoint",
    ];
    check(&[&names[..], &mail, way].concat()).1
}

#[test]
fn what_binds_a_mail_server_is_judged_where_the_chain_of_signatures_reaches_it() {
    if !has_mail() {
        return;
    }
    let (server, hints) = (lab("JALON_LAB_SIGNED"), lab("JALON_LAB_SIGNED_HINTS"));
    let of_dane = |it: BTreeSet<String>| {
        it.into_iter()
            .filter(|it| it.starts_with("DANE-"))
            .collect::<BTreeSet<_>>()
    };
    let open = truth("signed/mail.tsv", 3);
    for ((zone, expected), (_, open)) in truth("signed/mail.tsv", 2).into_iter().zip(open) {
        for way in [
            &["--resolver", &server][..],
            &["--authoritative", "--root-hints", &hints],
        ] {
            let document = check_signed_mail(&zone, way);
            assert_eq!(of_dane(rules(&document)), expected, "{zone} {way:?}: {document:#}");
            assert_eq!(of_dane(doubts(&document)), open, "{zone} {way:?}: {document:#}");
        }
    }
    // Senders that validate do not deliver there; where nothing is signed they pass the record over.
    let weight = |zone: &str, rule: &str| {
        let document = check_signed_mail(zone, &["--resolver", &server]);
        let findings = document["findings"].as_array().expect("findings").iter();
        findings
            .into_iter()
            .find(|it| it["rule"] == rule)
            .map(|it| it["severity"].clone())
    };
    assert_eq!(weight("misbound.example", "DANE-01"), Some("blocker".into()));
    assert_eq!(weight("plainbound.example", "DANE-02"), Some("minor".into()));
}

#[test]
fn the_record_that_a_wrong_binding_is_replaced_by_is_the_right_one() {
    if !has_mail() {
        return;
    }
    let (_, document) = check_mail("dane-wrong.example");
    let fix = document["findings"][0]["fix"]["text"].as_str().expect("a fix");
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../lab/zones/mailhost.example.zone");
    let zone = std::fs::read_to_string(root).expect("the zone is committed");
    let right = zone
        .lines()
        .find(|it| it.starts_with("_25._tcp.bound"))
        .expect("the record");
    let digest = right.split_whitespace().last().expect("a digest");
    assert!(fix.contains(digest), "{fix}");
}

#[test]
fn mail_servers_are_not_called_unasked_which_is_told_and_proves_nothing() {
    let server = lab("JALON_LAB_DNS");
    for (zone, left_out) in [
        ("mx-plain.example", &["MX-07"][..]),
        ("dane-right.example", &["DANE-01", "MX-07"]),
        ("mx-none.example", &[]),
    ] {
        let (code, document) = check(&["dns", zone, "--resolver", &server, "--services", "sharepoint"]);
        assert!(document["facts"]["sights"].get("smtp").is_none(), "{document:#}");
        let left_out: BTreeSet<String> = left_out.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(open(&document, true), left_out, "{zone}: {document:#}");
        assert!(rules(&document).is_disjoint(&left_out), "{zone}: {document:#}");
        let told = |it: &Value| {
            it["message"]["fr"]
                .as_str()
                .is_some_and(|it| it.contains("--mail-servers"))
        };
        let mut listed = document["inconclusive"].as_array().expect("a list").iter();
        assert!(listed.all(|it| it["by_choice"] == false || told(it)), "{document:#}");
        if zone == "mx-plain.example" {
            assert_eq!((code, &document["outcome"]), (Some(0), &"pass".into()), "{document:#}");
        }
    }
}

#[test]
fn servers_that_begin_in_plain_are_looked_at_after_starttls() {
    if !has_mail() {
        return;
    }
    let roots = lab("JALON_LAB_MAIL_ROOTS");
    let look = |host: &str, connect: &str, more: &[&str]| {
        let args = [&["tls", host, "--connect", connect, "--roots", &roots][..], more].concat();
        let (code, document) = check(&args);
        (code, rules(&document), document)
    };
    let (smtp, imap) = (lab("JALON_LAB_MAIL_SMTP"), lab("JALON_LAB_MAIL_IMAP"));
    for (host, connect) in [
        ("sound.mailhost.example:25", &smtp),
        ("sound.mailhost.example:143", &imap),
    ] {
        let (code, found, document) = look(host, connect, &[]);
        assert_eq!((code, found), (Some(0), BTreeSet::new()), "{host}: {document:#}");
    }
    let (_, found, _) = look("other.mailhost.example:2525", &smtp, &["--starttls", "smtp"]);
    assert_eq!(found, BTreeSet::from(["TLS-03".to_owned()]));
    let (code, found, document) = look("plain.mailhost.example:25", &lab("JALON_LAB_MAIL_PLAIN"), &[]);
    assert_eq!(
        (code, found),
        (Some(1), BTreeSet::from(["TLS-15".to_owned()])),
        "{document:#}"
    );
    let (code, _, document) = look("away.mailhost.example:25", &lab("JALON_LAB_MAIL_AWAY"), &[]);
    assert_eq!(
        (code, &document["reason"]),
        (Some(3), &"turned away".into()),
        "{document:#}"
    );
    let (_, _, document) = look("sound.mailhost.example:25", &smtp, &["--starttls", "none"]);
    assert_eq!(document["outcome"], "inconclusive", "{document:#}");
    let directory = lab("JALON_LAB_LDAP");
    let directory = directory.trim_start_matches("ldap://");
    let args = [
        "tls",
        "localhost:389",
        "--connect",
        directory,
        "--roots",
        &lab("JALON_LAB_LDAP_ROOTS"),
    ];
    let (code, document) = check(&args);
    assert_eq!(code, Some(0), "{document:#}");
}

#[test]
fn a_silent_name_server_is_a_doubt_and_never_an_absent_record() {
    // Bound and never read: questions go in, no answer comes out.
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").expect("a free port");
    let server = silent.local_addr().expect("it is bound").to_string();
    let (code, document) = check(&["dns", "good.example", "--resolver", &server, "--timeout", "200ms"]);
    assert_eq!(
        (code, document["outcome"].as_str()),
        (Some(3), Some("inconclusive")),
        "{document:#}"
    );
    assert_eq!(rules(&document), BTreeSet::new());
    assert!(
        document["inconclusive"]
            .as_array()
            .is_some_and(|it| it.iter().all(|it| it["reason"] == "timeout"))
    );
}
