//! How a directory is reached: whom to trust, how long to wait, how often to come back.

use std::time::Duration;

use crate::{reach::Reach, tls::Roots};

/// How a directory is reached. The fields are plain, so that a caller changes what it must.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The authorities that a certificate may lead to.
    pub roots: Roots,
    /// Which addresses may be connected.
    pub reach: Reach,
    /// Turn an `ldap://` connection into TLS before anything is sent (RFC 4511, 4.14). The
    /// connection is given up when the server does not.
    pub start_tls: bool,
    /// How long the look-up, each connection and each handshake may take.
    pub connect_timeout: Duration,
    /// How long signing in may take.
    pub bind_timeout: Duration,
    /// How long the server may stay silent within an operation.
    pub operation_timeout: Duration,
    /// How long to wait before each new connection when one was lost; when they are used up
    /// without anything read, the scan ends.
    pub retry: Vec<Duration>,
}

impl Settings {
    /// Public roots, any address that a command on somebody's own machine may reach, no StartTLS.
    pub fn new() -> Self {
        let seconds = Duration::from_secs;
        Self {
            roots: Roots::public(),
            reach: Reach::LOCAL,
            start_tls: false,
            connect_timeout: seconds(10),
            bind_timeout: seconds(20),
            operation_timeout: seconds(120),
            retry: [1, 2, 5, 15, 30].map(seconds).to_vec(),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::new()
    }
}
