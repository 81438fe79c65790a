//! Running other programs: in the repository's root, one at a time, and ended with us when we are told to end.
//! What to run is said by the tasks.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::tree;

/// The group of no process: nothing is running.
const NONE: i32 = 0;

/// Runs programs. Ctrl-C (or a request to terminate) ends the one that runs, so that the task fails at that point and
/// whatever it holds, a started lab for instance, is dropped in the ordinary way.
#[derive(Clone)]
pub struct Shell {
    group: Arc<AtomicI32>,
    interrupted: Arc<AtomicBool>,
}

impl Shell {
    /// A shell that listens for the request to end. There can be one in a process.
    pub fn new() -> Result<Self> {
        let shell = Self {
            group: Arc::new(AtomicI32::new(NONE)),
            interrupted: Arc::new(AtomicBool::new(false)),
        };
        let listener = shell.clone();
        ctrlc::set_handler(move || listener.interrupt()).context("listening for Ctrl-C")?;
        Ok(shell)
    }

    /// Asks the running program to end; at the second time of asking, ends it. When nothing runs, ends this process.
    fn interrupt(&self) {
        let again = self.interrupted.swap(true, Ordering::SeqCst);
        let signal = if again { Signal::SIGKILL } else { Signal::SIGTERM };
        match self.group.load(Ordering::SeqCst) {
            NONE if again => std::process::exit(130),
            NONE => {}
            // It may have ended in this very moment; then there is nothing left to end.
            group => drop(killpg(Pid::from_raw(group), signal)),
        }
    }

    /// A command whose working directory is the repository's root.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(tree::root()).stdin(Stdio::null());
        command
    }

    /// Runs the command, whose output goes where ours goes, and fails when it does.
    pub fn run(&self, command: &mut Command) -> Result<()> {
        let status = self.finish(self.start(command)?)?;
        ensure!(status.success(), "{} ended with {status}", shown(command));
        Ok(())
    }

    /// Runs the command and returns what it wrote on its standard output, trimmed; fails when it does.
    pub fn read(&self, command: &mut Command) -> Result<String> {
        let mut lines = Vec::new();
        let status = self.follow(command, |line| lines.push(line.to_owned()))?;
        ensure!(status.success(), "{} ended with {status}", shown(command));
        Ok(lines.join("\n").trim().to_owned())
    }

    /// Runs the command and shows each line of its standard output to `each` as it comes. A failing command is no error
    /// here: the status says it.
    pub fn follow(&self, command: &mut Command, mut each: impl FnMut(&str)) -> Result<ExitStatus> {
        let mut child = self.start(command.stdout(Stdio::piped()))?;
        let output = child.stdout.take().expect("it was asked for as a pipe");
        for line in BufReader::new(output).split(b'\n') {
            each(&String::from_utf8_lossy(&line?));
        }
        self.finish(child)
    }

    /// Like [`Shell::follow`], and prints the lines too.
    pub fn echo(&self, command: &mut Command, mut each: impl FnMut(&str)) -> Result<ExitStatus> {
        self.follow(command, |line| {
            // Nobody reads any more: the tests still count.
            drop(writeln!(std::io::stdout(), "{line}"));
            each(line);
        })
    }

    /// Runs the command, whose output goes where it says. A failing command is no error here: the status says it.
    pub fn status(&self, command: &mut Command) -> Result<ExitStatus> {
        self.finish(self.start(command)?)
    }

    /// The same, with a look at the running process, by its id, every `glance`.
    pub fn watch(&self, command: &mut Command, glance: Duration, mut look: impl FnMut(u32)) -> Result<ExitStatus> {
        let mut child = self.start(command)?;
        while child.try_wait()?.is_none() {
            look(child.id());
            std::thread::sleep(glance);
        }
        self.finish(child)
    }

    /// Starts the command in a group of its own, so that its children end with it.
    fn start(&self, command: &mut Command) -> Result<Child> {
        use std::os::unix::process::CommandExt;
        if self.interrupted.load(Ordering::SeqCst) {
            bail!("interrupted");
        }
        let child = command
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {}", shown(command)))?;
        self.group.store(i32::try_from(child.id())?, Ordering::SeqCst);
        Ok(child)
    }

    fn finish(&self, mut child: Child) -> Result<ExitStatus> {
        let status = child.wait()?;
        self.group.store(NONE, Ordering::SeqCst);
        if self.interrupted.load(Ordering::SeqCst) {
            bail!("interrupted");
        }
        Ok(status)
    }
}

/// The folder cargo builds into, wherever the configuration or the environment put it.
pub fn target() -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(tree::root());
    let output = cargo.output().context("cannot start cargo")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let folder = metadata["target_directory"].as_str();
    Ok(folder.context("cargo metadata names no target directory")?.into())
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|it| it.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
