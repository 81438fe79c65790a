//! How fast domains are checked, in how much memory, and that a slow and lossy link changes no verdict: `jalon check dns`
//! against a knot with copies of the lab's right domain, on loopback beside checkdmarc, and behind `lab/link`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::checkdmarc::Checkdmarc;
use super::{megabytes, meter, table};
use crate::lab;
use crate::shell::{self, Shell};

/// How many domains are checked where not all are needed.
const SOME: u32 = 1_000;
/// The best of so many runs: a machine has slow minutes.
const RUNS: u32 = 5;
/// What may be asked of it.
const MOST_MEMORY: u64 = 150_000_000;
const LEAST_OVER_LINK: f64 = 300.0;
const LEAST_OF_CHECKDMARC: f64 = 20.0;
/// Targets at once on loopback: as many as the program takes when nobody says.
const NEAR: u16 = 64;
/// Targets, and questions to the server, at once over a link, where they wait for the link.
const FAR: u16 = 256;

/// A link as it is measured: milliseconds there and back, percent lost each way.
const LINKS: [(u32, u32); 2] = [(20, 0), (20, 5)];

/// `program` is the built `jalon`; `all` is how many domains there are.
pub(super) fn run(shell: &Shell, program: &Path, all: u32) -> Result<()> {
    let some = all.min(SOME);
    let mut limits = Vec::new();
    let near = Server::start(shell, "dns", &["127.0.0.1"], &[("COPIES", all.to_string())])?;
    let near = near.context("lab/dns did not start")?;
    let mut rows = beside(shell, program, &near, some, &mut limits)?;
    let memory = meter::memory(shell, near.check(shell.command(&name(program)), domains(all), NEAR))?;
    drop(near);
    for (delay, loss) in LINKS {
        let settings = [("DELAY", delay.to_string()), ("LOSS", loss.to_string())];
        let Some(link) = Server::start(shell, "link", &[], &settings)? else {
            println!("\nno link, so nothing is measured over one");
            break;
        };
        let outside = link.said("outside")?;
        let far = Server::start(shell, "dns", &[&outside], &[("COPIES", some.to_string())])?;
        let far = far.context("lab/dns did not start")?;
        let within = || {
            let mut within = lab::script(shell, "link");
            within.arg("exec").arg(&link.folder).arg(program);
            far.check(within, domains(some), FAR)
        };
        let seconds = meter::best(shell, RUNS, within)?.as_secs_f64();
        let what = format!("{delay} ms, {loss} % lost");
        // A doubt is no success of the program (exit code 3), and `meter` accepts none.
        rows.push(row(&what, some, seconds, "none"));
        if loss == 0 {
            let rate = f64::from(some) / seconds;
            limits.push(Limit::least(
                &format!("domains/s with {delay} ms"),
                rate,
                LEAST_OVER_LINK,
            ));
        }
    }
    let title = format!("Checking domains (best of {RUNS})");
    table::print(&title, &["", "domains", "seconds", "domains/s", "doubts"], &rows);
    println!(
        "\n  {all} domains: {} MB at most, of which {} MB anonymous",
        megabytes(memory.resident),
        megabytes(memory.anonymous)
    );
    limits.push(Limit {
        what: format!("MB for {all} domains"),
        seen: megabytes(memory.resident),
        asked: format!("at most {}", megabytes(MOST_MEMORY)),
        is_met: memory.resident <= MOST_MEMORY,
    });
    table::print(
        "Limits",
        &["", "seen", "asked", ""],
        &limits.iter().map(Limit::row).collect::<Vec<_>>(),
    );
    Ok(())
}

/// Jalon and checkdmarc on the same domains of the same server, in turns, so that both have the same neighbours; and whether
/// both say the same of the laboratory's faults.
fn beside(
    shell: &Shell,
    program: &Path,
    near: &Server,
    some: u32,
    limits: &mut Vec<Limit>,
) -> Result<Vec<Vec<String>>> {
    let peer = Checkdmarc::install(shell)?;
    let address = near.said("addr")?;
    let (mut own, mut other) = (f64::MAX, f64::MAX);
    for _ in 0..RUNS {
        let one = || near.check(shell.command(&name(program)), domains(some), NEAR);
        own = own.min(meter::best(shell, 1, one)?.as_secs_f64());
        if let Some(peer) = &peer {
            other = other.min(peer.time(&address, domains(some))?.as_secs_f64());
        }
    }
    let mut rows = vec![row("loopback", some, own, "-")];
    let Some(peer) = peer else {
        limits.push(Limit::unknown("x checkdmarc", LEAST_OF_CHECKDMARC));
        return Ok(rows);
    };
    rows.push(row("checkdmarc, loopback", some, other, "-"));
    limits.push(Limit::least("x checkdmarc", other / own, LEAST_OF_CHECKDMARC));
    peer.compare(&address, |zones| {
        near.check(shell.command(&name(program)), zones.iter().cloned(), NEAR)
    })?;
    Ok(rows)
}

/// Copies of the right domain.
fn domains(count: u32) -> impl Iterator<Item = String> {
    (1..=count).map(|it| format!("d{it}.example"))
}

/// Something that is asked of the program, and whether it does it. Nothing fails by it: a busy machine is no fault.
struct Limit {
    what: String,
    seen: String,
    asked: String,
    is_met: bool,
}

impl Limit {
    fn least(what: &str, seen: f64, least: f64) -> Self {
        Self {
            what: what.to_owned(),
            seen: format!("{seen:.1}"),
            asked: format!("at least {least}"),
            is_met: seen >= least,
        }
    }

    fn unknown(what: &str, least: f64) -> Self {
        Self {
            what: what.to_owned(),
            seen: "not measured".to_owned(),
            asked: format!("at least {least}"),
            is_met: false,
        }
    }

    fn row(&self) -> Vec<String> {
        let met = if self.is_met { "met" } else { "NOT MET" };
        vec![self.what.clone(), self.seen.clone(), self.asked.clone(), met.to_owned()]
    }
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

    /// `program` checks domains of this name server.
    fn check(&self, mut program: Command, domains: impl IntoIterator<Item = String>, at_once: u16) -> Command {
        let (address, port) = (
            self.said("addr").unwrap_or_default(),
            self.said("port").unwrap_or_default(),
        );
        program.args(["--quiet", "check", "dns", "--format", "ndjson"]);
        let at_once = at_once.to_string();
        program.args(["--concurrency", &at_once, "--per-server", &at_once]);
        program.args(["--resolver", &address, "--authority-port", &port]);
        program.args(domains);
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
