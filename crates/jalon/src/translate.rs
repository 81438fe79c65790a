//! The help in French. English stands beside each argument, as clap wants it; French stands in `help.fr.toml`, under the
//! command's words and the argument's name; what many commands share stands under `*`.

use std::{collections::BTreeMap, sync::LazyLock};

use clap::{Arg, ArgAction, Command};
use jalon_domain::text::Lang;

/// By command (`check dns`, empty for the program itself): its own sentence under `about`, then its arguments'.
type Help = BTreeMap<String, BTreeMap<String, String>>;

static FRENCH: LazyLock<Help> = LazyLock::new(|| {
    toml::from_str(include_str!("help.fr.toml")).expect("the file is part of the program, and a test reads it")
});

/// The same command line, its help in `lang`.
pub(crate) fn speaking(command: Command, lang: Lang) -> Command {
    match lang {
        Lang::En => command,
        Lang::Fr => {
            let version = Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version);
            in_french(command, "")
                .disable_version_flag(true)
                .arg(version.help("Afficher la version"))
        }
    }
}

/// What French says of an argument (or of the command itself, `about`).
fn said(path: &str, key: &str) -> Option<&'static String> {
    let of = |path: &str| FRENCH.get(path)?.get(key);
    of(path).or_else(|| of("*"))
}

const TEMPLATE: &str = "{about-with-newline}\nUtilisation\u{a0}: {usage}\n\n{all-args}{after-help}";

fn in_french(command: Command, path: &str) -> Command {
    let sentence = |key: &str| said(path, key).cloned();
    let about = sentence("about");
    let long = sentence("long");
    let mut command = match about {
        Some(it) => command.about(it.clone()).long_about(long.unwrap_or(it)),
        None => command,
    };
    command = command.mut_args(|arg: Arg| match sentence(arg.get_id().as_str()) {
        Some(it) => arg.help(it.clone()).long_help(it),
        None => arg,
    });
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help("Afficher l’aide");
    command
        .mut_subcommands(|it| {
            let below = format!("{path} {}", it.get_name()).trim_start().to_owned();
            in_french(it, &below)
        })
        .help_template(TEMPLATE)
        .subcommand_help_heading("Commandes")
        .disable_help_flag(true)
        .arg(help)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    fn visit(command: &Command, path: &str, missing: &mut Vec<String>, known: &mut Vec<(String, String)>) {
        let mut ask = |key: &str| {
            known.push((path.to_owned(), key.to_owned()));
            if said(path, key).is_none() {
                missing.push(format!("[\"{path}\"] {key}"));
            }
        };
        ask("about");
        for arg in command.get_arguments().filter(|it| !it.is_hide_set()) {
            ask(arg.get_id().as_str());
        }
        for sub in command.get_subcommands() {
            visit(sub, format!("{path} {}", sub.get_name()).trim_start(), missing, known);
        }
    }

    #[test]
    fn every_command_and_argument_is_explained_in_french_and_nothing_else_is() {
        let (mut missing, mut known) = (Vec::new(), Vec::new());
        visit(&Cli::command(), "", &mut missing, &mut known);
        assert!(missing.is_empty(), "missing in help.fr.toml: {missing:#?}");
        for (path, said) in FRENCH.iter() {
            for key in said.keys().filter(|it| *it != "long") {
                let is_known = known.iter().any(|it| (path == "*" || it.0 == *path) && it.1 == *key);
                assert!(is_known, "nothing is called {key} in `{path}`");
            }
        }
    }

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
        speaking(Cli::command(), Lang::Fr).debug_assert();
    }
}
