//! Stories on a real directory: mended and checked again, undone to what it was, moved meanwhile, stopped, killed and taken up
//! again.

use std::fs;

use nix::sys::signal::Signal;

use super::slapd::{BASE, Slapd};
use crate::program::{Ended, Running, end, jalon, program, until};

/// So many people with a space in their sign-in name and in an address, and without a name to show.
fn people(count: usize) -> String {
    let person = |n: usize| {
        format!(
            "dn: CN=Pèr {n:04},{BASE}\nobjectClass: user\ncn: Pèr {n:04}\nsn: {n}\nsAMAccountName: per{n}\n\
             userPrincipalName: per {n}@contoso.example\nmail: per{n}@contoso.example\n\
             proxyAddresses: SMTP:per{n}@contoso.example\nproxyAddresses: smtp:p {n}@contoso.example\n\
             proxyAddresses: x500:/o=contoso/cn=per{n}\n\n"
        )
    };
    (0..count).map(person).collect()
}

/// Two people who share an address, one whose correction somebody holds, and one who shows a name.
fn others() -> String {
    let person = |name: &str, values: &str| {
        let key = name.to_lowercase();
        format!(
            "dn: CN={name},{BASE}\nobjectClass: user\ncn: {name}\nsn: x\ndisplayName: {name}\nsAMAccountName: {key}\n{values}\n"
        )
    };
    person(
        "First",
        "userPrincipalName: first@contoso.example\nproxyAddresses: SMTP:first@contoso.example\nproxyAddresses: smtp:shared@contoso.example\nmail: first@contoso.example\n",
    ) + &person(
        "Later",
        "userPrincipalName: later@contoso.example\nproxyAddresses: SMTP:later@contoso.example\nproxyAddresses: smtp:shared@contoso.example\nmail: later@contoso.example\n",
    ) + &person("Wants", "userPrincipalName: has it@contoso.example\n")
        + &person("Hasit", "userPrincipalName: hasit@contoso.example\n")
}

fn fix(slapd: &Slapd, words: &[&str]) -> Ended {
    end(command(slapd, words))
}

fn command(slapd: &Slapd, words: &[&str]) -> std::process::Command {
    let words = words.iter().map(ToString::to_string).chain(slapd.signed_in());
    program(["fix".to_owned()].into_iter().chain(words))
}

/// What a check finds in the directory now: rule, object, value.
fn found(slapd: &Slapd, name: &str) -> Vec<(String, String, String)> {
    let export = slapd.export(name);
    let document = jalon(["check", "directory", &export, "--format", "json"]).json();
    let text = |it: &serde_json::Value| it.as_str().unwrap_or_default().to_owned();
    let findings = document["findings"].as_array().expect("findings");
    let mut found: Vec<_> = findings
        .iter()
        .map(|it| (text(&it["rule"]), text(&it["subject"]), text(&it["observed"])))
        .collect();
    found.sort();
    found
}

#[test]
fn a_directory_is_mended_found_sound_and_put_back_as_it_was() {
    let slapd = Slapd::start(&(people(12) + &others()));
    let (before, wrong) = (slapd.content(), found(&slapd, "before.ldif"));
    assert!(
        wrong.iter().any(|it| it.0 == "DIR-019") && wrong.iter().any(|it| it.0 == "DIR-011"),
        "{wrong:?}"
    );
    let [journal, undo, dry] = ["fix.ndjson", "undo.ldif", "dry.ldif"].map(|it| slapd.path(it));
    let ended = fix(&slapd, &["directory", &slapd.url(), "--out", &dry]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(slapd.content(), before, "nothing is changed unless that is asked for");
    let ended = fix(
        &slapd,
        &[
            "directory",
            &slapd.url(),
            "--apply",
            "--journal",
            &journal,
            "--undo",
            &undo,
        ],
    );
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "{ended:?}");
    assert!(
        ended.err.contains("13 objects changed") && ended.err.contains(&undo),
        "{}",
        ended.err
    );
    // Nothing is left of what was mended, and nothing new is wrong.
    let left = found(&slapd, "after.ldif");
    let told: Vec<_> = left.iter().map(|it| (it.0.as_str(), it.1.to_lowercase())).collect();
    let wants = format!("cn=wants,{BASE}").to_lowercase();
    assert_eq!(told, [("DIR-019", wants)], "its correction is somebody’s address");
    let ended = fix(&slapd, &["apply", &undo, "--to", &slapd.url()]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(slapd.content(), before);
    // The undo of the undo is the fix, whichever tool applies it.
    let again = slapd.path("undo.undo.ldif");
    slapd.modify(&fs::read_to_string(&again).unwrap());
    assert_eq!(found(&slapd, "again.ldif"), left);
}

#[test]
fn a_value_that_moved_is_left_alone() {
    let slapd = Slapd::start(&people(5));
    let export = slapd.export("export.ldif");
    let dn = |n: usize| format!("dn:: {}", base64(&format!("CN=Pèr {n:04},{BASE}")));
    slapd.modify(&format!(
        "{}\nchangetype: modify\nreplace: userPrincipalName\nuserPrincipalName: moved@contoso.example\n\n{}\nchangetype: delete\n",
        dn(1),
        dn(2)
    ));
    let before = slapd.content();
    let journal = slapd.path("fix.ndjson");
    let ended = fix(
        &slapd,
        &["directory", &export, "--apply", &slapd.url(), "--journal", &journal],
    );
    assert_eq!(ended.code, Some(1), "{ended:?}");
    for told in [
        "3 objects changed",
        "2 objects left alone",
        "userPrincipalName no longer holds",
        "no such object",
    ] {
        assert!(ended.err.contains(told), "`{told}` is missing: {}", ended.err);
    }
    let moved = |it: &&Vec<String>| it.iter().any(|it| it.contains("moved@contoso.example"));
    assert_eq!(
        slapd.content().iter().find(moved),
        before.iter().find(moved),
        "not even its other values are touched"
    );
    // The same command again is somebody's mistake: the journal tells of a run that has ended.
    fix(
        &slapd,
        &["directory", &export, "--apply", &slapd.url(), "--journal", &journal],
    )
    .refused(&[&journal, "--resume"]);
    let ended = fix(&slapd, &["apply", &slapd.path("fix.undo.ldif"), "--to", &slapd.url()]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(slapd.content(), before);
}

/// How many objects the journal says are done.
fn done(journal: &str) -> usize {
    let journal = fs::read_to_string(journal).unwrap_or_default();
    journal.lines().filter(|it| it.contains("\"event\":\"end\"")).count()
}

#[test]
fn a_run_that_is_stopped_or_killed_is_taken_up_again() {
    const ALL: usize = 150;
    let slapd = Slapd::start(&people(ALL));
    let before = slapd.content();
    let export = slapd.export("export.ldif");
    let (journal, undo, url) = (slapd.path("fix.ndjson"), slapd.path("fix.undo.ldif"), slapd.url());
    let words = ["directory", &export, "--apply", &url, "--journal", &journal];
    // Slow enough to be interrupted in the middle, on any machine.
    let slow = |more: &[&str]| command(&slapd, &[&words[..], &["--rate", "60"], more].concat());
    let mut run = Running::start(slow(&[]));
    until("some objects are done", || done(&journal) > 20);
    assert_eq!(run.stop(Signal::SIGINT), Some(1));
    let stopped = done(&journal);
    assert!(stopped < ALL, "it was stopped too late to prove anything");
    assert_eq!(undone(&undo), stopped);
    let mut run = Running::start(slow(&["--resume"]));
    until("more objects are done", || done(&journal) > stopped + 20);
    run.kill();
    let killed = done(&journal);
    assert!(killed < ALL, "it was killed too late to prove anything");
    let changed = before.difference(&slapd.content()).count();
    // Written before the change is made: at most the object in hand is undone without having been changed.
    assert!(
        (changed..=changed + 1).contains(&undone(&undo)),
        "{changed} {}",
        undone(&undo)
    );
    let ended = fix(&slapd, &[&words[..], &["--resume"]].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(
        (undone(&undo), before.intersection(&slapd.content()).count()),
        (ALL, 1),
        "all but the base"
    );
    let ended = fix(&slapd, &["apply", &undo, "--to", &url]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(slapd.content(), before);
}

#[test]
fn an_undo_that_was_cut_short_by_a_kill_is_right_all_the_same() {
    const ALL: usize = 100;
    let slapd = Slapd::start(&people(ALL));
    let before = slapd.content();
    let (journal, undo, url) = (slapd.path("fix.ndjson"), slapd.path("fix.undo.ldif"), slapd.url());
    let words = ["directory", &url, "--apply", "--journal", &journal, "--rate", "60"];
    let mut run = Running::start(command(&slapd, &words));
    until("some objects are done", || done(&journal) > 15);
    run.kill();
    assert!(done(&journal) < ALL, "it was killed too late to prove anything");
    let ended = fix(&slapd, &["apply", &undo, "--to", &url]);
    assert!(
        ended.code == Some(0) || ended.err.contains("One object left alone"),
        "{ended:?}"
    );
    assert_eq!(slapd.content(), before);
}

#[test]
fn whoever_may_not_change_anything_is_told_so() {
    let slapd = Slapd::start(&people(2));
    let before = slapd.content();
    let (journal, url) = (slapd.path("fix.ndjson"), slapd.url());
    // Anonymous people may read there.
    let ended = jalon(["fix", "directory", &url, "--apply", "--journal", &journal]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("0 objects changed"), "{}", ended.err);
    assert_eq!((slapd.content(), undone(&slapd.path("fix.undo.ldif"))), (before, 0));
    fs::write(slapd.path("password"), "wrong").unwrap();
    fix(&slapd, &["directory", &url]).refused(&["name or the password is wrong"]);
    fs::write(slapd.path("password"), "\n").unwrap();
    fix(&slapd, &["directory", &url]).refused(&["password", "is empty"]);
}

/// How many objects an undo file speaks of.
fn undone(undo: &str) -> usize {
    let text = fs::read_to_string(undo).unwrap_or_default();
    text.lines().filter(|it| it.starts_with("dn:")).count()
}

fn base64(text: &str) -> String {
    use base64::Engine;
    base64::prelude::BASE64_STANDARD.encode(text)
}
