//! `jalon`, the binary: commands, configuration and roles. Glue only: what is true, measured, kept or shown is decided in
//! the crates below.

mod asking;
mod cell;
mod cli;
mod command;
mod demo;
mod directory_joining;
mod directory_judging;
mod directory_reading;
mod directory_source;
mod exit;
mod given;
mod input;
mod out;
mod place;
mod profile;
mod progress;
mod signal;
mod site;
mod telemetry;
mod text;
mod translate;
mod world;

use std::process::ExitCode;

use crate::{
    exit::{Exit, Failure, Result},
    out::Out,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = cli::read();
    let mut out = Out::new(cli.lang(), cli.quiet);
    let ended = run(cli, &mut out).and_then(|exit| out.send().map(|()| exit));
    let exit = ended.unwrap_or_else(|failure| {
        out::complain(&failure.line(out.lang));
        Exit::Refused
    });
    exit.into()
}

fn run(cli: cli::Cli, out: &mut Out) -> Result {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new("no-runtime", &[("error", error.to_string().into())]))?;
    let ended = runtime.block_on(cli.command.run(out));
    // A blocking read of a terminal or a pipe that nobody ends must not keep the program.
    runtime.shutdown_background();
    ended
}
