//! The ClientHello (RFC 5246, 7.4.1.2) as bytes.

use super::{super::Version, suites::OFFERED};

/// Not random: no key is ever derived from it.
const CLIENT_RANDOM: [u8; 32] = *b"jalon looks and does not connect";

/// x25519, P-256, P-384, P-521 (RFC 8422, 5.1.1).
const GROUPS: [u16; 4] = [29, 23, 24, 25];

/// EdDSA, RSA-PSS, RSA and ECDSA, down to SHA-1 (RFC 8446, 4.2.3).
const SIGNATURES: [u16; 13] = [
    0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0403, 0x0503, 0x0603, 0x0201, 0x0203,
];

pub(super) fn client_hello(sni: Option<&str>, best: Version) -> Vec<u8> {
    let suites = OFFERED
        .iter()
        .flat_map(|(code, _)| code.to_be_bytes())
        .collect::<Vec<_>>();
    let mut body = vec![3, best.minor()];
    body.extend(CLIENT_RANDOM);
    body.push(0); // no session
    body.extend(prefixed(&suites));
    body.extend([1, 0]); // no compression
    if best > Version::Ssl3 {
        body.extend(prefixed(&extensions(sni)));
    }
    let mut message = vec![1, 0];
    message.extend(prefixed(&body));
    // The outermost version is what the oldest server accepts (RFC 8446, 5.1).
    let mut record = vec![22, 3, Version::Tls10.min(best).minor()];
    record.extend(prefixed(&message));
    record
}

fn extensions(sni: Option<&str>) -> Vec<u8> {
    let mut all = Vec::new();
    let mut put = |kind: u16, content: &[u8]| {
        all.extend(kind.to_be_bytes());
        all.extend(prefixed(content));
    };
    if let Some(name) = sni {
        let named = [&[0][..], &prefixed(name.as_bytes())].concat();
        put(0, &prefixed(&named));
    }
    put(10, &prefixed(&numbers(&GROUPS)));
    put(11, &[1, 0]); // uncompressed points
    put(13, &prefixed(&numbers(&SIGNATURES)));
    put(0xff01, &[0]); // secure renegotiation, which some servers insist on (RFC 5746)
    all
}

fn numbers(all: &[u16]) -> Vec<u8> {
    all.iter().flat_map(|it| it.to_be_bytes()).collect()
}

/// The content behind its length in two bytes.
fn prefixed(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("a hello is a few hundred bytes");
    [&length.to_be_bytes()[..], content].concat()
}
