//! A DKIM key record (RFC 6376, section 3.6.1; Ed25519: RFC 8463): what it says, and where it is wrong.

use base64::{DecodeError, Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use x509_parser::{prelude::FromDer, public_key::PublicKey, x509::SubjectPublicKeyInfo};

use crate::dns::{
    spf::syntax::Span,
    tag_list::{Flaw, Tag, TagList, is_space},
};

/// What a key record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dns) struct Key {
    /// `t=y`: receivers treat what it signs as unsigned.
    pub(in crate::dns) is_test: bool,
    /// `t=s`: the signer's address may not be below the domain.
    pub(in crate::dns) is_strict: bool,
    pub(in crate::dns) strength: Strength,
}

/// How strong a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dns) enum Strength {
    /// An empty `p=`.
    Revoked,
    /// RSA.
    Rsa {
        /// Of the modulus.
        bits: u32,
        /// The public exponent.
        exponent: u64,
    },
    /// Ed25519 (RFC 8463).
    Ed25519,
}

/// The fewest bits that receivers accept, and the fewest that are asked for (RFC 8301, section 3.2).
pub(in crate::dns) const FEWEST_BITS: u32 = 1024;
/// See [`FEWEST_BITS`].
pub(in crate::dns) const ENOUGH_BITS: u32 = 2048;

impl Key {
    /// Reads a record.
    ///
    /// # Errors
    /// What keeps receivers from using it; never empty.
    pub(in crate::dns) fn parse(text: &str) -> Result<Self, Vec<Flaw>> {
        let list = TagList::parse(text);
        let mut flaws = list.flaws.clone();
        flaws.extend(version(&list));
        flaws.extend(hashes(&list));
        flaws.extend(services(&list));
        flaws.sort_by_key(|it| it.span.start);
        // What is no key record at all is told before what is wrong with its key.
        let strength = strength(text, &list).map_err(|it| flaws.push(it)).ok();
        let flags: Vec<&str> = list.tag("t").into_iter().flat_map(words).collect();
        match strength {
            Some(strength) if flaws.is_empty() => Ok(Self {
                is_test: flags.contains(&"y"),
                is_strict: flags.contains(&"s"),
                strength,
            }),
            _ => Err(flaws),
        }
    }

    /// The key for a reader of the facts.
    pub(in crate::dns) fn shown(&self) -> Value {
        let mut shown = match self.strength {
            Strength::Revoked => json!({"revoked": true}),
            Strength::Rsa { bits, exponent } => json!({"algorithm": "rsa", "bits": bits, "exponent": exponent}),
            Strength::Ed25519 => json!({"algorithm": "ed25519", "bits": 256}),
        };
        for (flag, is_set) in [("test", self.is_test), ("strict", self.is_strict)] {
            if is_set {
                shown[flag] = json!(true);
            }
        }
        shown
    }
}

/// The record without `t=y`.
pub(in crate::dns) fn without_test(text: &str) -> String {
    let list = TagList::parse(text);
    let Some(tag) = list.tag("t") else {
        return text.to_owned();
    };
    let kept: Vec<&str> = words(tag).filter(|it| *it != "y").collect();
    if kept.is_empty() {
        let others: Vec<&str> = list
            .tags
            .iter()
            .filter(|it| it.name != "t")
            .map(|it| &text[it.span.start..it.span.end])
            .collect();
        return others.join("; ");
    }
    format!("{}{}{}", &text[..tag.at.start], kept.join(":"), &text[tag.at.end..])
}

fn words<'a>(tag: &Tag<'a>) -> impl Iterator<Item = &'a str> {
    tag.value.split(':').map(|it| it.trim_matches(is_space))
}

/// The version may be left out, and is the first tag otherwise.
fn version(list: &TagList<'_>) -> Option<Flaw> {
    let at = list.tags.iter().position(|it| it.name == "v")?;
    let tag = &list.tags[at];
    if tag.value != "DKIM1" {
        return Some(Flaw::new(
            tag.at,
            "the version is DKIM1 and nothing else",
            "la version est DKIM1 et rien d’autre",
        ));
    }
    (at > 0).then(|| {
        Flaw::new(
            tag.span,
            "the version is the first tag",
            "la version est la première étiquette",
        )
    })
}

/// Receivers use SHA-256, and no longer SHA-1 (RFC 8301, section 3.1).
fn hashes(list: &TagList<'_>) -> Option<Flaw> {
    let tag = list.tag("h")?;
    (!words(tag).any(|it| it == "sha256")).then(|| {
        Flaw::new(
            tag.span,
            "the only hash that receivers use, sha256, is not in this list",
            "le seul hachage que les destinataires utilisent, sha256, n’est pas dans cette liste",
        )
    })
}

fn services(list: &TagList<'_>) -> Option<Flaw> {
    let tag = list.tag("s")?;
    (!words(tag).any(|it| matches!(it, "*" | "email"))).then(|| {
        Flaw::new(
            tag.span,
            "this key is not for mail: s holds neither * nor email",
            "cette clé n’est pas pour le courrier\u{a0}: s ne contient ni * ni email",
        )
    })
}

fn strength(text: &str, list: &TagList<'_>) -> Result<Strength, Flaw> {
    let whole = Span {
        start: 0,
        end: text.len(),
    };
    let Some(tag) = list.tag("p") else {
        return Err(Flaw::new(
            whole,
            "there is no key: the tag p is missing",
            "il n’y a pas de clé\u{a0}: il manque l’étiquette p",
        ));
    };
    let kind = list.tag("k");
    let word = kind.map_or("rsa", |it| it.value);
    if let Some(kind) = kind.filter(|it| !matches!(it.value, "rsa" | "ed25519")) {
        return Err(Flaw::new(
            kind.at,
            "receivers know keys of the types rsa and ed25519 only",
            "les destinataires ne connaissent que les clés des types rsa et ed25519",
        ));
    }
    if tag.value.is_empty() {
        return Ok(Strength::Revoked);
    }
    let bytes = decoded(tag)?;
    if word == "ed25519" {
        return match bytes.len() {
            32 => Ok(Strength::Ed25519),
            _ => Err(Flaw::new(
                tag.at,
                "an Ed25519 key has 32 bytes",
                "une clé Ed25519 a 32 octets",
            )),
        };
    }
    rsa(&bytes).ok_or_else(|| Flaw::new(tag.at, "this is no RSA public key", "ce n’est pas une clé publique RSA"))
}

/// The bytes of a key; white space may stand anywhere in it.
fn decoded(tag: &Tag<'_>) -> Result<Vec<u8>, Flaw> {
    let compact: String = tag.value.split(is_space).collect();
    STANDARD.decode(&compact).map_err(|error| {
        let place = match error {
            DecodeError::InvalidByte(at, _) | DecodeError::InvalidLastSymbol(at, _) => Some(at),
            DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => None,
        };
        // Positions count bytes, and what is not ASCII is an error of its own: the first of these is at a character.
        let mut inked = tag.value.char_indices().filter(|it| !is_space(it.1));
        let found = place.and_then(|it| inked.nth(it));
        match found {
            Some((at, c)) => Flaw::new(
                Span {
                    start: tag.at.start + at,
                    end: tag.at.start + at + c.len_utf8(),
                },
                "this character is wrong in base64",
                "ce caractère est faux en base64",
            ),
            None => Flaw::new(
                tag.at,
                "this base64 is cut short, or its end is wrong",
                "ce base64 est coupé, ou sa fin est fausse",
            ),
        }
    })
}

/// In the form of X.509, as everybody publishes it, or bare, as RFC 6376 says.
fn rsa(der: &[u8]) -> Option<Strength> {
    of_info(der).or_else(|| of_info(&wrapped(der)))
}

fn of_info(der: &[u8]) -> Option<Strength> {
    let (_, info) = SubjectPublicKeyInfo::from_der(der).ok()?;
    let PublicKey::RSA(key) = info.parsed().ok()? else {
        return None;
    };
    let exponent = number(key.exponent);
    let bits = bits(key.modulus)?;
    // Nothing can be verified with an even exponent, and anything with 1.
    (bits > 0 && exponent > 1 && exponent % 2 == 1).then_some(Strength::Rsa { bits, exponent })
}

/// How long a number is that may begin with zeros.
fn bits(bytes: &[u8]) -> Option<u32> {
    let first = bytes.iter().position(|it| *it != 0)?;
    let rest = u32::try_from(bytes.len() - first).ok()?;
    rest.checked_mul(8)?.checked_sub(bytes[first].leading_zeros())
}

/// A number, or the largest odd one that fits.
fn number(bytes: &[u8]) -> u64 {
    let first = bytes.iter().position(|it| *it != 0).unwrap_or(bytes.len());
    let bytes = &bytes[first..];
    if bytes.len() > 8 {
        return u64::MAX - u64::from(bytes.last().is_some_and(|it| it % 2 == 0));
    }
    bytes.iter().fold(0, |sum, it| (sum << 8) | u64::from(*it))
}

/// A bare key as X.509 holds it: the algorithm `rsaEncryption` without parameters, then the key as a string of bits.
fn wrapped(key: &[u8]) -> Vec<u8> {
    const ALGORITHM: [u8; 15] = [0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 1, 1, 5, 0];
    let bits = element(3, &[&[0], key].concat());
    element(0x30, &[ALGORITHM.as_slice(), &bits].concat())
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or(u16::MAX).to_be_bytes();
    [&[tag, 0x82, length[0], length[1]], content].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 512 bits: enough to be read, too few to be of use. Its private half was never kept.
    const SMALL: &str = "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALP2Z6aMQxa00iam8iNcNRY3H3CAGQu6P0YigetTDdPdVZ/mdvggaKttMo6es66Yu5bvOZrxMicLOnZfiQypBEcCAwEAAQ==";
    const SMALL_STRENGTH: Strength = Strength::Rsa {
        bits: 512,
        exponent: 65537,
    };

    #[track_caller]
    fn check(text: &str, is_test: bool, strength: Strength) {
        let key = Key::parse(text).unwrap_or_else(|flaws| panic!("{text}: {flaws:?}"));
        assert_eq!((key.is_test, key.strength), (is_test, strength), "{text}");
    }

    #[track_caller]
    fn refused(text: &str, piece: &str, problem: &str) {
        let flaws = Key::parse(text).expect_err("a flaw");
        let first = &flaws[0];
        assert_eq!(&text[first.span.start..first.span.end], piece, "{text}: {flaws:?}");
        assert!(first.problem.en.contains(problem), "{text}: {flaws:?}");
    }

    #[test]
    fn a_key_tells_its_strength_and_its_flags() {
        check(&format!("v=DKIM1; k=rsa; p={SMALL}"), false, SMALL_STRENGTH);
        check(&format!("p={SMALL}; t=s:y"), true, SMALL_STRENGTH);
        check(
            &format!("v=DKIM1; h=sha1:sha256; s=email; n=a note; zz=1; p={SMALL};"),
            false,
            SMALL_STRENGTH,
        );
        check(
            &format!("v=DKIM1; p={} {}\r\n ", &SMALL[..40], &SMALL[40..]),
            false,
            SMALL_STRENGTH,
        );
        check(
            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            false,
            Strength::Ed25519,
        );
        check("v=DKIM1; p=", false, Strength::Revoked);
        check("p=;", false, Strength::Revoked);
    }

    #[test]
    fn a_bare_key_is_read_as_the_standard_says() {
        let whole = STANDARD.decode(SMALL).expect("base64");
        // Behind the algorithm and the head of the string of bits.
        let bare = STANDARD.encode(&whole[20..]);
        check(&format!("v=DKIM1; p={bare}"), false, SMALL_STRENGTH);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        refused("v=DKIM2; p=", "DKIM2", "version");
        refused("v=DKIM1\\; p=", "DKIM1\\", "version");
        refused("p=; v=DKIM1", "v=DKIM1", "first");
        refused("v=DKIM1", "v=DKIM1", "p is missing");
        refused("v=spf1 -all", "spf1 -all", "version");
        refused("v=DKIM1; p=AAAA", "AAAA", "no RSA");
        refused("v=DKIM1; p=AA*A", "*", "base64");
        refused("v=DKIM1; p=AAA", "AAA", "cut short");
        refused("v=DKIM1; p=a; p=b", "p=b", "twice");
        refused("v=DKIM1; k=dsa; p=AAAA", "dsa", "types");
        refused("v=DKIM1; k=ed25519; p=AAAA", "AAAA", "32 bytes");
        refused("v=DKIM1; h=sha1; p=", "h=sha1", "sha256");
        refused("v=DKIM1; s=tlsrpt; p=", "s=tlsrpt", "not for mail");
    }

    #[test]
    fn taking_the_test_flag_out_leaves_the_rest() {
        for (text, expected) in [
            ("v=DKIM1; t=y; p=", "v=DKIM1; p="),
            ("v=DKIM1; p=; t=y:s", "v=DKIM1; p=; t=s"),
            ("v=DKIM1; p=", "v=DKIM1; p="),
        ] {
            assert_eq!(without_test(text), expected);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_place_is_in_it(text in "(v=DKIM1;)?[ -~é]{0,20}(p=)?[A-Za-z0-9+/= é*]{0,40}") {
            match Key::parse(&text) {
                Ok(_) => {}
                Err(flaws) => {
                    prop_assert!(!flaws.is_empty());
                    for flaw in flaws {
                        prop_assert!(text.get(flaw.span.start..flaw.span.end).is_some() && flaw.problem.is_complete());
                    }
                }
            }
            let _ = without_test(&text);
        }

        #[test]
        fn any_bytes_as_a_key_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Key::parse(&format!("p={}", STANDARD.encode(bytes)));
        }
    }
}
