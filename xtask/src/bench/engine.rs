//! Where a measured server keeps its data: a fresh folder with SQLite, or a fresh PostgreSQL. Both are gone when dropped.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::lab::Lab;
use crate::shell::Shell;

/// An empty database, and a folder for what lies beside it.
pub(super) struct Engine {
    /// Its name, for people.
    pub(super) name: &'static str,
    folder: PathBuf,
    /// The address of a PostgreSQL, and what keeps it running.
    shared: Option<(String, Lab)>,
}

impl Engine {
    /// SQLite in an empty folder below `folder`.
    pub(super) fn sqlite(folder: &Path) -> Result<Self> {
        Self::fresh("SQLite", folder.join("sqlite"), None)
    }

    /// PostgreSQL as the lab starts it, but writing as it must where something depends on it.
    pub(super) fn postgres(shell: &Shell, folder: &Path) -> Result<Self> {
        let lab = Lab::start(shell)?;
        let mut reader = Command::new("psql");
        let mut told = lab.tell(&mut reader).get_envs();
        let url = told.find_map(|(key, value)| (key == "JALON_TEST_PG").then_some(value?));
        let url = url
            .and_then(OsStr::to_str)
            .context("the lab did not say where its PostgreSQL is")?;
        write_durably(shell, url)?;
        Self::fresh("PostgreSQL", folder.join("postgres"), Some((url.to_owned(), lab)))
    }

    fn fresh(name: &'static str, folder: PathBuf, shared: Option<(String, Lab)>) -> Result<Self> {
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        std::fs::create_dir_all(folder.join("data"))?;
        Ok(Self { name, folder, shared })
    }

    /// Tells a command of the program where its data are, whatever the environment says: an installation of this machine
    /// must be neither measured nor filled.
    pub(super) fn tell<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let names = std::env::vars_os().map(|it| it.0);
        for name in names.filter(|it| it.as_encoded_bytes().starts_with(b"JALON_")) {
            command.env_remove(name);
        }
        match &self.shared {
            None => command.arg("--data"),
            Some((url, _)) => command.args(["--database", url.as_str(), "--files"]),
        };
        command.arg(self.folder.join("data"))
    }

    /// A file beside the data.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Where the server writes its log.
    pub(super) fn log(&self) -> PathBuf {
        self.path("serve.log")
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{} is left behind: {error}", self.folder.display());
        }
    }
}

/// The lab's cluster writes as if no machine ever stopped; with that, figures would flatter.
fn write_durably(shell: &Shell, url: &str) -> Result<()> {
    let mut psql = shell.command("psql");
    psql.args(["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", url]);
    for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
        psql.arg("--command").arg(format!("alter system set {setting} = on"));
    }
    // A session takes over new settings between two commands, once the server has told it; a second is ample for that.
    for command in ["select pg_reload_conf()", "select pg_sleep(1)", "show fsync"] {
        psql.args(["--command", command]);
    }
    let said = shell.read(&mut psql)?;
    ensure!(
        said.lines().next_back() == Some("on"),
        "PostgreSQL does not fsync: {said}"
    );
    Ok(())
}
