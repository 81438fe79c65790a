//! The name servers this machine uses.

use std::{
    fs,
    net::{IpAddr, SocketAddr},
};

use super::DnsError;

/// More than any libc asks (glibc takes three).
const MOST_SERVERS: usize = 8;

/// The servers in `/etc/resolv.conf`, port 53.
///
/// # Errors
/// [`DnsError::NoServers`] when the file is not there or names none.
pub fn system_servers() -> Result<Vec<SocketAddr>, DnsError> {
    let text = fs::read_to_string("/etc/resolv.conf").map_err(|_| DnsError::NoServers)?;
    let servers = parse_resolv_conf(&text);
    if servers.is_empty() {
        Err(DnsError::NoServers)
    } else {
        Ok(servers)
    }
}

/// The `nameserver` lines of a resolv.conf(5). Addresses with a zone (`fe80::1%eth0`) are left
/// out: they mean nothing away from their interface.
pub fn parse_resolv_conf(text: &str) -> Vec<SocketAddr> {
    let server = |line: &str| {
        let mut words = line.split_whitespace();
        let address: IpAddr = (words.next()? == "nameserver").then(|| words.next())??.parse().ok()?;
        Some(SocketAddr::new(address, 53))
    };
    text.lines().filter_map(server).take(MOST_SERVERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nameserver_lines_count() {
        let text = "# nameserver 192.0.2.9\nsearch contoso.example\nnameserver 192.0.2.1\n\
                    nameserver\t2001:db8::1 \nnameserver fe80::1%eth0\noptions edns0\n";
        let expected = ["192.0.2.1:53", "[2001:db8::1]:53"].map(|it| it.parse().expect("an address"));
        assert_eq!(parse_resolv_conf(text), expected);
    }
}
