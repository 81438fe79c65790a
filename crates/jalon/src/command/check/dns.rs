//! `jalon check dns`: the records that the chosen services expect of a domain.

use std::sync::Arc;

use clap::Args;
use jalon_checks::dns;
use jalon_domain::engagement::DomainName;

use super::{Judging, Several, context, each};
use crate::{asking::Asking, exit::Result, given::Given, out::Out, profile::Judged};

/// Check the records that Microsoft 365 expects of domains, with their SPF and DMARC
///
/// Without a profile, a domain is judged as one whose mail goes to Exchange Online (Office 365, worldwide cloud). Say more
/// with --service, --option and --cloud, or with --profile.
#[derive(Args)]
pub(crate) struct Dns {
    /// The domains, such as contoso.example
    #[arg(required_unless_present = "file", value_name = "DOMAIN", value_parser = DomainName::parse)]
    domains: Vec<DomainName>,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    given: Given,
    #[command(flatten)]
    judged: Judged,
    #[command(flatten)]
    several: Several,
    #[command(flatten)]
    judging: Judging,
}

impl Dns {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let profile = self.judged.profile()?;
        let mut settings = self.asking.settings()?;
        self.given.complete(&mut settings)?;
        let targets = self.several.targets(out, self.domains, DomainName::parse)?;
        let given = Arc::new((profile, settings));
        let measure = |domain: DomainName| {
            let given = given.clone();
            async move { dns::run(&domain, &given.1, &context(&given.0)).await }
        };
        each(out, &self.judging, &self.several, targets, measure).await
    }
}
