//! A key and a request for a certificate (PKCS #10, RFC 2986), made here: the key never travels.

use std::{net::IpAddr, str::FromStr};

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384};
use ring::rand::{SecureRandom, SystemRandom};
use rsa::{
    PrivateKey as RsaPrivateKey,
    pkcs8::EncodePrivateKey,
    rand_core::{TryCryptoRng, TryRng},
};
use rustls_pki_types::PrivatePkcs8KeyDer;
use zeroize::Zeroizing;

/// What key to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyChoice {
    /// RSA, 2,048 bits: every client and every server of today takes it.
    Rsa2048,
    /// RSA, 3,072 bits.
    Rsa3072,
    /// RSA, 4,096 bits.
    Rsa4096,
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
}

/// A key with its request.
pub struct CertificateRequest {
    /// The private key, PKCS #8 in PEM.
    pub key_pem: Zeroizing<String>,
    /// The request, in PEM.
    pub request_pem: String,
    /// The request, in DER.
    pub request_der: Vec<u8>,
}

/// A key or a request that could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// A certificate without names serves nobody.
    #[error("there is no name to ask for")]
    NoNames,
    /// No certificate can carry such a name.
    #[error("`{name}` is no name that a certificate carries")]
    BadName {
        /// As given.
        name: String,
    },
    /// The key could not be made.
    #[error("the key could not be made: {0}")]
    Key(String),
}

impl KeyChoice {
    /// Every choice.
    pub const ALL: [Self; 5] = [Self::Rsa2048, Self::Rsa3072, Self::Rsa4096, Self::P256, Self::P384];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rsa2048 => "rsa-2048",
            Self::Rsa3072 => "rsa-3072",
            Self::Rsa4096 => "rsa-4096",
            Self::P256 => "p256",
            Self::P384 => "p384",
        }
    }

    fn make(self) -> Result<KeyPair, RequestError> {
        let failed = |it: rcgen::Error| RequestError::Key(it.to_string());
        let bits = match self {
            Self::P256 => return KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(failed),
            Self::P384 => return KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).map_err(failed),
            Self::Rsa2048 => 2048,
            Self::Rsa3072 => 3072,
            Self::Rsa4096 => 4096,
        };
        let key = RsaPrivateKey::new(&mut SystemBytes(SystemRandom::new()), bits);
        let key = key.map_err(|it| RequestError::Key(it.to_string()))?;
        let der = key.to_pkcs8_der().map_err(|it| RequestError::Key(it.to_string()))?;
        KeyPair::try_from(&PrivatePkcs8KeyDer::from(der.as_bytes())).map_err(failed)
    }
}

impl FromStr for KeyChoice {
    type Err = RequestError;

    fn from_str(raw: &str) -> Result<Self, RequestError> {
        let found = Self::ALL.into_iter().find(|it| it.word() == raw);
        found.ok_or_else(|| RequestError::Key(format!("`{raw}` is no kind of key")))
    }
}

/// Makes a key and a request for these names, DNS names or addresses; the first one is the subject's common name too, for
/// servers that show it in their lists.
///
/// # Errors
/// When a name is none, or the system has no randomness.
pub fn request(choice: KeyChoice, names: &[String]) -> Result<CertificateRequest, RequestError> {
    let first = names.first().ok_or(RequestError::NoNames)?;
    if let Some(bad) = names.iter().find(|it| !can_carry(it)) {
        return Err(RequestError::BadName { name: bad.clone() });
    }
    let failed = |it: rcgen::Error| RequestError::Key(it.to_string());
    let mut params = CertificateParams::new(names.to_vec()).map_err(failed)?;
    params.distinguished_name = DistinguishedName::new();
    // A common name holds 64 characters (RFC 5280, A.1).
    if first.len() <= 64 {
        params.distinguished_name.push(DnType::CommonName, first.as_str());
    }
    let key = choice.make()?;
    let request = params.serialize_request(&key).map_err(failed)?;
    Ok(CertificateRequest {
        request_pem: request.pem().map_err(failed)?,
        request_der: request.der().to_vec(),
        key_pem: Zeroizing::new(key.serialize_pem()),
    })
}

/// Whether a certificate can carry a name: a whole DNS name, in A-labels and perhaps behind `*.`, or an address.
pub fn can_carry(name: &str) -> bool {
    let plain = name.strip_prefix("*.").unwrap_or(name);
    let is_label = |it: &str| {
        (1..=63).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
    };
    name.parse::<IpAddr>().is_ok() || name.len() <= 253 && plain.contains('.') && plain.split('.').all(is_label)
}

/// The randomness of the system.
struct SystemBytes(SystemRandom);

impl TryRng for SystemBytes {
    type Error = std::io::Error;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_ne_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_ne_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        let filled = self.0.fill(bytes);
        filled.map_err(|_| std::io::Error::other("the system has no randomness"))
    }
}

impl TryCryptoRng for SystemBytes {}

#[cfg(test)]
mod tests {
    use x509_parser::{certification_request::X509CertificationRequest, extensions::ParsedExtension, prelude::FromDer};

    use super::*;

    #[track_caller]
    fn check(choice: KeyChoice) {
        let names = ["mail.contoso.example", "*.contoso.example", "192.0.2.7"].map(str::to_owned);
        let made = request(choice, &names).expect("made");
        let (_, read) = X509CertificationRequest::from_der(&made.request_der).expect("a request");
        read.verify_signature().expect("signed by its own key");
        assert_eq!(
            read.certification_request_info.subject.to_string(),
            "CN=mail.contoso.example"
        );
        let extensions = read.requested_extensions().expect("extensions");
        let count = extensions.filter_map(|it| match it {
            ParsedExtension::SubjectAlternativeName(names) => Some(names.general_names.len()),
            _ => None,
        });
        assert_eq!(count.collect::<Vec<_>>(), [3]);
        assert!(made.key_pem.contains("BEGIN PRIVATE KEY"));
        assert!(made.request_pem.contains("BEGIN CERTIFICATE REQUEST"));
    }

    #[test]
    fn keys_of_both_kinds_sign_a_request_with_the_names() {
        check(KeyChoice::P256);
        check(KeyChoice::P384);
        check(KeyChoice::Rsa2048);
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let names = |it: &str| request(KeyChoice::P256, &[it.to_owned()]).err();
        for bad in ["", "mail", "a b.example", "mail..example", "a.*.example"] {
            assert_eq!(
                names(bad),
                Some(RequestError::BadName { name: bad.to_owned() }),
                "{bad}"
            );
        }
        assert_eq!(request(KeyChoice::P256, &[]).err(), Some(RequestError::NoNames));
    }
}
