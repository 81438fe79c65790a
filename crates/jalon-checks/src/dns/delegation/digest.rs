//! The DS record of a key: what the zone above is to say of a signed zone (RFC 4034, section 5.1; RFC 4509).

use base64::{Engine, engine::general_purpose::STANDARD};
use jalon_wire::dns::{Data, Record};
use sha2::{Digest, Sha256};

/// Flags of a key that signs keys: it is the one that the zone above names (RFC 4034, section 2.1.1).
const ENTRY: u16 = 257;
/// Flags of any other key of a zone.
const ZONE: u16 = 256;

/// The DS lines of a zone with these keys: of those that sign keys, or of all when there is none.
pub(super) fn lines(zone: &str, keys: &[&Record]) -> Vec<String> {
    let text = |it: &&&Record| match &it.data {
        Data::Other { kind, text } if kind == "DNSKEY" => Some(text.clone()),
        _ => None,
    };
    let keys: Vec<(u16, Vec<u8>)> = keys.iter().filter_map(|it| data(&text(&it)?)).collect();
    let of = |flags: u16| keys.iter().filter(move |it| it.0 == flags);
    let flags = if of(ENTRY).next().is_some() { ENTRY } else { ZONE };
    of(flags).map(|it| line(zone, &it.1)).collect()
}

/// The flags of a key, and its data as they travel.
fn data(text: &str) -> Option<(u16, Vec<u8>)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [flags, protocol, algorithm, key @ ..] = words.as_slice() else {
        return None;
    };
    let flags: u16 = flags.parse().ok()?;
    let mut data = flags.to_be_bytes().to_vec();
    data.push(protocol.parse().ok()?);
    data.push(algorithm.parse().ok()?);
    data.extend(STANDARD.decode(key.concat()).ok()?);
    Some((flags, data))
}

fn line(zone: &str, data: &[u8]) -> String {
    let mut hashed = Sha256::new();
    for label in zone.split('.') {
        hashed.update([u8::try_from(label.len()).unwrap_or(u8::MAX)]);
        hashed.update(label.as_bytes());
    }
    hashed.update([0]);
    hashed.update(data);
    let digest = hex::encode_upper(hashed.finalize());
    format!("{zone}. IN DS {} {} 2 {digest}", tag(data), data[3])
}

/// The key tag (RFC 4034, appendix B).
fn tag(data: &[u8]) -> u16 {
    let weight = |(at, byte): (usize, &u8)| u32::from(*byte) << if at % 2 == 0 { 8 } else { 0 };
    let sum: u32 = data.iter().enumerate().map(weight).fold(0, u32::wrapping_add);
    (sum + (sum >> 16)) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Record {
        Record {
            name: "dskey.example.com".to_owned(),
            ttl: 300,
            data: Data::Other {
                kind: "DNSKEY".to_owned(),
                text: text.to_owned(),
            },
        }
    }

    /// RFC 4509, section 2.3.
    const KEY: &str = "3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvx\
                       egXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";

    #[test]
    fn the_digest_is_that_of_the_standard() {
        let key = key(&format!("256 {KEY}"));
        let expected =
            "dskey.example.com. IN DS 60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A";
        assert_eq!(lines("dskey.example.com", &[&key]), [expected]);
    }

    #[test]
    fn a_key_that_signs_keys_is_the_one_to_name() {
        let [zone, entry, broken] = ["256", "257", "x"].map(|it| key(&format!("{it} {KEY}")));
        assert_eq!(lines("example", &[&zone, &entry, &broken]).len(), 1);
        assert!(lines("example", &[&zone, &entry])[0].contains("DS 60486 "));
        assert!(lines("example", &[&broken]).is_empty());
    }
}
