//! The algorithm that a certificate was signed with.

use serde::{Deserialize, Serialize};
use x509_parser::{signature_algorithm::RsaSsaPssParams, x509::AlgorithmIdentifier};

/// How a certificate was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureAlgorithm {
    /// The object identifier, dotted.
    pub oid: String,
    /// The name in RFC 3279, 4055, 5758 or 8410; the identifier again when it is unknown.
    pub name: String,
    /// The digest that is signed; `None` when the algorithm has its own or is unknown.
    pub digest: Option<Digest>,
}

/// A digest inside a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Digest {
    /// RFC 1319.
    Md2,
    /// RFC 1321.
    Md5,
    /// FIPS 180-4, 160 bits.
    Sha1,
    /// FIPS 180-4, 224 bits.
    Sha224,
    /// FIPS 180-4, 256 bits.
    Sha256,
    /// FIPS 180-4, 384 bits.
    Sha384,
    /// FIPS 180-4, 512 bits.
    Sha512,
}

const KNOWN: [(&str, &str, Option<Digest>); 20] = [
    ("1.2.840.113549.1.1.2", "md2WithRSAEncryption", Some(Digest::Md2)),
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption", Some(Digest::Md5)),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption", Some(Digest::Sha1)),
    ("1.3.14.3.2.29", "sha1WithRSASignature", Some(Digest::Sha1)),
    ("1.2.840.113549.1.1.14", "sha224WithRSAEncryption", Some(Digest::Sha224)),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption", Some(Digest::Sha256)),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption", Some(Digest::Sha384)),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption", Some(Digest::Sha512)),
    // SHA-1 unless its parameters say otherwise (RFC 4055, 3.1).
    (RSA_PSS, "id-RSASSA-PSS", Some(Digest::Sha1)),
    ("1.2.840.10040.4.3", "id-dsa-with-sha1", Some(Digest::Sha1)),
    ("2.16.840.1.101.3.4.3.1", "id-dsa-with-sha224", Some(Digest::Sha224)),
    ("2.16.840.1.101.3.4.3.2", "id-dsa-with-sha256", Some(Digest::Sha256)),
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1", Some(Digest::Sha1)),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224", Some(Digest::Sha224)),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256", Some(Digest::Sha256)),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384", Some(Digest::Sha384)),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512", Some(Digest::Sha512)),
    ("1.3.101.112", "id-Ed25519", None),
    ("1.3.101.113", "id-Ed448", None),
    ("1.2.643.7.1.1.3.2", "id-tc26-signwithdigest-gost3410-12-256", None),
];

const RSA_PSS: &str = "1.2.840.113549.1.1.10";

const PSS_DIGESTS: [(&str, Digest); 5] = [
    ("1.3.14.3.2.26", Digest::Sha1),
    ("2.16.840.1.101.3.4.2.4", Digest::Sha224),
    ("2.16.840.1.101.3.4.2.1", Digest::Sha256),
    ("2.16.840.1.101.3.4.2.2", Digest::Sha384),
    ("2.16.840.1.101.3.4.2.3", Digest::Sha512),
];

impl SignatureAlgorithm {
    pub(super) fn read(identifier: &AlgorithmIdentifier<'_>) -> Self {
        let oid = identifier.algorithm.to_id_string();
        let known = KNOWN.iter().find(|(id, ..)| *id == oid);
        let (name, digest) = known.map_or((&*oid, None), |(_, name, digest)| (*name, *digest));
        let digest = if oid == RSA_PSS { pss_digest(identifier) } else { digest };
        Self {
            name: name.to_owned(),
            digest,
            oid,
        }
    }
}

fn pss_digest(identifier: &AlgorithmIdentifier<'_>) -> Option<Digest> {
    let parameters = RsaSsaPssParams::try_from(identifier.parameters.as_ref()?).ok()?;
    let oid = parameters.hash_algorithm_oid().to_id_string();
    PSS_DIGESTS.iter().find(|(id, _)| *id == oid).map(|(_, digest)| *digest)
}
