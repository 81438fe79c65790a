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
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};

use super::Version;
use crate::entry::excerpt;
pub(super) use flight::ServerHello;
use flight::{Flight, Taken};
pub use suites::SuiteKind;
pub(super) use suites::{broad, kind, of, suite_name};

/// The server's first flight, certificates included, is bounded: a chain is a few kilobytes.
const LARGEST_FLIGHT: usize = 512 << 10;

/// What a ClientHello offers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer<'a> {
    /// The name of the server; sent with the extensions only.
    pub(super) sni: Option<&'a str>,
    /// The newest version. TLS 1.3 is offered alone, any other with all before it.
    pub(super) best: Version,
    /// The cipher suites, the preferred ones first.
    pub(super) suites: &'a [u16],
    /// Whether extensions follow, which SSL 3.0 does not know.
    pub(super) is_extended: bool,
}

/// What a server says to a ClientHello.
#[derive(Debug)]
pub(super) enum Greeting {
    /// It accepts.
    Hello {
        hello: ServerHello,
        chain: Vec<CertificateDer<'static>>,
    },
    /// It refuses, with the number of an alert.
    Alert(u8),
    /// It hangs up, or breaks the connection off.
    Closed,
    /// It says something that is not TLS, or no ServerHello that can be read.
    NotTls(String),
    /// It says nothing.
    Silent,
}

/// How much of the answer is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// The ServerHello.
    Hello,
    /// The certificates.
    Chain,
}

/// Greets whoever is at the other end.
pub(super) async fn greet(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    offer: &Offer<'_>,
    until: Until,
    patience: Duration,
) -> Greeting {
    let hello = write::client_hello(offer);
    let exchange = async {
        stream.write_all(&hello).await?;
        stream.flush().await?;
        listen(&mut stream, until).await
    };
    match timeout(patience, exchange).await {
        Err(_) => Greeting::Silent,
        Ok(Err(_)) => Greeting::Closed,
        Ok(Ok(greeting)) => greeting,
    }
}

async fn listen(stream: &mut (impl AsyncRead + Unpin), until: Until) -> io::Result<Greeting> {
    let mut flight = Flight::default();
    let mut total = 0;
    // Bytes that are no refusal: without a hello that was understood, they tell nothing.
    let mut is_strange = false;
    while total < LARGEST_FLIGHT {
        let (kind, payload) = match record(stream).await {
            Ok(Record::Tls { kind, payload }) => (kind, payload),
            Ok(Record::Foreign(bytes)) if total == 0 => {
                return Ok(Greeting::NotTls(first_line(&bytes)));
            }
            Ok(Record::Foreign(_)) => {
                is_strange = true;
                break;
            }
            // The connection broke off: what was understood so far counts.
            Err(_) => break,
        };
        total += payload.len();
        match flight.take(kind, &payload) {
            Taken::More if until == Until::Hello && flight.hello().is_some() => break,
            Taken::More => is_strange = total >= LARGEST_FLIGHT,
            Taken::Enough => {
                is_strange = true;
                break;
            }
            Taken::Alert(code) if flight.hello().is_none() => return Ok(Greeting::Alert(code)),
            Taken::Alert(_) => break,
        }
    }
    Ok(match flight.hello() {
        Some(hello) => Greeting::Hello {
            hello,
            chain: flight.into_chain(),
        },
        None if is_strange => Greeting::NotTls(String::new()),
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
