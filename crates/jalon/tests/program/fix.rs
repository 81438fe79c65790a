//! `jalon fix`: what it writes, what it refuses, and (in `live`) what it changes in a real directory.

mod live;
mod mail;
mod slapd;

use std::{fs, path::Path};

use crate::program::{Ended, fed, jalon};

/// Four people with something wrong, and one with an address that a correction would take.
const EXPORT: &str = "\
dn: CN=Zoé,OU=People,DC=contoso,DC=example
objectClass: user
cn: Zoé
displayName: Zoé
sAMAccountName: zoe
userPrincipalName: zo e@contoso.example
proxyAddresses: SMTP:zoe@contoso.example
proxyAddresses: smtp:shared@contoso.example
mail: zoe@contoso.example

dn: CN=O'Hara,OU=People,DC=contoso,DC=example
objectClass: user
cn: O'Hara
sAMAccountName: ohara
userPrincipalName: ohara@contoso.example
proxyAddresses: SMTP:ohara@contoso.example
proxyAddresses: smtp:shared@contoso.example
mail: ohara@contoso.example

dn: CN=Same,OU=People,DC=contoso,DC=example
objectClass: user
cn: Same
displayName: Same
sAMAccountName: same
userPrincipalName: sa me@contoso.example

dn: CN=Taken,OU=People,DC=contoso,DC=example
objectClass: user
cn: Taken
displayName: Taken
sAMAccountName: taken
userPrincipalName: same@contoso.example
";

/// `jalon fix` with these words.
fn fix(words: &[&str]) -> Ended {
    jalon(["fix"].iter().chain(words))
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn without_more_words_the_changes_are_printed_and_nothing_else_happens() {
    let folder = tempfile::tempdir().unwrap();
    let export = written(folder.path(), "export.ldif", EXPORT);
    let ended = fix(&["directory", &export]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.starts_with("version: 1\n\ndn:: "), "{}", ended.out);
    let record = "delete: userPrincipalName\nuserPrincipalName: zo e@contoso.example\n-\n\
                  add: userPrincipalName\nuserPrincipalName: zoe@contoso.example\n-\n";
    assert!(ended.out.contains(record), "{}", ended.out);
    assert!(
        ended.out.contains("add: displayName\ndisplayName: O'Hara\n"),
        "{}",
        ended.out
    );
    // Who would get an address that somebody holds soundly is told, not changed.
    assert!(!ended.out.contains("CN=Same"), "{}", ended.out);
    for told in [
        "2 objects to change",
        "another object holds the proposed value",
        "CN=Same,OU=People",
    ] {
        assert!(ended.err.contains(told), "`{told}` is missing: {}", ended.err);
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no file is written that nobody asked for"
    );
    let quiet = fix(&["directory", &export, "--quiet"]);
    assert_eq!((quiet.out, quiet.err.as_str()), (ended.out, ""));
    let french = fix(&["directory", &export, "--lang", "fr"]);
    assert!(french.err.contains("2 objets à changer"), "{}", french.err);
}

#[test]
fn every_form_of_the_changes_is_written_where_it_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let export = written(folder.path(), "export.ldif", EXPORT);
    let [out, undo, script, review] =
        ["fix.ldif", "undo.ldif", "fix.ps1", "review.csv"].map(|it| folder.path().join(it).display().to_string());
    let words = [
        "directory",
        &export,
        "--out",
        &out,
        "--undo",
        &undo,
        "--powershell",
        &script,
        "--review",
        &review,
    ];
    let ended = fix(&words);
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "{ended:?}");
    let [changes, undone] = [read(&out), read(&undo)];
    assert!(changes.contains("add: userPrincipalName\nuserPrincipalName: zoe@contoso.example"));
    assert!(undone.contains("add: userPrincipalName\nuserPrincipalName: zo e@contoso.example"));
    let lines: Vec<String> = changes
        .lines()
        .filter(|it| it.starts_with("dn:"))
        .map(str::to_owned)
        .collect();
    let mut back: Vec<String> = undone
        .lines()
        .filter(|it| it.starts_with("dn:"))
        .map(str::to_owned)
        .collect();
    back.reverse();
    assert_eq!(lines, back, "the last change is undone first");
    let script = read(&script);
    assert!(
        script.starts_with('\u{feff}') && script.contains("Edit-Object 'CN=O''Hara,OU=People,DC=contoso,DC=example'")
    );
    assert!(read(&review).starts_with("\u{feff}accept,dn,"));
    // What people wrote, and what undoes a fix, is never written over.
    fix(&["directory", &export, "--review", &review]).refused(&[&review, "exists already"]);
    fix(&["directory", &export, "--undo", &undo]).refused(&[&undo, "exists already"]);
    assert_eq!(fix(&["directory", &export, "--out", &out]).code, Some(0));
}

#[test]
fn people_accept_correct_and_turn_down() {
    let folder = tempfile::tempdir().unwrap();
    let export = written(folder.path(), "export.ldif", EXPORT);
    let review = folder.path().join("review.csv").display().to_string();
    assert_eq!(fix(&["directory", &export, "--review", &review]).code, Some(0));
    let table = read(&review);
    // As a spreadsheet with French settings writes it.
    let mut rows = String::new();
    for record in csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.as_bytes())
        .records()
    {
        let mut cells: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        match cells[1].as_str() {
            it if it.starts_with("CN=O'Hara") && cells[3] == "displayName" => cells[0] = "non".to_owned(),
            it if it.starts_with("CN=Same") && cells[3] == "userPrincipalName" => {
                (cells[0], cells[6]) = ("OUI".to_owned(), "same.same@contoso.example".to_owned());
            }
            _ => {}
        }
        let cells: Vec<String> = cells
            .iter()
            .map(|it| format!("\"{}\"", it.replace('"', "\"\"")))
            .collect();
        rows += &(cells.join(";") + "\r\n");
    }
    let accepted = written(folder.path(), "accepted.csv", &rows);
    let ended = fix(&["directory", &export, "--accept", &accepted]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(
        ended.out.contains("userPrincipalName: same.same@contoso.example"),
        "{}",
        ended.out
    );
    assert!(!ended.out.contains("displayName: O'Hara"), "{}", ended.out);
    assert!(ended.err.contains("not accepted in the review"), "{}", ended.err);
    let other = written(folder.path(), "other.csv", &rows.replace("zo e@", "zo  e@"));
    fix(&["directory", &export, "--accept", &other]).refused(&[&other, "row 2", "zo  e@contoso.example"]);
    fix(&["directory", &export, "--accept", "/nowhere.csv"]).refused(&["/nowhere.csv"]);
}

#[test]
fn rules_can_be_chosen_and_standard_input_read() {
    let one = fed(["fix", "directory", "-", "--rule", "DIR-002"], EXPORT.as_bytes());
    assert_eq!(one.code, Some(0), "{one:?}");
    assert!(
        one.out.contains("displayName") && !one.out.contains("userPrincipalName"),
        "{}",
        one.out
    );
    assert!(
        one.err.is_empty() || !one.err.contains("cannot be read twice"),
        "nothing was proposed to compare: {}",
        one.err
    );
    let all = fed(["fix", "directory", "-"], EXPORT.as_bytes());
    assert!(all.err.contains("cannot be read twice"), "{}", all.err);
    fix(&["directory", "export.ldif", "--rule", "DNS-004"])
        .code
        .map_or_else(|| panic!(), |it| assert_eq!(it, 2));
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let export = written(folder.path(), "export.ldif", EXPORT);
    fix(&["directory", &export, "--apply"]).refused(&["--apply ldap://HOST"]);
    fix(&["directory", &export, "--resume"]).refused(&["--apply"]);
    fix(&["directory", "/nowhere.ldif"]).refused(&["/nowhere.ldif"]);
    for words in [
        &["directory", &export, "--apply", &export][..],
        &["directory", &export, "--password-file", "p"],
        &["directory", "http://dc1.contoso.example"],
        &["directory", "ldap://ada:secret@dc1.contoso.example"],
        &["apply", &export],
    ] {
        let ended = fix(words);
        assert_eq!((ended.code, ended.out.as_str()), (Some(2), ""), "{words:?}: {ended:?}");
        // A password that was typed into an address is not repeated anywhere.
        assert!(!ended.err.contains("ada:secret"), "{}", ended.err);
    }
}

#[test]
fn a_file_of_changes_is_read_to_its_end_before_anything_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let apply = |name: &str, text: &str, told: &[&str]| {
        let file = written(folder.path(), name, text);
        // Nothing listens there, and nobody is called.
        let words = ["apply", &file, "--to", "ldap://127.0.0.1:9"];
        fix(&words).refused(&[&[file.as_str()], told].concat());
    };
    let good = "dn: CN=a\nchangetype: modify\ndelete: mail\nmail: a\n-\n\n";
    apply(
        "cut.ldif",
        &format!("{good}dn: CN=b\nchangetype: modify\ndelete: mail\n"),
        &["line 9", "line `-`"],
    );
    apply(
        "add.ldif",
        &format!("{good}dn: CN=b\nchangetype: add\nmail: a\n"),
        &["line 8", "changetype: add"],
    );
    apply("content.ldif", EXPORT, &["line 2", "changetype: modify"]);
    apply(
        "binary.ldif",
        &format!("{good}dn: CN=b\nchangetype: modify\nadd: photo\nphoto:: /w==\n-\n"),
        &["line 9", "photo"],
    );
}
