//! A stapled OCSP response (RFC 6960), as a server hands it over with its certificate (RFC 6066, 8).

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use rustls_pki_types::CertificateDer;
use serde::{Deserialize, Serialize};
use x509_parser::{
    asn1_rs::BitString, certificate::X509Certificate, error::X509Error, prelude::FromDer, verify::verify_signature,
    x509::AlgorithmIdentifier,
};

use super::der::{Der, Element};

const SEQUENCE: u8 = 0x30;
const OCTETS: u8 = 0x04;
const ENUMERATED: u8 = 0x0a;
const GENERALIZED_TIME: u8 = 0x18;
const BITS: u8 = 0x03;
/// The list of signed certificate timestamps in a response (RFC 6962, 3.3), as DER.
const TIMESTAMPS: [u8; 12] = [6, 10, 0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 5];

/// What a stapled response says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "read", rename_all = "kebab-case")]
pub enum Staple {
    /// It speaks of a certificate.
    Answer {
        /// What it says.
        status: StapleStatus,
        /// From when it holds.
        this_update: Timestamp,
        /// Until when it holds; none when newer information is always at hand.
        next_update: Option<Timestamp>,
        /// It is about the certificate that the server showed.
        is_about_own: bool,
        /// Its signature is that of the issuer, or of somebody whom the issuer lets answer; unknown when the issuer's
        /// certificate was not sent or the algorithm cannot be verified here.
        is_signed: Option<bool>,
        /// It carries signed certificate timestamps.
        has_timestamps: bool,
    },
    /// The responder could not answer, by its code (RFC 6960, 4.2.1).
    Failed {
        /// The code.
        code: u8,
    },
    /// It is no OCSP response.
    Unreadable,
}

/// What is said of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum StapleStatus {
    /// Not revoked.
    Good,
    /// Revoked.
    Revoked {
        /// When.
        at: Timestamp,
    },
    /// The responder does not know it.
    Unknown,
}

/// Reads a response for the first certificate of a chain.
pub(super) fn read(response: &[u8], chain: &[CertificateDer<'_>]) -> Staple {
    let Some(outer) = Der(response).take(SEQUENCE) else {
        return Staple::Unreadable;
    };
    let mut outer = outer.inside();
    match outer.take(ENUMERATED).map(|it| it.content) {
        Some([0]) => basic(outer, chain).unwrap_or(Staple::Unreadable),
        Some([code]) => Staple::Failed { code: *code },
        _ => Staple::Unreadable,
    }
}

/// `[0] { SEQUENCE { type, OCTET STRING { BasicOCSPResponse } } }`.
fn basic(mut outer: Der<'_>, chain: &[CertificateDer<'_>]) -> Option<Staple> {
    let mut typed = outer.take(0xa0)?.inside().take(SEQUENCE)?.inside();
    typed.next()?;
    let mut basic = typed.take(OCTETS)?.inside().take(SEQUENCE)?.inside();
    let data = basic.take(SEQUENCE)?;
    let algorithm = basic.take(SEQUENCE)?;
    let signature = basic.take(BITS)?;
    let certificates = basic.take(0xa0).and_then(|it| it.inside().take(SEQUENCE));

    let parsed: Vec<_> = chain
        .iter()
        .filter_map(|it| X509Certificate::from_der(it).ok())
        .map(|(_, it)| it)
        .collect();
    let own = parsed.first()?;
    let issuer = parsed
        .iter()
        .skip(1)
        .find(|it| it.subject().as_raw() == own.issuer().as_raw());
    let all = singles(data)?;
    let about_own = all.iter().position(|it| is_about(*it, own, issuer).unwrap_or(false));
    let mut single = all.get(about_own.unwrap_or(0))?.inside();
    single.take(SEQUENCE)?;
    let status = status(single.next()?)?;
    let this_update = instant(single.take(GENERALIZED_TIME)?)?;
    let next_update = match single.take(0xa0) {
        Some(it) => Some(instant(it.inside().take(GENERALIZED_TIME)?)?),
        None => None,
    };
    Some(Staple::Answer {
        status,
        this_update,
        next_update,
        is_about_own: about_own.is_some(),
        is_signed: issuer.and_then(|issuer| is_signed(issuer, certificates, data, algorithm, signature)),
        has_timestamps: all[about_own.unwrap_or(0)]
            .content
            .windows(TIMESTAMPS.len())
            .any(|it| it == TIMESTAMPS),
    })
}

/// The single responses inside ResponseData: behind version, responder and time of production.
fn singles(data: Element<'_>) -> Option<Vec<Element<'_>>> {
    let mut data = data.inside();
    data.take(0xa0);
    data.next()?;
    data.take(GENERALIZED_TIME)?;
    let mut list = data.take(SEQUENCE)?.inside();
    Some(std::iter::from_fn(move || list.take(SEQUENCE)).collect())
}

/// CertID: digest, the issuer's name and key under it, serial number (RFC 6960, 4.1.1).
fn is_about(single: Element<'_>, own: &X509Certificate<'_>, issuer: Option<&X509Certificate<'_>>) -> Option<bool> {
    let mut id = single.inside().take(SEQUENCE)?.inside();
    id.take(SEQUENCE)?;
    let name = id.take(OCTETS)?.content;
    let key = id.take(OCTETS)?.content;
    let serial = id.take(0x02)?.content;
    let is_same = |wanted: &[u8], bytes: &[u8]| {
        // Of the digests only the usual one is compared; the serial number is compared anyway.
        wanted.len() != 20 || digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref() == wanted
    };
    let key_fits = issuer.is_none_or(|it| is_same(key, &it.public_key().subject_public_key.data));
    Some(serial == own.raw_serial() && is_same(name, own.issuer().as_raw()) && key_fits)
}

fn status(element: Element<'_>) -> Option<StapleStatus> {
    match element.tag {
        0x80 => Some(StapleStatus::Good),
        0xa1 => {
            let at = instant(element.inside().take(GENERALIZED_TIME)?)?;
            Some(StapleStatus::Revoked { at })
        }
        0x82 => Some(StapleStatus::Unknown),
        _ => None,
    }
}

/// `20261120120000Z`, with fractions of a second where a responder adds some.
fn instant(time: Element<'_>) -> Option<Timestamp> {
    let text = std::str::from_utf8(time.content).ok()?.strip_suffix('Z')?;
    let (seconds, _) = text.split_at_checked(14)?;
    let civil = DateTime::strptime("%Y%m%d%H%M%S", seconds).ok()?;
    Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// By the issuer itself, or by a certificate in the response that the issuer signed for that purpose (RFC 6960, 4.2.2.2).
fn is_signed(
    issuer: &X509Certificate<'_>,
    certificates: Option<Element<'_>>,
    data: Element<'_>,
    algorithm: Element<'_>,
    signature: Element<'_>,
) -> Option<bool> {
    let (_, algorithm) = AlgorithmIdentifier::from_der(algorithm.whole).ok()?;
    let (_, signature) = BitString::from_der(signature.whole).ok()?;
    let by = |signer: &X509Certificate<'_>| match verify_signature(
        signer.public_key(),
        &algorithm,
        &signature,
        data.whole,
    ) {
        Ok(()) => Some(true),
        Err(X509Error::SignatureUnsupportedAlgorithm) => None,
        Err(_) => Some(false),
    };
    let mut inside = certificates.map_or(Der(&[]), Element::inside);
    let delegates: Vec<_> = std::iter::from_fn(|| inside.take(SEQUENCE))
        .take(8)
        .filter_map(|it| X509Certificate::from_der(it.whole).ok().map(|(_, it)| it))
        .filter(|it| may_answer(it) && it.verify_signature(Some(issuer.public_key())).is_ok())
        .collect();
    let verdicts: Vec<_> = std::iter::once(by(issuer)).chain(delegates.iter().map(by)).collect();
    if verdicts.contains(&Some(true)) {
        Some(true)
    } else if verdicts.contains(&None) {
        None
    } else {
        Some(false)
    }
}

fn may_answer(certificate: &X509Certificate<'_>) -> bool {
    matches!(certificate.extended_key_usage(), Ok(Some(usage)) if usage.value.ocsp_signing)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_response_is_unreadable_and_a_failure_keeps_its_code() {
        assert_eq!(read(b"", &[]), Staple::Unreadable);
        assert_eq!(read(&[0x30, 3, 10, 1, 3], &[]), Staple::Failed { code: 3 });
        assert_eq!(read(&[0x30, 3, 10, 1, 0], &[]), Staple::Unreadable);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            read(&bytes, &[]);
        }
    }
}
