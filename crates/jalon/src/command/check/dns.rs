//! `jalon check dns`: the records that the chosen services expect of a domain.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use clap::Args;
use jalon_checks::dns;
use jalon_domain::engagement::DomainName;

use super::{Judging, Several, context, each};
use crate::{
    cli::{patience, resolver},
    exit::Result,
    out::Out,
    profile::Judged,
    world,
};

/// Check the records that Microsoft 365 expects of domains, with their SPF and DMARC
///
/// Without a profile, a domain is judged as one whose mail goes to Exchange Online (Office 365, worldwide cloud). Say more
/// with --service, --option and --cloud, or with --profile.
#[derive(Args)]
pub(crate) struct Dns {
    /// The domains, such as contoso.example
    #[arg(required_unless_present = "file", value_name = "DOMAIN", value_parser = DomainName::parse)]
    domains: Vec<DomainName>,
    /// The name server to ask, again for another [default: the system's]
    #[arg(long = "resolver", value_name = "IP[:PORT]", value_parser = resolver)]
    resolvers: Vec<SocketAddr>,
    /// How long to wait for each answer; each name server is asked twice
    #[arg(long, value_name = "TIME", default_value = "3s", value_parser = patience)]
    timeout: Duration,
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
        let mut settings = dns::Settings::new(world::question_id);
        settings.resolvers = self.resolvers;
        settings.timeout = self.timeout;
        let targets = self.several.targets(out, self.domains, DomainName::parse)?;
        let given = Arc::new((profile, settings));
        let measure = |domain: DomainName| {
            let given = given.clone();
            async move { dns::run(&domain, &given.1, &context(&given.0)).await }
        };
        each(out, &self.judging, &self.several, targets, measure).await
    }
}
