//! Every path that `ARCHITECTURE.md` and `README.md` name in backticks exists: a map that lies is worse than none. A path is
//! named from the root, or by its end (`measure/record.rs`) where the sentence says of which crate it speaks.

use std::path::Path;

use xtask::tree::{self, Tree};

const DOCUMENTS: [&str; 2] = ["ARCHITECTURE.md", "README.md"];

/// A name that ends so is a file even without a folder before it.
const ENDINGS: [&str; 11] = [
    "css", "ftl", "html", "js", "json", "lock", "md", "mjs", "rs", "sh", "toml",
];

#[test]
fn every_path_that_the_documents_name_exists() {
    let files = Tree::ours().files("").expect("the repository is there");
    let mut faults = Vec::new();
    for document in DOCUMENTS {
        let text = Tree::ours().text(document).unwrap_or_else(|error| panic!("{error:#}"));
        let named = |it: &String| exists(tree::root(), it) || is_the_end_of_one(&files, it);
        let missing = paths(&text).into_iter().filter(|it| !named(it));
        faults.extend(missing.map(|it| format!("{document}: {it}")));
    }
    assert!(faults.is_empty(), "these paths do not exist:\n{}", faults.join("\n"));
}

fn is_the_end_of_one(files: &[String], path: &str) -> bool {
    files
        .iter()
        .any(|it| it.strip_suffix(path).is_some_and(|it| it.ends_with('/')))
}

/// The paths among what stands in backticks. What has a space is a command; what begins with `/` is an address of the web
/// application; what has `://` is an address elsewhere.
fn paths(text: &str) -> Vec<String> {
    let spans = prose(text);
    let spans = spans.split('`').skip(1).step_by(2);
    spans.filter(|it| is_path(it)).map(str::to_owned).collect()
}

/// The text without its fenced blocks, which show commands and what they print.
fn prose(text: &str) -> String {
    let mut fenced = false;
    let outside = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    });
    outside.collect::<Vec<_>>().join("\n")
}

fn is_path(span: &str) -> bool {
    let elsewhere = span.starts_with('/') || span.contains("://") || span.contains(char::is_whitespace);
    let ending = Path::new(span).extension().and_then(|it| it.to_str());
    !elsewhere && (span.contains('/') || ending.is_some_and(|it| ENDINGS.contains(&it)))
}

/// Whether it is there; `*` or `<name>` stands for any one folder or file name, or a part of one.
fn exists(folder: &Path, path: &str) -> bool {
    let (head, rest) = path.split_once('/').unwrap_or((path, ""));
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    let mut names = entries.flatten().filter_map(|it| it.file_name().into_string().ok());
    names.any(|it| fits(head, &it) && (rest.is_empty() || exists(&folder.join(it), rest)))
}

fn fits(pattern: &str, name: &str) -> bool {
    let wildcard = |it: char| matches!(it, '*' | '<');
    let Some(start) = pattern.find(wildcard) else {
        return pattern == name;
    };
    let end = pattern.rfind(['*', '>']).map_or(pattern.len(), |it| it + 1);
    let (before, after) = (&pattern[..start], &pattern[end..]);
    name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
}

#[test]
fn paths_are_told_from_commands_addresses_and_words() {
    let text = "See `xtask/src/main.rs`, `deny.toml` and `crates/`. Run `cargo xtask ci lab/x`, open `/api/v1` or\n\
                `https://example.com/a`; `judge` is pure.\n```\n`no/path/here.rs`\n```\nand `lab/pg`.";
    assert_eq!(paths(text), ["xtask/src/main.rs", "deny.toml", "crates/", "lab/pg"]);
}

#[test]
fn a_path_that_is_not_there_is_seen() {
    assert!(exists(tree::root(), "xtask/src/main.rs"));
    assert!(exists(tree::root(), "xtask/"));
    assert!(!exists(tree::root(), "xtask/src/nowhere.rs"));
    assert!(!exists(tree::root(), "Xtask/src/main.rs"));
}

#[test]
fn a_path_may_be_named_by_its_end() {
    let files = ["crates/a/src/measure/record.rs".to_owned()];
    assert!(is_the_end_of_one(&files, "measure/record.rs"));
    assert!(!is_the_end_of_one(&files, "sure/record.rs"));
    assert!(!is_the_end_of_one(&files, "measure"));
}

#[test]
fn a_placeholder_stands_for_any_name() {
    assert!(exists(tree::root(), "crates/*/Cargo.toml"));
    assert!(exists(tree::root(), "crates/jalon-<name>/src"));
    assert!(!exists(tree::root(), "crates/*/Cargo.yaml"));
}
