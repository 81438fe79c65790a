//! How fast domains are checked, in how much memory, and that a slow and lossy link changes no verdict: `jalon check dns`
//! against a knot with copies of the lab's right domain, on loopback and behind `lab/link`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::{megabytes, meter, table};
use crate::lab;
use crate::shell::{self, Shell};

/// How many domains there are, and how many are checked where that is enough.
const DOMAINS: u32 = 10_000;
const SOME: u32 = 1_000;
/// The best of so many runs.
const RUNS: u32 = 3;
/// What may be asked of it.
const MOST_MEMORY: u64 = 150_000_000;
const LEAST_OVER_LINK: f64 = 300.0;
/// Targets at once.
const AT_ONCE: &str = "64";

/// A link as it is measured: milliseconds there and back, percent lost each way.
const LINKS: [(u32, u32); 2] = [(20, 0), (20, 5)];

/// `program` is the built `jalon`.
pub(super) fn run(shell: &Shell, program: &Path) -> Result<()> {
    let mut rows = Vec::new();
    let near = Server::start(shell, "dns", &["127.0.0.1"], &[("COPIES", DOMAINS.to_string())])?;
    let near = near.context("lab/dns did not start")?;
    let seconds = meter::best(shell, RUNS, || near.check(shell.command(&name(program)), SOME))?.as_secs_f64();
    rows.push(row("loopback", SOME, seconds, "-"));
    let memory = meter::memory(shell, near.check(shell.command(&name(program)), DOMAINS))?;
    drop(near);
    for (delay, loss) in LINKS {
        let settings = [("DELAY", delay.to_string()), ("LOSS", loss.to_string())];
        let Some(link) = Server::start(shell, "link", &[], &settings)? else {
            println!("\nno link, so nothing is measured over one");
            break;
        };
        let outside = link.said("outside")?;
        let far = Server::start(shell, "dns", &[&outside], &[("COPIES", SOME.to_string())])?;
        let far = far.context("lab/dns did not start")?;
        let within = || {
            let mut within = lab::script(shell, "link");
            within.arg("exec").arg(&link.folder).arg(program);
            far.check(within, SOME)
        };
        let seconds = meter::best(shell, RUNS, within)?.as_secs_f64();
        // A doubt is no success of the program (exit code 3), and `meter` accepts none.
        rows.push(row(&format!("{delay} ms, {loss} % lost"), SOME, seconds, "none"));
    }
    let title = format!("Checking domains (best of {RUNS}; over a link at least {LEAST_OVER_LINK} domains/s)");
    table::print(&title, &["", "domains", "seconds", "domains/s", "doubts"], &rows);
    println!(
        "\n  {DOMAINS} domains: {} MB at most, of which {} MB anonymous (limit {} MB)",
        megabytes(memory.resident),
        megabytes(memory.anonymous),
        megabytes(MOST_MEMORY)
    );
    Ok(())
}

fn name(program: &Path) -> String {
    program.display().to_string()
}

fn row(name: &str, domains: u32, seconds: f64, doubts: &str) -> Vec<String> {
    vec![
        name.to_owned(),
        domains.to_string(),
        format!("{seconds:.2}"),
        table::thousands(f64::from(domains) / seconds),
        doubts.to_owned(),
    ]
}

/// One of the lab's scripts, started; stopped and removed when dropped.
struct Server {
    shell: Shell,
    script: &'static str,
    folder: PathBuf,
    ready: String,
}

impl Server {
    /// `None` when it cannot be here, which it says itself.
    fn start(
        shell: &Shell,
        script: &'static str,
        after_port: &[&str],
        settings: &[(&str, String)],
    ) -> Result<Option<Self>> {
        let mut server = Self {
            shell: shell.clone(),
            script,
            folder: shell::target()?.join("bench").join(script),
            ready: String::new(),
        };
        server.clear()?;
        let mut start = lab::script(shell, script);
        start
            .envs(settings.iter().map(|it| (it.0, &it.1)))
            .arg("start")
            .arg(&server.folder);
        if !after_port.is_empty() {
            start.arg(lab::free_ports()?.to_string()).args(after_port);
        }
        server.ready = shell.read(&mut start)?;
        if server.ready.starts_with("absent") {
            println!("\n{}", server.ready);
            return Ok(None);
        }
        Ok(Some(server))
    }

    fn said(&self, key: &str) -> Result<String> {
        let value = lab::value(&self.ready, key).map(str::to_owned);
        value.with_context(|| format!("lab/{} did not say its {key}: {}", self.script, self.ready))
    }

    /// `program` checks the first domains of this name server.
    fn check(&self, mut program: Command, domains: u32) -> Command {
        let (address, port) = (
            self.said("addr").unwrap_or_default(),
            self.said("port").unwrap_or_default(),
        );
        program.args([
            "--quiet",
            "check",
            "dns",
            "--format",
            "ndjson",
            "--concurrency",
            AT_ONCE,
        ]);
        program.args(["--resolver", &address, "--authority-port", &port]);
        program.args((1..=domains).map(|it| format!("d{it}.example")));
        program
    }

    /// Stops what a former run could not, and removes its folder.
    fn clear(&self) -> Result<()> {
        if self.folder.exists() {
            let mut stop = lab::script(&self.shell, self.script);
            let stopped = stop.arg("stop").arg(&self.folder).status()?;
            ensure!(
                stopped.success(),
                "lab/{} stop {} failed",
                self.script,
                self.folder.display()
            );
            std::fs::remove_dir_all(&self.folder)?;
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.clear() {
            eprintln!("{} is left behind: {error:#}", self.folder.display());
        }
    }
}
