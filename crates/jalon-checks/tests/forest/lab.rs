//! A domain controller of one's own, and what is planted in it.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use jalon_wire::{
    ldap::{Address, Bind, Client, Password, Settings},
    tls::Roots,
};

/// What the laboratory says of itself.
#[track_caller]
fn said(name: &str) -> String {
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

fn settings(roots: Roots) -> Settings {
    Settings {
        roots,
        retry: vec![Duration::ZERO],
        operation_timeout: Duration::from_secs(30),
        ..Settings::new()
    }
}

async fn connect(address: &str, bind: Bind, settings: Settings) -> Client {
    let address = Address::parse(address).expect("an address");
    Client::connect(address, bind, settings)
        .await
        .expect("the server lets us in")
}

/// The laboratory's other directory.
pub(crate) async fn slapd() -> Client {
    let pem = std::fs::read(said("JALON_LAB_LDAP_ROOTS")).expect("the laboratory's roots");
    let roots = Roots::from_pem(&pem).expect("roots");
    connect(&said("JALON_LAB_LDAP"), Bind::Anonymous, settings(roots)).await
}

/// A domain controller without Exchange's schema. It ends with the test.
pub(crate) struct Server {
    script: PathBuf,
    folder: tempfile::TempDir,
    ready: String,
}

impl Server {
    #[track_caller]
    pub(crate) fn start() -> Self {
        let script = Path::new(&said("JALON_LAB_DIR")).join("samba");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|it| it.local_addr())
            .expect("a free port");
        let output = Command::new(&script)
            .args(["start".as_ref(), folder.path().as_os_str()])
            .arg(port.port().to_string())
            .env("EXCHANGE", "no")
            .output()
            .expect("the laboratory's script runs");
        let ready = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(ready.starts_with("ready "), "{ready}{complaint}");
        Self { script, folder, ready }
    }

    #[track_caller]
    fn value(&self, key: &str) -> &str {
        let mut pairs = self.ready.split(' ').filter_map(|it| it.split_once('='));
        pairs.find(|it| it.0 == key).expect("the script says it").1
    }

    pub(crate) async fn client(&self, bind: Bind) -> Client {
        let pem = std::fs::read(self.value("roots")).expect("the server's root");
        let roots = Roots::from_pem(&pem).expect("roots");
        connect(self.value("ldaps"), bind, settings(roots)).await
    }

    pub(crate) async fn administrator(&self) -> Client {
        let bind = Bind::Simple {
            name: self.value("admin").to_owned(),
            password: Password::new(self.value("password")),
        };
        self.client(bind).await
    }

    /// Ends it without a goodbye.
    pub(crate) fn kill(&self) {
        let killed = Command::new("kill").args(["-KILL", self.value("pid")]).status();
        assert!(killed.is_ok_and(|it| it.success()), "the server was running");
    }

    /// Suffixes, an authority, a connection point, a trust and an account, written where the server keeps them: no server
    /// takes a trust over LDAP.
    #[track_caller]
    pub(crate) fn plant(&self) {
        self.write("ldbmodify", &suffixes(self.value("base")));
        self.write("ldbadd", &objects(self.value("base")));
    }

    #[track_caller]
    fn write(&self, tool: &str, ldif: &str) {
        let file = self.folder.path().join(format!("{tool}.ldif"));
        std::fs::write(&file, ldif).expect("a writable folder");
        let database = self.folder.path().join("private/sam.ldb");
        let written = Command::new("timeout")
            .args(["60", tool, "-H"])
            .args([&database, &file])
            .output()
            .expect("the laboratory's tools are installed");
        assert!(
            written.status.success(),
            "{tool}: {}",
            String::from_utf8_lossy(&written.stderr)
        );
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

fn suffixes(base: &str) -> String {
    format!(
        "dn: CN=Partitions,CN=Configuration,{base}\nchangetype: modify\nadd: uPNSuffixes\n\
         uPNSuffixes: mail.contoso.example\n"
    )
}

fn objects(base: &str) -> String {
    let services = format!("CN=Services,CN=Configuration,{base}");
    let certificate = include_str!("authority.pem");
    let der: String = certificate.lines().filter(|it| !it.starts_with("-----")).collect();
    format!(
        "dn: CN=Contoso Issuing CA 1,CN=Enrollment Services,CN=Public Key Services,{services}\n\
         objectClass: pKIEnrollmentService\n\
         dNSHostName: pki.contoso.example\n\
         cACertificate:: {der}\n\
         \n\
         dn: CN=EX1,{services}\n\
         objectClass: serviceConnectionPoint\n\
         serviceBindingInformation: https://autodiscover.contoso.example/Autodiscover/Autodiscover.xml\n\
         keywords: 77378F46-2C66-4aa9-A6A6-3E7A48B19596\n\
         keywords: Site=Lyon\n\
         \n\
         dn: CN=fabrikam.example,CN=System,{base}\n\
         objectClass: trustedDomain\n\
         trustPartner: fabrikam.example\n\
         trustDirection: 3\n\
         trustType: 2\n\
         trustAttributes: 8\n\
         \n\
         dn: CN=MSOL_0123456789ab,CN=Users,{base}\n\
         objectClass: user\n\
         sAMAccountName: MSOL_0123456789ab\n\
         description: Account created by Microsoft Azure Active Directory Connect running on computer SYNC1 configured to \
         synchronize to tenant contoso.example. It reads the directory.\n"
    )
}
