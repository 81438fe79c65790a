//! How many endpoints a second `jalon check tls` looks at, on the nginx of `lab/tls`, beside sslyze on the same endpoints with
//! the same questions (certificate, versions, suites, renegotiation). sslyze comes from PyPI into a folder of its own; where it
//! cannot be had, the figures are those of jalon alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{meter, table};
use crate::lab;
use crate::shell::{self, Shell};
use crate::tree::Tree;

/// How many endpoints jalon is given, and how many sslyze, which takes longer.
const ENDPOINTS: usize = 800;
const FEWER: usize = 40;
/// The best of so many runs.
const RUNS: u32 = 3;
/// What is asked of it at least.
const LEAST: f64 = 200.0;
/// From PyPI.
const SSLYZE: &str = "sslyze==6.3.1";
/// Looks under way at the same time.
const AT_ONCE: &str = "32";

pub(super) fn run(shell: &Shell, jalon: &Path) -> Result<()> {
    let nginx = Nginx::start(shell)?;
    let rate = |name: &str, count: usize, make: &dyn Fn() -> Command| -> Result<Vec<String>> {
        let seconds = meter::best(shell, RUNS, make)?.as_secs_f64();
        let count = u32::try_from(count)?;
        Ok(vec![
            name.to_owned(),
            count.to_string(),
            format!("{seconds:.2}"),
            table::thousands(f64::from(count) / seconds),
        ])
    };
    let mut rows = vec![rate("jalon", ENDPOINTS, &|| nginx.jalon(shell, jalon))?];
    match sslyze(shell) {
        Ok(program) => rows.push(rate("sslyze", FEWER, &|| nginx.sslyze(shell, &program))?),
        Err(error) => eprintln!("bench: without sslyze, which could not be installed: {error:#}"),
    }
    let title = format!("Looking at endpoints (best of {RUNS}; at least {LEAST} a second)");
    table::print(&title, &["", "endpoints", "seconds", "endpoints/s"], &rows);
    Ok(())
}

/// In a virtual environment below `target`.
fn sslyze(shell: &Shell) -> Result<PathBuf> {
    let folder = shell::target()?.join("bench-sslyze");
    let program = folder.join("bin/sslyze");
    if !program.exists() {
        shell.run(shell.command("python3").args(["-m", "venv"]).arg(&folder))?;
        let pip = folder.join("bin/pip").display().to_string();
        shell.run(shell.command(&pip).args(["install", "--quiet", SSLYZE]))?;
    }
    Ok(program)
}

/// The nginx of the laboratory; stopped and removed when dropped.
struct Nginx {
    folder: PathBuf,
    address: String,
    roots: String,
    hosts: Vec<String>,
}

impl Nginx {
    fn start(shell: &Shell) -> Result<Self> {
        let folder = shell::target()?.join("bench-tls");
        std::fs::create_dir_all(&folder)?;
        let port = lab::free_ports()?.to_string();
        let mut start = shell.command(&script());
        let ready = shell.read(start.arg("start").arg(&folder).arg(port))?;
        let value = |key| {
            lab::value(&ready, key)
                .map(str::to_owned)
                .with_context(|| format!("no {key}: {ready}"))
        };
        Ok(Self {
            address: value("addr")?,
            roots: value("roots")?,
            hosts: hosts(&std::fs::read_to_string(value("truth")?)?),
            folder,
        })
    }

    fn endpoints(&self, count: usize) -> impl Iterator<Item = String> {
        let port = self.address.rsplit(':').next().unwrap_or_default();
        // Each another one: a name that is typed twice is looked at once.
        let hosts = self.hosts.iter().cycle().take(count).enumerate();
        hosts.map(move |(place, it)| format!("n{place}.{it}.tls.example:{port}"))
    }

    fn jalon(&self, shell: &Shell, program: &Path) -> Command {
        let mut command = shell.command(&program.display().to_string());
        command.args([
            "check",
            "tls",
            "--quiet",
            "--format",
            "ndjson",
            "--concurrency",
            AT_ONCE,
        ]);
        command
            .args(["--connect", &self.address, "--roots", &self.roots])
            .args(self.endpoints(ENDPOINTS));
        command
    }

    fn sslyze(&self, shell: &Shell, program: &Path) -> Command {
        let address = self.address.split(':').next().unwrap_or_default();
        let mut command = shell.command(&program.display().to_string());
        command.args(["--quiet", "--mozilla_config", "disable", "--certinfo", "--reneg"]);
        command.args(["--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3"]);
        command.args(self.endpoints(FEWER).map(|it| format!("{it}{{{address}}}")));
        command
    }
}

/// The hosts of the first address.
fn hosts(truth: &str) -> Vec<String> {
    let lines = truth.lines().filter(|it| !it.starts_with('#'));
    let fields = lines.map(|it| it.split('\t').collect::<Vec<_>>());
    fields
        .filter(|it| it.get(9) == Some(&"1"))
        .map(|it| it[0].to_owned())
        .collect()
}

fn script() -> String {
    Tree::ours().path("lab/tls").display().to_string()
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let stopped = Command::new(script()).arg("stop").arg(&self.folder).status();
        if stopped.is_err() || std::fs::remove_dir_all(&self.folder).is_err() {
            eprintln!("bench: {} is left behind", self.folder.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_of_the_first_address_are_asked() {
        let line = |host: &str, places: &str| format!("{host}\tn\tf\tu\tb\td\ts\tx\t-\t{places}\t-\n");
        let truth = [
            "# comment\n".to_owned(),
            line("ok", "1"),
            line("tls10", "2"),
            line("twice", "1,8"),
        ]
        .concat();
        assert_eq!(hosts(&truth), ["ok"]);
    }
}
