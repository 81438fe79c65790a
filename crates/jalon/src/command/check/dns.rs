//! `jalon check dns`: the records that the chosen services expect of a domain.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use clap::Args;
use jalon_checks::dns;
use jalon_domain::{engagement::DomainName, text::Text};
use jalon_wire::dns::{Anchors, Memory, Roots};

use super::{Judging, Several, context, each};
use crate::{
    cli::{patience, resolver},
    exit::{Failure, Result},
    input,
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
    /// Ask nobody but the name servers of each zone, from the root down
    #[arg(long, conflicts_with = "resolvers")]
    authoritative: bool,
    /// Root servers to start from, as lines of a zone file [default: the public ones]
    #[arg(long, value_name = "FILE", requires = "authoritative")]
    root_hints: Option<PathBuf>,
    /// Keys that chains of signatures begin with, as DS or DNSKEY lines [default: those of the public root]
    #[arg(long, value_name = "FILE")]
    trust_anchor: Option<PathBuf>,
    /// The port on which the name servers of zones listen, other than in a laboratory always 53
    #[arg(long, env = "JALON_AUTHORITY_PORT", value_name = "PORT", default_value_t = 53)]
    authority_port: u16,
    /// Questions at once to one name server
    #[arg(long, value_name = "N", default_value_t = 64)]
    per_server: usize,
    /// How long to wait for each answer; a silent name server is asked four times, each time for longer
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
        let settings = self.settings()?;
        let targets = self.several.targets(out, self.domains, DomainName::parse)?;
        let given = Arc::new((profile, settings));
        let measure = |domain: DomainName| {
            let given = given.clone();
            async move { dns::run(&domain, &given.1, &context(&given.0)).await }
        };
        each(out, &self.judging, &self.several, targets, measure).await
    }

    /// One for all domains, which so remember together.
    fn settings(&self) -> Result<dns::Settings> {
        let mut settings = dns::Settings::new(world::question_id);
        settings.resolvers.clone_from(&self.resolvers);
        settings.timeout = self.timeout;
        settings.authority_port = self.authority_port;
        settings.clock = Some(Arc::new(world::now));
        settings.memory = Memory::with_limit(self.per_server);
        if self.authoritative {
            settings.roots = Some(self.roots()?);
        }
        if let Some(file) = &self.trust_anchor {
            let anchors = Anchors::parse(&input::small_file(file)?);
            settings.anchors = anchors.map_err(|it| no_anchor(it.line).at(&file.display().to_string()))?;
        }
        Ok(settings)
    }

    fn roots(&self) -> Result<Roots> {
        let Some(file) = &self.root_hints else {
            return Ok(Roots::public());
        };
        let roots = Roots::parse(&input::small_file(file)?);
        roots.ok_or_else(|| {
            let text = Text::new(
                "it names no address of a root server",
                "il ne donne aucune adresse de serveur racine",
            );
            Failure::from(text).at(&file.display().to_string())
        })
    }
}

fn no_anchor(line: usize) -> Failure {
    Failure::from(Text::new(
        format!("line {line} is no trust anchor; write DS or DNSKEY records, such as `. IN DS 20326 8 2 E06D…`"),
        format!(
            "la ligne {line} n’est pas une ancre de confiance\u{202f}; écrivez des enregistrements DS ou DNSKEY, comme `. IN DS 20326 8 2 E06D…`"
        ),
    ))
}
