//! Two servers joined, one completed from the other, and put back as it was.

use std::fs;

use jalon_testkit::lab::{has_samba, modify_samba, said};
use serde_json::Value;

use super::{filled, mail, user};
use crate::{
    fix::{slapd, slapd::Slapd},
    program::{Ended, end, jalon, program},
};

/// The same people in an OpenLDAP.
fn nord() -> String {
    let person = |uid: &str, lines: &str| {
        format!(
            "dn: uid={uid},{}\nobjectClass: inetOrgPerson\ncn: {uid}\nuid: {uid}\n{lines}\n\n",
            slapd::BASE
        )
    };
    person("lovelace", "employeeNumber: 1\nmail: ada@contoso.example")
        + &person("byron", "displayName: Bob Byron\nmail: bob@contoso.example")
        + "dn: cn=all,DC=contoso,DC=example\nobjectClass: group\ncn: all\nmail: all@contoso.example\n\n"
}

/// `jalon` with these words, signed in to both servers.
fn signed_in(ad: &Slapd, other: &Slapd, words: &[&str]) -> Ended {
    let [bind, name, file, path] = <[String; 4]>::try_from(other.signed_in()).unwrap();
    let others = [
        bind.replace("--", "--other-"),
        name,
        file.replace("--", "--other-"),
        path,
    ];
    let words = words
        .iter()
        .map(ToString::to_string)
        .chain(ad.signed_in())
        .chain(others);
    end(program(words))
}

#[test]
fn two_servers_are_joined_and_a_second_run_finds_nothing() {
    let (ad, other) = (
        Slapd::start(&(user("Ada", "employeeID: 1") + &user("Bob", "displayName: Bob Byron"))),
        Slapd::start(&nord()),
    );
    let (before, there) = (ad.content(), other.content());
    let (url, from) = (ad.url(), other.url());
    let [journal, undo] = ["mail.ndjson", "undo.ldif"].map(|it| ad.path(it));
    let run = |words: &[&str]| signed_in(&ad, &other, &[&["fix", "mail", &url, "--from", &from], words].concat());
    let lacking = || {
        let document = signed_in(
            &ad,
            &other,
            &["check", "directory", &url, "--third-party", &from, "--format", "json"],
        )
        .json();
        let findings = document["findings"].as_array().cloned().unwrap_or_default();
        findings.iter().filter(|it| it["rule"] == "DIR-039").count()
    };
    let dry = run(&["--format", "json"]);
    assert_eq!((dry.code, ad.content() == before), (Some(0), true), "{dry:?}");
    let filled_in = [
        "Ada mail ada@contoso.example",
        "Ada mailNickname lovelace",
        "Ada proxyAddresses SMTP:ada@contoso.example",
        "Bob mail bob@contoso.example",
        "Bob mailNickname byron",
        "Bob proxyAddresses SMTP:bob@contoso.example",
    ];
    let mut filled_now = filled(&dry.json());
    filled_now.sort();
    assert_eq!(filled_now, filled_in);
    assert_eq!(lacking(), 6);
    let made = run(&["--apply", "--journal", &journal, "--undo", &undo]);
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(made.err.contains("2 objects changed"), "{}", made.err);
    let again = run(&["--format", "json"]).json();
    assert_eq!(
        (filled(&again), &again["counts"]["complete"]),
        (vec![], &Value::Bool(true))
    );
    assert_eq!((lacking(), other.content()), (0, there));
    // Taken up again, the run has nothing left to do.
    let resumed = run(&["--apply", "--journal", &journal, "--undo", &undo, "--resume"]);
    assert_eq!(resumed.code, Some(0), "{resumed:?}");
    let undone = signed_in_to(&ad, &["fix", "apply", &undo, "--to", &url]);
    assert_eq!((undone.code, ad.content()), (Some(0), before), "{undone:?}");
}

#[test]
fn an_object_that_moved_meanwhile_is_left_alone_and_an_accepted_run_is_taken_up_again() {
    let ad = Slapd::start(&(user("Ada", "employeeID: 1") + &user("Bob", "employeeID: 2")));
    let export = ad.export("ad.ldif");
    let table = ad.path("nord.csv");
    fs::write(
        &table,
        "employeeNumber,cn,mail\n1,Ada,ada@contoso.example\n2,Bob,bob@contoso.example\n",
    )
    .unwrap();
    let [journal, review] = ["mail.ndjson", "review.csv"].map(|it| ad.path(it));
    assert_eq!(mail(&export, &table, &["--review", &review]).code, Some(0));
    ad.modify(&format!(
        "dn: CN=Bob,{}\nchangetype: modify\nadd: mail\nmail: else@contoso.example\n",
        slapd::BASE
    ));
    let url = ad.url();
    let words = [
        "fix",
        "mail",
        &export,
        "--from",
        &table,
        "--accept",
        &review,
        "--apply",
        &url,
        "--journal",
        &journal,
    ];
    let ended = signed_in_to(&ad, &words);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    for told in ["One object changed", "One object left alone", "else@contoso.example"] {
        assert!(ended.err.contains(told), "`{told}` is missing: {}", ended.err);
    }
    let live = words.map(|it| if it == export { url.as_str() } else { it });
    ad.modify(&format!(
        "dn: CN=Bob,{}\nchangetype: modify\ndelete: mail\n",
        slapd::BASE
    ));
    let ended = signed_in_to(&ad, &[&live[..], &["--resume"]].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.err.contains("One object changed"), "{}", ended.err);
}

fn signed_in_to(ad: &Slapd, words: &[&str]) -> Ended {
    end(program(words.iter().map(ToString::to_string).chain(ad.signed_in())))
}

/// A unit of one's own in the shared domain controller, with two people.
struct Unit {
    dn: String,
    people: [String; 2],
}

impl Unit {
    fn create() -> Self {
        let dn = format!("OU=fill-mail,{}", said("JALON_LAB_AD_BASE"));
        let people = ["Ada", "Bob"].map(|it| format!("CN={it} Fill,{dn}"));
        let mut ldif = format!("dn: {dn}\nchangetype: add\nobjectClass: organizationalUnit\n\n");
        for (dn, more) in people.iter().zip(["employeeID: 1", "displayName: Bob Byron"]) {
            let login = dn[3..6].to_lowercase() + "fill";
            ldif += &format!("dn: {dn}\nchangetype: add\nobjectClass: user\nsAMAccountName: {login}\n{more}\n\n");
        }
        modify_samba(&ldif);
        Self { dn, people }
    }

    /// Takes it away: the next test begins where this one began.
    fn end(self) {
        for dn in self.people.iter().chain([&self.dn]) {
            modify_samba(&format!("dn: {dn}\nchangetype: delete\n\n"));
        }
    }
}

#[test]
fn an_active_directory_is_completed_from_an_openldap() {
    if !has_samba() {
        return;
    }
    let (unit, other) = (Unit::create(), Slapd::start(&nord()));
    let [password, journal, undo] = ["dc-password", "mail.ndjson", "undo.ldif"].map(|it| other.path(it));
    fs::write(&password, said("JALON_LAB_AD_PASSWORD")).unwrap();
    let (url, admin, roots) = (
        said("JALON_LAB_AD_LDAPS"),
        said("JALON_LAB_AD_ADMIN"),
        said("JALON_LAB_AD_ROOTS"),
    );
    let signed_in = ["--bind-dn", &admin, "--password-file", &password, "--roots", &roots];
    let run = |more: &[&str]| {
        let words = [
            "fix",
            "mail",
            &url,
            "--from",
            &other.url(),
            "--base",
            &unit.dn,
            "--format",
            "json",
        ];
        jalon([&words, &signed_in[..], more].concat())
    };
    let dry = run(&[]);
    assert_eq!((dry.code, filled(&dry.json()).len()), (Some(0), 6), "{dry:?}");
    let made = run(&["--apply", "--journal", &journal, "--undo", &undo]);
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(made.err.contains("2 objects changed"), "{}", made.err);
    let again = run(&[]).json();
    assert_eq!(
        (filled(&again), &again["counts"]["complete"]),
        (vec![], &Value::Bool(true))
    );
    let undone = jalon([&["fix", "apply", &undo, "--to", &url], &signed_in[..]].concat());
    assert_eq!(undone.code, Some(0), "{undone:?}");
    assert_eq!(filled(&run(&[]).json()), filled(&dry.json()));
    unit.end();
}
