//! `cargo xtask ci`: what continuous integration runs, so that it can be run before it does.

use anyhow::{Context, Result};

use crate::report::Report;
use crate::shell::Shell;
use crate::tree::Tree;
use crate::{assets, lab, sync, test};

/// Runs every step, also after one failed, and prints the account. The quick ones come first.
pub fn run(shell: &Shell) -> Result<()> {
    let mut report = Report::new();
    report.step("format", || cargo(shell, "fmt --all --check -- --files-with-diff"));
    report.step("generated", || sync::run(&Tree::ours(), true));
    report.step("tidy", || cargo(shell, "test --package xtask"));
    report.step("licences", || {
        install_cargo_deny(shell)?;
        cargo(
            shell,
            "deny --workspace check --hide-inclusion-graph bans licenses sources",
        )
    });
    // What is compiled needs a C compiler and the embedded files.
    report.step("lints", || {
        lab::install(shell)?;
        assets::fetch(shell)?;
        cargo(shell, "clippy --workspace --all-targets -- -D warnings")
    });
    test::steps(shell, &mut report, None);
    report.close()
}

fn cargo(shell: &Shell, arguments: &str) -> Result<()> {
    shell.run(shell.command("cargo").args(arguments.split(' ')))
}

fn install_cargo_deny(shell: &Shell) -> Result<()> {
    if shell.read(shell.command("cargo").args(["deny", "--version"])).is_ok() {
        return Ok(());
    }
    cargo(shell, "install cargo-deny --locked").context("installing cargo-deny")
}
