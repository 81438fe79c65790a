//! The server's first flight: ServerHello and Certificate (RFC 5246, 7.4), put together from
//! records. Every length in it is somebody else's word and is checked.

use rustls_pki_types::CertificateDer;

use super::super::{Version, witness::MOST_CERTIFICATES};

const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;

const SERVER_HELLO: u8 = 2;
const CERTIFICATE: u8 = 11;
const SERVER_HELLO_DONE: u8 = 14;

/// What a record brought.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    More,
    /// The certificates are there, or will not come any more.
    Enough,
    /// The description of a fatal alert.
    Alert(u8),
}

/// What a ServerHello says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tls) struct ServerHello {
    pub(in crate::tls) version: Version,
    pub(in crate::tls) suite: u16,
    /// It knows secure renegotiation (RFC 5746).
    pub(in crate::tls) renegotiates_securely: bool,
    /// It sends signed certificate timestamps (RFC 6962, 3.3.1).
    pub(in crate::tls) has_timestamps: bool,
}

/// What has arrived so far.
#[derive(Debug, Default)]
pub(super) struct Flight {
    /// Handshake bytes that do not make a whole message yet.
    pending: Vec<u8>,
    hello: Option<ServerHello>,
    chain: Vec<CertificateDer<'static>>,
}

impl Flight {
    /// What the server chose.
    pub(super) fn hello(&self) -> Option<ServerHello> {
        self.hello
    }

    pub(super) fn into_chain(self) -> Vec<CertificateDer<'static>> {
        self.chain
    }

    pub(super) fn take(&mut self, record_kind: u8, payload: &[u8]) -> Taken {
        const WARNING: u8 = 1;
        match (record_kind, payload) {
            (HANDSHAKE, _) => {
                self.pending.extend_from_slice(payload);
                self.take_messages()
            }
            // Such as "I do not know this name", upon which many servers go on.
            (ALERT, [WARNING, _]) => Taken::More,
            (ALERT, [_, description, ..]) => Taken::Alert(*description),
            _ => Taken::Enough,
        }
    }

    fn take_messages(&mut self) -> Taken {
        while let Some((kind, body)) = self.next_message() {
            match kind {
                SERVER_HELLO => match read_hello(&body) {
                    Some(hello) => self.hello = Some(hello),
                    None => return Taken::Enough,
                },
                CERTIFICATE => {
                    self.chain = read_certificates(&body);
                    return Taken::Enough;
                }
                SERVER_HELLO_DONE => return Taken::Enough,
                _ => {}
            }
        }
        Taken::More
    }

    fn next_message(&mut self) -> Option<(u8, Vec<u8>)> {
        let (&[kind, a, b, c], rest) = self.pending.split_first_chunk()?;
        let body = rest.get(..length24([a, b, c]))?.to_vec();
        self.pending.drain(..4 + body.len());
        Some((kind, body))
    }
}

/// version, random, session id behind its length, cipher suite, compression, extensions behind their length. TLS 1.3 hides
/// its version in an extension (RFC 8446, 4.2.1).
fn read_hello(body: &[u8]) -> Option<ServerHello> {
    const TIMESTAMPS: u16 = 18;
    const SUPPORTED_VERSIONS: u16 = 43;
    const RENEGOTIATION_INFO: u16 = 0xff01;
    let (&[major, minor], rest) = body.split_first_chunk()?;
    let (&session_length, rest) = rest.get(32..)?.split_first()?;
    let (suite, rest) = rest.get(usize::from(session_length)..)?.split_first_chunk()?;
    let mut hello = ServerHello {
        version: Version::from_wire(major, minor)?,
        suite: u16::from_be_bytes(*suite),
        renegotiates_securely: false,
        has_timestamps: false,
    };
    for (kind, content) in extensions(rest.get(3..).unwrap_or_default()) {
        match (kind, content) {
            (TIMESTAMPS, _) => hello.has_timestamps = true,
            (RENEGOTIATION_INFO, _) => hello.renegotiates_securely = true,
            (SUPPORTED_VERSIONS, &[major, minor]) => hello.version = Version::from_wire(major, minor)?,
            _ => {}
        }
    }
    Some(hello)
}

/// Extensions, each its kind and its content behind its length; the first that is cut off ends them.
fn extensions(mut rest: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (&[k, l, a, b], behind) = rest.split_first_chunk()?;
        let (content, others) = behind.split_at_checked(usize::from(u16::from_be_bytes([a, b])))?;
        rest = others;
        Some((u16::from_be_bytes([k, l]), content))
    })
}

/// A list behind its length, of certificates each behind its length. What is cut off is left out.
fn read_certificates(body: &[u8]) -> Vec<CertificateDer<'static>> {
    let mut rest = body.get(3..).unwrap_or_default();
    let next = || {
        let (length, behind) = rest.split_first_chunk()?;
        let (certificate, others) = behind.split_at_checked(length24(*length))?;
        rest = others;
        Some(CertificateDer::from(certificate.to_vec()))
    };
    std::iter::from_fn(next).take(MOST_CERTIFICATES).collect()
}

fn length24([a, b, c]: [u8; 3]) -> usize {
    usize::from(a) << 16 | usize::from(b) << 8 | usize::from(c)
}
