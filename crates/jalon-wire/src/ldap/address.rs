//! Where a directory is: `ldap://dc1.contoso.example`, `ldaps://[2001:db8::1]:3269/DC=contoso,DC=example`.

use std::{fmt, net::IpAddr};

use crate::dns;

/// The address of a directory server, as an LDAP URL (RFC 4516) gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The name, or an IP address without brackets.
    host: String,
    port: u16,
    ldaps: bool,
    base: Option<String>,
}

/// Something that is no address of a directory server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// Neither `ldap://` nor `ldaps://`.
    #[error("`{given}` is no directory address; write ldap://HOST, ldaps://HOST or ldap://HOST:PORT")]
    Scheme {
        /// As given.
        given: String,
    },
    /// A user name or a password in it. It is not repeated here.
    #[error("a directory address holds no user name or password; give them separately and write ldap://{host}")]
    Credentials {
        /// What follows the `@`.
        host: String,
    },
    /// No name and no address.
    #[error("`{given}` names no server: {reason}")]
    Host {
        /// As given.
        given: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No port.
    #[error("`{port}` in `{given}` is no port; write a number from 1 to 65535")]
    Port {
        /// As given.
        given: String,
        /// What stands in the place of the port.
        port: String,
    },
    /// The part after the host cannot be read.
    #[error("`{given}` has an unreadable base: {reason}")]
    Base {
        /// As given.
        given: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// More of an LDAP URL than a server and a base.
    #[error("`{given}` says more than a server and a base; give attributes and filter separately")]
    TooMuch {
        /// As given.
        given: String,
    },
}

impl Address {
    /// Reads `ldap://HOST[:PORT][/BASE]` or `ldaps://…`. Without a port it is 389 or 636.
    ///
    /// # Errors
    /// What is wrong with it and what to write instead.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim();
        let (ldaps, rest) = scheme(text)?;
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if let Some((_, host)) = authority.rsplit_once('@') {
            return Err(BadAddress::Credentials { host: host.to_owned() });
        }
        let (host, port) = split_port(text, authority)?;
        let port = match port {
            Some(port) => read_port(text, port)?,
            None if ldaps => 636,
            None => 389,
        };
        let (host, base) = (read_host(text, host)?, read_base(text, path)?);
        Ok(Self {
            host,
            port,
            ldaps,
            base,
        })
    }

    /// The name, or an IP address without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The TCP port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// TLS from the first byte.
    pub fn is_ldaps(&self) -> bool {
        self.ldaps
    }

    /// The port is that of a global catalogue, which holds every object of a forest but only some
    /// of their attributes.
    pub fn is_global_catalogue(&self) -> bool {
        matches!(self.port, 3268 | 3269)
    }

    /// Where to search, when the address says it.
    pub fn base(&self) -> Option<&str> {
        self.base.as_deref()
    }

    /// `HOST:PORT`, for messages.
    pub fn server(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

/// The address without its base.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.ldaps { "ldaps" } else { "ldap" };
        write!(f, "{scheme}://{}", self.server())
    }
}

fn scheme(text: &str) -> Result<(bool, &str), BadAddress> {
    let no_scheme = || BadAddress::Scheme {
        given: shown(text).to_owned(),
    };
    let (scheme, rest) = text.split_once("://").ok_or_else(no_scheme)?;
    match scheme.to_ascii_lowercase().as_str() {
        "ldap" => Ok((false, rest)),
        "ldaps" => Ok((true, rest)),
        _ => Err(no_scheme()),
    }
}

/// What of an address may be repeated: nothing before an `@`, which may be a password.
fn shown(text: &str) -> &str {
    text.rsplit_once('@').map_or(text, |(_, rest)| rest)
}

/// Host and port; an IPv6 address stands in brackets.
fn split_port<'a>(text: &str, authority: &'a str) -> Result<(&'a str, Option<&'a str>), BadAddress> {
    let Some(bracketed) = authority.strip_prefix('[') else {
        return Ok(match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        });
    };
    match bracketed.split_once(']') {
        Some((host, "")) => Ok((host, None)),
        Some((host, rest)) if rest.starts_with(':') => Ok((host, Some(&rest[1..]))),
        _ => Err(BadAddress::Host {
            given: text.to_owned(),
            reason: "the bracket is not closed".to_owned(),
        }),
    }
}

fn read_port(text: &str, port: &str) -> Result<u16, BadAddress> {
    match port.parse() {
        Ok(port @ 1..) => Ok(port),
        _ => Err(BadAddress::Port {
            given: text.to_owned(),
            port: port.to_owned(),
        }),
    }
}

fn read_host(text: &str, host: &str) -> Result<String, BadAddress> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(address.to_string());
    }
    dns::canonical(host).map_err(|it| BadAddress::Host {
        given: text.to_owned(),
        reason: it.to_string(),
    })
}

/// The base of an LDAP URL (RFC 4516, `dn`), whose special characters are percent-encoded.
fn read_base(text: &str, path: &str) -> Result<Option<String>, BadAddress> {
    let (base, rest) = path.split_once('?').unwrap_or((path, ""));
    if rest.bytes().any(|it| it != b'?') {
        return Err(BadAddress::TooMuch { given: text.to_owned() });
    }
    let bad = |reason| BadAddress::Base {
        given: text.to_owned(),
        reason,
    };
    let bytes = unescape(base).ok_or_else(|| bad("a `%` is not followed by two hexadecimal digits"))?;
    let base = String::from_utf8(bytes).map_err(|_| bad("it is not UTF-8"))?;
    Ok(Some(base).filter(|it| !it.is_empty()))
}

fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let digits = piece.get(..2)?;
        bytes.extend(hex::decode(digits).ok()?);
        bytes.extend_from_slice(piece.get(2..)?.as_bytes());
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str, base: Option<&str>) {
        let address = Address::parse(text).unwrap_or_else(|it| panic!("{text}: {it}"));
        assert_eq!(address.to_string(), shown, "{text}");
        assert_eq!(address.base(), base, "{text}");
    }

    #[track_caller]
    fn check_bad(text: &str, expected: &str) {
        let error = Address::parse(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }

    #[test]
    fn the_scheme_gives_the_port() {
        check("ldap://dc1.contoso.example", "ldap://dc1.contoso.example:389", None);
        check("ldaps://dc1.contoso.example", "ldaps://dc1.contoso.example:636", None);
        check(" LDAP://DC1.Contoso.example/ ", "ldap://dc1.contoso.example:389", None);
        check("ldap://localhost:13890", "ldap://localhost:13890", None);
        check("ldap://192.0.2.1", "ldap://192.0.2.1:389", None);
    }

    #[test]
    fn ipv6_addresses_stand_in_brackets() {
        check("ldap://[2001:db8::1]", "ldap://[2001:db8::1]:389", None);
        check("ldaps://[2001:DB8::1]:3269/", "ldaps://[2001:db8::1]:3269", None);
        check_bad("ldap://[2001:db8::1", "bracket");
        check_bad("ldap://2001:db8::1", "is no port");
    }

    #[test]
    fn the_ports_of_a_global_catalogue_are_known() {
        let is_one = |text| Address::parse(text).expect(text).is_global_catalogue();
        assert!(is_one("ldap://dc1.contoso.example:3268"));
        assert!(is_one("ldaps://dc1.contoso.example:3269"));
        assert!(!is_one("ldap://dc1.contoso.example"));
    }

    #[test]
    fn the_base_of_a_url_is_decoded() {
        check(
            "ldap://a.example/DC=contoso,DC=example",
            "ldap://a.example:389",
            Some("DC=contoso,DC=example"),
        );
        check(
            "ldap://a.example/o=C%C3%A9dille%2C%20Ltd",
            "ldap://a.example:389",
            Some("o=Cédille, Ltd"),
        );
        check("ldap://a.example/o=x???", "ldap://a.example:389", Some("o=x"));
        check_bad("ldap://a.example/o=%zz", "two hexadecimal digits");
        check_bad("ldap://a.example/o=%é", "two hexadecimal digits");
        check_bad("ldap://a.example/o=%ff", "not UTF-8");
        check_bad("ldap://a.example/o=x?cn?sub", "says more");
    }

    #[test]
    fn a_password_is_refused_and_not_repeated() {
        check_bad(
            "ldap://ada:secret@a.example",
            "give them separately and write ldap://a.example",
        );
        let error = Address::parse("ldap://ada:sec@ret@a.example").expect_err("credentials");
        assert!(!error.to_string().contains("ret"), "{error}");
        let error = Address::parse("http://ada:secret@a.example").expect_err("scheme");
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[test]
    fn what_is_no_address_is_told_what_to_write() {
        check_bad("dc1.contoso.example", "write ldap://HOST");
        check_bad("http://dc1.contoso.example", "write ldap://HOST");
        check_bad("ldap://", "names no server");
        check_bad("ldap://a.example:0", "`0`");
        check_bad("ldap://a.example:ldap", "is no port");
    }
}
