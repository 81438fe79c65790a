//! How often one address may try something: a small bucket of tokens per address, in this process. It comes on top of
//! what the service counts per account.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Mutex, PoisonError},
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use jiff::Timestamp;

use crate::{
    Door, Site,
    error::{Failure, Shape},
};

/// Buckets per address.
#[derive(Debug)]
pub struct Limiter {
    /// Tries in a row.
    burst: f64,
    /// Seconds until one more try.
    pace: f64,
    /// Addresses remembered; beyond that the newcomers share one bucket.
    room: usize,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

/// What the newcomers share when there is no room for them.
const SHARED: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

impl Limiter {
    /// Ten tries in a row, then one every six seconds.
    pub fn sign_in() -> Self {
        Self::new(10.0, 6.0, 10_000)
    }

    fn new(burst: f64, pace: f64, room: usize) -> Self {
        Self {
            burst,
            pace,
            room,
            buckets: Mutex::default(),
        }
    }

    /// Takes one try for `address`.
    ///
    /// # Errors
    /// The seconds to wait when it has none left.
    pub fn take(&self, address: IpAddr, now: Timestamp) -> Result<(), u64> {
        // A panic elsewhere leaves counters, not half-written state: going on is safe.
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= self.room {
            buckets.retain(|_, it| self.level(*it, now) < self.burst);
        }
        let known = buckets.contains_key(&network(address));
        let key = if known || buckets.len() < self.room {
            network(address)
        } else {
            SHARED
        };
        let bucket = buckets.entry(key).or_insert(Bucket {
            tokens: self.burst,
            at: now,
        });
        let tokens = self.level(*bucket, now);
        let is_allowed = tokens >= 1.0;
        *bucket = Bucket {
            tokens: if is_allowed { tokens - 1.0 } else { tokens },
            at: now,
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the pace"
        )]
        let wait = ((1.0 - tokens) * self.pace).ceil() as u64;
        if is_allowed { Ok(()) } else { Err(wait.max(1)) }
    }

    /// What the bucket holds at `now`. A clock that goes back adds nothing.
    fn level(&self, bucket: Bucket, now: Timestamp) -> f64 {
        let passed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        (bucket.tokens + passed / self.pace).min(self.burst)
    }
}

/// One customer line counts once: an IPv6 address counts as its /64.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(it) => IpAddr::from((u128::from(it) >> 64 << 64).to_be_bytes()),
        v4 => v4,
    }
}

/// Middleware for the routes that take a password or a one-time link: counts what is posted to them.
pub async fn sign_in(State(door): State<Door>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    match door.sign_in.take(client(&door.site, &request), door.now()) {
        Ok(()) => next.run(request).await,
        Err(seconds) => Shape::of(request.uri().path()).respond(Failure::Throttled { seconds }),
    }
}

/// The client's address: the connection's, or the last one that our proxy wrote.
pub fn client(site: &Site, request: &Request) -> IpAddr {
    let forwarded = || {
        let last = request
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            .next_back()?
            .to_str()
            .ok()?;
        last.rsplit(',').next()?.trim().parse().ok()
    };
    let connected = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(SHARED, |it| it.0.ip());
    if site.behind_proxy {
        forwarded().unwrap_or(connected)
    } else {
        connected
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        "2026-11-20T17:00:00Z".parse::<Timestamp>().unwrap() + seconds.seconds()
    }

    #[test]
    fn tries_run_out_and_come_back() {
        let limiter = Limiter::new(2.0, 6.0, 10);
        let one: IpAddr = "192.0.2.1".parse().unwrap();
        assert_eq!(limiter.take(one, at(0)), Ok(()));
        assert_eq!(limiter.take(one, at(0)), Ok(()));
        assert_eq!(limiter.take(one, at(0)), Err(6));
        assert_eq!(limiter.take(one, at(4)), Err(2));
        assert_eq!(limiter.take("192.0.2.2".parse().unwrap(), at(4)), Ok(()));
        assert_eq!(limiter.take(one, at(6)), Ok(()));
        assert_eq!(
            limiter.take(one, at(-60)),
            Err(6),
            "a clock that goes back gives nothing"
        );
    }

    #[test]
    fn one_ipv6_line_counts_once() {
        let limiter = Limiter::new(1.0, 6.0, 10);
        assert!(limiter.take("2001:db8::1".parse().unwrap(), at(0)).is_ok());
        assert!(limiter.take("2001:db8::2".parse().unwrap(), at(0)).is_err());
        assert!(limiter.take("2001:db8:0:1::1".parse().unwrap(), at(0)).is_ok());
    }

    #[test]
    fn a_crowd_takes_no_more_memory_than_there_is_room() {
        let limiter = Limiter::new(1.0, 6.0, 3);
        let taken = (0..100u8)
            .filter(|it| limiter.take(IpAddr::from([192, 0, 2, *it]), at(0)).is_ok())
            .count();
        assert_eq!(taken, 4, "three of their own and one shared");
        assert!(
            limiter.take(IpAddr::from([192, 0, 2, 200]), at(7)).is_ok(),
            "rested buckets make room"
        );
    }
}
