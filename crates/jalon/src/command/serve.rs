//! `jalon serve`: the web application, the API and a worker in one process.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::Args;
use jalon_service::{App, Network, Settings, measure::WorkerOptions};
use jalon_web::Site;

use crate::{
    cli::{patience, resolver},
    exit::{Failure, Result},
    input,
    out::Out,
    place::{self, Place},
    signal::StopSignals,
    site,
    telemetry::{self, Log},
};

/// Serve the web application and the API, with a worker that measures
///
/// Prints its address; while nobody is known, a one-time link too, which makes the first administrator.
#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    place: Place,
    /// Where to listen; port 0 for any free one
    #[arg(long, env = "JALON_LISTEN", value_name = "IP:PORT", default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    /// The address that browsers use, when it differs
    #[arg(long, env = "JALON_PUBLIC_URL", value_name = "https://HOST", value_parser = public)]
    public_url: Option<Site>,
    /// A proxy of yours stands in front and names the client in X-Forwarded-For
    #[arg(long, requires = "public_url")]
    behind_proxy: bool,
    /// Leave measuring to workers of their own
    #[arg(long)]
    no_worker: bool,
    #[command(flatten)]
    reach: Reach,
    #[command(flatten)]
    lease: Lease,
    #[command(flatten)]
    log: Log,
}

/// How measurements reach out.
#[derive(Args, Clone, Debug)]
pub(crate) struct Reach {
    /// The name server to ask, again for another [default: the system's]
    #[arg(long = "resolver", env = "JALON_RESOLVERS", value_name = "IP[:PORT]", value_delimiter = ',', value_parser = resolver)]
    resolvers: Vec<SocketAddr>,
    /// The port on which the name servers of zones listen, other than in a laboratory always 53
    #[arg(
        long,
        env = "JALON_AUTHORITY_PORT",
        value_name = "PORT",
        default_value_t = 53,
        hide = true
    )]
    authority_port: u16,
    /// Roots to trust besides the public ones
    #[arg(long, env = "JALON_ROOTS", value_name = "FILE.pem")]
    roots: Option<PathBuf>,
    /// How long measurements wait for each answer
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = patience)]
    timeout: Duration,
    /// Measure public addresses only: for a server that others may point at targets
    #[arg(long)]
    public_only: bool,
}

/// How long a job stays with a worker.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Lease {
    /// How long a job stays with a worker that no longer answers, before another takes it
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = patience)]
    lease: Duration,
}

impl Reach {
    /// The settings of an application that measures so.
    pub(crate) fn settings(&self) -> Result<Settings> {
        let network = Network {
            resolvers: self.resolvers.clone(),
            authority_port: self.authority_port,
            roots_pem: self.roots.as_deref().map(input::small_file).transpose()?,
            timeout: self.timeout,
            allow_private: !self.public_only,
            ..Network::default()
        };
        Ok(Settings {
            network,
            ..Settings::default()
        })
    }
}

impl Lease {
    /// The options of a worker called `name`.
    pub(crate) fn worker(self, name: String) -> WorkerOptions {
        WorkerOptions {
            lease: self.lease,
            ..WorkerOptions::named(name)
        }
    }
}

fn public(raw: &str) -> std::result::Result<Site, jalon_web::app::BadSite> {
    Site::parse(raw)
}

impl Serve {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        self.log.open("info")?;
        let signals = StopSignals::listen()?;
        let settings = self.reach.settings()?;
        let listener = site::listen(self.listen).await?;
        let address = site::address(&listener)?;
        let app = place::open(&self.place.location()?, settings).await?;
        let mut site = match self.public_url {
            Some(site) => site,
            None => public(&site::origin(address))
                .map_err(|error| Failure::new("bad-site", &[("error", error.to_string().into())]))?,
        };
        site.behind_proxy = self.behind_proxy;
        announce(out, &app, &site, address).await?;
        let worker = (!self.no_worker).then(|| self.lease.worker(site::worker_name("serve")));
        site::serve(app, site, listener, telemetry::metrics(), worker, signals).await
    }
}

/// Says where it is, and how the first person gets in.
async fn announce(out: &mut Out, app: &App, site: &Site, address: SocketAddr) -> Result<()> {
    out.line(&format!("listening on http://{address}"))?;
    if let Some(secret) = app.set_up_secret().await? {
        out.line(&format!("set-up link: {}/set-up?key={secret}", site.origin()))?;
    }
    out.send()
}
