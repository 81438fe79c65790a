//! One envelope: AES-256-GCM with a fresh nonce, the place as associated data, as text.

use aes_gcm::{
    Aes256Gcm, Key, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretBox, zeroize::Zeroizing};

use super::Random;

/// A key of AES-256; forgotten when it is dropped.
pub(super) type SecretKey = SecretBox<[u8; KEY]>;

/// How long a key is.
pub(super) const KEY: usize = 32;
/// How long a nonce is (NIST SP 800-38D, 8.2.2: 96 random bits; a key seals far fewer than 2^32 values).
const NONCE: usize = 12;
/// How a sealed value begins: what it was sealed with may change one day.
const FORM: &str = "v1.";

/// A key made of random bytes.
pub(super) fn fresh(random: Random<'_>) -> SecretKey {
    SecretBox::init_with_mut(|key: &mut [u8; KEY]| random(key))
}

/// Seals `plain` so that it opens with the same key and the same `place` only.
pub(super) fn seal(key: &SecretKey, place: &str, plain: &[u8], random: Random<'_>) -> String {
    let mut sealed = vec![0; NONCE];
    random(&mut sealed);
    let payload = Payload {
        msg: plain,
        aad: place.as_bytes(),
    };
    let secret = cipher(key)
        .encrypt(Nonce::from_slice(&sealed), payload)
        .expect("AES-GCM seals anything under 64 GiB");
    sealed.extend(secret);
    format!("{FORM}{}", URL_SAFE_NO_PAD.encode(sealed))
}

/// What was sealed, if key and place are the same and nothing was altered.
pub(super) fn open(key: &SecretKey, place: &str, sealed: &str) -> Option<Zeroizing<Vec<u8>>> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed.strip_prefix(FORM)?).ok()?;
    let (nonce, secret) = bytes.split_at_checked(NONCE)?;
    let payload = Payload {
        msg: secret,
        aad: place.as_bytes(),
    };
    let plain = cipher(key).decrypt(Nonce::from_slice(nonce), payload).ok()?;
    Some(Zeroizing::new(plain))
}

fn cipher(key: &SecretKey) -> Aes256Gcm {
    Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(key.expose_secret()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> SecretKey {
        fresh(&|bytes: &mut [u8]| bytes.fill(byte))
    }

    fn zeros(bytes: &mut [u8]) {
        bytes.fill(0);
    }

    #[test]
    fn it_opens_with_the_same_key_in_the_same_place_only() {
        let sealed = seal(&key(1), "table|column|row", b"secret", &zeros);
        let opened = |key: &SecretKey, place| open(key, place, &sealed).map(|it| it.to_vec());
        assert_eq!(opened(&key(1), "table|column|row").as_deref(), Some(&b"secret"[..]));
        assert_eq!(opened(&key(2), "table|column|row"), None);
        assert_eq!(opened(&key(1), "table|column|other row"), None);
    }

    #[test]
    fn whatever_was_altered_does_not_open() {
        let sealed = seal(&key(1), "p", b"secret", &zeros);
        for n in 0..sealed.len() {
            let mut altered = sealed.clone().into_bytes();
            altered[n] = if altered[n] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            assert!(open(&key(1), "p", &altered).is_none(), "{n}");
            assert!(open(&key(1), "p", &sealed[..n]).is_none(), "{n}");
        }
    }
}
