//! `jalon check spf` against knot with planted zones. `cargo xtask test` starts it; without it these tests fail.

use std::net::UdpSocket;

use serde_json::{Value, json};

use crate::program::{Ended, jalon};

/// `jalon check spf` at the laboratory's name server.
#[track_caller]
fn spf(words: &str) -> Ended {
    #[expect(
        clippy::disallowed_methods,
        reason = "the laboratory's addresses come from whoever started it"
    )]
    let server = std::env::var("JALON_LAB_DNS").expect("`cargo xtask test` starts the laboratory");
    jalon(
        ["check", "spf", "--resolver", &server]
            .into_iter()
            .chain(words.split(' ')),
    )
}

#[track_caller]
fn results(words: &str, code: i32) -> Value {
    let ended = spf(&format!("{words} --format json"));
    assert_eq!(ended.code, Some(code), "{ended:?}");
    ended.json()
}

#[test]
fn who_may_send_passes_and_who_may_not_is_told_why() {
    let passed = results("good.example --ip 192.0.2.7", 0);
    let told = &passed["evaluation"];
    assert_eq!((&told["result"], &told["lookups"]), (&json!("pass"), &json!(1)));
    assert_eq!(told["steps"][0]["term"], "include:spf.protection.outlook.com");
    assert_eq!(told["steps"][0]["inner"]["steps"][0]["outcome"], "match");
    assert_eq!(told["steps"][0]["span"], json!({"start": 7, "end": 41}));

    let failed = results("good.example --ip 198.51.100.7", 1);
    assert_eq!(failed["evaluation"]["result"], "fail");
    let explained = results(
        "news.spf-dear.example --ip 192.0.2.7 --sender news@news.spf-dear.example",
        1,
    );
    let said = &explained["evaluation"]["explanation"];
    assert_eq!(said, "192.0.2.7 may not send for news.spf-dear.example");
}

#[test]
fn people_read_step_by_step_in_their_language() {
    let ended = spf("good.example --ip 198.51.100.7 --lang fr");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(
        lines,
        [
            "good.example · 198.51.100.7 · SPF\u{a0}: refusé (fail)",
            "good.example\u{a0}: v=spf1 include:spf.protection.outlook.com -all → refusé (fail)",
            "  include:spf.protection.outlook.com → ne correspond pas, une recherche",
            "    spf.protection.outlook.com\u{a0}: v=spf1 ip4:192.0.2.0/24 -all → refusé (fail)",
            "      ip4:192.0.2.0/24 → ne correspond pas",
            "      -all → correspond",
            "  -all → correspond",
        ]
    );
}

#[test]
fn a_record_that_costs_too_much_is_taken_apart_and_a_cheaper_one_proposed() {
    let dear = results("spf-dear.example", 1);
    let terms = dear["tree"]["terms"].as_array().unwrap();
    let costs: Vec<_> = terms.iter().map(|it| it["lookups"].as_u64().unwrap()).collect();
    assert_eq!((&costs[..], &dear["tree"]["lookups"]), (&[6, 4, 1, 0][..], &json!(11)));
    assert_eq!(
        dear["advice"]["record"],
        "v=spf1 ip4:203.0.113.1 ip4:203.0.113.2 ip4:203.0.113.3 ip4:203.0.113.4 ip4:203.0.113.5 \
         include:two.spf-dear.example mx -all"
    );
    let table = spf("spf-dear.example");
    assert!(
        table.out.starts_with("spf-dear.example · SPF: 11 of 10 look-ups"),
        "{table:?}"
    );
    let sent = results("spf-dear.example --ip 192.0.2.7", 1);
    let told = &sent["evaluation"];
    assert_eq!(
        (&told["result"], &told["reason"]["kind"]),
        (&json!("permerror"), &json!("too-many-lookups"))
    );
    let fine = spf("good.example");
    assert_eq!((fine.code, fine.out.lines().count()), (Some(0), 7), "{fine:?}");
}

#[test]
fn an_error_is_told_with_its_place() {
    let ended = spf("odd.spf-dear.example");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let place = "  character 12, “192.0.2.300”: this is no IPv4 network, such as 192.0.2.0/24";
    assert!(ended.out.lines().any(|it| it == place), "{}", ended.out);
}

#[test]
fn a_silent_name_server_is_a_doubt_and_a_sender_without_address_is_refused() {
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let server = silent.local_addr().unwrap().to_string();
    for more in [&[][..], &["--ip", "192.0.2.7"]] {
        let words = [
            "check",
            "spf",
            "good.example",
            "--resolver",
            &server,
            "--timeout",
            "50ms",
        ];
        let ended = jalon(words.iter().chain(more));
        assert_eq!(ended.code, Some(3), "{ended:?}");
    }
    let refused = spf("good.example --sender ada@good.example");
    assert!(refused.code == Some(2) && refused.err.contains("--ip"), "{refused:?}");
}
