//! What `cargo xtask new` writes compiles as it is. It is written into a copy of the sources, and checked there; what is
//! compiled goes where everything goes, so that nothing third-party is compiled again.

use std::path::Path;
use std::process::Command;

use xtask::new::{self, Kind};
use xtask::shell;
use xtask::tree::Tree;

/// What cargo reads of the repository.
const SOURCES: [&str; 4] = ["Cargo.", "crates/", "rust-toolchain.toml", "xtask/"];

fn copy(to: &Tree) {
    let ours = Tree::ours();
    let files = ours.files("").expect("the repository is there");
    for file in files
        .iter()
        .filter(|it| SOURCES.iter().any(|source| it.starts_with(source)))
    {
        let content = std::fs::read(ours.path(file)).expect("it was listed");
        to.put(file, &content).expect("ours to write");
    }
}

#[track_caller]
fn compiles(folder: &Path, target: &Path) {
    let status = Command::new("cargo")
        .args(["check", "--quiet", "--package", "jalon-checks", "--tests"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .status();
    assert!(
        status.expect("cargo runs these tests").success(),
        "the skeleton does not compile"
    );
}

#[test]
fn a_new_check_compiles_as_it_is() {
    let target = shell::target().expect("cargo says where it builds");
    // Always the same folder: cargo tells the crates of the copy by it, and keeps what it compiled of each.
    let folder = target.join("new-check");
    drop(std::fs::remove_dir_all(&folder));
    let tree = Tree::at(&folder);
    copy(&tree);
    new::write(
        &tree,
        &Kind::Check {
            id: "dns.sample".to_owned(),
        },
    )
    .expect("written");
    compiles(&folder, &target);
    std::fs::remove_dir_all(&folder).expect("ours to remove");
}
