//! Who issued whom among the certificates that were sent: by name, by key identifier and by signature.

use rustls_pki_types::CertificateDer;
use serde::{Deserialize, Serialize};
use x509_parser::{certificate::X509Certificate, error::X509Error, extensions::ParsedExtension, prelude::FromDer};

use super::{CertificateFacts, Digest, KeyAlgorithm};

/// What a certificate is to the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The server's own.
    Own,
    /// It leads on from the server's own.
    Intermediate,
    /// It leads on and was issued by itself: clients have it or do not trust it.
    Root,
    /// Nothing on the way from the server's own leads over it.
    Superfluous,
}

/// A certificate that was sent, among the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it is to the chain.
    pub role: Role,
    /// The places of those that issued it, counted from 0; several where an authority has several certificates for one key.
    pub issued_by: Vec<usize>,
}

/// The links of a chain. The server's own certificate is the first, unless that is an authority's and another stands below it.
pub(super) fn read(chain: &[CertificateDer<'_>], facts: &[CertificateFacts]) -> Vec<Link> {
    if facts.is_empty() {
        return Vec::new();
    }
    let parsed: Vec<_> = chain
        .iter()
        .map(|it| X509Certificate::from_der(it).ok().map(|(_, it)| it))
        .collect();
    let issued_by: Vec<Vec<usize>> = (0..parsed.len())
        .map(|child| {
            (0..parsed.len())
                .filter(|issuer| *issuer != child && is_issuer(&parsed, facts, *issuer, child))
                .collect()
        })
        .collect();
    let own = own(facts, &issued_by);
    let used = reachable(own, &issued_by);
    let role = |place: usize| match &facts[place] {
        _ if place == own => Role::Own,
        _ if !used[place] => Role::Superfluous,
        it if it.self_issued => Role::Root,
        _ => Role::Intermediate,
    };
    issued_by
        .iter()
        .enumerate()
        .map(|(place, issued_by)| Link {
            role: role(place),
            issued_by: issued_by.clone(),
        })
        .collect()
}

/// A server that sends its chain upside down shows its authority first.
fn own(facts: &[CertificateFacts], issued_by: &[Vec<usize>]) -> usize {
    if !facts.first().is_some_and(|it| it.is_ca && facts.len() > 1) {
        return 0;
    }
    let mut below = (0..facts.len()).filter(|it| !facts[*it].is_ca && reachable(*it, issued_by)[0]);
    match (below.next(), below.next()) {
        (Some(only), None) => only,
        _ => 0,
    }
}

fn reachable(from: usize, issued_by: &[Vec<usize>]) -> Vec<bool> {
    let mut seen = vec![false; issued_by.len()];
    let mut open = vec![from];
    while let Some(place) = open.pop() {
        if !std::mem::replace(&mut seen[place], true) {
            open.extend(&issued_by[place]);
        }
    }
    seen
}

fn is_issuer(parsed: &[Option<X509Certificate<'_>>], facts: &[CertificateFacts], issuer: usize, child: usize) -> bool {
    let (Some(above), Some(below)) = (&parsed[issuer], &parsed[child]) else {
        return false;
    };
    if above.subject().as_raw() != below.issuer().as_raw()
        || facts[child].sha256_fingerprint == facts[issuer].sha256_fingerprint
    {
        return false;
    }
    if let (Some(key), Some(wanted)) = (own_key_id(above), issuer_key_id(below))
        && key != wanted
    {
        return false;
    }
    signs(above, below, &facts[issuer], &facts[child])
}

/// A signature that cannot be verified here (an old digest, a small key) says nothing: name and key identifier decide.
fn signs(
    above: &X509Certificate<'_>,
    below: &X509Certificate<'_>,
    issuer: &CertificateFacts,
    child: &CertificateFacts,
) -> bool {
    let is_small = issuer.key.algorithm == KeyAlgorithm::Rsa && issuer.key.bits < 2048;
    let is_old = matches!(
        child.signature_algorithm.digest,
        Some(Digest::Md2 | Digest::Md5 | Digest::Sha1) | None
    );
    match below.verify_signature(Some(above.public_key())) {
        Ok(()) | Err(X509Error::SignatureUnsupportedAlgorithm) => true,
        Err(_) => is_small || is_old,
    }
}

fn own_key_id<'a>(certificate: &'a X509Certificate<'_>) -> Option<&'a [u8]> {
    certificate
        .extensions()
        .iter()
        .find_map(|it| match it.parsed_extension() {
            ParsedExtension::SubjectKeyIdentifier(id) => Some(id.0),
            _ => None,
        })
}

fn issuer_key_id<'a>(certificate: &'a X509Certificate<'_>) -> Option<&'a [u8]> {
    certificate
        .extensions()
        .iter()
        .find_map(|it| match it.parsed_extension() {
            ParsedExtension::AuthorityKeyIdentifier(id) => id.key_identifier.as_ref().map(|it| it.0),
            _ => None,
        })
}
