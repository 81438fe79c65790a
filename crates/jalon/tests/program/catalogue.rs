//! `jalon catalogue` and what the command line says of itself.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::program::jalon;

/// The data files of the built-in catalogue, copied to where they can be spoilt.
fn copy() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("data");
    copy_folder(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../jalon-catalogue/data"),
        &to,
    );
    (folder, to)
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn spoil(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{} holds `{from}`", file.display());
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn every_responsibility_and_every_bullet_is_listed_as_json() {
    let duties = jalon(["catalogue", "list", "--format", "json"]).json();
    let duties = duties.as_array().unwrap();
    assert_eq!(duties.len(), 76);
    for it in duties {
        assert!(
            it["id"].is_string() && it["title"]["en"].is_string() && it["title"]["fr"].is_string(),
            "{it}"
        );
        assert!(it["phase"].is_string() || it["phase"].is_null(), "{it}");
        assert!(it["bullets"].as_array().is_some_and(|it| !it.is_empty()), "{it}");
    }
    let bullets = jalon(["catalogue", "list", "--bullets", "--format", "ndjson"]).lines();
    assert_eq!(bullets.len(), 107);
    assert!(
        bullets
            .iter()
            .all(|it| it["responsibilities"].as_array().is_some_and(|it| !it.is_empty()))
    );
}

#[test]
fn csv_has_a_header_and_the_language_is_a_choice() {
    let french = jalon(["--lang", "fr", "catalogue", "list", "--format", "csv"]);
    assert_eq!(french.out.lines().next(), Some("id,code,phase,workstream,title"));
    assert!(
        french.out.contains("Publier") && french.out.contains(",enable,"),
        "titles in French, words for programs"
    );
    assert_eq!(french.out.lines().count(), 77);
}

#[test]
fn one_thing_is_shown_by_its_id_and_an_unknown_id_is_told() {
    assert_eq!(
        jalon(["catalogue", "show", "dns.records", "--format", "json"]).json()["code"],
        "o365.enable.06"
    );
    assert_eq!(
        jalon(["catalogue", "show", "o365.enable.06", "--format", "json"]).json()["id"],
        "o365.enable.06"
    );
    assert_eq!(
        jalon(["catalogue", "show", "remediate", "--format", "json"]).json()["phase"],
        "remediate"
    );
    jalon(["catalogue", "show", "dns.recrods"]).refused(&["dns.recrods", "catalogue list"]);
    jalon(["--lang", "fr", "catalogue", "show", "x"]).refused(&["rien dans le catalogue"]);
}

#[test]
fn the_built_in_catalogue_holds_and_a_spoilt_one_says_where() {
    let whole = jalon(["catalogue", "validate", "--format", "json"]);
    assert_eq!((whole.code, whole.json()["bullets"].as_u64()), (Some(0), Some(107)));

    let (_folder, data) = copy();
    spoil(
        &data.join("responsibilities/dns.records.toml"),
        "\"office365\"",
        "\"office366\"",
    );
    let spoilt = jalon(["catalogue".as_ref(), "validate".as_ref(), data.as_os_str()]);
    spoilt.refused(&["responsibilities/dns.records.toml", "office366", "office365"]);

    let (_folder, data) = copy();
    spoil(
        &data.join("responsibilities/dns.records.toml"),
        "\"change.approval\"",
        "\"change.aproval\"",
    );
    let spoilt = jalon([
        "catalogue".as_ref(),
        "validate".as_ref(),
        data.as_os_str(),
        "--format".as_ref(),
        "json".as_ref(),
    ]);
    assert_eq!(spoilt.code, Some(2));
    assert_eq!(
        spoilt.json()["problems"][0]["file"],
        "responsibilities/dns.records.toml"
    );
}

#[test]
fn two_catalogues_are_compared_by_what_changed() {
    let (_folder, data) = copy();
    spoil(&data.join("responsibilities/dns.records.toml"), "days = ", "days = 1");
    let diff = jalon([
        "catalogue".as_ref(),
        "diff".as_ref(),
        "builtin".as_ref(),
        data.as_os_str(),
        "--format".as_ref(),
        "json".as_ref(),
    ]);
    assert_eq!(diff.code, Some(0), "{diff:?}");
    let changed = &diff.json()["responsibilities"]["changed"];
    assert_eq!(
        (changed[0]["id"].as_str(), changed[0]["fields"][0].as_str()),
        (Some("dns.records"), Some("days"))
    );
    assert_eq!(
        jalon(["catalogue", "diff", "builtin", "builtin"]).out,
        "nothing differs\n"
    );
    jalon(["catalogue", "diff", "builtin", "/nowhere"]).refused(&["/nowhere"]);
}

#[test]
fn usage_errors_end_with_two_and_help_with_none() {
    for args in [
        &["check"][..],
        &["check", "dns"],
        &["nonsense"],
        &["catalogue", "list", "--format", "xml"],
    ] {
        assert_eq!(jalon(args).code, Some(2), "{args:?}");
    }
    let help = jalon(["--lang", "fr", "check", "dns", "--help"]);
    assert_eq!(help.code, Some(0));
    assert!(help.out.contains("Contrôler les enregistrements"), "{}", help.out);
    assert!(
        jalon(["check", "dns", "-h"])
            .out
            .contains("[default: Office 365 with Exchange"),
        "the default profile is told"
    );
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = jalon(["completions", shell]);
        assert!(script.code == Some(0) && script.out.contains("catalogue"), "{shell}");
    }
}
