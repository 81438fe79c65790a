//! The real servers the tests talk to (`lab/`): started on free ports of 127.0.0.1, told to the tests through the
//! environment, stopped when dropped. What each server is, its script says.

use std::collections::BTreeMap;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{self, Shell};
use crate::tree::Tree;

const ADDRESS: &str = "127.0.0.1";
const SERVERS: [&str; 9] = [
    "pg",
    "dns",
    "dnssec",
    "recursive",
    "tls",
    "mail",
    "pebble",
    "slapd",
    "samba",
];

/// Each variable the tests read, the server it is about, and the key of that server's ready line which holds its value.
const VARIABLES: [(&str, &str, &str); 36] = [
    ("JALON_TEST_PG", "pg", "url"),
    ("JALON_LAB_DNS", "dns", "addr"),
    ("JALON_LAB_DNS_CONTROL", "dns", "control"),
    // Read by the program itself: where the name servers of the zones are, it learns from the zones.
    ("JALON_AUTHORITY_PORT", "dns", "port"),
    ("JALON_LAB_SIGNED", "dnssec", "addr"),
    ("JALON_LAB_SIGNED_PORT", "dnssec", "port"),
    ("JALON_LAB_SIGNED_HINTS", "dnssec", "hints"),
    ("JALON_LAB_SIGNED_ANCHOR", "dnssec", "anchor"),
    ("JALON_LAB_RECURSIVE", "recursive", "addr"),
    ("JALON_LAB_RECURSIVE_SIGNED", "recursive", "signed"),
    ("JALON_LAB_TLS", "tls", "addr"),
    ("JALON_LAB_TLS_ROOTS", "tls", "roots"),
    ("JALON_LAB_MAIL_SMTP", "mail", "smtp"),
    ("JALON_LAB_MAIL_PLAIN", "mail", "plain"),
    ("JALON_LAB_MAIL_AWAY", "mail", "away"),
    ("JALON_LAB_MAIL_IMAP", "mail", "imap"),
    ("JALON_LAB_MAIL_POLICIES", "mail", "policies"),
    ("JALON_LAB_MAIL_PORT", "mail", "port"),
    ("JALON_LAB_MAIL_ROOTS", "mail", "roots"),
    ("JALON_LAB_ACME", "pebble", "url"),
    ("JALON_LAB_ACME_ROOTS", "pebble", "roots"),
    ("JALON_LAB_ACME_HTTP", "pebble", "http"),
    ("JALON_LAB_ACME_DNS", "pebble", "dns"),
    ("JALON_LAB_LDAP", "slapd", "url"),
    ("JALON_LAB_LDAPS", "slapd", "ldaps"),
    ("JALON_LAB_LDAP_ROOTS", "slapd", "roots"),
    ("JALON_LAB_LDAP_BASE", "slapd", "base"),
    ("JALON_LAB_LDAP_ADMIN", "slapd", "admin"),
    ("JALON_LAB_LDAP_PASSWORD", "slapd", "password"),
    ("JALON_LAB_AD", "samba", "url"),
    ("JALON_LAB_AD_LDAPS", "samba", "ldaps"),
    ("JALON_LAB_AD_CATALOGUE", "samba", "catalogue"),
    ("JALON_LAB_AD_ROOTS", "samba", "roots"),
    ("JALON_LAB_AD_BASE", "samba", "base"),
    ("JALON_LAB_AD_ADMIN", "samba", "admin"),
    ("JALON_LAB_AD_PASSWORD", "samba", "password"),
];

/// What a script says in place of `ready` when its server cannot run here, with the reason. The variables then say it too,
/// and the tests decide whether they may do without.
const ABSENT: &str = "absent";

/// A running lab.
pub struct Lab {
    folder: PathBuf,
    variables: BTreeMap<String, String>,
}

impl Lab {
    /// Starts every server; stops those already started when one does not start.
    pub fn start(shell: &Shell) -> Result<Self> {
        let target = shell::target()?;
        let home = home(&target);
        sweep(&home)?;
        let mut lab = Self {
            folder: home.join(std::process::id().to_string()),
            variables: BTreeMap::from([
                (
                    "JALON_LAB_DIR".to_owned(),
                    Tree::ours().path("lab").display().to_string(),
                ),
                // Beside the folders of the labs, not among them: those are swept.
                (
                    "JALON_LAB_TEMPLATES".to_owned(),
                    target.join("lab-templates").display().to_string(),
                ),
            ]),
        };
        for server in SERVERS {
            lab.serve(shell, server)?;
        }
        Ok(lab)
    }

    fn serve(&mut self, shell: &Shell, server: &str) -> Result<()> {
        // On 127.0.0.1, or on the address that the script makes of it.
        let port = free_ports()?.to_string();
        let folder = self.folder.join(server);
        std::fs::create_dir_all(&folder)?;
        let mut start = script(shell, server);
        start.arg("start").arg(&folder).arg(port).envs(&self.variables);
        let ready = shell.read(&mut start)?;
        if let Some(reason) = ready.strip_prefix(ABSENT) {
            eprintln!("lab: no{reason}");
            let variables = VARIABLES.iter().filter(|it| it.1 == server).map(|it| it.0);
            self.variables
                .extend(variables.map(|it| (it.to_owned(), ABSENT.to_owned())));
            return Ok(());
        }
        for (variable, of, key) in VARIABLES.iter().filter(|it| it.1 == server) {
            let value = value(&ready, key).with_context(|| format!("lab/{of} did not say its {key}: {ready}"))?;
            self.variables.insert((*variable).to_owned(), value.to_owned());
        }
        Ok(())
    }

    /// Tells a program where the servers are.
    pub fn tell<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.envs(&self.variables)
    }
}

/// Runs `command` with the laboratory, which ends with it.
pub fn with(shell: &Shell, command: &[String]) -> Result<()> {
    install(shell)?;
    let lab = Lab::start(shell)?;
    let [program, arguments @ ..] = command else {
        bail!("no command to run")
    };
    shell.run(lab.tell(shell.command(program).args(arguments)))
}

impl Drop for Lab {
    fn drop(&mut self) {
        stop(&self.folder);
    }
}

/// Every folder above one that PostgreSQL's own user must reach lets others through; if ours do not, and we are root, the
/// system's folder for temporary files does.
fn home(target: &Path) -> PathBuf {
    let closed = |it: &Path| std::fs::metadata(it).is_ok_and(|it| it.permissions().mode() & 0o001 == 0);
    if target.ancestors().any(closed) {
        std::env::temp_dir().join("jalon-lab")
    } else {
        target.join("lab")
    }
}

/// Stops what a former run could not (it was killed): its folder bears its process id.
fn sweep(home: &Path) -> Result<()> {
    std::fs::create_dir_all(home)?;
    for entry in std::fs::read_dir(home)? {
        let entry = entry?;
        let owner = entry.file_name();
        if !Path::new("/proc").join(&owner).exists() {
            stop(&entry.path());
        }
    }
    Ok(())
}

/// Stops the servers of a folder and removes it. It says what it could not do: there is nobody to return an error to.
fn stop(folder: &Path) {
    for server in SERVERS {
        let data = folder.join(server);
        if data.exists() {
            let stopped = Command::new(Tree::ours().path("lab").join(server))
                .arg("stop")
                .arg(&data)
                .status();
            if !stopped.is_ok_and(|it| it.success()) {
                eprintln!("lab/{server} stop {} failed", data.display());
            }
        }
    }
    if let Err(error) = std::fs::remove_dir_all(folder) {
        eprintln!("{} is left behind: {error}", folder.display());
    }
}

pub(crate) fn script(shell: &Shell, name: &str) -> Command {
    shell.command(&Tree::ours().path("lab").join(name).display().to_string())
}

/// A port that is free for TCP and for UDP, and so is the one after it (`lab/tls` takes both).
pub(crate) fn free_ports() -> Result<u16> {
    let free = |port: u16| TcpListener::bind((ADDRESS, port)).is_ok() && UdpSocket::bind((ADDRESS, port)).is_ok();
    let proposals = (0..100).map_while(|_| TcpListener::bind((ADDRESS, 0)).ok()?.local_addr().ok());
    proposals
        .map(|it| it.port())
        .find(|&port| free(port) && port.checked_add(1).is_some_and(free))
        .context("no two free ports beside each other on 127.0.0.1")
}

/// The value of a key in `ready NAME key=value key=value`.
pub(crate) fn value<'a>(ready: &'a str, key: &str) -> Option<&'a str> {
    let words = ready.strip_prefix("ready ")?.split(' ');
    words
        .filter_map(|it| it.split_once('='))
        .find_map(|(it, value)| (it == key).then_some(value))
}

/// Installs what is missing, or says what to type.
pub fn install(shell: &Shell) -> Result<()> {
    shell
        .run(&mut script(shell, "install"))
        .context("not everything the tests need is installed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ready_line_is_read_by_key() {
        let ready = "ready tls addr=127.0.0.1:18443 legacy=127.0.0.1:18444 roots=/a/root.pem pid=7";
        assert_eq!(value(ready, "addr"), Some("127.0.0.1:18443"));
        assert_eq!(value(ready, "roots"), Some("/a/root.pem"));
        assert_eq!(value(ready, "url"), None);
        assert_eq!(value("lab/tls: nginx is not installed", "addr"), None);
    }

    #[test]
    fn two_free_ports_lie_beside_each_other() {
        // Somebody else may take one of them before we do: a few are tried, as by whoever starts the laboratory.
        let are_free = |_| {
            let port = free_ports().expect("this machine has free ports");
            let both = [port, port + 1].map(|it| TcpListener::bind((ADDRESS, it)));
            both.iter().all(Result::is_ok)
        };
        assert!((0..5).any(are_free));
    }

    #[test]
    fn a_closed_folder_sends_the_lab_to_the_temporary_files() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let closed = |mode| {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).expect("ours");
            home(&folder.path().join("target"))
        };
        assert!(!closed(0o700).starts_with(folder.path()));
        assert_eq!(closed(0o755), folder.path().join("target/lab"));
    }
}
