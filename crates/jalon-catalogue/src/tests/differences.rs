//! What an upgrade of the catalogue would change.

use jalon_domain::ids::ResponsibilityId;

use super::{altered, catalogue};
use crate::{Catalogue, Split, diff, load};

fn id(raw: &str) -> ResponsibilityId {
    raw.parse().unwrap()
}

#[test]
fn a_catalogue_does_not_differ_from_itself() {
    let same = diff(Catalogue::builtin(), Catalogue::builtin());
    assert!(same.is_empty(), "{same:?}");
    assert_eq!((same.from.as_str(), same.to.as_str()), ("2026.11", "2026.11"));
}

#[test]
fn what_changed_is_told_by_field() {
    let new = catalogue(
        "responsibilities/dns.records.toml",
        "days = 8",
        "days = 9\noptional = true",
    );
    let changed = diff(Catalogue::builtin(), &new).responsibilities.changed;
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].id, id("dns.records"));
    assert_eq!(changed[0].fields, ["days", "optional"]);
}

#[test]
fn a_reworded_bullet_and_a_moved_gate_are_seen() {
    let new = catalogue(
        "bullets/ems.toml",
        "Attend the checkpoint meetings",
        "Come to the checkpoint meetings",
    );
    let found = diff(Catalogue::builtin(), &new);
    assert_eq!(found.bullets.changed[0].fields, ["title"]);
    assert!(found.responsibilities.is_empty());
    let new = catalogue("gates.toml", r#"findings = "major""#, r#"findings = "minor""#);
    assert_eq!(diff(Catalogue::builtin(), &new).gates.changed[0].fields, ["findings"]);
}

#[test]
fn added_is_new_and_gone_is_retired() {
    let mut files = altered("catalogue.toml", "count = 2", "count = 1");
    for (path, text) in &mut files {
        if path == "overlays/us-government.toml" {
            text.truncate(text.rfind("\n[[responsibility]]").unwrap());
        }
    }
    let smaller = load::assemble(files).unwrap();
    let shrunk = diff(Catalogue::builtin(), &smaller);
    assert_eq!(shrunk.responsibilities.retired, [id("government.reverse-proxy")]);
    assert!(shrunk.responsibilities.added.is_empty());
    let grown = diff(&smaller, Catalogue::builtin());
    assert_eq!(grown.responsibilities.added, [id("government.reverse-proxy")]);
    assert!(grown.responsibilities.retired.is_empty());
}

#[test]
fn a_row_marked_as_retired_is_retired_and_not_changed() {
    let new = catalogue(
        "responsibilities/apple.id.toml",
        "optional = true",
        "optional = true\nretired = true",
    );
    let found = diff(Catalogue::builtin(), &new);
    assert_eq!(found.responsibilities.retired, [id("apple.id")]);
    assert!(found.responsibilities.changed.is_empty());
}

#[test]
fn one_replaced_by_several_that_cite_its_bullets_is_a_split() {
    let mut files = altered(
        "responsibilities/dns.records.toml",
        "core = true",
        "core = true\nretired = true",
    );
    let text = files
        .iter()
        .find(|it| it.0 == "responsibilities/dns.records.toml")
        .unwrap()
        .1
        .clone();
    for name in ["dns.mail", "dns.devices"] {
        let text = text
            .replace(r#"id = "dns.records""#, &format!("id = \"{name}\""))
            .replace("retired = true\n", "");
        files.push((format!("responsibilities/{name}.toml"), text));
    }
    let found = diff(Catalogue::builtin(), &load::assemble(files).unwrap());
    assert_eq!(
        found.split,
        [Split {
            id: id("dns.records"),
            into: vec![id("dns.mail"), id("dns.devices")]
        }]
    );
    assert!(found.responsibilities.added.is_empty() && found.responsibilities.retired.is_empty());
}
