//! A started server: the time until it answers, and the memory it then holds. Filling its database is in `fill`.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::{engine::Engine, http};

/// How long a server may take to answer, or to end, before it counts as broken.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often one looks whether it has ended.
const GLANCE: Duration = Duration::from_millis(10);

/// A running `jalon serve`; ended when dropped.
pub(super) struct Server {
    process: Child,
    /// What it says on its standard output, line by line.
    said: Receiver<String>,
    /// `ip:port`.
    pub(super) address: String,
}

impl Server {
    /// Starts the server with its usual settings and returns it with the time from there to the first `200` of `/healthz`:
    /// the cold start. Its log goes to a file of the engine's.
    pub(super) fn start(program: &Path, engine: &Engine) -> Result<(Self, Duration)> {
        let log = engine.log();
        let mut command = Command::new(program);
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?);
        let started = Instant::now();
        let process = engine.tell(&mut command).spawn();
        let mut process = process.with_context(|| format!("cannot start {}", program.display()))?;
        let output = process.stdout.take().expect("it was asked for as a pipe");
        let (sender, said) = channel();
        // It goes on writing; a pipe nobody reads would make it wait.
        std::thread::spawn(move || {
            BufReader::new(output)
                .lines()
                .map_while(Result::ok)
                .try_for_each(|it| sender.send(it))
        });
        let mut server = Self {
            process,
            said,
            address: String::new(),
        };
        let listening = server.hear("http://").with_context(|| {
            let logged = std::fs::read_to_string(&log).unwrap_or_default();
            format!("jalon serve did not start; it logged {:?}", logged.trim())
        })?;
        server.address = authority(&listening).to_owned();
        while !server.is_healthy() {
            ensure!(started.elapsed() < PATIENCE, "{} does not answer", server.address);
        }
        Ok((server, started.elapsed()))
    }

    /// What follows `mark` in the next line that holds it.
    fn hear(&self, mark: &str) -> Result<String> {
        loop {
            let line = self.said.recv_timeout(PATIENCE).ok();
            let line = line.with_context(|| format!("jalon serve printed no {mark}…"))?;
            if let Some((_, rest)) = line.split_once(mark) {
                return Ok(rest.to_owned());
            }
        }
    }

    /// The path of the one-time link that it prints while nobody is known.
    pub(super) fn set_up_path(&self) -> Result<String> {
        let link = self.hear("set-up link: http://")?;
        Ok(link[authority(&link).len()..].trim().to_owned())
    }

    fn is_healthy(&self) -> bool {
        http::ask(&self.address, "GET /healthz", &[], "").is_ok_and(|it| it.status == 200)
    }

    /// The memory it holds in RAM now, in bytes (`VmRSS`).
    pub(super) fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        resident(&status).context("no VmRSS in /proc/PID/status")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked first, so that it leaves its database in order. It may have ended by itself: then nothing is left to do.
        if let Ok(pid) = i32::try_from(self.process.id()) {
            let _ = kill(Pid::from_raw(pid), Signal::SIGTERM);
        }
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE && matches!(self.process.try_wait(), Ok(None)) {
            std::thread::sleep(GLANCE);
        }
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// `ip:port` at the beginning of an address without its scheme.
fn authority(address: &str) -> &str {
    let end = address.find(|it: char| it == '/' || it.is_whitespace());
    &address[..end.unwrap_or(address.len())]
}

fn resident(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_its_path_begins() {
        assert_eq!(authority("127.0.0.1:41873/set-up?key=abc"), "127.0.0.1:41873");
        assert_eq!(authority("127.0.0.1:41873"), "127.0.0.1:41873");
        assert_eq!(authority("127.0.0.1:41873 and nowhere else"), "127.0.0.1:41873");
    }

    #[test]
    fn resident_memory_is_read_in_bytes() {
        assert_eq!(resident("VmPeak:\t  9000 kB\nVmRSS:\t  2048 kB\n"), Some(2_097_152));
        assert_eq!(resident(""), None);
    }
}
