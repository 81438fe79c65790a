//! What an engagement measures: domains, endpoints, directory sources, each checked at the door.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A DNS name that the customer owns, lower-case, without trailing dot, at least two labels (RFC 1035, section 2.3.4).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DomainName(String);

/// Something typed that cannot be measured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTarget {
    /// Not a domain name.
    #[error("`{0}` is not a domain name: expected something like contoso.example")]
    Domain(String),
    /// Not an endpoint.
    #[error("`{0}` is not an endpoint: expected HOST or HOST:PORT, such as mail.contoso.example:443")]
    Endpoint(String),
}

impl DomainName {
    /// Checks and normalises `raw`. Names in other scripts are accepted as typed; the wire turns them into A-labels.
    ///
    /// # Errors
    /// [`BadTarget::Domain`] when a label is empty, too long or holds a character that no host name has.
    pub fn parse(raw: &str) -> Result<Self, BadTarget> {
        let name = raw.trim().trim_end_matches('.').to_lowercase();
        let label_fits = |it: &str| {
            (1..=63).contains(&it.len())
                && !it.starts_with('-')
                && !it.ends_with('-')
                && it.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        };
        let all_digits = name.split('.').all(|it| it.bytes().all(|b| b.is_ascii_digit()));
        if name.len() <= 253 && name.contains('.') && !all_digits && name.split('.').all(label_fits) {
            Ok(Self(name))
        } else {
            Err(BadTarget::Domain(raw.trim().to_owned()))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A TLS endpoint: `host:port`, port 443 when none is typed; the host is a name or an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Endpoint {
    host: String,
    port: u16,
}

impl Endpoint {
    /// Checks `raw`: `HOST`, `HOST:PORT` or `[IPv6]:PORT`.
    ///
    /// # Errors
    /// [`BadTarget::Endpoint`] otherwise.
    pub fn parse(raw: &str) -> Result<Self, BadTarget> {
        let bad = || BadTarget::Endpoint(raw.trim().to_owned());
        let typed = raw.trim();
        if let Ok(address) = typed.parse::<std::net::SocketAddr>() {
            return Ok(Self {
                host: address.ip().to_string(),
                port: address.port(),
            });
        }
        if let Ok(ip) = typed.trim_matches(['[', ']']).parse::<std::net::IpAddr>() {
            return Ok(Self {
                host: ip.to_string(),
                port: 443,
            });
        }
        let (host, port) = match typed.rsplit_once(':') {
            Some((host, port)) => (host, port.parse::<u16>().ok().filter(|it| *it > 0).ok_or_else(bad)?),
            None => (typed, 443),
        };
        let host = if host.eq_ignore_ascii_case("localhost") {
            "localhost".to_owned()
        } else {
            DomainName::parse(host).map_err(|_| bad())?.0
        };
        Ok(Self { host, port })
    }

    /// The name or address.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The TCP port.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! from_strings {
    ($($name:ident)*) => {$(
        impl FromStr for $name {
            type Err = BadTarget;
            fn from_str(raw: &str) -> Result<Self, BadTarget> {
                Self::parse(raw)
            }
        }
        impl TryFrom<String> for $name {
            type Error = BadTarget;
            fn try_from(raw: String) -> Result<Self, BadTarget> {
                Self::parse(&raw)
            }
        }
        impl From<$name> for String {
            fn from(it: $name) -> String {
                it.to_string()
            }
        }
    )*};
}
from_strings! { DomainName Endpoint }

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn endpoint(raw: &str, expected: Option<&str>) {
        assert_eq!(
            Endpoint::parse(raw).ok().map(|it| it.to_string()).as_deref(),
            expected,
            "{raw}"
        );
    }

    #[test]
    fn endpoints_are_names_or_addresses_with_a_port() {
        endpoint("mail.nord.example.com", Some("mail.nord.example.com:443"));
        endpoint("MAIL.nord.example.com:8443", Some("mail.nord.example.com:8443"));
        endpoint("127.0.0.1:18443", Some("127.0.0.1:18443"));
        endpoint("[::1]:443", Some("[::1]:443"));
        endpoint("localhost:443", Some("localhost:443"));
        endpoint("mail.nord.example.com:0", None);
        endpoint("mail", None);
        endpoint("https://mail.nord.example.com", None);
        endpoint("", None);
    }

    #[test]
    fn domains_are_normalised_and_nonsense_is_refused() {
        assert_eq!(
            DomainName::parse(" Contoso.Example. ").unwrap().as_str(),
            "contoso.example"
        );
        assert!(DomainName::parse("école.example").is_ok());
        for raw in [
            "",
            "contoso",
            "a..b",
            "-a.example",
            "a b.example",
            "192.0.2.1",
            &format!("{}.example", "x".repeat(64)),
        ] {
            assert!(DomainName::parse(raw).is_err(), "{raw}");
        }
    }
}
