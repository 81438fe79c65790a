//! What is known of domains beside DNS, and may be: the flags that every command shares which judges their records.

use std::path::PathBuf;

use clap::Args;
use jalon_checks::dns::{Probing, Settings, Told};
use jalon_wire::graph::{DomainRecord, domain_records};

use crate::{
    cli::selector,
    exit::{Failure, Result},
    input,
};

/// What a tenant asks for, what has to be there, and which servers may be called.
#[derive(Args, Clone, Debug)]
pub(crate) struct Given {
    /// What the tenant asks its domains to publish: a saved answer of Microsoft Graph, again for another. What stands there
    /// counts instead of the built-in table
    #[arg(long, value_name = "FILE.json")]
    tenant_records: Vec<PathBuf>,
    /// A DKIM selector that has to have a key, besides Microsoft's; again for another
    #[arg(long = "dkim-selector", value_name = "NAME", value_parser = selector)]
    selectors: Vec<String>,
    /// Call the mail servers of the domains too, at port 25: whether they offer TLS, and what DANE says of them
    #[arg(long)]
    mail_servers: bool,
    /// Call them at another port, in a laboratory
    #[arg(long, value_name = "PORT", default_value_t = 25, requires = "mail_servers")]
    mail_port: u16,
    /// Fetch MTA-STS policies at another port, in a laboratory
    #[arg(long, value_name = "PORT", default_value_t = 443)]
    policy_port: u16,
    /// Roots to trust besides the public ones, for MTA-STS policies and mail servers
    #[arg(long, value_name = "FILE.pem")]
    roots: Option<PathBuf>,
}

impl Given {
    /// Adds it to the settings.
    pub(crate) fn complete(&self, settings: &mut Settings) -> Result<()> {
        settings.told = Told {
            tenant: tenant(&self.tenant_records)?.map(Into::into),
            selectors: self.selectors.clone(),
        };
        settings.probing = Probing {
            roots_pem: self.roots.as_deref().map(input::small_file).transpose()?,
            // Whoever sits at the command line may reach what their machine reaches.
            allow_private: true,
            mail_servers: self.mail_servers,
            mail_port: self.mail_port,
            policy_port: self.policy_port,
            ..Probing::default()
        };
        Ok(())
    }
}

/// What the files say; nothing without any.
fn tenant(paths: &[PathBuf]) -> Result<Option<Vec<DomainRecord>>> {
    let mut all = Vec::new();
    for path in paths {
        let records = domain_records(&input::small_file(path)?).map_err(|error| {
            let path = path.display().to_string();
            Failure::new(
                "tenant-records",
                &[
                    ("path", path.into()),
                    ("line", error.line.into()),
                    ("what", error.what.into()),
                ],
            )
        })?;
        all.extend(records);
    }
    Ok((!paths.is_empty()).then_some(all))
}
