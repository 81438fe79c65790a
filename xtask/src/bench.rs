//! `cargo xtask bench`: figures of the release build, beside those of something plain in the same run, so that a busy
//! machine does not pass for a slow program. Here is which benchmarks exist and which program they measure; how each
//! measures is in its module, how to read the figures in `docs/bench.md`.

mod checkdmarc;
mod directory;
mod dns;
mod engine;
mod fill;
mod http;
mod ldap;
mod ldif;
mod meter;
mod pages;
mod server;
mod table;
mod tls;
mod truth;
mod wrk;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::assets;
use crate::shell::{self, Shell};

/// What is measured.
#[derive(Args)]
pub struct Options {
    /// Which one; all of them when left out
    which: Option<Which>,
    /// How to build what is measured; `quick` only to try the benchmark itself
    #[arg(long, value_enum, default_value_t = Profile::Release)]
    profile: Profile,
    /// The program to measure (all but `ldif`), built already, instead of building one
    #[arg(long, value_name = "PATH")]
    program: Option<PathBuf>,
    /// How many domains `dns` checks; fewer only to try the benchmark itself
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    domains: u32,
}

/// The benchmarks there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Which {
    /// A server with 100 engagements on each database: two pages beside a bare handler, cold start, memory
    Pages,
    /// Reading an export of a directory, 100,000 entries, beside `grep -c`
    Ldif,
    /// Judging generated exports of up to a million entries beside `grep -c`: time, memory, precision and recall
    Directory,
    /// Judging a live directory of 200,000 entries (slapd) beside `ldapsearch`
    Ldap,
    /// Checking domains against knot beside checkdmarc: how many a second, in how much memory, and what a slow and lossy link
    /// changes
    Dns,
    /// Looking at the endpoints of nginx beside sslyze
    Tls,
}

/// The cargo profiles that are worth measuring, by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Profile {
    Release,
    Quick,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Quick => "quick",
        }
    }
}

/// Runs one benchmark, or all of them.
pub fn run(shell: &Shell, options: &Options) -> Result<()> {
    let all = Which::value_variants().iter();
    for it in all.filter(|it| options.which.is_none_or(|only| only == **it)) {
        match it {
            Which::Pages => pages::run(shell, &options.server(shell)?)?,
            Which::Ldif => ldif::run(
                shell,
                &options.build(shell, &["--package", "jalon-wire", "--example", "ldif_rate"])?,
            )?,
            Which::Directory => options.directories(shell, directory::run)?,
            Which::Dns => dns::run(shell, &options.server(shell)?, options.domains)?,
            Which::Ldap => {
                let asked = options.attributes(shell)?;
                let asked: Vec<&str> = asked.split_whitespace().collect();
                options.directories(shell, |it| ldap::run(it, &asked))?;
            }
            Which::Tls => tls::run(shell, &options.server(shell)?)?,
        }
    }
    Ok(())
}

impl Options {
    /// The program itself.
    fn server(&self, shell: &Shell) -> Result<PathBuf> {
        match &self.program {
            // Absolute, since what is started starts in the repository's root.
            Some(path) => path
                .canonicalize()
                .with_context(|| format!("there is no {}", path.display())),
            None => {
                assets::fetch(shell)?;
                self.build(shell, &["--package", "jalon"])
            }
        }
    }

    /// Hands over the program that judges directories, and the one that writes them.
    fn directories(&self, shell: &Shell, bench: impl Fn(directory::Programs<'_>) -> Result<()>) -> Result<()> {
        let example = ["--package", "jalon-rehearsal", "--example", "directory_write"];
        let (jalon, writer) = (self.server(shell)?, self.build(shell, &example)?);
        bench(directory::Programs {
            shell,
            jalon: &jalon,
            writer: &writer,
        })
    }

    /// What a live directory is asked for.
    fn attributes(&self, shell: &Shell) -> Result<String> {
        let example = ["--package", "jalon-checks", "--example", "directory_attributes"];
        let program = self.build(shell, &example)?;
        shell.read(&mut shell.command(&program.display().to_string()))
    }

    /// Builds one program and returns where it is; the last word of `what` is its name.
    fn build(&self, shell: &Shell, what: &[&str]) -> Result<PathBuf> {
        let profile = self.profile.name();
        shell.run(shell.command("cargo").args(["build", "--profile", profile]).args(what))?;
        let folder = if what.contains(&"--example") { "examples" } else { "" };
        let name = what.last().context("nothing to build")?;
        Ok(shell::target()?.join(profile).join(folder).join(name))
    }
}

/// A size as figures show it.
#[expect(
    clippy::cast_precision_loss,
    reason = "a size in megabytes needs no more than 52 bits"
)]
fn megabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e6)
}
