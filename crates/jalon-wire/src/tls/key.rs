//! The public key of a certificate: what kind, how large.

use serde::{Deserialize, Serialize};
use x509_parser::{public_key::PublicKey, x509::SubjectPublicKeyInfo};

/// The kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyAlgorithm {
    /// RFC 8017.
    Rsa,
    /// On a named curve (RFC 5480).
    Ec,
    /// RFC 8032.
    Ed25519,
    /// Anything else.
    Other,
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFacts {
    /// Its kind.
    pub algorithm: KeyAlgorithm,
    /// The length of the modulus or of the field, in bits; 0 when it cannot be told.
    pub bits: u32,
    /// The curve by its usual name, or by its object identifier.
    pub curve: Option<String>,
}

/// Object identifier, usual name, bits (RFC 5480, RFC 5639, SEC 2).
const CURVES: [(&str, &str, u32); 8] = [
    ("1.2.840.10045.3.1.1", "P-192", 192),
    ("1.3.132.0.33", "P-224", 224),
    ("1.2.840.10045.3.1.7", "P-256", 256),
    ("1.3.132.0.34", "P-384", 384),
    ("1.3.132.0.35", "P-521", 521),
    ("1.3.132.0.10", "secp256k1", 256),
    ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1", 256),
    ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1", 384),
];

const ED25519: &str = "1.3.101.112";

impl KeyFacts {
    pub(super) fn read(key: &SubjectPublicKeyInfo<'_>) -> Self {
        let of = |algorithm, bits| Self {
            algorithm,
            bits,
            curve: None,
        };
        if key.algorithm.algorithm.to_id_string() == ED25519 {
            return of(KeyAlgorithm::Ed25519, 256);
        }
        match key.parsed() {
            Ok(PublicKey::RSA(rsa)) => of(KeyAlgorithm::Rsa, bit_length(rsa.modulus)),
            Ok(PublicKey::EC(point)) => on_curve(key, bits_of(point.key_size())),
            Ok(other) => of(KeyAlgorithm::Other, bits_of(other.key_size())),
            Err(_) => of(KeyAlgorithm::Other, 0),
        }
    }
}

fn on_curve(key: &SubjectPublicKeyInfo<'_>, bits_of_point: u32) -> KeyFacts {
    let parameters = key.algorithm.parameters.as_ref();
    let oid = parameters.and_then(|it| it.as_oid().ok()).map(|it| it.to_id_string());
    let known = CURVES.iter().find(|(id, ..)| Some(*id) == oid.as_deref());
    let (curve, bits) = match known {
        Some((_, name, bits)) => (Some((*name).to_owned()), *bits),
        None => (oid, bits_of_point),
    };
    KeyFacts {
        algorithm: KeyAlgorithm::Ec,
        bits,
        curve,
    }
}

/// The length of a big-endian number, leading zeroes not counted.
fn bit_length(number: &[u8]) -> u32 {
    let first = number.iter().position(|it| *it != 0);
    first.map_or(0, |at| bits_of((number.len() - at) * 8) - number[at].leading_zeros())
}

fn bits_of(bits: usize) -> u32 {
    u32::try_from(bits).unwrap_or(u32::MAX)
}
