//! How fast a live directory is judged: `jalon check directory` beside `ldapsearch`, which asks for the same pages of the
//! same attributes and throws them away, on a slapd of its own.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::directory::Programs;
use super::truth::Judge;
use super::{meter, table};
use crate::lab;
use crate::shell::{self, Shell};

/// How many entries the directory has.
const ENTRIES: u32 = 200_000;
/// The best of so many runs, in turns.
const RUNS: u32 = 5;
/// What may be asked of it beside `ldapsearch`.
const MOST_OF_LDAPSEARCH: f64 = 1.15;

/// What both are asked to read.
const FILTER: &str = "(|(objectClass=user)(objectClass=contact)(objectClass=group))";
/// `attributes` are those that `jalon check directory` asks for.
pub(super) fn run(programs: Programs<'_>, attributes: &[&str]) -> Result<()> {
    let sample = programs.sample(ENTRIES, "server")?;
    let slapd = Slapd::start(programs.shell, &sample.file)?;
    let what = [&slapd.url, "--base", &slapd.base, "--filter", FILTER].map(Into::into);
    ensure!(
        slapd.count(programs.shell)? == ENTRIES as usize,
        "slapd does not give {ENTRIES} entries"
    );
    // In turns, so that both have the same neighbours.
    let (mut search, mut check) = (f64::MAX, f64::MAX);
    for _ in 0..RUNS {
        let seconds =
            |make: &dyn Fn() -> Command| Ok::<_, anyhow::Error>(meter::best(programs.shell, 1, make)?.as_secs_f64());
        search = search.min(seconds(&|| slapd.search(programs.shell, attributes))?);
        check = check.min(seconds(&|| programs.check(&what, &[]))?);
    }
    let row = |name: &str, seconds: f64| {
        let rate = table::thousands(f64::from(ENTRIES) / seconds);
        vec![
            name.to_owned(),
            format!("{seconds:.3}"),
            rate,
            format!("{:.2}", seconds / search),
        ]
    };
    let title = format!(
        "Judging a live directory of {ENTRIES} entries (best of {RUNS}; at most {MOST_OF_LDAPSEARCH} x ldapsearch)"
    );
    let rows = [row("ldapsearch -E pr=1000", search), row("jalon", check)];
    table::print(&title, &["", "seconds", "entries/s", "x ldapsearch"], &rows);
    programs.score(&sample, &what, &Judge::ALL)?;
    drop(slapd);
    sample.remove()
}

/// A slapd with the directory in it; stopped and removed when dropped.
struct Slapd {
    shell: Shell,
    folder: PathBuf,
    url: String,
    base: String,
}

impl Slapd {
    fn start(shell: &Shell, file: &std::path::Path) -> Result<Self> {
        let mut slapd = Self {
            shell: shell.clone(),
            folder: shell::target()?.join("bench/slapd"),
            url: String::new(),
            base: String::new(),
        };
        slapd.clear()?;
        let mut start = lab::script(shell, "slapd");
        start.env("LOAD", file).arg("start").arg(&slapd.folder);
        start.args([lab::free_ports()?.to_string().as_str(), "127.0.0.1"]);
        let ready = shell.read(&mut start)?;
        let said = |key| {
            let value = lab::value(&ready, key).map(str::to_owned);
            value.with_context(|| format!("lab/slapd did not say its {key}: {ready}"))
        };
        (slapd.url, slapd.base) = (said("url")?, said("base")?);
        Ok(slapd)
    }

    /// Limited, so that a server that hangs is not waited for.
    fn search(&self, shell: &Shell, attributes: &[&str]) -> Command {
        let mut search = shell.command("ldapsearch");
        search.args(["-LLL", "-x", "-o", "ldif_wrap=no", "-o", "nettimeout=10", "-l", "300"]);
        search.args(["-E", "pr=1000/noprompt", "-H", &self.url, "-b", &self.base, FILTER]);
        search.args(attributes);
        search
    }

    fn count(&self, shell: &Shell) -> Result<usize> {
        let mut entries = 0;
        let status = shell.follow(&mut self.search(shell, &["1.1"]), |line| {
            entries += usize::from(line.starts_with("dn:"));
        })?;
        ensure!(status.success(), "ldapsearch ended with {status}");
        Ok(entries)
    }

    /// Stops what a former run could not, and removes its folder.
    fn clear(&self) -> Result<()> {
        if self.folder.exists() {
            let mut stop = lab::script(&self.shell, "slapd");
            let stopped = stop.arg("stop").arg(&self.folder).status()?;
            ensure!(stopped.success(), "lab/slapd stop {} failed", self.folder.display());
            std::fs::remove_dir_all(&self.folder)?;
        }
        Ok(())
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        if let Err(error) = self.clear() {
            eprintln!("{} is left behind: {error:#}", self.folder.display());
        }
    }
}
