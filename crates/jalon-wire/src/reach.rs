//! Which addresses a measurement may connect to. A name is resolved once and the resolved address
//! is what is judged and connected, so that a name cannot change its mind in between.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which addresses may be connected. Link-local, metadata, multicast, broadcast and unspecified
/// addresses never are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// This machine: 127.0.0.0/8 and `::1`.
    pub loopback: bool,
    /// Private and shared networks: RFC 1918, RFC 6598, RFC 4193.
    pub private: bool,
}

/// An address that may not be connected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{address} may not be connected: {kind} addresses are refused")]
pub struct Refused {
    /// The address.
    pub address: IpAddr,
    /// What kind of address it is.
    pub kind: &'static str,
}

impl Reach {
    /// What a command on somebody's own machine may connect.
    pub const LOCAL: Self = Self {
        loopback: true,
        private: true,
    };
    /// What a hosted service may connect.
    pub const PUBLIC: Self = Self {
        loopback: false,
        private: false,
    };

    /// Passes an address that may be connected.
    ///
    /// # Errors
    /// The address with what kind it is.
    pub fn check(self, address: IpAddr) -> Result<(), Refused> {
        // An IPv4 address in IPv6 clothes reaches the same machine.
        let kind = match address.to_canonical() {
            IpAddr::V4(it) => self.refused_v4(it),
            IpAddr::V6(it) => self.refused_v6(it),
        };
        kind.map_or(Ok(()), |kind| Err(Refused { address, kind }))
    }

    fn refused_v4(self, it: Ipv4Addr) -> Option<&'static str> {
        // Cloud metadata that is not link-local: Alibaba, and Azure's host agent.
        const METADATA: [Ipv4Addr; 2] = [Ipv4Addr::new(100, 100, 100, 200), Ipv4Addr::new(168, 63, 129, 16)];
        let shared = it.octets()[0] == 100 && it.octets()[1] & 0xc0 == 64;
        match it {
            _ if METADATA.contains(&it) => Some("metadata"),
            // 0.0.0.0/8 is "this network": on Linux 0.0.0.0 reaches this machine.
            _ if it.octets()[0] == 0 => Some("unspecified"),
            _ if it.is_link_local() => Some("link-local"),
            _ if it.is_multicast() || it.is_broadcast() => Some("multicast"),
            _ if it.is_loopback() && !self.loopback => Some("loopback"),
            _ if (it.is_private() || shared) && !self.private => Some("private"),
            _ => None,
        }
    }

    fn refused_v6(self, it: Ipv6Addr) -> Option<&'static str> {
        // fd00:ec2::254 is the metadata service of AWS.
        const METADATA: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);
        match it {
            METADATA => Some("metadata"),
            _ if it.is_unspecified() => Some("unspecified"),
            _ if it.is_unicast_link_local() => Some("link-local"),
            _ if it.is_multicast() => Some("multicast"),
            _ if it.is_loopback() && !self.loopback => Some("loopback"),
            _ if it.is_unique_local() && !self.private => Some("private"),
            _ => embedded_v4(it).and_then(|it| self.refused_v4(it)),
        }
    }
}

/// The IPv4 address behind a translated one: NAT64 (RFC 6052, 64:ff9b::/96) and 6to4 (RFC 3056).
fn embedded_v4(it: Ipv6Addr) -> Option<Ipv4Addr> {
    let join = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match it.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => Some(join(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(reach: Reach, address: &str, expected: Option<&str>) {
        let refused = reach.check(address.parse().expect("an address")).err();
        assert_eq!(refused.map(|it| it.kind), expected, "{address}");
    }

    #[test]
    fn some_addresses_are_never_connected() {
        for reach in [Reach::LOCAL, Reach::PUBLIC] {
            check(reach, "169.254.169.254", Some("link-local"));
            check(reach, "::ffff:169.254.169.254", Some("link-local"));
            check(reach, "64:ff9b::a9fe:a9fe", Some("link-local"));
            check(reach, "fe80::1", Some("link-local"));
            check(reach, "168.63.129.16", Some("metadata"));
            check(reach, "fd00:ec2::254", Some("metadata"));
            check(reach, "0.0.0.0", Some("unspecified"));
            check(reach, "255.255.255.255", Some("multicast"));
            check(reach, "192.0.2.1", None);
            check(reach, "2001:db8::1", None);
        }
    }

    #[test]
    fn a_hosted_service_stays_out_of_private_networks() {
        for (address, kind) in [
            ("127.0.0.1", "loopback"),
            ("::1", "loopback"),
            ("::ffff:127.0.0.1", "loopback"),
            ("10.1.2.3", "private"),
            ("100.64.0.1", "private"),
            ("fd12::1", "private"),
            ("2002:0a00:0001::1", "private"),
        ] {
            check(Reach::PUBLIC, address, Some(kind));
            check(Reach::LOCAL, address, None);
        }
    }
}
