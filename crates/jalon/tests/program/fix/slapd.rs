//! A directory server of one's own, from the laboratory: what these tests do to it, no other test may see.

use std::{
    collections::BTreeSet,
    net::{TcpListener, UdpSocket},
    path::{Path, PathBuf},
    process::Command,
};

pub(super) const BASE: &str = "DC=contoso,DC=example";
pub(super) const ADMIN: &str = "cn=admin,DC=contoso,DC=example";

/// The server; stopped when dropped.
pub(super) struct Slapd {
    folder: tempfile::TempDir,
    port: u16,
}

impl Slapd {
    /// Starts a server that holds `ldif`, below [`BASE`].
    pub(super) fn start(ldif: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let load = folder.path().join("content.ldif");
        std::fs::write(
            &load,
            format!("dn: {BASE}\nobjectClass: domainDNS\ndc: contoso\n\n{ldif}"),
        )
        .unwrap();
        let data = folder.path().join("slapd");
        // A port that was free may be taken by another test before the server has it.
        let mut attempts = (0..5).map(|_| begin(&load, &data, free_ports()));
        let mut last = attempts.next().expect("there are several");
        while let (Err(_), Some(next)) = (&last, attempts.next()) {
            last = next;
        }
        let port = last.unwrap_or_else(|told| panic!("{told}"));
        std::fs::write(folder.path().join("password"), "admin\n").unwrap();
        Self { folder, port }
    }

    pub(super) fn url(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.port)
    }

    pub(super) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The words that sign a command in.
    pub(super) fn signed_in(&self) -> Vec<String> {
        ["--bind-dn", ADMIN, "--password-file"]
            .map(str::to_owned)
            .into_iter()
            .chain([self.path("password")])
            .collect()
    }

    /// Everything that the directory holds, as it holds it, without the stamps of whoever changed it when.
    pub(super) fn content(&self) -> BTreeSet<Vec<String>> {
        let config = self.folder.path().join("slapd/slapd.conf");
        let out = Command::new("/usr/sbin/slapcat")
            .arg("-o")
            .arg("ldif-wrap=no")
            .arg("-f")
            .arg(config)
            .output()
            .unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let text = String::from_utf8(out.stdout).unwrap();
        let is_stamp = |it: &&str| {
            ["entryCSN", "modifyTimestamp", "modifiersName", "contextCSN"]
                .iter()
                .any(|name| it.starts_with(name))
        };
        let entry = |it: &str| {
            // The order of attributes and of values means nothing in a directory.
            let mut lines: Vec<String> = it.lines().filter(|it| !is_stamp(it)).map(str::to_owned).collect();
            lines.sort();
            lines
        };
        text.split("\n\n")
            .filter(|it| !it.trim().is_empty())
            .map(entry)
            .collect()
    }

    /// The same as an export.
    pub(super) fn export(&self, name: &str) -> String {
        let config = self.folder.path().join("slapd/slapd.conf");
        let out = Command::new("/usr/sbin/slapcat")
            .arg("-f")
            .arg(config)
            .output()
            .unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        std::fs::write(self.path(name), out.stdout).unwrap();
        self.path(name)
    }

    /// Somebody else changes something meanwhile.
    pub(super) fn modify(&self, ldif: &str) {
        let file = self.path("meanwhile.ldif");
        std::fs::write(&file, ldif).unwrap();
        let out = Command::new("ldapmodify")
            .args([
                "-x",
                "-o",
                "nettimeout=30",
                "-H",
                &self.url(),
                "-D",
                ADMIN,
                "-w",
                "admin",
                "-f",
                &file,
            ])
            .output()
            .unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        let stopped = script().arg("stop").arg(self.folder.path().join("slapd")).status();
        assert!(stopped.is_ok_and(|it| it.success()) || std::thread::panicking());
    }
}

/// Starts the server on a port; what it said when it did not start.
fn begin(load: &Path, data: &Path, port: u16) -> Result<u16, String> {
    let started = script()
        .env("LOAD", load)
        .arg("start")
        .arg(data)
        .arg(port.to_string())
        .output();
    let started = started.expect("the laboratory is part of the repository");
    match started.status.success() {
        true => Ok(port),
        false => Err(String::from_utf8_lossy(&started.stderr).into_owned()),
    }
}

fn script() -> Command {
    Command::new(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../lab/slapd"))
}

/// A port that is free, and so is the next one: the server takes both.
fn free_ports() -> u16 {
    let is_free =
        |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok() && UdpSocket::bind(("127.0.0.1", port)).is_ok();
    let proposals = (0..100).map(|_| TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port());
    let mut free = proposals.filter(|it| is_free(*it) && it.checked_add(1).is_some_and(is_free));
    free.next().expect("this machine has free ports")
}
