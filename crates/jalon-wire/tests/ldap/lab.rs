//! The laboratory as the tests see it: where its servers are, and how to start one of one's own.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use jalon_wire::{
    entry::Entry,
    ldap::{Address, Bind, Client, LdapError, Password, Query, Settings},
    tls::Roots,
};

/// What the laboratory says of itself.
#[track_caller]
pub(crate) fn said(name: &str) -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "the laboratory's addresses come from whoever started it"
    )]
    let value = std::env::var(name);
    value.unwrap_or_else(|_| panic!("{name} is not set: `cargo xtask test` starts the laboratory"))
}

/// The domain controller, which needs root: where there is none, only continuous integration may not do without it.
#[track_caller]
pub(crate) fn has_samba() -> bool {
    #[expect(clippy::disallowed_methods, reason = "CI says so in the environment")]
    let is_ci = std::env::var("CI").is_ok();
    let is_there = said("JALON_LAB_AD") != "absent";
    assert!(
        is_there || !is_ci,
        "the laboratory has no domain controller: run it as root"
    );
    is_there
}

#[track_caller]
pub(crate) fn roots(variable: &str) -> Roots {
    read_roots(Path::new(&said(variable)))
}

#[track_caller]
fn read_roots(file: &Path) -> Roots {
    Roots::from_pem(&std::fs::read(file).expect("the laboratory's roots")).expect("roots")
}

/// Settings that lose no time: three new connections at once, and nobody is waited for longer than a slow machine needs.
pub(crate) fn settings(roots: Roots) -> Settings {
    Settings {
        roots,
        retry: vec![Duration::ZERO; 3],
        operation_timeout: Duration::from_secs(30),
        ..Settings::new()
    }
}

pub(crate) fn simple(name: &str, password: &str) -> Bind {
    Bind::Simple {
        name: name.to_owned(),
        password: Password::new(password),
    }
}

#[track_caller]
pub(crate) fn address(text: &str) -> Address {
    Address::parse(text).expect("an address")
}

pub(crate) fn base() -> String {
    said("JALON_LAB_LDAP_BASE")
}

/// An account of `lab/directory/accounts.tsv`.
pub(crate) fn account(name: &str) -> Bind {
    simple(&format!("cn={name},cn=Accounts,{}", base()), name)
}

/// The shared slapd, as one of its accounts.
pub(crate) async fn slapd(bind: Bind) -> Client {
    let settings = settings(roots("JALON_LAB_LDAP_ROOTS"));
    let client = Client::connect(address(&said("JALON_LAB_LDAP")), bind, settings).await;
    client.expect("the laboratory's slapd lets its accounts in")
}

pub(crate) fn administrator() -> Bind {
    simple(&said("JALON_LAB_AD_ADMIN"), &said("JALON_LAB_AD_PASSWORD"))
}

/// The shared domain controller, over LDAPS as its administrator.
pub(crate) async fn samba() -> Client {
    let settings = settings(roots("JALON_LAB_AD_ROOTS"));
    let client = Client::connect(address(&said("JALON_LAB_AD_LDAPS")), administrator(), settings).await;
    client.expect("the laboratory's domain controller lets its administrator in")
}

/// Everything that a query finds.
pub(crate) async fn all(client: &mut Client, query: &Query) -> Result<Vec<Entry>, LdapError> {
    client.scan(query, &|| false).all().await
}

pub(crate) fn names(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|it| it.dn.as_str()).collect()
}

/// A server of one's own, to be killed or to be different. It ends with the test.
pub(crate) struct Server {
    script: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    variables: Vec<(&'static str, &'static str)>,
    ready: String,
}

impl Server {
    /// Starts `lab/NAME` with these variables.
    #[track_caller]
    pub(crate) fn start(name: &str, variables: &[(&'static str, &'static str)]) -> Self {
        let mut server = Self {
            script: Path::new(&said("JALON_LAB_DIR")).join(name),
            folder: tempfile::tempdir().expect("a temporary folder"),
            port: free_ports(),
            variables: variables.to_vec(),
            ready: String::new(),
        };
        server.start_again();
        server
    }

    /// Starts it where it was before, with the data that it had.
    #[track_caller]
    pub(crate) fn start_again(&mut self) {
        let output = Command::new(&self.script)
            .args(["start".as_ref(), self.folder.path().as_os_str()])
            .arg(self.port.to_string())
            .envs(self.variables.iter().copied())
            .output()
            .expect("the laboratory's script runs");
        self.ready = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(self.ready.starts_with("ready "), "{}{complaint}", self.ready);
    }

    /// What it said of itself when it was ready.
    #[track_caller]
    pub(crate) fn value(&self, key: &str) -> &str {
        let mut pairs = self.ready.split(' ').filter_map(|it| it.split_once('='));
        pairs.find(|it| it.0 == key).expect("the script says it").1
    }

    pub(crate) fn settings(&self) -> Settings {
        settings(read_roots(Path::new(self.value("roots"))))
    }

    pub(crate) fn administrator(&self) -> Bind {
        simple(self.value("admin"), self.value("password"))
    }

    /// Ends it without a goodbye.
    #[track_caller]
    pub(crate) fn kill(&self) {
        let killed = Command::new("kill").args(["-KILL", self.value("pid")]).status();
        assert!(killed.is_ok_and(|it| it.success()), "the server was running");
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

/// A port that is free, like the one after it.
fn free_ports() -> u16 {
    let bind = |port| TcpListener::bind(("127.0.0.1", port));
    let mut proposals = (0..100).filter_map(|_| Some(bind(0).ok()?.local_addr().ok()?.port()));
    let is_free = |port: &u16| port.checked_add(1).is_some_and(|next| bind(next).is_ok());
    proposals.find(is_free).expect("two free ports")
}
