//! How long a program takes, and how much memory it holds. Which program is the benchmark's.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::shell::Shell;

/// How often one looks at the memory of a running program. What it takes in its last moment is not seen.
const GLANCE: Duration = Duration::from_millis(2);

/// The shortest of so many runs; what the program says is thrown away.
pub(super) fn best(shell: &Shell, runs: u32, make: impl Fn() -> Command) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..runs {
        let mut command = make();
        let started = Instant::now();
        let status = shell.status(command.stdout(Stdio::null()))?;
        best = best.min(started.elapsed());
        accept(&command, status.code())?;
    }
    Ok(best)
}

/// Runs the program once, with what it says in a file.
pub(super) fn into_file(shell: &Shell, mut command: Command, file: &Path) -> Result<()> {
    let status = shell.status(command.stdout(File::create(file)?))?;
    accept(&command, status.code())
}

/// Success, or 1: "something was found".
fn accept(command: &Command, code: Option<i32>) -> Result<()> {
    let program = Path::new(command.get_program()).display();
    ensure!(matches!(code, Some(0 | 1)), "{program} ended with {code:?}");
    Ok(())
}

/// The most memory that a program held, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Memory {
    /// All of it that was in RAM at one time (`VmHWM`): pages of mapped files too.
    pub(super) resident: u64,
    /// What is not pages of files (`RssAnon`).
    pub(super) anonymous: u64,
}

/// Runs the program once and watches its memory.
pub(super) fn memory(shell: &Shell, mut command: Command) -> Result<Memory> {
    let mut most = Memory::default();
    let status = shell.watch(command.stdout(Stdio::null()), GLANCE, |id| {
        // It may have ended in this very moment.
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        most.resident = most.resident.max(bytes(&status, "VmHWM:"));
        most.anonymous = most.anonymous.max(bytes(&status, "RssAnon:"));
    })?;
    accept(&command, status.code())?;
    ensure!(most.resident > 0, "no VmHWM in /proc/PID/status");
    Ok(most)
}

fn bytes(status: &str, key: &str) -> u64 {
    let line = status.lines().find_map(|it| it.strip_prefix(key));
    let kilobytes = line.and_then(|it| it.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_in_bytes() {
        let status = "VmPeak:\t  9000 kB\nVmHWM:\t  2048 kB\nRssAnon:\t 1024 kB\n";
        assert_eq!(bytes(status, "VmHWM:"), 2_097_152);
        assert_eq!(bytes(status, "RssAnon:"), 1_048_576);
        assert_eq!(bytes("", "VmHWM:"), 0);
    }
}
