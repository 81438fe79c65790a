//! `jalon check dmarc` against knot with planted zones. `cargo xtask test` starts it; without it these tests fail.

use std::net::UdpSocket;

use serde_json::{Value, json};

use crate::program::{Ended, jalon};

/// `jalon check dmarc` at the laboratory's name server.
#[track_caller]
fn dmarc(words: &str) -> Ended {
    #[expect(
        clippy::disallowed_methods,
        reason = "the laboratory's addresses come from whoever started it"
    )]
    let server = std::env::var("JALON_LAB_DNS").expect("`cargo xtask test` starts the laboratory");
    let asked = ["check", "dmarc", "--resolver", &server];
    jalon(asked.into_iter().chain(words.split(' ')))
}

#[track_caller]
fn told(words: &str, code: i32) -> Value {
    let ended = dmarc(&format!("{words} --format json"));
    assert_eq!(ended.code, Some(code), "{ended:?}");
    ended.json()
}

/// Where a policy was looked for, and what stood there.
fn found(told: &Value) -> Vec<(&str, &str)> {
    let steps = told["steps"].as_array().expect("steps").iter();
    steps
        .filter_map(|it| Some((it["name"].as_str()?, it["found"].as_str()?)))
        .collect()
}

#[test]
fn a_record_of_the_domain_itself_applies_and_ends_the_walk() {
    let good = told("good.example", 0);
    assert_eq!(found(&good), [("_dmarc.good.example", "policy")]);
    let policy = &good["policy"];
    assert_eq!(
        (&policy["from"], &policy["tag"], &policy["applied"]),
        (&json!("good.example"), &json!("p"), &json!("reject"))
    );
    let tested = told("dmarc-tested.example", 0);
    assert_eq!(tested["policy"]["is_tested"], true);
    assert_ne!(tested["policy"]["asked"], tested["policy"]["applied"]);
}

#[test]
fn a_name_below_has_the_policy_from_above_by_the_tag_that_speaks_of_it() {
    let below = told("ns1.dmarc-open-below.example", 0);
    assert_eq!(
        found(&below)[..2],
        [
            ("_dmarc.ns1.dmarc-open-below.example", "nothing"),
            ("_dmarc.dmarc-open-below.example", "policy")
        ]
    );
    let policy = &below["policy"];
    assert_eq!(
        (&policy["from"], &policy["tag"], &policy["applied"]),
        (&json!("dmarc-open-below.example"), &json!("sp"), &json!("none"))
    );
}

#[test]
fn several_records_are_none_and_none_is_told() {
    let two = told("dmarc-two.example", 1);
    assert_eq!(found(&two)[0], ("_dmarc.dmarc-two.example", "several"));
    assert!(two["policy"].is_null(), "{two}");
    let missing = told("dmarc-missing.example", 1);
    assert_eq!(found(&missing)[0].1, "nothing");
    assert!(missing["policy"].is_null() && missing["open"].is_null(), "{missing}");
}

#[test]
fn a_silent_server_leaves_it_open() {
    // Bound and never read: questions go in, no answer comes out.
    let silent = UdpSocket::bind("127.0.0.1:0").expect("a free port");
    let server = silent.local_addr().expect("it is bound").to_string();
    let words = [
        "check",
        "dmarc",
        "good.example",
        "--resolver",
        &server,
        "--timeout",
        "100ms",
    ];
    let ended = jalon(words.into_iter().chain(["--format", "json"]));
    assert_eq!(ended.code, Some(3), "{ended:?}");
    let told = ended.json();
    assert!(told["policy"].is_null() && told["open"]["fr"].is_string(), "{told}");
    assert_eq!(found(&told)[0].1, "unanswered");
}

#[test]
fn people_read_step_by_step_in_their_language() {
    let ended = dmarc("good.example --lang fr");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(
        lines,
        [
            "good.example · DMARC\u{a0}: reject",
            "  _dmarc.good.example\u{a0}: v=DMARC1; p=reject; rua=mailto:dmarc@good.example",
            "L’enregistrement de good.example vaut\u{202f}; sa balise p demande reject.",
            "Le courrier de good.example dont ni SPF ni DKIM ne se porte garant est à refuser.",
        ]
    );
}
