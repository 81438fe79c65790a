//! A DKIM key record (RFC 6376, section 3.6.1), as far as its strength needs it.

use base64::{Engine, engine::general_purpose::STANDARD};
use x509_parser::{prelude::FromDer, public_key::PublicKey, x509::SubjectPublicKeyInfo};

/// What a key record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// `t=y`: receivers treat what it signs as unsigned.
    pub(super) is_test: bool,
    pub(super) strength: Strength,
}

/// How strong a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// An empty `p=`.
    Revoked,
    /// RSA with so many bits.
    Rsa(u32),
    /// Ed25519 (RFC 8463).
    Ed25519,
}

impl Key {
    /// Reads a record; `None` when it is none, or when its key cannot be read.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let tags: Vec<(&str, &str)> = text
            .split(';')
            .filter_map(|it| it.split_once('='))
            .map(|(tag, value)| (tag.trim(), value.trim()))
            .collect();
        let tag = |name: &str| tags.iter().find(|it| it.0 == name).map(|it| it.1);
        // The version may be left out, and is the first tag otherwise.
        if tag("v").is_some_and(|it| it != "DKIM1") {
            return None;
        }
        let key: String = tag("p")?.split_ascii_whitespace().collect();
        let strength = match (key.as_str(), tag("k").unwrap_or("rsa")) {
            ("", _) => Strength::Revoked,
            (key, "rsa") => Strength::Rsa(rsa_bits(&STANDARD.decode(key).ok()?)?),
            (key, "ed25519") => STANDARD
                .decode(key)
                .ok()
                .filter(|it| it.len() == 32)
                .map(|_| Strength::Ed25519)?,
            _ => return None,
        };
        let is_test = tag("t").is_some_and(|it| it.split(':').any(|flag| flag.trim() == "y"));
        Some(Self { is_test, strength })
    }
}

fn rsa_bits(der: &[u8]) -> Option<u32> {
    let (_, info) = SubjectPublicKeyInfo::from_der(der).ok()?;
    match info.parsed().ok()? {
        PublicKey::RSA(key) => u32::try_from(key.key_size()).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 512 bits: enough to be read, too few to be of use. Its private half was never kept.
    const SMALL: &str = "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALP2Z6aMQxa00iam8iNcNRY3H3CAGQu6P0YigetTDdPdVZ/mdvggaKttMo6es66Yu5bvOZrxMicLOnZfiQypBEcCAwEAAQ==";

    #[track_caller]
    fn check(text: &str, expected: Option<(bool, Strength)>) {
        assert_eq!(Key::parse(text).map(|it| (it.is_test, it.strength)), expected, "{text}");
    }

    #[test]
    fn a_key_tells_its_strength_and_its_flags() {
        check(&format!("v=DKIM1; k=rsa; p={SMALL}"), Some((false, Strength::Rsa(512))));
        check(&format!("p={SMALL}; t=s:y"), Some((true, Strength::Rsa(512))));
        check(
            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            Some((false, Strength::Ed25519)),
        );
        check("v=DKIM1; p=", Some((false, Strength::Revoked)));
        check("v=DKIM2; p=", None);
        check("v=DKIM1; p=AAAA", None);
        check("v=DKIM1", None);
        check("v=spf1 -all", None);
    }
}
