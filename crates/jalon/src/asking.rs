//! How name servers are asked: the flags that every command shares which asks them.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use clap::Args;
use jalon_checks::dns::Settings;
use jalon_domain::text::Text;
use jalon_wire::dns::{Anchors, Memory, Roots};

use crate::{
    cli::{patience, resolver},
    exit::{Failure, Result},
    input, world,
};

/// Who is asked, and how.
#[derive(Args, Clone, Debug)]
pub(crate) struct Asking {
    /// The name server to ask, again for another [default: the system's]
    #[arg(long = "resolver", value_name = "IP[:PORT]", value_parser = resolver)]
    pub(crate) resolvers: Vec<SocketAddr>,
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
    pub(crate) authority_port: u16,
    /// Questions at once to one name server
    #[arg(long, value_name = "N", default_value_t = 64)]
    per_server: usize,
    /// How long to wait for each answer; a silent name server is asked six times, each time for longer
    #[arg(long, value_name = "TIME", default_value = "3s", value_parser = patience)]
    pub(crate) timeout: Duration,
}

impl Asking {
    /// The settings, for all domains of a run: so they remember together.
    pub(crate) fn settings(&self) -> Result<Settings> {
        let mut settings = Settings::new(world::question_id);
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
