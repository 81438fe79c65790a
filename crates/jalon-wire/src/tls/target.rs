//! Where to look: `contoso.example`, `contoso.example:8443`, `[2001:db8::1]:443`.

use std::net::{IpAddr, SocketAddr};

use rustls_pki_types::ServerName;
use serde::{Deserialize, Serialize};

use super::TlsError;
use crate::dns;

/// Whom to greet, and by which name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The name that is sent (SNI) and that the certificate must carry, or an IP address.
    pub host: String,
    /// The TCP port.
    pub port: u16,
    /// Where to connect instead of looking the name up.
    pub connect_to: Option<SocketAddr>,
}

impl Target {
    /// A host and a port, the name being looked up.
    ///
    /// # Errors
    /// [`TlsError::BadTarget`] when the host is neither a domain name nor an address.
    pub fn new(host: &str, port: u16) -> Result<Self, TlsError> {
        let host = match host.parse::<IpAddr>() {
            Ok(address) => address.to_string(),
            Err(_) => dns::canonical(host).map_err(|it| bad(host, it.to_string()))?,
        };
        Ok(Self {
            host,
            port,
            connect_to: None,
        })
    }

    /// `HOST`, `HOST:PORT`, `ADDRESS` or `[ADDRESS]:PORT`; without a port, 443.
    ///
    /// # Errors
    /// [`TlsError::BadTarget`] when it is something else.
    pub fn parse(text: &str) -> Result<Self, TlsError> {
        let text = text.trim();
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Self::new(&address.ip().to_string(), address.port());
        }
        let bare = text
            .strip_prefix('[')
            .and_then(|it| it.strip_suffix(']'))
            .unwrap_or(text);
        if bare.parse::<IpAddr>().is_ok() {
            return Self::new(bare, 443);
        }
        match text.rsplit_once(':') {
            None => Self::new(text, 443),
            Some((host, port)) => match port.parse() {
                Ok(port @ 1..) => Self::new(host, port),
                _ => Err(bad(text, format!("`{port}` is no port"))),
            },
        }
    }

    /// The same target at a given address.
    #[must_use]
    pub fn at(self, address: SocketAddr) -> Self {
        Self {
            connect_to: Some(address),
            ..self
        }
    }

    pub(super) fn server_name(&self) -> Result<ServerName<'static>, TlsError> {
        ServerName::try_from(self.host.clone()).map_err(|it| bad(&self.host, it.to_string()))
    }

    /// The name that is sent: addresses are not (RFC 6066, 3).
    pub(super) fn sni(&self) -> Option<&str> {
        self.host.parse::<IpAddr>().is_err().then_some(&self.host)
    }
}

fn bad(target: &str, reason: String) -> TlsError {
    TlsError::BadTarget {
        target: target.escape_debug().take(80).collect(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, u16)>) {
        let found = Target::parse(text).ok();
        assert_eq!(found.as_ref().map(|it| (&*it.host, it.port)), expected, "{text}");
    }

    #[test]
    fn hosts_and_addresses_with_and_without_port() {
        check("Mail.Contoso.Example", Some(("mail.contoso.example", 443)));
        check("mail.contoso.example.:8443", Some(("mail.contoso.example", 8443)));
        check("bücher.example", Some(("xn--bcher-kva.example", 443)));
        check("192.0.2.1", Some(("192.0.2.1", 443)));
        check("192.0.2.1:25", Some(("192.0.2.1", 25)));
        check("2001:db8::1", Some(("2001:db8::1", 443)));
        check("[2001:db8::1]", Some(("2001:db8::1", 443)));
        check("[2001:db8::1]:636", Some(("2001:db8::1", 636)));
        for wrong in ["", ":443", "host:", "host:0", "host:99999", "https://contoso.example"] {
            check(wrong, None);
        }
    }
}
