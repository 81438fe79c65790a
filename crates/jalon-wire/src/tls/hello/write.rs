//! The ClientHello (RFC 5246, 7.4.1.2; RFC 8446, 4.1.2) as bytes.

use super::{super::Version, Offer};

/// Not random: no key is ever derived from it.
const CLIENT_RANDOM: [u8; 32] = *b"jalon looks and does not connect";

/// x25519, P-256, P-384, P-521 (RFC 8422, 5.1.1).
const GROUPS: [u16; 4] = [29, 23, 24, 25];

/// EdDSA, RSA-PSS, RSA and ECDSA, down to SHA-1 (RFC 8446, 4.2.3).
const SIGNATURES: [u16; 13] = [
    0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0403, 0x0503, 0x0603, 0x0201, 0x0203,
];

/// The base point of x25519 (RFC 7748, 4.1): a valid share, whose secret everybody knows.
const SHARE: [u8; 32] = {
    let mut point = [0; 32];
    point[0] = 9;
    point
};

/// A message of these lengths hangs some load balancers; it is filled up (RFC 7685).
const HANGING: std::ops::RangeInclusive<usize> = 256..=511;

pub(super) fn client_hello(offer: &Offer<'_>) -> Vec<u8> {
    let mut body = vec![3, offer.best.min(Version::Tls12).minor()];
    body.extend(CLIENT_RANDOM);
    if offer.best == Version::Tls13 {
        // A session that never was: what stands between reads this as TLS 1.2 (RFC 8446, D.4).
        body.push(32);
        body.extend(CLIENT_RANDOM);
    } else {
        body.push(0); // no session
    }
    body.extend(prefixed(&numbers(offer.suites)));
    body.extend([1, 0]); // no compression
    if offer.is_extended {
        let mut all = extensions(offer);
        let length = 4 + body.len() + 2 + all.len();
        if HANGING.contains(&length) {
            let fill = (HANGING.end() + 1).saturating_sub(length + 4);
            all.extend([0, 21]);
            all.extend(prefixed(&vec![0; fill]));
        }
        body.extend(prefixed(&all));
    }
    let mut message = vec![1, 0];
    message.extend(prefixed(&body));
    // The outermost version is what the oldest server accepts (RFC 8446, 5.1).
    let mut record = vec![22, 3, Version::Tls10.min(offer.best).minor()];
    record.extend(prefixed(&message));
    record
}

fn extensions(offer: &Offer<'_>) -> Vec<u8> {
    let mut all = Vec::new();
    let mut put = |kind: u16, content: &[u8]| {
        all.extend(kind.to_be_bytes());
        all.extend(prefixed(content));
    };
    if let Some(name) = offer.sni {
        let named = [&[0][..], &prefixed(name.as_bytes())].concat();
        put(0, &prefixed(&named));
    }
    put(10, &prefixed(&numbers(&GROUPS)));
    put(11, &[1, 0]); // uncompressed points
    put(13, &prefixed(&numbers(&SIGNATURES)));
    put(18, &[]); // signed certificate timestamps (RFC 6962, 3.3.1)
    if offer.best == Version::Tls13 {
        put(43, &[2, 3, 4]); // TLS 1.3 and nothing else
        let share = [&numbers(&GROUPS[..1])[..], &prefixed(&SHARE)].concat();
        put(51, &prefixed(&share));
    } else {
        put(0xff01, &[0]); // secure renegotiation, which some servers insist on (RFC 5746)
    }
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
