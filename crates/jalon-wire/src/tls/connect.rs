//! From a target to an open connection: look up once, judge each address, connect to the first
//! that answers.

use std::{collections::HashSet, io, net::SocketAddr, time::Duration};

use tokio::{
    net::{TcpStream, lookup_host},
    time::{Instant, timeout},
};

use super::{Target, TlsError};
use crate::reach::Reach;

/// A name with many addresses is not called at all of them.
const MOST_ADDRESSES: usize = 16;

/// Where a name leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// The addresses, each once, in the order of the name service.
    pub known: Vec<SocketAddr>,
    /// How many more there are, which are not called.
    pub left_out: usize,
}

pub(crate) struct Connection {
    pub(crate) stream: TcpStream,
    pub(crate) peer: SocketAddr,
    /// From SYN to SYN+ACK: one round trip.
    pub(crate) rtt: Duration,
}

pub(crate) async fn connect(target: &Target, reach: Reach, patience: Duration) -> Result<Connection, TlsError> {
    let mut last = TlsError::NameNotFound {
        host: target.host.clone(),
    };
    for address in addresses(target, patience).await?.known {
        match connect_to(address, reach, patience).await {
            Ok(connection) => return Ok(connection),
            Err(error) => last = error,
        }
    }
    Err(last)
}

pub(super) async fn connect_to(address: SocketAddr, reach: Reach, patience: Duration) -> Result<Connection, TlsError> {
    reach.check(address.ip())?;
    let started = Instant::now();
    match timeout(patience, TcpStream::connect(address)).await {
        Err(_) => Err(TlsError::Timeout {
            address,
            during: "connection",
        }),
        Ok(Err(error)) => Err(failed(address, &error)),
        Ok(Ok(stream)) => Ok(Connection {
            stream,
            peer: address,
            rtt: started.elapsed(),
        }),
    }
}

pub(super) async fn addresses(target: &Target, patience: Duration) -> Result<Addresses, TlsError> {
    if let Some(address) = target.connect_to {
        return Ok(Addresses {
            known: vec![address],
            left_out: 0,
        });
    }
    match timeout(patience, lookup_host((&*target.host, target.port))).await {
        Err(_) => Err(lookup_failed(&target.host, "no answer in time")),
        Ok(Err(error)) => Err(lookup_failed(&target.host, &error.to_string())),
        Ok(Ok(all)) => {
            let mut seen = HashSet::new();
            let mut known: Vec<_> = all.filter(|it| seen.insert(*it)).collect();
            if known.is_empty() {
                let host = target.host.clone();
                return Err(TlsError::NameNotFound { host });
            }
            let left_out = known.len().saturating_sub(MOST_ADDRESSES);
            known.truncate(MOST_ADDRESSES);
            Ok(Addresses { known, left_out })
        }
    }
}

/// The standard library gives getaddrinfo's code only as text. Texts of glibc, musl, macOS.
fn lookup_failed(host: &str, said: &str) -> TlsError {
    const NOT_FOUND: [&str; 4] = [
        "Name or service not known",
        "No address associated with hostname",
        "Name does not resolve",
        "nodename nor servname provided",
    ];
    let host = host.to_owned();
    if NOT_FOUND.iter().any(|it| said.contains(it)) {
        return TlsError::NameNotFound { host };
    }
    TlsError::LookupFailed {
        host,
        reason: said.to_owned(),
    }
}

fn failed(address: SocketAddr, error: &io::Error) -> TlsError {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => TlsError::Refused { address },
        io::ErrorKind::TimedOut => TlsError::Timeout {
            address,
            during: "connection",
        },
        _ => TlsError::Unreachable {
            address,
            reason: error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, is_known_absent: bool) {
        let error = lookup_failed("contoso.example", said);
        assert_eq!(
            matches!(error, TlsError::NameNotFound { .. }),
            is_known_absent,
            "{said}"
        );
    }

    #[test]
    fn a_silent_name_service_does_not_mean_that_there_is_no_such_name() {
        check("failed to lookup address information: Name or service not known", true);
        check(
            "failed to lookup address information: Temporary failure in name resolution",
            false,
        );
        check("no answer in time", false);
    }

    #[tokio::test]
    async fn addresses_out_of_reach_are_not_connected() {
        let target = Target::new("metadata.example", 80).expect("a target");
        let target = target.at("169.254.169.254:80".parse().expect("an address"));
        let error = connect(&target, Reach::LOCAL, Duration::from_secs(1)).await.err();
        assert!(matches!(error, Some(TlsError::OutOfReach(_))), "{error:?}");
    }
}
