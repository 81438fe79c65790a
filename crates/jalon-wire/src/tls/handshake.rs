//! What a look at a server saw, in plain types.

use std::{net::SocketAddr, time::Duration};

use jiff::{SignedDuration, Timestamp};
use rustls_pki_types::CertificateDer;
use serde::{Deserialize, Serialize};

use super::{
    CertificateFacts, Link, Role, Roots, Staple, Target, TlsError, Trust, Version, links, name_matches, staple, trust,
};

/// A server that showed a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handshake {
    /// The name or address that was asked for.
    pub host: String,
    /// The port.
    pub port: u16,
    /// Who answered.
    pub peer: SocketAddr,
    /// The name that was sent; none for an address.
    pub sni: Option<String>,
    /// The version that was agreed on; unknown when the handshake broke too early.
    pub protocol: Option<Version>,
    /// The cipher suite by its IANA name; unknown when the handshake broke too early.
    pub cipher: Option<String>,
    /// What the server sent, in its order; its own certificate first.
    pub chain: Vec<CertificateFacts>,
    /// What the chain was worth at [`Self::verified_at`].
    pub verified: Trust,
    /// What it is worth at a moment when the server's own certificate is within its dates, so that
    /// "expired" does not hide "from an unknown issuer".
    pub verified_within_dates: Trust,
    /// The root that the chain leads to, where it leads to a trusted one.
    #[serde(default)]
    pub root: Option<String>,
    /// That root is one of the public authorities.
    #[serde(default)]
    pub is_public: bool,
    /// What each certificate of the chain is, in the same order.
    #[serde(default)]
    pub links: Vec<Link>,
    /// The OCSP response that came with the certificate; none when none came.
    #[serde(default)]
    pub staple: Option<Staple>,
    /// The places in [`Self::chain`] of the authorities that the chain holds under when each alone is trusted, as DANE
    /// does (RFC 7671, section 5.2); absent in what was written down before it was measured.
    #[serde(default)]
    pub anchored_by: Vec<usize>,
    /// For when the chain was verified.
    pub verified_at: Timestamp,
    /// The server's own certificate carries the host (RFC 9525).
    pub name_matches: bool,
    /// Why the handshake broke after the certificates were shown, such as a server that insists on
    /// a client certificate; none when it was finished.
    pub interrupted: Option<String>,
    /// One round trip, measured on connecting, in milliseconds.
    pub rtt_ms: u32,
    /// How long the handshake took, in milliseconds.
    pub handshake_ms: u32,
}

impl Handshake {
    /// The server's own certificate: the first, but in a chain that is sent upside down.
    pub fn own(&self) -> Option<&CertificateFacts> {
        let place = self.links.iter().position(|it| it.role == Role::Own);
        self.chain.get(place.unwrap_or(0))
    }
}

/// What the wire brought, before anything is read into it.
pub(super) struct Seen {
    pub(super) protocol: Option<Version>,
    pub(super) cipher: Option<String>,
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) staple: Vec<u8>,
    pub(super) interrupted: Option<String>,
    pub(super) peer: SocketAddr,
    pub(super) rtt: Duration,
    pub(super) took: Duration,
}

impl Seen {
    pub(super) fn read(self, target: &Target, roots: &Roots, now: Timestamp) -> Result<Handshake, TlsError> {
        let mut sent = self.chain;
        let chain = read_chain(&sent, self.peer)?;
        let links = links::read(&sent, &chain);
        // A chain upside down is judged from the server's own certificate; the order is told by the links.
        let own_at = links.iter().position(|it| it.role == Role::Own).unwrap_or(0);
        let own = chain.get(own_at).ok_or_else(|| TlsError::HandshakeFailed {
            address: self.peer,
            reason: "the server showed no certificate".into(),
        })?;
        let within = moment_within(own, now);
        let matches = name_matches(&target.host, &own.dns_names, &own.ip_names);
        sent.swap(0, own_at);
        let (verified, _) = trust::verify(&sent, roots, now);
        let (verified_within_dates, root) = trust::verify(&sent, roots, within);
        let anchors = trust::anchors(&sent, now);
        let staple = (!self.staple.is_empty()).then(|| staple::read(&self.staple, &sent));
        Ok(Handshake {
            host: target.host.clone(),
            port: target.port,
            peer: self.peer,
            sni: target.sni().map(ToOwned::to_owned),
            protocol: self.protocol,
            cipher: self.cipher,
            is_public: verified_within_dates == Trust::Trusted
                && trust::verify(&sent, &Roots::public(), within).0 == Trust::Trusted,
            verified_within_dates,
            verified,
            root,
            links,
            staple,
            anchored_by: anchors
                .into_iter()
                .map(|it| if it == own_at { 0 } else { it })
                .collect(),
            verified_at: now,
            name_matches: matches,
            interrupted: self.interrupted,
            rtt_ms: milliseconds(self.rtt),
            handshake_ms: milliseconds(self.took),
            chain,
        })
    }
}

pub(super) fn read_chain(chain: &[CertificateDer<'_>], address: SocketAddr) -> Result<Vec<CertificateFacts>, TlsError> {
    let read = |(index, der): (usize, &CertificateDer<'_>)| {
        CertificateFacts::read(der).map_err(|it| TlsError::UnreadableCertificate {
            address,
            position: index + 1,
            reason: it.reason,
        })
    };
    chain.iter().enumerate().map(read).collect()
}

/// Now, or the moment nearest to it at which the certificate holds.
fn moment_within(certificate: &CertificateFacts, now: Timestamp) -> Timestamp {
    let inside = SignedDuration::from_secs(1);
    if now > certificate.not_after {
        certificate.not_after.saturating_sub(inside).unwrap_or(now)
    } else if now < certificate.not_before {
        certificate.not_before.saturating_add(inside).unwrap_or(now)
    } else {
        now
    }
}

fn milliseconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}
