//! The texts: both languages say the same things, every module says what lives in it, no file has grown out of sight.

use std::collections::{BTreeMap, BTreeSet};

use xtask::tree::Tree;

/// A file longer than this has a second subject in it.
const LONGEST: usize = 600;

/// Files that nobody writes by hand, and may be as long as they like.
const GENERATED: [&str; 4] = [
    "Cargo.lock",
    "package-lock.json",
    "crates/jalon-catalogue/src/data.rs",
    "crates/jalon-checks/src/registry.rs",
];

/// What is read and written by people. (The style sheet is one subject, however long.)
const WRITTEN: [&str; 9] = [".ftl", ".html", ".js", ".json", ".md", ".mjs", ".rs", ".toml", ".tsv"];

/// The messages of a Fluent file with the variables each uses; an attribute counts as a message of its own.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::<String, BTreeSet<String>>::new();
    let (mut message, mut key) = (String::new(), String::new());
    for line in text.lines().filter(|it| !it.starts_with('#')) {
        let name = line.split_once('=').map(|(name, _)| name.trim_end());
        match name {
            Some(name) if is_name(name.strip_prefix('-').unwrap_or(name)) => {
                name.clone_into(&mut message);
                name.clone_into(&mut key);
            }
            Some(name) if name.trim_start().strip_prefix('.').is_some_and(is_name) => {
                key = format!("{message}{}", name.trim_start());
            }
            _ if line.trim().is_empty() => continue,
            _ => {}
        }
        messages.entry(key.clone()).or_default().extend(variables(line));
    }
    messages
}

fn is_name(text: &str) -> bool {
    text.starts_with(|it: char| it.is_ascii_alphabetic()) && text.chars().all(is_name_character)
}

fn is_name_character(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '-' || it == '_'
}

fn variables(line: &str) -> impl Iterator<Item = String> {
    let after = line.split('$').skip(1);
    after.map(|it| it.chars().take_while(|it| is_name_character(*it)).collect())
}

/// Where two languages differ.
fn differences(english: &str, french: &str) -> Vec<String> {
    let (english, french) = (messages(english), messages(french));
    let keys: BTreeSet<_> = english.keys().chain(french.keys()).collect();
    let difference = |key: &String| match (english.get(key), french.get(key)) {
        (Some(_), None) => Some(format!("{key} is missing in French")),
        (None, Some(_)) => Some(format!("{key} is missing in English")),
        (one, other) if one != other => Some(format!("{key} uses {one:?} in English, {other:?} in French")),
        _ => None,
    };
    keys.into_iter().filter_map(difference).collect()
}

#[test]
fn both_languages_say_the_same_things() {
    let files = Tree::ours().files("crates").expect("crates/ is there");
    let folders = |language: &str| -> BTreeSet<String> {
        let folders = files.iter().filter_map(|it| it.strip_suffix(language));
        folders.map(str::to_owned).collect()
    };
    let (english, french) = (folders("/en.ftl"), folders("/fr.ftl"));
    let mut faults: Vec<_> = english
        .symmetric_difference(&french)
        .map(|it| format!("{it}: one language only"))
        .collect();
    for folder in english.intersection(&french) {
        let text = |language| {
            Tree::ours()
                .text(&format!("{folder}/{language}.ftl"))
                .expect("it was listed")
        };
        let found = differences(&text("en"), &text("fr"));
        faults.extend(found.iter().map(|it| format!("{folder}: {it}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// By a sentence, or, at the root of a crate, by its README.
fn introduces_itself(module: &str) -> bool {
    module.starts_with("//! ") || module.starts_with("#![doc = include_str!(")
}

#[test]
fn every_module_says_what_lives_in_it() {
    let silent: Vec<_> = [Tree::ours().files("crates"), Tree::ours().files("xtask")]
        .into_iter()
        .flat_map(|it| it.expect("both folders are there"))
        .filter(|it| it.ends_with(".rs") && !it.contains("/templates/"))
        .filter(|it| !introduces_itself(&Tree::ours().text(it).expect("it was listed")))
        .collect();
    assert!(
        silent.is_empty(),
        "these begin without a `//!` sentence:\n{}",
        silent.join("\n")
    );
}

#[test]
fn no_file_has_grown_out_of_sight() {
    let long: Vec<_> = Tree::ours()
        .files("")
        .expect("the repository is there")
        .into_iter()
        .filter(|it| WRITTEN.iter().any(|end| it.ends_with(end)) && !GENERATED.contains(&it.as_str()))
        .map(|it| (Tree::ours().text(&it).expect("it was listed").lines().count(), it))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, it)| format!("{it}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "look for the second subject in:\n{}", long.join("\n"));
}

#[test]
fn a_missing_message_and_another_variable_are_seen() {
    let english = "# A comment = with a sign\nowner = Owner\n    .title = Who answers for { $what }\ndue = Due in { $days ->\n    [one] a day\n   *[other] { $days } days\n}\n";
    let french =
        "owner = Responsable\n    .title = Qui répond de { $quoi }\nlate = En retard\ndue = Dans { $days } jours\n";
    assert_eq!(
        differences(english, french),
        [
            "late is missing in English",
            r#"owner.title uses Some({"what"}) in English, Some({"quoi"}) in French"#,
        ]
    );
    assert!(differences(english, english).is_empty());
}
