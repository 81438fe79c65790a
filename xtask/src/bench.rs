//! `cargo xtask bench`: figures of the release build, beside those of a plain tool on the same input in the same run, so that
//! a busy machine does not pass for a slow program. Here is which benchmarks exist; how each measures is in its module.

mod ldif;
pub mod server;
mod table;

use anyhow::Result;
use clap::ValueEnum;

use crate::shell::Shell;

/// The benchmarks there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// Reading an export of a directory, 100,000 entries, beside `grep -c`
    Ldif,
}

/// Runs one benchmark, or all of them.
pub fn run(shell: &Shell, which: Option<Which>) -> Result<()> {
    let all = Which::value_variants().iter();
    for it in all.filter(|it| which.is_none_or(|only| only == **it)) {
        match it {
            Which::Ldif => ldif::run(shell)?,
        }
    }
    Ok(())
}
