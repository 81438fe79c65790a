//! What a started server costs: the time until it answers, the memory it then holds, and how many pages a second it serves.
//! Building it, filling its data folder and signing in are the caller's.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::shell::Shell;

/// How long a server may take to answer before it counts as broken.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running `jalon serve`; ended when dropped.
pub struct Server {
    process: Child,
    /// `ip:port`.
    pub address: String,
}

impl Server {
    /// Starts `program serve --data DIR --listen 127.0.0.1:0` and returns it with the time from there to the first `200` of
    /// `/healthz`: the cold start.
    pub fn start(program: &Path, data: &Path) -> Result<(Self, Duration)> {
        let started = Instant::now();
        let mut process = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let output = process.stdout.take().expect("it was asked for as a pipe");
        let mut server = Self {
            process,
            address: String::new(),
        };
        let mut lines = BufReader::new(output).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|it| address(&it));
        server.address = address.context("jalon serve printed no address")?;
        // It goes on writing; a pipe nobody reads would make it wait.
        std::thread::spawn(move || lines.for_each(drop));
        while !server.is_healthy() {
            ensure!(started.elapsed() < PATIENCE, "{} does not answer", server.address);
        }
        Ok((server, started.elapsed()))
    }

    fn is_healthy(&self) -> bool {
        let ask = || -> std::io::Result<String> {
            let mut stream = TcpStream::connect(&self.address)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        };
        ask().is_ok_and(|it| it.starts_with("HTTP/1.1 200 "))
    }

    /// The memory it holds in RAM now, in bytes (`VmRSS`).
    pub fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        resident(&status).context("no VmRSS in /proc/PID/status")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left to do.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// What wrk measured on one page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Requests a second.
    pub requests: f64,
    /// 99 of 100 answers came within this.
    pub p99: Duration,
}

/// Asks for one page again and again for ten seconds over 16 connections, from one thread so that the server keeps the other
/// core. `cookie` is the signed-in session's. An answer other than 2xx or 3xx is an error: a fast refusal is no result.
pub fn pages(shell: &Shell, address: &str, path: &str, cookie: &str) -> Result<Rate> {
    let mut wrk = shell.command("wrk");
    wrk.args([
        "--threads",
        "1",
        "--connections",
        "16",
        "--duration",
        "10s",
        "--latency",
    ]);
    wrk.args([
        "--header",
        &format!("Cookie: {cookie}"),
        &format!("http://{address}{path}"),
    ]);
    let said = shell.read(&mut wrk)?;
    ensure!(
        !said.contains("Non-2xx or 3xx responses"),
        "{path} was refused:\n{said}"
    );
    rate(&said).with_context(|| format!("wrk said:\n{said}"))
}

fn rate(said: &str) -> Option<Rate> {
    let after = |label: &str| said.lines().find_map(|it| it.trim().strip_prefix(label)).map(str::trim);
    Some(Rate {
        requests: after("Requests/sec:")?.parse().ok()?,
        p99: duration(after("99%")?)?,
    })
}

/// `843.00us`, `12.50ms` or `1.20s`.
fn duration(text: &str) -> Option<Duration> {
    let unit = text.find(|it: char| it.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit);
    let scale = match unit {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        _ => return None,
    };
    Some(Duration::from_secs_f64(number.parse::<f64>().ok()? * scale))
}

/// The `ip:port` of the first address in a line.
fn address(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("http://")?;
    let end = rest
        .find(|it: char| it == '/' || it.is_whitespace())
        .unwrap_or(rest.len());
    Some(rest[..end].to_owned())
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
    fn the_account_of_wrk_is_read() {
        let said = "Running 10s test @ http://127.0.0.1:8080/\n  1 threads and 16 connections\n  Latency Distribution\n     50%    5.91ms\n     \
                    99%   12.50ms\n  26640 requests in 10.01s, 333.00MB read\nRequests/sec:   2664.12\nTransfer/sec:     33.27MB\n";
        let expected = Rate {
            requests: 2664.12,
            p99: Duration::from_micros(12_500),
        };
        assert_eq!(rate(said), Some(expected));
        assert_eq!(rate("unable to connect to 127.0.0.1:8080 Connection refused"), None);
    }

    #[test]
    fn the_address_is_found_in_a_sentence() {
        assert_eq!(
            address("Jalon listens on http://127.0.0.1:41873/"),
            Some("127.0.0.1:41873".to_owned())
        );
        assert_eq!(
            address("set-up: http://127.0.0.1:41873/setup/abc"),
            Some("127.0.0.1:41873".to_owned())
        );
        assert_eq!(address("migrating"), None);
    }

    #[test]
    fn resident_memory_is_read_in_bytes() {
        assert_eq!(resident("VmPeak:\t  9000 kB\nVmRSS:\t  2048 kB\n"), Some(2_097_152));
        assert_eq!(resident(""), None);
    }
}
