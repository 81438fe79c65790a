//! The TLS family: a look at each address of an endpoint, what its certificate is worth, and what it agrees to speak. The
//! handshakes are spoken by `jalon-wire`.

pub mod certificate;
mod gather;
mod inspected;
mod nodes;
pub mod protocol;
mod scenario;
mod start;

use std::{net::SocketAddr, time::Duration};

use jalon_domain::{
    engagement::Endpoint,
    measure::{Family, Report},
};
use jalon_wire::tls::Handshake;
use serde_json::{Value, json};

pub(crate) use self::{
    gather::{doubt_of, roots},
    nodes::{is_no_way, is_out_of_sight},
};
pub use self::{
    scenario::{Needed, Scenario},
    start::Start,
};

use self::gather::Looked;
use crate::{
    CheckError, Context,
    doubt::{Doubt, Doubted},
};

/// How an endpoint is looked at.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Roots to trust besides the public ones, as PEM.
    pub roots_pem: Option<String>,
    /// Whether certificates of those roots owe what public ones owe: a short life, entries in public logs.
    pub are_roots_public: bool,
    /// Where to connect instead of looking the name up; several stand for several addresses of the name.
    pub connect_to: Vec<SocketAddr>,
    /// What the endpoint is for; none to go by its name and the profile.
    pub scenario: Option<Scenario>,
    /// How long each step may take: the look-up, each connection, each handshake.
    pub timeout: Duration,
    /// How TLS begins.
    pub start: Start,
    /// Whether loopback and private addresses may be connected. Link-local and metadata addresses never are.
    pub allow_private: bool,
}

impl Default for Settings {
    /// Public roots, public addresses, ten seconds a step.
    fn default() -> Self {
        Self {
            roots_pem: None,
            are_roots_public: false,
            connect_to: Vec::new(),
            scenario: None,
            timeout: Duration::from_secs(10),
            start: Start::ByPort,
            allow_private: false,
        }
    }
}

/// Looks at one endpoint.
///
/// # Errors
/// [`CheckError::Settings`] when the roots hold no certificate. A closed port or a silent server is no error: it makes
/// every rule inconclusive.
pub async fn run(endpoint: &Endpoint, settings: &Settings, ctx: &Context<'_>) -> Result<Report, CheckError> {
    let looked = gather::gather(endpoint, settings, ctx).await?;
    let stats = stats(&looked);
    let protocol = protocol::Facts::new(endpoint, &looked);
    let certificate = certificate::Facts::new(endpoint, settings, looked);
    let checks = vec![certificate::judge(&certificate, ctx), protocol::judge(&protocol, ctx)];
    Ok(Report {
        family: Family::Tls,
        target: endpoint.to_string(),
        vantage: ctx.vantage.to_owned(),
        started: ctx.now,
        ended: (ctx.clock)(),
        sha256: None,
        checks,
        stats,
    })
}

/// The names that a new certificate for an endpoint should carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToOrder {
    /// The endpoint's own first, then those in use and those that its scenario asks for.
    pub names: Vec<String>,
    /// Why the certificate in use was not seen; none when it was.
    pub unseen: Option<String>,
}

/// Looks at the certificate in use and says which names its successor should carry.
///
/// # Errors
/// As [`run`]. A server that shows nothing is no error: its name and its scenario are known all the same.
pub async fn to_order(endpoint: &Endpoint, settings: &Settings, ctx: &Context<'_>) -> Result<ToOrder, CheckError> {
    let seen = gather::in_use(endpoint, settings, ctx).await?;
    let host = seen.as_ref().map_or_else(|it| it.host.clone(), |it| it.host.clone());
    let own = seen.as_ref().ok().and_then(Handshake::own);
    // What only a name suggests is not ordered: somebody would pay for it.
    let scenario = settings.scenario.unwrap_or_default();
    let needed: Vec<String> = scenario.needed(&host).into_iter().map(|it| it.name).collect();
    Ok(ToOrder {
        names: certificate::order::names(&host, own, scenario, &needed),
        unseen: seen.as_ref().err().map(|it| it.detail.clone()),
    })
}

/// The slowest address, and how many connections it took in all.
fn stats(looked: &Looked) -> Value {
    let seen: Vec<_> = looked.nodes.iter().filter_map(|it| it.seen.as_ref().ok()).collect();
    if seen.is_empty() {
        return json!({});
    }
    json!({
        "rtt_ms": seen.iter().map(|it| it.0.rtt_ms).max(),
        "handshake_ms": seen.iter().map(|it| it.0.handshake_ms).max(),
        "connections": seen.iter().map(|it| 1 + it.1.connections).sum::<u32>(),
    })
}

/// `host:port`, the subject of every finding.
fn endpoint(host: &str, port: u16) -> String {
    if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}

/// A name with more addresses than are looked at.
fn left_out(endpoint: &str, count: usize) -> Doubted {
    Doubted {
        doubt: Doubt::NotAsked,
        about: format!("{endpoint}, + {count}"),
    }
}

#[cfg(test)]
pub(crate) mod tests;
