//! `jalon check tls`: the certificates that endpoints show, and what they agree to speak.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use jalon_checks::tls::{self, Scenario};
use jalon_domain::engagement::Endpoint;
use jalon_wire::tls::StartTls;

use super::{Judging, Several, context, each};
use crate::{
    cli::{patience, word},
    exit::Result,
    input,
    out::Out,
    profile::plain_mail,
};

/// Check endpoints at each of their addresses: the certificates they show, the versions and suites they accept
#[derive(Args)]
pub(crate) struct Tls {
    /// The endpoints, such as mail.contoso.example or mail.contoso.example:8443
    #[arg(required_unless_present = "file", value_name = "HOST[:PORT]", value_parser = Endpoint::parse)]
    endpoints: Vec<Endpoint>,
    /// Roots to trust besides the public ones
    #[arg(long, value_name = "FILE.pem")]
    roots: Option<PathBuf>,
    /// Hold certificates of these roots to what public authorities owe: a short life, entries in public logs
    #[arg(long, requires = "roots")]
    public_roots: bool,
    /// Connect there instead of looking the names up; several stand for several addresses of each name
    #[arg(long, value_name = "IP:PORT")]
    connect: Vec<SocketAddr>,
    /// What the endpoints are for, which decides the names their certificates need [default: by the name of each]
    #[arg(long, value_name = "SCENARIO", value_parser = word::<Scenario>(Scenario::ALL.iter().map(|it| it.word())))]
    scenario: Option<Scenario>,
    /// Ask for TLS in this protocol first, or begin with TLS at once [default: as the port has it: smtp at 25 and 587, imap at 143, pop3 at 110, ldap at 389]
    #[arg(long, value_name = "PROTOCOL", value_parser = start())]
    starttls: Option<tls::Start>,
    /// How long each step may take: look-up, connection, handshake
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = patience)]
    timeout: Duration,
    #[command(flatten)]
    several: Several,
    #[command(flatten)]
    judging: Judging,
}

/// The protocols that begin in plain, and `none` for TLS at once.
fn start() -> impl TypedValueParser<Value = tls::Start> {
    let words = StartTls::ALL.map(StartTls::word).into_iter().chain(["none"]);
    PossibleValuesParser::new(words.collect::<Vec<_>>())
        .map(|word| word.parse().map_or(tls::Start::AtOnce, tls::Start::After))
}

impl Tls {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let settings = tls::Settings {
            roots_pem: self.roots.as_deref().map(input::small_file).transpose()?,
            are_roots_public: self.public_roots,
            connect_to: self.connect.clone(),
            scenario: self.scenario,
            timeout: self.timeout,
            start: self.starttls.unwrap_or_default(),
            // Whoever sits at the command line may reach what their machine reaches.
            allow_private: true,
        };
        let targets = self.several.targets(out, self.endpoints, Endpoint::parse)?;
        let given = Arc::new((plain_mail(), settings));
        let measure = |endpoint: Endpoint| {
            let given = given.clone();
            async move { tls::run(&endpoint, &given.1, &context(&given.0)).await }
        };
        each(out, &self.judging, &self.several, targets, measure).await
    }
}
