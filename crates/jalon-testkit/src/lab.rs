//! The laboratory's directories (`lab/slapd`, `lab/samba`) as tests of the service and of the doors need them: where they
//! are, one of one's own, and what changes in them behind the application's back.

use std::{
    io::Write,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// What the laboratory says of itself.
///
/// # Panics
/// When nobody started it.
#[track_caller]
pub fn said(name: &str) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "the laboratory's addresses come from whoever started it"
    )]
    let value = std::env::var(name);
    value.unwrap_or_else(|_| panic!("{name} is not set: `cargo xtask test` starts the laboratory"))
}

/// Whether there is a domain controller, which needs root: only continuous integration may not do without it.
///
/// # Panics
/// When continuous integration has none.
#[track_caller]
pub fn has_samba() -> bool {
    #[expect(clippy::disallowed_methods, reason = "CI says so in the environment")]
    let is_ci = std::env::var("CI").is_ok();
    let is_there = said("JALON_LAB_AD") != "absent";
    assert!(
        is_there || !is_ci,
        "the laboratory has no domain controller: run it as root"
    );
    is_there
}

/// Roots in PEM, from the file that a variable or a server names.
///
/// # Panics
/// When the file is not there.
#[track_caller]
pub fn pem(file: impl AsRef<Path>) -> String {
    std::fs::read_to_string(file).expect("the laboratory's roots")
}

/// A server of one's own, to be changed or killed. It ends with the test.
#[derive(Debug)]
pub struct Server {
    script: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    address: &'static str,
    ready: String,
}

impl Server {
    /// Starts `lab/NAME`.
    ///
    /// # Panics
    /// When it does not start.
    #[track_caller]
    pub fn start(name: &str) -> Self {
        Self::start_at(name, "127.0.0.1")
    }

    /// Starts `lab/NAME` at an address of one's own: once killed, no other test's server takes its place.
    ///
    /// # Panics
    /// When it does not start.
    #[track_caller]
    pub fn start_at(name: &str, address: &'static str) -> Self {
        let mut server = Self {
            address,
            script: Path::new(&said("JALON_LAB_DIR")).join(name),
            folder: tempfile::tempdir().expect("a temporary folder"),
            port: free_ports(),
            ready: String::new(),
        };
        server.start_again();
        server
    }

    /// Starts it where it was before, with the data that it had.
    ///
    /// # Panics
    /// When it does not start.
    #[track_caller]
    pub fn start_again(&mut self) {
        let output = Command::new(&self.script)
            .args(["start".as_ref(), self.folder.path().as_os_str()])
            .args([&*self.port.to_string(), self.address])
            .output()
            .expect("the laboratory's script runs");
        self.ready = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(self.ready.starts_with("ready "), "{}{complaint}", self.ready);
    }

    /// What it said of itself when it was ready.
    ///
    /// # Panics
    /// When it said nothing of `key`.
    #[track_caller]
    pub fn value(&self, key: &str) -> &str {
        let mut pairs = self.ready.split(' ').filter_map(|it| it.split_once('='));
        pairs.find(|it| it.0 == key).expect("the script says it").1
    }

    /// Its root, in PEM.
    ///
    /// # Panics
    /// When it has none.
    #[track_caller]
    pub fn roots(&self) -> String {
        pem(self.value("roots"))
    }

    /// Ends it without a goodbye.
    ///
    /// # Panics
    /// When it was not running.
    #[track_caller]
    pub fn kill(&self) {
        let killed = Command::new("kill").args(["-KILL", self.value("pid")]).status();
        assert!(killed.is_ok_and(|it| it.success()), "the server was running");
    }

    /// Makes the changes of `ldif` as its administrator.
    ///
    /// # Panics
    /// When the server refuses one of them.
    #[track_caller]
    pub fn modify(&self, ldif: &str) {
        let (admin, password) = (self.value("admin"), self.value("password"));
        let mut modify = Command::new("ldapmodify");
        modify.args(["-H", self.value("url"), "-x", "-D", admin, "-w", password]);
        succeeded(feed(&mut modify, ldif));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stop = Command::new(&self.script).arg("stop").arg(self.folder.path()).status();
        if !stop.is_ok_and(|it| it.success()) {
            eprintln!("{} stop failed", self.script.display());
        }
    }
}

/// Makes the changes of `ldif` in the shared domain controller, over LDAPS as its administrator.
///
/// # Panics
/// When it refuses one of them.
#[track_caller]
pub fn modify_samba(ldif: &str) {
    let mut modify = Command::new("ldapmodify");
    let (admin, password) = (said("JALON_LAB_AD_ADMIN"), said("JALON_LAB_AD_PASSWORD"));
    modify.env("LDAPTLS_CACERT", said("JALON_LAB_AD_ROOTS")).args([
        "-H",
        &said("JALON_LAB_AD_LDAPS"),
        "-x",
        "-D",
        &admin,
        "-w",
        &password,
    ]);
    succeeded(feed(&mut modify, ldif));
}

fn feed(command: &mut Command, input: &str) -> Output {
    let pipes = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = pipes.spawn().expect("the program runs");
    let mut pipe = child.stdin.take().expect("it is piped");
    pipe.write_all(input.as_bytes()).expect("it reads its input");
    drop(pipe);
    child.wait_with_output().expect("the program ends")
}

#[track_caller]
fn succeeded(output: Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A port that is free, like the one after it.
fn free_ports() -> u16 {
    let bind = |port| TcpListener::bind(("127.0.0.1", port));
    let mut proposals = (0..100).filter_map(|_| Some(bind(0).ok()?.local_addr().ok()?.port()));
    let is_free = |port: &u16| port.checked_add(1).is_some_and(|next| bind(next).is_ok());
    proposals.find(is_free).expect("two free ports")
}
