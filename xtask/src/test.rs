//! `cargo xtask test`: everything a bare machine needs to run every test, then every test.

use std::process::Command;

use anyhow::Result;

use crate::lab::Lab;
use crate::report::Report;
use crate::shell::Shell;
use crate::tree::Tree;
use crate::{assets, lab};

/// Runs the tests whose name contains `filter` (all when absent) and prints the account.
pub fn run(shell: &Shell, filter: Option<&str>) -> Result<()> {
    let mut report = Report::new();
    steps(shell, &mut report, filter);
    report.close()
}

/// The steps, for an account that may hold others. Each needs the ones before it, except that the browser tests run even
/// when others failed: two kinds of failures are better seen at once.
pub fn steps(shell: &Shell, report: &mut Report, filter: Option<&str>) {
    let prepared = report.step("tools", || lab::install(shell))
        && report.step("assets", || assets::fetch(shell))
        && report.step("build", || build(shell));
    if !prepared {
        return;
    }
    let Some(lab) = report.keep("lab", || Lab::start(shell)) else {
        return;
    };
    report.tests("cargo test", shell, lab.tell(&mut rust_tests(shell, filter)));
    if let Some(mut browser_tests) = browser_tests(shell, filter) {
        report.tests("browser tests", shell, lab.tell(&mut browser_tests));
    }
    // Stopping takes its time too, and the account should say so.
    report.step("lab stopped", || {
        drop(lab);
        Ok(())
    });
}

/// All targets in one build, the program itself included: the browser tests start it, and cargo would otherwise build some
/// crates twice, once with the features that only tests ask for.
fn build(shell: &Shell) -> Result<()> {
    shell.run(shell.command("cargo").args(["build", "--workspace", "--all-targets"]))
}

fn rust_tests(shell: &Shell, filter: Option<&str>) -> Command {
    let mut command = shell.command("cargo");
    command.args(["test", "--workspace", "--no-fail-fast"]).args(filter);
    command
}

/// `None` while there is no story to tell a browser.
fn browser_tests(shell: &Shell, filter: Option<&str>) -> Option<Command> {
    let stories = Tree::ours().files("e2e/stories").unwrap_or_default();
    stories.iter().any(|it| it.ends_with(".mjs")).then(|| {
        let mut command = shell.command("node");
        command.arg("e2e/run.mjs").args(filter);
        command
    })
}
