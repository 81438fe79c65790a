//! What is known of domains beside DNS: the flags that every command shares which judges their records.

use std::path::PathBuf;

use clap::Args;
use jalon_checks::dns::{Settings, Told};
use jalon_wire::graph::{DomainRecord, domain_records};

use crate::{
    cli::selector,
    exit::{Failure, Result},
    input,
};

/// What a tenant asks for, and what has to be there.
#[derive(Args, Clone, Debug)]
pub(crate) struct Given {
    /// What the tenant asks its domains to publish: a saved answer of Microsoft Graph, again for another. What stands there
    /// counts instead of the built-in table
    #[arg(long, value_name = "FILE.json")]
    tenant_records: Vec<PathBuf>,
    /// A DKIM selector that has to have a key, besides Microsoft's; again for another
    #[arg(long = "dkim-selector", value_name = "NAME", value_parser = selector)]
    selectors: Vec<String>,
}

impl Given {
    /// Adds it to the settings.
    pub(crate) fn complete(&self, settings: &mut Settings) -> Result<()> {
        settings.told = Told {
            tenant: tenant(&self.tenant_records)?.map(Into::into),
            selectors: self.selectors.clone(),
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
