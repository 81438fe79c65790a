//! `cargo xtask assets`: what the pages embed, by npm from our lockfile. The build never downloads; it only looks whether
//! these files are there.

use anyhow::{Context, Result, ensure};

use crate::shell::Shell;
use crate::tree::Tree;

/// The oldest Node.js that the packages accept (the lower bound of html-validate 10 and of Playwright 1.65).
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Where npm puts a file -> its name among the embedded ones.
const EMBEDDED: [(&str, &str); 2] = [
    ("node_modules/htmx.org/dist/htmx.min.js", "htmx.min.js"),
    ("node_modules/@tabler/core/dist/css/tabler.min.css", "tabler.min.css"),
];

/// Fetches the packages when the lockfile is newer than they are, and copies the embedded files.
pub fn fetch(shell: &Shell) -> Result<()> {
    if stale()? {
        require_node(shell)?;
        shell.run(
            shell
                .command("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
        )?;
    }
    for (from, name) in EMBEDDED {
        let content = std::fs::read(Tree::ours().path(from)).with_context(|| format!("npm did not bring {from}"))?;
        Tree::ours().put(&format!("crates/jalon-web/assets/dist/{name}"), &content)?;
    }
    Ok(())
}

/// npm writes its own lockfile into `node_modules` at the end of an installation.
fn stale() -> Result<bool> {
    let age = |file: &str| std::fs::metadata(Tree::ours().path(file)).and_then(|it| it.modified());
    let wanted = age("package-lock.json").context("cannot read package-lock.json")?;
    let installed = age("node_modules/.package-lock.json");
    let complete = EMBEDDED.iter().all(|(from, _)| Tree::ours().path(from).exists());
    Ok(!complete || installed.map_or(true, |it| it < wanted))
}

fn require_node(shell: &Shell) -> Result<()> {
    let (major, minor) = OLDEST_NODE;
    let advice = format!("install Node.js {major}.{minor} or newer with npm (https://nodejs.org)");
    let version = shell
        .read(shell.command("node").arg("--version"))
        .context(advice.clone())?;
    ensure!(
        at_least(&version, OLDEST_NODE),
        "Node.js {version} is too old: {advice}"
    );
    Ok(())
}

/// Whether `v20.19.2` is as new as asked.
fn at_least(version: &str, wanted: (u32, u32)) -> bool {
    let mut numbers = version
        .trim_start_matches('v')
        .split('.')
        .map_while(|it| it.parse::<u32>().ok());
    matches!((numbers.next(), numbers.next()), (Some(major), Some(minor)) if (major, minor) >= wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(at_least("v20.19.0", (20, 19)));
        assert!(at_least("v22.2.1", (20, 19)));
        assert!(!at_least("v20.9.0", (20, 19)));
        assert!(!at_least("v18.20.4", (20, 19)));
        assert!(!at_least("not found", (20, 19)));
    }
}
