//! The TLS family: one look at an endpoint, and what its certificate is worth. The handshake is spoken by `jalon-wire`.

pub mod certificate;
mod gather;
mod start;

use std::{net::SocketAddr, time::Duration};

use jalon_domain::{
    engagement::Endpoint,
    measure::{Family, Report},
};
use serde_json::{Value, json};

use self::certificate::Seen;
pub(crate) use self::gather::{doubt_of, roots};
pub use self::start::Start;
use crate::{CheckError, Context};

/// How an endpoint is looked at.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Roots to trust besides the public ones, as PEM.
    pub roots_pem: Option<String>,
    /// Where to connect instead of looking the name up.
    pub connect_to: Option<SocketAddr>,
    /// How long each step may take: the look-up, the connection, the handshake.
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
            connect_to: None,
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
    let facts = gather::gather(endpoint, settings, ctx).await?;
    let stats = stats(&facts.seen);
    let check = certificate::judge(&facts, ctx);
    Ok(Report {
        family: Family::Tls,
        target: endpoint.to_string(),
        vantage: ctx.vantage.to_owned(),
        started: ctx.now,
        ended: (ctx.clock)(),
        sha256: crate::facts::sha256([&check.facts]),
        checks: vec![check],
        stats,
    })
}

fn stats(seen: &Seen) -> Value {
    match seen {
        Seen::Shown { handshake } => json!({"rtt_ms": handshake.rtt_ms, "handshake_ms": handshake.handshake_ms}),
        Seen::TooOld { .. } | Seen::Plain { .. } | Seen::Unknown { .. } => json!({}),
    }
}

#[cfg(test)]
pub(crate) mod tests;
