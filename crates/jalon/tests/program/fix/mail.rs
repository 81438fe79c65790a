//! `jalon fix mail` and `jalon check directory --third-party`: what another directory has and Active Directory lacks, shown
//! and written down from files, and (in `live`) made in a real directory and undone.

mod live;

use std::fs;

use serde_json::Value;

use super::{fix, read, slapd, written};
use crate::program::{Ended, fed, jalon};

/// A user of Active Directory.
fn user(name: &str, lines: &str) -> String {
    format!(
        "dn: CN={name},{}\nobjectClass: user\ncn: {name}\n{lines}\n\n",
        slapd::BASE
    )
}

/// Somebody without mail, somebody who has another address, somebody known by name only, two of one name.
fn ad() -> String {
    user("Ada", "employeeID: 1\nsAMAccountName: ada")
        + &user(
            "Carla",
            "employeeID: 3\nmail: old@contoso.example\nmailNickname: carla\nproxyAddresses: SMTP:old@contoso.example",
        )
        + &user("Bob", "displayName: Bob Byron\nsAMAccountName: bob")
        + &user("Jean 1", "displayName: Jean Martin\nsAMAccountName: jean1")
        + &user("Jean 2", "displayName: Martin Jean\nsAMAccountName: jean2")
}

const TABLE: &str = "employeeNumber,cn,mail,mailAlternateAddress,courriel\n\
                     1,Ada Lovelace,ada@contoso.example,al@contoso.example,\n\
                     3,Carla Rossi,carla@contoso.example,,\n\
                     ,Bob BYRON,bob@contoso.example,,\n\
                     ,Jean Martin,jean@contoso.example,,\n\
                     ,Eve Nobody,eve@contoso.example,,eve@contoso.example\n";

/// The two as files.
fn files(folder: &tempfile::TempDir) -> [String; 2] {
    [("ad.ldif", ad().as_str()), ("nord.csv", TABLE)].map(|(name, text)| written(folder.path(), name, text))
}

fn mail(ad: &str, other: &str, more: &[&str]) -> Ended {
    fix(&[&["mail", ad, "--from", other], more].concat())
}

/// The values of a document, each as `CN attribute value`.
fn filled(document: &Value) -> Vec<String> {
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let all = |it: &Value| it.as_array().cloned().unwrap_or_default();
    let matched = all(&document["matched"]);
    let values = matched.iter().flat_map(|object| {
        let cn = text(&object["dn"])
            .split([',', '='])
            .nth(1)
            .unwrap_or_default()
            .to_owned();
        all(&object["values"])
            .iter()
            .map(|it| format!("{cn} {} {}", text(&it["attribute"]), text(&it["proposed"])))
            .collect::<Vec<_>>()
    });
    values.collect()
}

#[test]
fn who_is_matched_ambiguous_and_missing_is_said_first_and_nothing_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let [ad, other] = files(&folder);
    let ended = mail(&ad, &other, &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let mut lines = ended.out.lines();
    let first = format!("{other}: 5 people with mail: 3 matched, 1 ambiguous, 1 missing.");
    assert_eq!(lines.next(), Some(first.as_str()));
    for told in [
        "8 values to fill in:",
        "smtp:al@contoso.example",
        "CN=Jean 1,DC=contoso,DC=example | CN=Jean 2",
        "Eve Nobody",
        "the object has another value; --overwrite takes this one",
    ] {
        assert!(ended.out.contains(told), "`{told}` is missing: {}", ended.out);
    }
    assert!(ended.err.contains("3 objects to change, 8 values"), "{}", ended.err);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        2,
        "no file is written that nobody asked for"
    );
    let french = mail(&ad, &other, &["--lang", "fr"]);
    assert!(
        french.out.contains("3 rapprochées, 1 ambiguës, 1 manquantes"),
        "{}",
        french.out
    );
}

#[test]
fn every_format_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let [ad, other] = files(&folder);
    let document = mail(&ad, &other, &["--format", "json"]).json();
    assert_eq!(
        filled(&document),
        [
            "Ada mail ada@contoso.example",
            "Ada mailNickname ada",
            "Ada proxyAddresses SMTP:ada@contoso.example",
            "Ada proxyAddresses smtp:al@contoso.example",
            "Carla proxyAddresses smtp:carla@contoso.example",
            "Bob mail bob@contoso.example",
            "Bob mailNickname bob",
            "Bob proxyAddresses SMTP:bob@contoso.example",
        ]
    );
    assert_eq!(document["conflicts"][0]["reason"], "differs");
    assert_eq!(document["ambiguous"][0]["objects"].as_array().map(Vec::len), Some(2));
    assert_eq!(document["missing"][0]["mail"], "eve@contoso.example");
    let lines = mail(&ad, &other, &["--format", "ndjson"]).lines();
    let kinds = |kind: &str| lines.iter().filter(|it| it["kind"] == kind).count() as u64;
    let counts = lines.last().unwrap();
    assert_eq!(counts["kind"], "counts");
    for (kind, count) in [
        ("matched", "matched"),
        ("ambiguous", "ambiguous"),
        ("missing", "missing"),
        ("conflict", "conflicts"),
    ] {
        assert_eq!(document["counts"][count].as_u64(), Some(kinds(kind)), "{kind}");
        assert_eq!(counts[count], document["counts"][count], "{kind}");
    }
    let csv = mail(&ad, &other, &["--format", "csv"]).out;
    let rows: Vec<_> = csv::Reader::from_reader(csv.as_bytes())
        .into_records()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rows.iter().filter(|it| &it[0] == "matched").count(), 8);
    assert!(
        rows.iter()
            .any(|it| &it[0] == "conflict" && &it[8] == "old@contoso.example" && &it[10] == "differs")
    );
}

#[test]
fn what_differs_and_who_is_who_is_for_people_to_say() {
    let folder = tempfile::tempdir().unwrap();
    let [ad, other] = files(&folder);
    let changes = mail(&ad, &other, &["--out", "-", "--quiet"]);
    assert!(
        !changes.out.contains("delete:") && changes.err.is_empty(),
        "{changes:?}"
    );
    let bold = mail(&ad, &other, &["--overwrite", "--out", "-"]).out;
    assert!(bold.contains("delete: mail\nmail: old@contoso.example\n-\n"), "{bold}");
    let map = written(folder.path(), "who.csv", "ad,other\njean2,jean@contoso.example\n");
    let mapped = mail(&ad, &other, &["--map", &map, "--format", "json"]).json();
    assert!(
        filled(&mapped).contains(&"Jean 2 mail jean@contoso.example".to_owned()),
        "{mapped}"
    );
    assert_eq!(mapped["counts"]["ambiguous"], 0);
    let strict = mail(&ad, &other, &["--min-confidence", "0.99", "--format", "json"]).json();
    assert!(!filled(&strict).iter().any(|it| it.starts_with("Bob")), "{strict}");
    let numbers = mail(&ad, &other, &["--key", "employeeID=employeeNumber", "--format", "json"]).json();
    assert_eq!(numbers["counts"]["matched"], 2);
    let named = mail(&ad, &other, &["--attribute", "mail=courriel", "--format", "json"]).json();
    assert_eq!(named["missing"][0]["mail"], "eve@contoso.example");
}

#[test]
fn the_files_are_those_of_every_fix_and_a_table_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let [ad, other] = files(&folder);
    let [out, undo, review] =
        ["fix.ldif", "undo.ldif", "review.csv"].map(|it| folder.path().join(it).display().to_string());
    let ended = mail(&ad, &other, &["--out", &out, "--undo", &undo, "--review", &review]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(read(&out).contains(
        "add: proxyAddresses\nproxyAddresses: SMTP:ada@contoso.example\nproxyAddresses: smtp:al@contoso.example\n"
    ));
    assert!(read(&undo).contains("delete: mail\nmail: ada@contoso.example\n"));
    // What a key is sure of is accepted beforehand, a name is not.
    let accepted = mail(&ad, &other, &["--accept", &review, "--out", "-"]).out;
    assert!(
        accepted.contains("CN=Ada") && !accepted.contains("CN=Bob"),
        "{accepted}"
    );
    let edited = written(
        folder.path(),
        "edited.csv",
        &read(&review).replace(",ada@contoso.example", ",boss@contoso.example"),
    );
    mail(&ad, &other, &["--accept", &edited]).refused(&[&edited, "row 2", "boss@contoso.example"]);
    mail(&ad, &other, &["--undo", &undo]).refused(&[&undo, "exists already"]);
}

#[test]
fn what_cannot_be_meant_is_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let [ad, other] = files(&folder);
    mail("-", "-", &[]).refused(&["standard input"]);
    jalon(["check", "directory", "-", "--third-party", "-"]).refused(&["standard input"]);
    mail(&ad, &other, &["--key", "emploeeID"]).refused(&[&other, "emploeeID", "correct its name"]);
    mail(&ad, &other, &["--key", "department=employeeNumber"]).refused(&[&ad, "department"]);
    let map = |text: &str| written(folder.path(), "map.csv", text);
    mail(&ad, &other, &["--map", &map("who,is\nada,ada\n")]).refused(&["map.csv", "row 1", "`ad` and `other`"]);
    let nowhere = map("ad,other\nnobody,ada@contoso.example\n");
    mail(&ad, &other, &["--map", &nowhere]).refused(&["map.csv", "row 2", "nobody"]);
    jalon(["check", "directory", &ad, "--third-party", &other, "--map", &nowhere]).refused(&["map.csv", "row 2"]);
    let empty = written(folder.path(), "empty.csv", "cn,mail\nAda,\n");
    mail(&ad, &empty, &[]).refused(&[&empty, "nobody"]);
    mail(&ad, "/nowhere.csv", &[]).refused(&["/nowhere.csv"]);
    mail(&ad, &other, &["--apply"]).refused(&["--apply ldap://HOST"]);
    let broken = written(folder.path(), "broken.ldif", "dn: cn=a\ncn: a\n\nno colon here\n");
    mail(&ad, &broken, &[]).refused(&[&broken, "line 4"]);
    for words in [
        &["mail", &ad][..],
        &["mail", &ad, "--from", &other, "--key", "="],
        &["mail", &ad, "--from", &other, "--min-confidence", "2"],
        &["mail", &ad, "--from", &other, "--attribute", "telephoneNumber=x"],
        &["mail", &ad, "--from", "ldap://ada:secret@nord.example"],
    ] {
        let ended = fix(words);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{words:?}: {ended:?}");
        assert!(!ended.err.contains("ada:secret"), "{}", ended.err);
    }
    // A key without another directory means nothing.
    assert_eq!(jalon(["check", "directory", &ad, "--key", "mail"]).code, Some(2));
}

#[test]
fn a_check_finds_what_is_missing_with_everything_else() {
    let folder = tempfile::tempdir().unwrap();
    let [ad, other] = files(&folder);
    let check = |more: &[&str]| jalon([&["check", "directory", &ad, "--third-party", &other], more].concat());
    let lacking = |it: &Value| it["rule"] == "DIR-039";
    let document = check(&["--format", "json"]).json();
    let found: Vec<&Value> = document["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| lacking(it))
        .collect();
    assert_eq!(found.len(), 8);
    assert_eq!(found[0]["fix"]["kind"], "ldif");
    assert_eq!(document["facts"]["third_party"]["missing"], 1);
    let streamed = check(&["--format", "ndjson"]).lines();
    assert_eq!(streamed.iter().filter(|it| lacking(it)).count(), 8);
    assert_eq!(check(&["--format", "csv"]).out.matches(",DIR-039,fail,").count(), 8);
    let report = folder.path().join("report.html").display().to_string();
    let table = check(&["--report", &report]).out;
    assert!(table.contains("DIR-039"), "{table}");
    assert!(read(&report).contains("DIR-039"));
    let entry = "[[suppress]]\nrule = \"DIR-039\"\ndn = \"CN=Ada,*\"\nreason = \"leaves soon\"\nuntil = ";
    let accepted = written(
        folder.path(),
        "accepted.toml",
        &format!("{entry}{}\n", crate::directory::day(1)),
    );
    let document = check(&["--suppress", &accepted, "--format", "json"]).json();
    let left = document["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| lacking(it))
        .count();
    assert_eq!((left, document["stats"]["suppressed"].as_u64()), (4, Some(4)));
    // Either of the two may come from standard input.
    let piped = fed(
        ["check", "directory", &ad, "--third-party", "-", "--format", "ndjson"],
        TABLE.as_bytes(),
    );
    assert_eq!(piped.lines().iter().filter(|it| lacking(it)).count(), 8);
}
