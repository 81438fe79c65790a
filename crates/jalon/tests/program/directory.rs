//! `jalon check directory` as it is shown: hostile values in every format, accepted findings, the report. Whether the
//! right findings are made is the checks' own matter.

use std::{fmt::Write, fs, path::Path};

use jalon_rehearsal::directory::{Directory, Plan};
use serde_json::Value;

use crate::program::{Ended, jalon};

/// Mark-up, a formula, a mark that reorders text, orders to a terminal.
const HOSTILE: [&str; 4] = [
    "<script>alert(1)</script>@contoso.example",
    "=cmd|' /C calc'!A0",
    "exe.\u{202e}fdp@contoso.example",
    "\u{1b}[2J\u{9b}31m@contoso.example",
];

/// An export of people who sign in with those, each twice, so that every value is found whatever else is thought of it.
fn hostile(folder: &Path) -> String {
    let mut ldif = String::new();
    for (n, value) in HOSTILE.iter().chain(&HOSTILE).enumerate() {
        let encoded = base64(value.as_bytes());
        write!(
            ldif,
            "dn: CN=p{n},OU=People,DC=contoso,DC=example\nobjectClass: user\ncn: p{n}\ndisplayName:: {encoded}\n\
             sAMAccountName: p{n}\nuserPrincipalName:: {encoded}\n\n"
        )
        .unwrap();
    }
    written(folder, "hostile.ldif", ldif.as_bytes())
}

/// RFC 4648, with padding: LDIF's way to say what no line of text can.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |it: &[u8]| {
        let bits = it.iter().fold(0u32, |bits, it| (bits << 8) | u32::from(*it)) << (8 * (3 - it.len()));
        let letter = |n: usize| char::from(LETTERS[(bits >> (18 - 6 * n)) as usize & 63]);
        (0..4)
            .map(|n| if n <= it.len() { letter(n) } else { '=' })
            .collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

fn check(file: &str, more: &[&str]) -> Ended {
    jalon(["check", "directory", file].iter().chain(more))
}

/// The demonstration's directory as a file.
fn demo(folder: &Path) -> String {
    written(folder, "nord.ldif", &Directory::from(Plan::demo()).ldif)
}

#[test]
fn no_format_lets_a_directory_speak_for_itself() {
    let folder = tempfile::tempdir().unwrap();
    let file = hostile(folder.path());
    let page = folder.path().join("report.html");
    let acts = |it: char| it != '\n' && (it.is_control() || it == '\u{202e}');
    for format in ["table", "json", "ndjson"] {
        let ended = check(&file, &["--format", format, "--report", &page.display().to_string()]);
        assert_eq!(
            (ended.code, ended.out.chars().find(|it| acts(*it))),
            (Some(1), None),
            "{format}: {ended:?}"
        );
        assert!(ended.out.contains("calc"), "{format}: the value is told all the same");
    }
    let html = fs::read_to_string(page).unwrap();
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;") && !html.contains(acts));
    let ended = check(&file, &["--format", "csv"]);
    let cells = csv::Reader::from_reader(ended.out.as_bytes())
        .into_records()
        .flat_map(|row| {
            let row = row.expect("every row has the columns of the head");
            row.iter().map(str::to_owned).collect::<Vec<_>>()
        });
    let formulas = cells.filter(|it| it.starts_with(['=', '+', '-', '@', '\t', '\r']) && it.len() > 1);
    assert_eq!(formulas.count(), 0, "{}", ended.out);
    assert!(ended.out.contains("'=cmd|"), "{}", ended.out);
}

#[test]
fn the_numbers_of_every_format_agree() {
    let folder = tempfile::tempdir().unwrap();
    let file = demo(folder.path());
    let document = check(&file, &["--format", "json"]).json();
    let stream = check(&file, &["--format", "ndjson"]).lines();
    let (last, lines) = stream.split_last().unwrap();
    let findings = document["findings"].as_array().unwrap();
    assert_eq!(findings.len(), lines.len());
    assert_eq!(document["stats"], last["stats"]);
    let by_rule = document["stats"]["by_rule"].as_object().unwrap();
    for (rule, count) in by_rule {
        let of_rule = findings.iter().filter(|it| it["rule"] == **rule).count();
        assert_eq!(count.as_u64(), Some(of_rule as u64), "{rule}");
    }
    assert_eq!(
        by_rule.values().filter_map(Value::as_u64).sum::<u64>(),
        findings.len() as u64
    );
    let csv = check(&file, &["--format", "csv"]);
    let failed = csv.out.lines().filter(|it| it.contains(",fail,")).count();
    assert_eq!(failed, findings.len());
    let table = check(&file, &["--limit", "0"]).out;
    assert!(table.contains(&format!("{} findings in ", findings.len())), "{table}");
}

#[test]
fn what_is_accepted_changes_the_exit_code_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = demo(folder.path());
    let entry = |dn: &str, until: &str| {
        format!("[[suppress]]\nrule = \"*\"\ndn = \"{dn}\"\nreason = \"before the move\"\nuntil = {until}\n\n")
    };
    let tomorrow = day(1);
    let all = written(folder.path(), "all.toml", entry("*", &tomorrow).as_bytes());
    let ended = check(&file, &["--suppress", &all, "--format", "json"]);
    let document = ended.json();
    assert_eq!(
        (ended.code, document["findings"].as_array().map(Vec::len)),
        (Some(0), Some(0)),
        "{ended:?}"
    );
    assert_eq!(
        document["suppressed"].as_array().unwrap().len() as u64,
        document["stats"]["suppressed"].as_u64().unwrap()
    );
    let past = entry("*", &day(-1)) + &entry("CN=nobody", &tomorrow);
    let past = written(folder.path(), "past.toml", past.as_bytes());
    let ended = check(&file, &["--suppress", &past]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.err.contains("past.toml, line 1: this suppression ended on"),
        "{}",
        ended.err
    );
    assert!(
        ended.err.contains("past.toml, line 7: nothing was found"),
        "{}",
        ended.err
    );
    let quiet = check(&file, &["--suppress", &past, "--quiet"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (Some(1), ""));
    let bad = written(folder.path(), "bad.toml", entry("*", "2999-01-01").as_bytes());
    check(&file, &["--suppress", &bad]).refused(&["bad.toml, line 5", "too far ahead"]);
    jalon(["--lang", "fr", "check", "directory", &file, "--suppress", &bad])
        .refused(&["bad.toml, ligne 5", "trop lointain"]);
}

/// So many days from today, as the program that is started sees it.
#[expect(clippy::disallowed_methods, reason = "the program looks at the same clock")]
pub(crate) fn day(days: i64) -> String {
    let then = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
    then.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

#[test]
fn a_report_that_cannot_be_written_is_refused_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = demo(folder.path());
    check(&file, &["--report", "/nowhere/report.html"]).refused(&["/nowhere/report.html"]);
    check(&file, &["--report", &folder.path().display().to_string()]).refused(&["directory"]);
    let kept = written(folder.path(), "report.html", b"an older one");
    let broken = written(folder.path(), "broken.ldif", b"dn: cn=a\ncn: a\n\nno colon here\n");
    check(&broken, &["--report", &kept]).refused(&["broken.ldif"]);
    assert_eq!(
        fs::read(&kept).unwrap(),
        b"an older one",
        "a run that fails leaves it alone"
    );
}
