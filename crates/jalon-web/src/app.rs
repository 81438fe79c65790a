//! What the door is given when it opens: where it stands, time and randomness, the metrics, the readiness probe.

use std::{fmt, sync::Arc};

use axum::extract::FromRef;
use futures::future::BoxFuture;
use jalon_service::App as Service;
use jiff::Timestamp;
use metrics_exporter_prometheus::PrometheusHandle;

use crate::security::limit::Limiter;

/// Where the site is reached: scheme and authority, as a browser shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    origin: String,
    /// Whether a proxy of our own stands in front and writes the client's address into `X-Forwarded-For`.
    pub behind_proxy: bool,
}

/// An address that is not an origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the address of a site: expected http://HOST[:PORT] or https://HOST[:PORT]")]
pub struct BadSite(String);

impl Site {
    /// Checks `raw`, such as `https://jalon.example.org`. A trailing slash is dropped.
    ///
    /// # Errors
    /// [`BadSite`] when it has another scheme, no host, a path or a user.
    pub fn parse(raw: &str) -> Result<Self, BadSite> {
        let origin = raw.trim().trim_end_matches('/').to_ascii_lowercase();
        let host = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"));
        let is_host = |it: &str| !it.is_empty() && !it.contains(['/', '?', '#', '@', ' ']);
        match host {
            Some(it) if is_host(it) => Ok(Self {
                origin,
                behind_proxy: false,
            }),
            _ => Err(BadSite(raw.to_owned())),
        }
    }

    /// Scheme, host and port: `https://jalon.example.org`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Host and port, as the sign-in page shows them.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or(self.origin.as_str(), |it| it.1)
    }

    /// Whether browsers reach it over https.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// Time and randomness, as parameters.
#[derive(Clone)]
pub struct World {
    /// The time.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// 32 fresh bytes of a cryptographically secure generator.
    pub random: Arc<dyn Fn() -> [u8; 32] + Send + Sync>,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}

/// Answers whether the process can serve: an error says what is missing, in one line.
pub type Readiness = Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// What guards need: everything but the use cases. Cheap to clone.
#[derive(Clone)]
pub struct Door {
    /// Where the site is reached.
    pub site: Arc<Site>,
    /// Time and randomness.
    pub world: World,
    /// What `/metrics` prints.
    pub metrics: PrometheusHandle,
    /// What `/readyz` asks.
    pub readiness: Readiness,
    /// How often one address may try to sign in.
    pub sign_in: Arc<Limiter>,
}

impl Door {
    /// A door at `site`.
    pub fn new(site: Site, world: World, metrics: PrometheusHandle, readiness: Readiness) -> Self {
        Self {
            site: Arc::new(site),
            world,
            metrics,
            readiness,
            sign_in: Arc::new(Limiter::sign_in()),
        }
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.world.now)()
    }

    /// 32 fresh random bytes.
    pub fn random(&self) -> [u8; 32] {
        (self.world.random)()
    }

    /// A door for tests and examples: ready, at a fixed time, with a counter for randomness.
    #[doc(hidden)]
    pub fn sample(origin: &str) -> Self {
        use std::sync::atomic::{AtomicU64, Ordering};

        let drawn = AtomicU64::new(1);
        let random = move || {
            let mut bytes = [7; 32];
            bytes[..8].copy_from_slice(&drawn.fetch_add(0x0101_0101_0101, Ordering::Relaxed).to_be_bytes());
            bytes
        };
        let now = || "2026-11-20T17:00:00Z".parse().expect("a valid instant");
        let world = World {
            now: Arc::new(now),
            random: Arc::new(random),
        };
        let metrics = metrics_exporter_prometheus::PrometheusBuilder::new()
            .build_recorder()
            .handle();
        let site = Site::parse(origin).expect("samples give an origin");
        Self::new(site, world, metrics, Arc::new(|| Box::pin(async { Ok(()) })))
    }
}

/// The state of every route: the use cases, and the door in front of them. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The use cases.
    pub service: Service,
    /// Site, limits, metrics.
    pub door: Door,
}

impl App {
    /// The use cases behind a door at `site`; time and randomness are theirs.
    pub fn new(service: Service, site: Site, metrics: PrometheusHandle, readiness: Readiness) -> Self {
        let (clock, entropy) = (service.clone(), service.clone());
        let now = move || clock.now();
        let random = move || {
            let mut bytes = [0; 32];
            let (first, last) = bytes.split_at_mut(16);
            first.copy_from_slice(&entropy.salt());
            last.copy_from_slice(&entropy.salt());
            bytes
        };
        let world = World {
            now: Arc::new(now),
            random: Arc::new(random),
        };
        Self {
            service,
            door: Door::new(site, world, metrics, readiness),
        }
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.door.now()
    }
}

impl FromRef<App> for Door {
    fn from_ref(app: &App) -> Self {
        app.door.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_a_scheme_and_an_authority() {
        let site = Site::parse("https://Jalon.example.org/").unwrap();
        assert_eq!(
            (site.origin(), site.host(), site.is_https()),
            ("https://jalon.example.org", "jalon.example.org", true)
        );
        assert!(!Site::parse("http://[::1]:8420").unwrap().is_https());
        for raw in [
            "",
            "jalon.example.org",
            "ftp://x.example",
            "https://",
            "https://x.example/path",
            "https://me@x.example",
        ] {
            assert!(Site::parse(raw).is_err(), "{raw}");
        }
    }
}
