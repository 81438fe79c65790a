//! What must not be in the repository, whoever put it there.

use xtask::tree::Tree;

/// Something forbidden: what to look for, in which files, and why.
struct Ban {
    text: String,
    applies: fn(&str) -> bool,
    why: &'static str,
}

/// The words are put together here, so that this file does not hold what it forbids.
fn bans() -> [Ban; 8] {
    let ban = |parts: [&str; 2], applies, why| Ban {
        text: parts.concat(),
        applies,
        why,
    };
    [
        ban(["#[ign", "ore"], is_rust, "a test that does not run proves nothing"),
        ban(["to", "do!("], is_rust, "it panics where somebody relies on it"),
        ban(
            ["unimple", "mented!("],
            is_rust,
            "it panics where somebody relies on it",
        ),
        ban(
            ["#[al", "low("],
            is_rust,
            "#[expect(.., reason = \"..\")] says when it is no longer needed",
        ),
        ban(["/wo", "rk/"], is_written, "a path of one machine"),
        ban(["/ro", "ot/"], is_written, "a path of one machine"),
        ban(["/ho", "me/"], is_written, "a path of one machine"),
        ban(["/Us", "ers/"], is_written, "a path of one machine"),
    ]
}

fn is_rust(file: &str) -> bool {
    file.ends_with(".rs")
}

/// Everything but what a tool wrote.
fn is_written(file: &str) -> bool {
    !file.ends_with("Cargo.lock") && !file.ends_with("package-lock.json")
}

/// The part of a file that is a test: all of it below `tests/` and `e2e/`, else what follows `#[cfg(test)]` when that is
/// written in the same file.
fn test_part<'a>(file: &str, text: &'a str) -> &'a str {
    let whole = file.contains("/tests/") || file.ends_with("/tests.rs") || file.starts_with("e2e/");
    if whole {
        return text;
    }
    let start = text.rfind("#[cfg(test)]\nmod tests {").filter(|_| is_rust(file));
    start.map_or("", |it| &text[it..])
}

/// Waiting for a time instead of for what one waits for.
fn waits(text: &str) -> bool {
    ["sl", "setTime", "waitForTime"]
        .iter()
        .zip(["eep(", "out(", "out("])
        .any(|(head, tail)| text.contains(&[*head, tail].concat()))
}

/// Every text file of ours. A file that is no UTF-8 is a picture or the like.
fn texts() -> impl Iterator<Item = (String, String)> {
    let files = Tree::ours().files("").expect("the repository is there");
    files.into_iter().filter_map(|it| {
        std::fs::read_to_string(Tree::ours().path(&it))
            .ok()
            .map(|text| (it, text))
    })
}

#[test]
fn nothing_forbidden_is_in_the_repository() {
    let bans = bans();
    let mut faults = Vec::new();
    for (file, text) in texts() {
        for ban in bans.iter().filter(|it| (it.applies)(&file)) {
            let lines = text.lines().enumerate().filter(|(_, line)| line.contains(&ban.text));
            faults.extend(lines.map(|(at, _)| format!("{file}:{}: {}: {}", at + 1, ban.text, ban.why)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_test_waits_for_a_time() {
    let waiting: Vec<_> = texts()
        .filter(|(file, text)| waits(test_part(file, text)))
        .map(|(file, _)| file)
        .collect();
    assert!(
        waiting.is_empty(),
        "these tests wait for a time instead of for an event:\n{}",
        waiting.join("\n")
    );
}

#[test]
fn only_the_test_part_of_a_file_is_held_to_that() {
    let pause = ["sl", "eep(1)"].concat();
    let text = format!("fn poll() {{ {pause} }}\n#[cfg(test)]\nmod tests {{ }}");
    assert!(!waits(test_part("crates/a/src/b.rs", &text)));
    assert!(waits(test_part("crates/a/tests/b.rs", &text)));
    assert!(waits(test_part(
        "crates/a/src/b.rs",
        &format!("#[cfg(test)]\nmod tests {{ {pause} }}")
    )));
}
