//! Arrows between crates point only down. The floors are those of `ARCHITECTURE.md`; siblings on one floor do not see each
//! other. A crate that stands on no floor fails too: decide where it goes first.

use toml::{Table, Value};
use xtask::tree::Tree;

const FLOORS: [(&str, u32); 9] = [
    ("jalon-domain", 1),
    ("jalon-catalogue", 2),
    ("jalon-wire", 2),
    ("jalon-checks", 3),
    ("jalon-store", 3),
    ("jalon-rehearsal", 3),
    ("jalon-service", 4),
    ("jalon-web", 5),
    ("jalon", 6),
];

/// They stand outside the house: they may look at every floor, and no floor may look at them except in its tests.
const OUTSIDE: [&str; 2] = ["jalon-testkit", "xtask"];

/// What the tests of any crate may use, whatever their floor.
const IN_TESTS: [&str; 2] = ["jalon-testkit", "jalon-rehearsal"];

#[derive(Clone, Copy, PartialEq)]
enum Section {
    Product,
    Tests,
}

/// Says what is wrong with one arrow; `None` when it may be.
fn wrong(from: &str, to: &str, section: Section) -> Option<String> {
    let floor = |name| FLOORS.iter().find(|(it, _)| *it == name).map(|(_, floor)| *floor);
    let known = |name| floor(name).is_some() || OUTSIDE.contains(&name);
    if let Some(stranger) = [from, to].into_iter().find(|it| !known(it)) {
        return Some(format!("{stranger} stands on no floor"));
    }
    if OUTSIDE.contains(&from) || (section == Section::Tests && IN_TESTS.contains(&to)) {
        return None;
    }
    match (floor(from), floor(to)) {
        (Some(above), Some(below)) if above > below => None,
        (Some(above), Some(below)) => Some(format!("{from} (floor {above}) depends on {to} (floor {below})")),
        _ => Some(format!("{from} depends on {to}, which is not for the product")),
    }
}

/// The crates of this repository that a manifest names in one section, also below `[target.…]`, also under another name.
fn arrows(manifest: &Table, section: Section) -> Vec<String> {
    let keys: &[&str] = match section {
        Section::Product => &["dependencies", "build-dependencies"],
        Section::Tests => &["dev-dependencies"],
    };
    let targets = manifest.get("target").and_then(Value::as_table);
    let tables = targets.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    let tables = std::iter::once(manifest).chain(tables);
    let dependencies = tables.flat_map(|it| keys.iter().filter_map(|key| it.get(*key)?.as_table()));
    let names = dependencies.flatten().map(|(name, value)| {
        let renamed = value.get("package").and_then(Value::as_str);
        renamed.unwrap_or(name).to_owned()
    });
    names.filter(|it| it.starts_with("jalon") || it == "xtask").collect()
}

#[test]
fn every_arrow_points_down() {
    let manifests = Tree::ours().files("crates").expect("crates/ is there");
    let manifests: Vec<_> = manifests.iter().filter(|it| it.ends_with("/Cargo.toml")).collect();
    assert!(manifests.len() > 5, "the crates were not found");
    let mut faults = Vec::new();
    for file in manifests {
        let text = Tree::ours().text(file).expect("it was listed");
        let manifest: Table = text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
        let name = manifest["package"]["name"].as_str().expect("a crate has a name");
        // Names itself, so that a crate without arrows is looked for on the floors too.
        faults.extend(
            FLOORS
                .iter()
                .map(|it| it.0)
                .chain(OUTSIDE)
                .all(|it| it != name)
                .then(|| format!("{name} stands on no floor")),
        );
        for section in [Section::Product, Section::Tests] {
            faults.extend(
                arrows(&manifest, section)
                    .iter()
                    .filter_map(|to| wrong(name, to, section)),
            );
        }
    }
    assert!(faults.is_empty(), "wrong arrows:\n{}", faults.join("\n"));
}

#[track_caller]
fn check(from: &str, manifest: &str, expected: &[&str]) {
    let manifest: Table = manifest.parse().expect("valid TOML");
    let faults: Vec<_> = [Section::Product, Section::Tests]
        .into_iter()
        .flat_map(|section| {
            let arrows = arrows(&manifest, section);
            arrows
                .into_iter()
                .filter_map(move |to| wrong(from, &to, section))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(faults, expected);
}

#[test]
fn an_arrow_up_is_seen() {
    check(
        "jalon-domain",
        "[dependencies]\njalon-store.workspace = true",
        &["jalon-domain (floor 1) depends on jalon-store (floor 3)"],
    );
}

#[test]
fn an_arrow_between_siblings_is_seen_under_another_name_and_for_one_system_only() {
    check(
        "jalon-wire",
        "[target.'cfg(unix)'.build-dependencies]\nlist = { package = \"jalon-catalogue\", path = \"../jalon-catalogue\" }",
        &["jalon-wire (floor 2) depends on jalon-catalogue (floor 2)"],
    );
}

#[test]
fn the_test_kit_is_for_tests() {
    check(
        "jalon-store",
        "[dev-dependencies]\njalon-testkit.workspace = true\njalon-rehearsal.workspace = true",
        &[],
    );
    check(
        "jalon-store",
        "[dependencies]\njalon-testkit.workspace = true",
        &["jalon-store depends on jalon-testkit, which is not for the product"],
    );
    check(
        "jalon-store",
        "[dev-dependencies]\njalon-web.workspace = true",
        &["jalon-store (floor 3) depends on jalon-web (floor 5)"],
    );
}

#[test]
fn a_crate_that_stands_nowhere_is_seen() {
    check(
        "jalon-web",
        "[dependencies]\njalon-extra = \"1\"",
        &["jalon-extra stands on no floor"],
    );
}
