//! `cargo xtask demo`: from a fresh clone to the demonstration in one command.

use std::os::unix::process::CommandExt;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::assets;
use crate::shell::{self, Shell};

/// Builds the program with the `quick` profile and becomes `jalon demo` with the given arguments; returns only when
/// something went wrong.
pub fn run(shell: &Shell, arguments: &[String]) -> Result<()> {
    let started = Instant::now();
    assets::fetch(shell)?;
    shell.run(
        shell
            .command("cargo")
            .args(["build", "--profile", "quick", "--package", "jalon"]),
    )?;
    // On standard error: what the demonstration prints may be read by a program.
    eprintln!("built in {:.1} s", started.elapsed().as_secs_f64());
    let program = shell::target()?.join("quick/jalon");
    let failure = std::process::Command::new(&program).arg("demo").args(arguments).exec();
    Err(failure).with_context(|| format!("cannot run {}", program.display()))
}
