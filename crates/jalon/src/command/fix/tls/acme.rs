//! `--acme`: which authority, which account, and how the names are proved.

use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;
use jalon_wire::acme::{self, AcmeError, ProofKind, Ready, Shown};

use super::{
    failure,
    files::{Files, write_new},
};
use crate::{
    cli::patience,
    exit::{Exit, Failure, Result},
    input,
    out::{self, Out},
    text,
};

/// How a certificate is ordered.
#[derive(Args)]
pub(super) struct Flags {
    /// Have the certificate issued: staging (Let's Encrypt's trials), letsencrypt, or the address of a directory
    #[arg(long, value_name = "DIRECTORY", requires = "proof")]
    acme: Option<String>,
    /// The root of a directory that no public authority vouches for
    #[arg(long, value_name = "FILE.pem", requires = "acme")]
    acme_roots: Option<PathBuf>,
    /// The file of the account, made when it is not there [default: acme-account.json in the folder]
    #[arg(long, value_name = "FILE.json", requires = "acme")]
    account: Option<PathBuf>,
    /// A mail address for the new account; again for another
    #[arg(long = "contact", id = "contacts", value_name = "ADDRESS", requires = "acme")]
    contacts: Vec<String>,
    /// Agree to the authority's terms of service, for a new account
    #[arg(long, requires = "acme")]
    agree_to_terms: bool,
    /// Prove the names by files below the root of the web server that answers at port 80 of each (http-01)
    #[arg(long, value_name = "FOLDER", group = "proof")]
    webroot: Option<PathBuf>,
    /// Prove the names by a listener of our own, to which port 80 of each name leads (http-01)
    #[arg(long, value_name = "IP:PORT", group = "proof")]
    listen: Option<SocketAddr>,
    /// Prove the names by a command, called with add or remove, the name of a TXT record and its value (dns-01)
    #[arg(long, value_name = "COMMAND", group = "proof")]
    dns_hook: Option<String>,
    /// Prove the names by TXT records that you are asked to publish (dns-01)
    #[arg(long, group = "proof")]
    dns: bool,
    /// How long the authority may take
    #[arg(long, value_name = "TIME", default_value = "2m", value_parser = patience)]
    wait: Duration,
    /// Order it; without this, only show what would be ordered
    #[arg(long, requires = "acme")]
    apply: bool,
}

/// What an order needs.
pub(super) struct Prepared {
    ready: Ready,
    shown: Shown,
}

impl Flags {
    pub(super) fn is_wanted(&self) -> bool {
        self.acme.is_some()
    }

    pub(super) fn is_applied(&self) -> bool {
        self.apply
    }

    fn directory(&self) -> &str {
        match self.acme.as_deref() {
            Some("letsencrypt") => acme::LETS_ENCRYPT,
            Some("staging") | None => acme::STAGING,
            Some(address) => address,
        }
    }

    fn proof(&self) -> ProofKind {
        if self.dns || self.dns_hook.is_some() {
            ProofKind::Dns
        } else {
            ProofKind::Http
        }
    }

    /// What would be ordered.
    pub(super) fn plan(&self, out: &mut Out, names: &[String]) -> Result {
        self.can_prove(names)?;
        out.tell("tls-names", &[("names", names.join(", ").into())])?;
        let args = [
            ("directory", self.directory().into()),
            ("proof", self.proof().word().into()),
        ];
        out.tell("tls-plan", &args)?;
        Ok(Exit::Fine)
    }

    /// A wildcard is proved by DNS alone (RFC 8555, 7.1.3 and CA/Browser Forum Baseline Requirements, 3.2.2.4.19).
    pub(super) fn can_prove(&self, names: &[String]) -> Result<()> {
        let wildcard = names.iter().find(|it| it.starts_with("*."));
        match wildcard {
            Some(name) if self.proof() == ProofKind::Http => {
                Err(Failure::new("tls-wildcard", &[("name", name.as_str().into())]))
            }
            _ => Ok(()),
        }
    }

    /// The account, and the means to prove names.
    pub(super) async fn prepare(&self, files: &Files) -> Result<Prepared> {
        let path = self.account.clone().unwrap_or_else(|| files.account());
        let kept = path.exists().then(|| input::small_file(&path)).transpose()?;
        if kept.is_none() && !self.agree_to_terms {
            return Err(Failure::new("tls-terms", &[]));
        }
        let shown = self.shown().await?;
        let roots = self.acme_roots.as_deref();
        roots.map(input::roots).transpose()?;
        let ready = acme::open(self.directory(), roots, kept.as_deref(), &self.contacts).await;
        let ready = ready.map_err(|it| failure("tls-acme", &it))?;
        if let Some(made) = &ready.made {
            files.create_folder()?;
            write_new(&path, made.as_bytes())?;
        }
        Ok(Prepared { ready, shown })
    }

    async fn shown(&self) -> Result<Shown> {
        let asked = || {
            let ask = |name: &str, value: &str| {
                out::complain(&text::harmless(&format!("{name}. 300 IN TXT \"{value}\"")));
                let mut line = String::new();
                io::stdin().read_line(&mut line).is_ok_and(|it| it > 0)
            };
            Shown::Asked(Box::new(ask))
        };
        match (&self.webroot, self.listen, &self.dns_hook) {
            (Some(root), ..) => Ok(Shown::Webroot(Path::to_owned(root))),
            (_, Some(address), _) => Shown::listen(address).await.map_err(|it| failure("tls-acme", &it)),
            (.., Some(command)) => Ok(Shown::Hook(command.clone())),
            _ => Ok(asked()),
        }
    }

    /// The chain that the authority issues.
    pub(super) async fn order(
        &self,
        out: &Out,
        prepared: &mut Prepared,
        names: &[String],
        request: &[u8],
    ) -> std::result::Result<String, AcmeError> {
        if self.dns {
            out.remark(&out.say("tls-publish", &[]));
        }
        let shown = &mut prepared.shown;
        prepared.ready.order(names, request, shown, self.wait).await
    }
}
