//! Does a chain lead to a trusted root, at a given time? The answer is a fact with its reason.

use std::time::Duration;

use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use serde::{Deserialize, Serialize};
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, Error, KeyUsage};
use x509_parser::{prelude::FromDer, x509::X509Name};

use super::Roots;

/// What a chain is worth for a server, by the rules of RFC 5280. Names are compared elsewhere,
/// revocation is not looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Trust {
    /// It leads to a trusted root.
    Trusted,
    /// It leads to nobody who is trusted: another root, or an intermediate that was not sent.
    UnknownIssuer,
    /// A certificate in it is past its end.
    Expired,
    /// A certificate in it is before its beginning.
    NotYetValid,
    /// A signature in it does not fit, or was made by an RSA key below 2,048 bits.
    BadSignature,
    /// A signature in it uses an algorithm that is no longer accepted, such as SHA-1.
    WeakSignature,
    /// The server shows an authority's own certificate.
    AuthorityAsServer,
    /// The certificate is for something else than servers.
    WrongUsage,
    /// An authority in it may not issue for this name, or not that deep.
    BeyondConstraints,
    /// Anything else.
    Other {
        /// In the words of the verifier.
        reason: String,
    },
}

/// Verifies a chain as the server sent it, its own certificate first: what it is worth, and the root that it leads to.
pub(super) fn verify(chain: &[CertificateDer<'_>], roots: &Roots, at: Timestamp) -> (Trust, Option<String>) {
    verify_under(chain, roots.anchors(), at)
}

/// The places of the authorities in the chain under which it holds when each alone is trusted. Chains are short: nobody
/// sends more than a few.
pub(super) fn anchors(chain: &[CertificateDer<'_>], at: Timestamp) -> Vec<usize> {
    const MOST: usize = 6;
    let holds = |place: &usize| {
        let anchor = webpki::anchor_from_trusted_cert(&chain[*place]);
        anchor.is_ok_and(|it| verify_under(chain, &[it], at).0 == Trust::Trusted)
    };
    (1..chain.len().min(MOST)).filter(holds).collect()
}

fn verify_under(chain: &[CertificateDer<'_>], anchors: &[TrustAnchor<'_>], at: Timestamp) -> (Trust, Option<String>) {
    let Some((own, others)) = chain.split_first() else {
        let reason = "no certificate was sent".to_owned();
        return (Trust::Other { reason }, None);
    };
    let seconds = u64::try_from(at.as_second()).unwrap_or(0);
    let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let verified = EndEntityCert::try_from(own).and_then(|own| {
        let usage = KeyUsage::server_auth();
        own.verify_for_usage(ALL_VERIFICATION_ALGS, anchors, others, time, usage, None, None)
            .map(|path| name(&path.anchor().subject))
    });
    match verified {
        Ok(root) => (Trust::Trusted, root),
        Err(error) => (explain(error), None),
    }
}

/// An anchor keeps the content of its name; a readable one needs it as a sequence again.
fn name(content: &[u8]) -> Option<String> {
    let length = u16::try_from(content.len()).ok()?.to_be_bytes();
    let whole = [&[0x30, 0x82][..], &length, content].concat();
    X509Name::from_der(&whole).ok().map(|(_, it)| it.to_string())
}

fn explain(error: Error) -> Trust {
    match error {
        Error::UnknownIssuer => Trust::UnknownIssuer,
        Error::CertExpired { .. } => Trust::Expired,
        Error::CertNotValidYet { .. } => Trust::NotYetValid,
        Error::InvalidSignatureForPublicKey | Error::SignatureAlgorithmMismatch => Trust::BadSignature,
        Error::UnsupportedSignatureAlgorithmContext(_) | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => {
            Trust::WeakSignature
        }
        Error::CaUsedAsEndEntity => Trust::AuthorityAsServer,
        Error::RequiredEkuNotFoundContext(_) | Error::EmptyEkuExtension => Trust::WrongUsage,
        Error::NameConstraintViolation | Error::PathLenConstraintViolated | Error::EndEntityUsedAsCa => {
            Trust::BeyondConstraints
        }
        other => Trust::Other {
            reason: other.to_string(),
        },
    }
}
