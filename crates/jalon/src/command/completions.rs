//! `jalon completions SHELL`: what a shell needs to complete the command line.

use clap::Args;
use clap_complete::Shell;

use crate::{cli, exit::Result, out::Out};

/// Print the completions for a shell
///
/// For bash: jalon completions bash > ~/.local/share/bash-completion/completions/jalon
#[derive(Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, out: &mut Out) -> Result {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut cli::command(out.lang), "jalon", &mut script);
        out.raw(&script)
    }
}
