//! `jalon demo`: what it prints is true, adds up, and nothing stays behind.

use std::{collections::BTreeSet, path::Path};

use jalon_catalogue::Catalogue;
use jalon_domain::profile::Profile;
use jalon_rehearsal::directory::Plan;
use nix::sys::signal::Signal;
use serde_json::Value;

use crate::program::{Running, end, get, program};

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().next().is_none()
}

fn count(document: &Value, key: &str) -> u64 {
    document[key]
        .as_object()
        .unwrap()
        .values()
        .map(|it| it.as_u64().unwrap())
        .sum()
}

#[test]
fn the_sum_of_the_demonstration_adds_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(["demo", "--once", "--format", "json"]);
    command.env("TMPDIR", folder.path());
    let ended = end(command);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(is_empty(folder.path()), "it cleans up after itself");
    let document = ended.json();

    // States add up to the responsibilities that the catalogue asks of this profile.
    let profile: Profile = serde_json::from_value(document["engagement"]["profile"].clone()).unwrap();
    let states = document["states"].as_object().unwrap();
    let left_out = states["not_applicable"].as_u64().unwrap();
    let applicable = document["engagement"]["applicable"].as_u64().unwrap();
    assert_eq!(count(&document, "states") - left_out, applicable);
    assert_eq!(
        count(&document, "states"),
        Catalogue::builtin().rows_for(&profile).count() as u64
    );
    // Of those that apply one was left out by hand, with a justification.
    assert_eq!(applicable + 1, Catalogue::builtin().applicable(&profile).count() as u64);
    for state in [
        "attested",
        "waived",
        "claimed",
        "failing",
        "stale",
        "awaiting_approval",
        "in_progress",
        "not_started",
    ] {
        assert!(
            states[state].as_u64() > Some(0),
            "no responsibility is {state}: {states:?}"
        );
    }

    // Every planted fault that nobody mended is found, and nothing else.
    let found: BTreeSet<&str> = document["findings"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let demo = Plan::demo();
    let mut planted: BTreeSet<&str> = demo.defects.iter().flat_map(|it| it.flaw().rules()).collect();
    planted.extend(["DNS-003", "DNS-005", "DNS-006", "SPF-02", "DMARC-01", "TLS-02"]);
    assert_eq!(found, planted);
    assert_eq!(count(&document, "findings"), count(&document, "severities"));

    // The gates agree with the findings and with each other.
    let gates = document["gates"].as_array().unwrap();
    let gate = |id: &str| gates.iter().find(|it| it["id"] == id).unwrap();
    assert_eq!(
        [gate("initiate"), gate("assess"), gate("remediate")].map(|it| it["state"].as_str().unwrap()),
        ["open", "open", "blocked"]
    );
    let held: u64 = gate("remediate")["blockers"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["count"].as_u64())
        .sum();
    let heavy = ["blocker", "major"]
        .map(|it| document["severities"][it].as_u64().unwrap())
        .iter()
        .sum::<u64>();
    assert_eq!(
        held, heavy,
        "what is major holds the gate, and what is minor was accepted or waits"
    );
    for it in gates {
        assert!(it["title"]["en"].is_string() && it["summary"]["fr"].is_string(), "{it}");
        assert!(it["proven"].as_u64() <= it["asked"].as_u64(), "{it}");
    }
}

#[test]
fn the_demonstration_lets_one_in_once_and_leaves_nothing() {
    for (lang, word, signal) in [
        ("fr", "une seule fois", Signal::SIGTERM),
        ("en", "once", Signal::SIGINT),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = program(["--lang", lang, "demo"]);
        command.env("TMPDIR", folder.path());
        let mut demo = Running::start(command);
        let line = demo.line("/once?key=");
        assert!(line.contains(word), "{line}");
        let link = line.split(' ').find(|it| it.starts_with("http://")).unwrap();
        let inside = get(link);
        assert!(
            inside.starts_with("HTTP/1.1 303") && inside.to_lowercase().contains("set-cookie"),
            "{inside}"
        );
        assert!(get(link).starts_with("HTTP/1.1 410"), "the link works once");
        assert!(!is_empty(folder.path()));
        assert_eq!(demo.stop(signal), Some(0));
        assert!(is_empty(folder.path()), "{lang}: it cleans up after itself");
    }
}
