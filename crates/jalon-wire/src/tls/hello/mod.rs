//! A greeting by hand, for servers that no current library talks to: one ClientHello out, the
//! server's first flight in. Up to TLS 1.2 that flight names version and cipher suite and shows
//! the certificates in the clear; nothing is ever encrypted or finished here.

mod flight;
mod suites;
#[cfg(test)]
mod tests;
mod write;

use std::{io, time::Duration};

use rustls_pki_types::CertificateDer;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::Version;
use crate::entry::excerpt;
use flight::{Flight, Taken};
pub(super) use suites::suite_name;

/// The server's first flight, certificates included, is bounded: a chain is a few kilobytes.
const LARGEST_FLIGHT: usize = 512 << 10;

/// What a server says to a ClientHello.
#[derive(Debug)]
pub(super) enum Greeting {
    /// It accepts.
    Hello {
        version: Version,
        suite: u16,
        chain: Vec<CertificateDer<'static>>,
    },
    /// It refuses, with the number of an alert.
    Alert(u8),
    /// It hangs up.
    Closed,
    /// It says something that is not TLS.
    NotTls(String),
    /// It says nothing.
    Silent,
}

/// Greets with `best` as the newest version, at most TLS 1.2.
pub(super) async fn greet(mut stream: TcpStream, sni: Option<&str>, best: Version, patience: Duration) -> Greeting {
    let hello = write::client_hello(sni, best.min(Version::Tls12));
    let exchange = async {
        stream.write_all(&hello).await?;
        listen(&mut stream).await
    };
    match timeout(patience, exchange).await {
        Err(_) => Greeting::Silent,
        Ok(Err(_)) => Greeting::Closed,
        Ok(Ok(greeting)) => greeting,
    }
}

async fn listen(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Greeting> {
    let mut flight = Flight::default();
    let mut total = 0;
    while total < LARGEST_FLIGHT {
        let (kind, payload) = match record(stream).await {
            Ok(Record::Tls { kind, payload }) => (kind, payload),
            Ok(Record::Foreign(bytes)) if total == 0 => {
                return Ok(Greeting::NotTls(first_line(&bytes)));
            }
            // The connection broke off: what was understood so far counts.
            Ok(Record::Foreign(_)) | Err(_) => break,
        };
        total += payload.len();
        match flight.take(kind, &payload) {
            Taken::More => {}
            Taken::Enough => break,
            Taken::Alert(code) if flight.hello().is_none() => return Ok(Greeting::Alert(code)),
            Taken::Alert(_) => break,
        }
    }
    Ok(match flight.hello() {
        Some((version, suite)) => Greeting::Hello {
            version,
            suite,
            chain: flight.into_chain(),
        },
        None => Greeting::Closed,
    })
}

fn first_line(bytes: &[u8]) -> String {
    let is_end = |it: &u8| matches!(it, b'\r' | b'\n');
    excerpt(bytes.split(is_end).next().unwrap_or_default())
}

enum Record {
    Tls {
        kind: u8,
        payload: Vec<u8>,
    },
    /// Bytes that cannot begin a record.
    Foreign(Vec<u8>),
}

async fn record(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Record> {
    let mut first = [0; 64];
    let mut count = 0;
    // The first bytes tell TLS from anything else, and whole records from the beginnings of one.
    while count < 5 {
        let limit = if count == 0 { 1 } else { 5 };
        match stream.read(&mut first[count..limit]).await? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => count += read,
        }
        let is_tls = (20..=23).contains(&first[0]) && (count < 2 || first[1] == 3);
        if !is_tls {
            count += stream.read(&mut first[count..]).await.unwrap_or(0);
            return Ok(Record::Foreign(first[..count].to_vec()));
        }
    }
    let length = usize::from(u16::from_be_bytes([first[3], first[4]]));
    let mut payload = vec![0; length];
    stream.read_exact(&mut payload).await?;
    Ok(Record::Tls {
        kind: first[0],
        payload,
    })
}
