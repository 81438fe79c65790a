//! A certificate in plain types. It is read even when nobody would trust it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use jiff::Timestamp;
use ring::signature as ring_signature;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256, Sha512};
use x509_parser::{
    certificate::X509Certificate, error::X509Error, extensions::GeneralName, prelude::FromDer, time::ASN1Time,
};

use super::{Digest, KeyAlgorithm, KeyFacts, SignatureAlgorithm, extensions};

/// What an X.509 certificate (RFC 5280) says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateFacts {
    /// Whose it is, as a readable distinguished name.
    pub subject: String,
    /// Who issued it, as a readable distinguished name.
    pub issuer: String,
    /// The serial number, in lower-case hexadecimal.
    pub serial_hex: String,
    /// From when it holds.
    pub not_before: Timestamp,
    /// Until when it holds.
    pub not_after: Timestamp,
    /// The DNS names in subjectAltName, as written.
    pub dns_names: Vec<String>,
    /// The addresses in subjectAltName.
    pub ip_names: Vec<IpAddr>,
    /// The first common name of the subject; no client looks at it any more.
    pub common_name: Option<String>,
    /// Its public key.
    pub key: KeyFacts,
    /// How it was signed.
    pub signature_algorithm: SignatureAlgorithm,
    /// It may issue others (basicConstraints).
    pub is_ca: bool,
    /// Subject and issuer are the same.
    pub self_issued: bool,
    /// Its signature verifies under its own key; `None` when that algorithm cannot be verified
    /// here (MD5, P-521, an RSA key below 1,024 bits).
    pub self_signed: Option<bool>,
    /// It may stand for a server: extendedKeyUsage allows it, or is not there to restrict it.
    pub server_auth: bool,
    /// Signed certificate timestamps inside it (RFC 6962, 3.3).
    #[serde(default)]
    pub timestamps: u32,
    /// It asks clients to refuse a server that staples no answer about it (RFC 7633).
    #[serde(default)]
    pub must_staple: bool,
    /// Where its issuer's certificate can be fetched (RFC 5280, 4.2.2.1).
    #[serde(default)]
    pub issuer_urls: Vec<String>,
    /// SHA-256 over the whole certificate, in lower-case hexadecimal.
    pub sha256_fingerprint: String,
    /// Its length in bytes.
    pub der_len: usize,
    /// What DANE binds of it (RFC 6698, section 2.1); absent in what was written down before it was read.
    #[serde(default)]
    pub bindings: Bindings,
}

/// Digests of a certificate and of its public key (SubjectPublicKeyInfo), in lower-case hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bindings {
    /// SHA-256 over the public key.
    pub key_sha256: String,
    /// SHA-512 over the public key.
    pub key_sha512: String,
    /// SHA-512 over the whole certificate; its SHA-256 is the fingerprint.
    pub sha512: String,
}

/// Bytes that are no certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no X.509 certificate: {reason}")]
pub struct BadCertificate {
    /// What is wrong with it.
    pub reason: String,
}

impl CertificateFacts {
    /// Reads one certificate in DER.
    ///
    /// # Errors
    /// When the bytes are no certificate. A bad one is no error.
    pub fn read(der: &[u8]) -> Result<Self, BadCertificate> {
        let parsed = X509Certificate::from_der(der);
        let (_, it) = parsed.map_err(|it| BadCertificate { reason: it.to_string() })?;
        let key = KeyFacts::read(it.public_key());
        let signature_algorithm = SignatureAlgorithm::read(&it.signature_algorithm);
        let self_issued = it.subject().as_raw() == it.issuer().as_raw();
        let (dns_names, ip_names) = names(&it);
        let common_name = it.subject().iter_common_name().find_map(|it| it.as_str().ok());
        Ok(Self {
            subject: it.subject().to_string(),
            issuer: it.issuer().to_string(),
            serial_hex: hex::encode(it.raw_serial()),
            not_before: instant(it.validity().not_before),
            not_after: instant(it.validity().not_after),
            dns_names,
            ip_names,
            common_name: common_name.map(ToOwned::to_owned),
            is_ca: it.is_ca(),
            self_issued,
            self_signed: if self_issued {
                signs_itself(&it, &key, signature_algorithm.digest)
            } else {
                Some(false)
            },
            server_auth: may_serve(&it),
            timestamps: extensions::timestamps(&it),
            must_staple: extensions::must_staple(&it),
            issuer_urls: extensions::issuer_urls(&it),
            sha256_fingerprint: hex::encode(Sha256::digest(der)),
            der_len: der.len(),
            bindings: Bindings {
                key_sha256: hex::encode(Sha256::digest(it.public_key().raw)),
                key_sha512: hex::encode(Sha512::digest(it.public_key().raw)),
                sha512: hex::encode(Sha512::digest(der)),
            },
            key,
            signature_algorithm,
        })
    }
}

fn names(certificate: &X509Certificate<'_>) -> (Vec<String>, Vec<IpAddr>) {
    let extension = certificate.subject_alternative_name().ok().flatten();
    let all = extension
        .map(|it| it.value.general_names.as_slice())
        .unwrap_or_default();
    let dns = all.iter().filter_map(|it| match it {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        _ => None,
    });
    let ip = all.iter().filter_map(|it| match it {
        GeneralName::IPAddress(bytes) => address(bytes),
        _ => None,
    });
    (dns.collect(), ip.collect())
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(bytes).map(|it| Ipv4Addr::from(it).into());
    v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(|it| Ipv6Addr::from(it).into()))
        .ok()
}

/// ASN.1 knows the years 0 to 9999, and so does [`Timestamp`] but for a day at either end.
fn instant(time: ASN1Time) -> Timestamp {
    let nearest = if time.timestamp() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::from_second(time.timestamp()).unwrap_or(nearest)
}

fn may_serve(certificate: &X509Certificate<'_>) -> bool {
    match certificate.extended_key_usage() {
        Ok(Some(usage)) => usage.value.server_auth || usage.value.any,
        Ok(None) => true,
        Err(_) => false,
    }
}

fn signs_itself(certificate: &X509Certificate<'_>, key: &KeyFacts, digest: Option<Digest>) -> Option<bool> {
    if key.algorithm == KeyAlgorithm::Rsa && key.bits < 2048 {
        return small_rsa_signs_itself(certificate, digest?);
    }
    match certificate.verify_signature(None) {
        Ok(()) => Some(true),
        Err(X509Error::SignatureUnsupportedAlgorithm) => None,
        Err(_) => Some(false),
    }
}

/// x509-parser verifies RSA from 2,048 bits on; ring goes down to 1,024, for such looks only.
fn small_rsa_signs_itself(certificate: &X509Certificate<'_>, digest: Digest) -> Option<bool> {
    let algorithm = match digest {
        Digest::Sha1 => &ring_signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        Digest::Sha256 => &ring_signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        Digest::Sha512 => &ring_signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        _ => return None,
    };
    let key_bytes = &certificate.public_key().subject_public_key.data;
    let key = ring_signature::UnparsedPublicKey::new(algorithm, key_bytes);
    let signed = certificate.tbs_certificate.as_ref();
    match key.verify(signed, &certificate.signature_value.data) {
        Ok(()) => Some(true),
        // Below 1,024 bits ring refuses the key, which says nothing about the signature.
        Err(_) => (KeyFacts::read(certificate.public_key()).bits >= 1024).then_some(false),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rustls_pki_types::{CertificateDer, pem::PemObject};

    use super::*;

    fn sample(pem: &str) -> CertificateFacts {
        let der = CertificateDer::from_pem_slice(pem.as_bytes()).expect("a PEM certificate");
        CertificateFacts::read(&der).expect("a certificate")
    }

    macro_rules! samples {
        ($name:literal) => {
            sample(include_str!(concat!("samples/", $name, ".pem")))
        };
    }

    #[test]
    fn an_old_certificate_is_read_like_any_other() {
        let it = samples!("rsa1024-sha1");
        assert_eq!(
            it.key,
            KeyFacts {
                algorithm: KeyAlgorithm::Rsa,
                bits: 1024,
                curve: None
            }
        );
        assert_eq!(it.signature_algorithm.digest, Some(Digest::Sha1));
        assert_eq!(it.signature_algorithm.name, "sha1WithRSAEncryption");
        assert_eq!((it.self_issued, it.self_signed, it.is_ca), (true, Some(true), true));
        assert_eq!(it.subject, "O=Contoso, CN=old.contoso.example");
        assert_eq!(it.common_name.as_deref(), Some("old.contoso.example"));
        assert!(it.dns_names.is_empty());
    }

    #[test]
    fn md5_is_recognised_and_its_signature_left_undecided() {
        let it = samples!("rsa2048-md5");
        assert_eq!(it.signature_algorithm.digest, Some(Digest::Md5));
        assert_eq!((it.self_issued, it.self_signed), (true, None));
    }

    #[test]
    fn names_addresses_curves_and_usages_are_read() {
        let it = samples!("p384-san");
        assert_eq!(it.key.curve.as_deref(), Some("P-384"));
        assert_eq!(it.dns_names, ["mail.contoso.example", "*.contoso.example"]);
        let addresses = ["192.0.2.7", "2001:db8::7"].map(|it| it.parse::<IpAddr>().expect("an address"));
        assert_eq!(it.ip_names, addresses);
        assert!(it.server_auth && !it.is_ca);
        assert_eq!(it.serial_hex, "4a41");
        assert_eq!(it.not_before.to_string(), "2026-01-01T00:00:00Z");
        assert_eq!(it.not_after.to_string(), "2056-01-01T00:00:00Z");
    }

    #[test]
    fn a_client_certificate_cannot_serve_and_pss_names_its_digest() {
        let it = samples!("rsa2048-pss-client");
        assert_eq!(it.signature_algorithm.name, "id-RSASSA-PSS");
        assert_eq!(it.signature_algorithm.digest, Some(Digest::Sha256));
        assert_eq!((it.server_auth, it.self_signed), (false, Some(true)));
    }

    #[test]
    fn a_key_without_named_size_is_ed25519() {
        let it = samples!("ed25519");
        assert_eq!(
            (it.key.algorithm, it.signature_algorithm.digest),
            (KeyAlgorithm::Ed25519, None)
        );
        assert_eq!(it.self_signed, Some(true));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = CertificateFacts::read(&bytes);
        }

        #[test]
        fn a_damaged_certificate_is_read_without_panic(damage in proptest::collection::vec((any::<u16>(), any::<u8>()), 0..8)) {
            let pem = include_str!("samples/p384-san.pem");
            let mut der = CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate").to_vec();
            for (at, byte) in damage {
                let at = usize::from(at) % der.len();
                der[at] = byte;
            }
            let _ = CertificateFacts::read(&der);
        }
    }
}
