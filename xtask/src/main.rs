//! `cargo xtask`: reads the command line and calls the task; nothing else.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::{assets, bench, ci, demo, lab, new, report, shell::Shell, sync, test, tree::Tree};

/// The project's own tasks.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Fetch what the pages embed (htmx, Tabler) with npm, as the lockfile says
    Assets,
    /// Measure, and print the figures beside those of something plain in the same run
    ///
    /// It builds what it measures, starts it on data of its own and removes them. docs/bench.md says how to read it.
    Bench(bench::Options),
    /// What CI runs: format, lints, licences, generated files, tidiness, then `test`
    Ci,
    /// Build the program quickly and open its demonstration
    Demo {
        /// Passed on to `jalon demo`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Start the lab, run a command that is told where its servers are, stop the lab
    ///
    /// `cargo xtask lab cargo test -p jalon-wire`, or `cargo xtask lab bash` to look around.
    Lab {
        /// The program and its arguments
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        command: Vec<String>,
    },
    /// Write the skeleton of something new
    #[command(subcommand)]
    New(new::Kind),
    /// Write the generated lists again
    Sync {
        /// Write nothing; fail when one is stale
        #[arg(long)]
        check: bool,
    },
    /// Install what is missing, start the lab, run every test, stop the lab
    Test {
        /// Only the tests whose name contains this
        filter: Option<String>,
    },
}

fn main() -> ExitCode {
    match perform(CommandLine::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if !error.is::<report::Failed>() {
                eprintln!("xtask: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> anyhow::Result<()> {
    let shell = Shell::new()?;
    match task {
        Task::Assets => assets::fetch(&shell),
        Task::Bench(options) => bench::run(&shell, &options),
        Task::Ci => ci::run(&shell),
        Task::Demo { arguments } => demo::run(&shell, &arguments),
        Task::Lab { command } => lab::with(&shell, &command),
        Task::New(kind) => new::write(&Tree::ours(), &kind),
        Task::Sync { check } => sync::run(&Tree::ours(), check),
        Task::Test { filter } => test::run(&shell, filter.as_deref()),
    }
}
