//! Where a search from the top begins: the root servers, or those of a laboratory.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// The root servers and their addresses, as IANA publishes them (www.iana.org, "Root Servers").
const PUBLIC: [(&str, &str); 13] = [
    ("198.41.0.4", "2001:503:ba3e::2:30"),
    ("170.247.170.2", "2801:1b8:10::b"),
    ("192.33.4.12", "2001:500:2::c"),
    ("199.7.91.13", "2001:500:2d::d"),
    ("192.203.230.10", "2001:500:a8::e"),
    ("192.5.5.241", "2001:500:2f::f"),
    ("192.112.36.4", "2001:500:12::d0d"),
    ("198.97.190.53", "2001:500:1::53"),
    ("192.36.148.17", "2001:7fe::53"),
    ("192.58.128.30", "2001:503:c27::2:30"),
    ("193.0.14.129", "2001:7fd::1"),
    ("199.7.83.42", "2001:500:9f::42"),
    ("202.12.27.33", "2001:dc3::35"),
];

/// Addresses of root servers, and the port on which authoritative servers listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roots {
    addresses: Arc<[IpAddr]>,
    port: u16,
}

impl Roots {
    /// The public ones, port 53.
    pub fn public() -> Self {
        let (v4, v6): (Vec<_>, Vec<_>) = PUBLIC.iter().map(|it| (it.0, it.1)).unzip();
        let addresses = v4.into_iter().chain(v6).filter_map(|it| it.parse().ok());
        Self {
            addresses: addresses.collect(),
            port: 53,
        }
    }

    /// Those of a hints file: the lines of a zone file that give addresses, such as `a.root. 3600000 A 192.0.2.1`. Nothing
    /// else in it is read. `None` when it names no address.
    pub fn parse(text: &str) -> Option<Self> {
        let address = |line: &str| {
            let line = line.split(';').next().unwrap_or_default();
            let words: Vec<&str> = line.split_whitespace().collect();
            let [.., kind, address] = words.as_slice() else {
                return None;
            };
            let is_address = kind.eq_ignore_ascii_case("A") || kind.eq_ignore_ascii_case("AAAA");
            is_address.then(|| address.parse().ok())?
        };
        let addresses: Arc<[IpAddr]> = text.lines().filter_map(address).collect();
        (!addresses.is_empty()).then_some(Self { addresses, port: 53 })
    }

    /// Authoritative servers listen on this port, all of them: a laboratory's do.
    #[must_use]
    pub fn with_port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// The port of authoritative servers.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The root servers.
    pub fn servers(&self) -> Vec<SocketAddr> {
        self.addresses.iter().map(|it| (*it, self.port).into()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_roots_are_thirteen_twice() {
        let servers = Roots::public().servers();
        assert_eq!(servers.len(), 26);
        assert_eq!(servers[0], "198.41.0.4:53".parse().expect("an address"));
    }

    #[test]
    fn a_hints_file_gives_its_addresses() {
        let text =
            "; hints\n.  3600000  NS  A.ROOT.\nA.ROOT.  3600000  A  192.0.2.1 ; one\na.root. IN AAAA 2001:db8::1\n";
        let roots = Roots::parse(text).expect("it names two").with_port(5353);
        let expected = ["192.0.2.1:5353", "[2001:db8::1]:5353"].map(|it| it.parse().expect("an address"));
        assert_eq!(roots.servers(), expected);
        assert_eq!(Roots::parse("nothing here"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "([. a-z0-9]|DS|DNSKEY|A|AAAA|;|\n|\\PC){0,60}") {
            let _ = Roots::parse(&text);
        }
    }
}
