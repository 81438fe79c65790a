//! What is trusted without proof: keys of zones from which chains of signatures begin (RFC 4033, section 2).

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use hickory_proto::{
    dnssec::{
        Algorithm, DigestType, PublicKeyBuf,
        rdata::{DNSKEY, DS},
    },
    rr::Name,
};

use super::name;

/// The two keys of the root that IANA publishes (https://data.iana.org/root-anchors/root-anchors.xml).
const IANA: &str = "\
. IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
. IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16
";

/// Trust anchors.
#[derive(Clone, Debug)]
pub struct Anchors(Arc<[Anchor]>);

#[derive(Clone, Debug)]
struct Anchor {
    zone: Name,
    key: Key,
}

#[derive(Clone, Debug)]
enum Key {
    Digest(DS),
    Whole(DNSKEY),
}

/// A line that is no trust anchor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is no trust anchor: expected DS or DNSKEY, such as `. IN DS 20326 8 2 E06D…`")]
pub struct BadAnchor {
    /// Which line, counted from 1; 0 when there is none at all.
    pub line: usize,
}

impl Anchors {
    /// The keys of the public root.
    pub fn iana() -> Self {
        Self::parse(IANA).unwrap_or_else(|_| Self(Arc::new([])))
    }

    /// Those of a file: one DS or DNSKEY record a line, as zone files write them; `;` begins a remark.
    ///
    /// # Errors
    /// The first line that is none, or that there is none.
    pub fn parse(text: &str) -> Result<Self, BadAnchor> {
        let mut anchors = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.split(';').next().unwrap_or_default().trim();
            if !line.is_empty() {
                anchors.push(anchor(line).ok_or(BadAnchor { line: number + 1 })?);
            }
        }
        if anchors.is_empty() {
            return Err(BadAnchor { line: 0 });
        }
        Ok(Self(anchors.into()))
    }

    /// The deepest zone with an anchor that `name` stands in.
    pub(super) fn above(&self, name: &Name) -> Option<Name> {
        let above = self.0.iter().filter(|it| it.zone.zone_of(name));
        above.max_by_key(|it| it.zone.iter().count()).map(|it| it.zone.clone())
    }

    /// Whether the key is one that is trusted for the zone.
    pub(super) fn trusts(&self, zone: &Name, key: &DNSKEY) -> bool {
        let of_zone = self.0.iter().filter(|it| it.zone == *zone);
        of_zone.map(|it| &it.key).any(|it| match it {
            Key::Digest(it) => it.covers(zone, key).unwrap_or(false),
            Key::Whole(it) => it.public_key() == key.public_key(),
        })
    }
}

fn anchor(line: &str) -> Option<Anchor> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.iter().position(|it| *it == "DS" || *it == "DNSKEY")?;
    let zone = match *words.first()? {
        "." => Name::root(),
        other => name::parse(other).ok()?,
    };
    let [first, second, third, rest @ ..] = words.get(at + 1..)? else {
        return None;
    };
    let rest = rest.concat();
    let key = if words[at] == "DS" {
        let algorithm = Algorithm::from_u8(second.parse().ok()?);
        let digest = hex::decode(rest).ok()?;
        Key::Digest(DS::new(
            first.parse().ok()?,
            algorithm,
            DigestType::from(third.parse::<u8>().ok()?),
            digest,
        ))
    } else {
        let algorithm = Algorithm::from_u8(third.parse().ok()?);
        let key = PublicKeyBuf::new(STANDARD.decode(rest).ok()?, algorithm);
        Key::Whole(DNSKEY::with_flags(first.parse().ok()?, key))
    };
    Some(Anchor { zone, key })
}

#[cfg(test)]
mod tests {
    use hickory_proto::dnssec::TrustAnchors;

    use super::*;

    #[test]
    fn the_digests_are_those_of_the_keys_of_the_public_root() {
        let known = TrustAnchors::default();
        for number in 0..known.len() {
            let key = known.get(number).expect("counted");
            let key = DNSKEY::with_flags(257, key.clone());
            assert!(Anchors::iana().trusts(&Name::root(), &key), "{key}");
        }
        assert_eq!(known.len(), Anchors::iana().0.len());
    }

    #[test]
    fn a_file_may_hold_either_kind_and_says_where_it_is_wrong() {
        let key = "lab. 300 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=";
        let anchors = Anchors::parse(&format!("; of the laboratory\n\n{key}\n")).expect("one anchor");
        let below = name::parse("a.b.lab").expect("a name");
        assert_eq!(anchors.above(&below).map(|it| name::text(&it)).as_deref(), Some("lab"));
        let error = |text| Anchors::parse(text).expect_err("no anchor");
        assert_eq!(error(". IN DS 20326 8 2 XX"), BadAnchor { line: 1 });
        assert_eq!(error("\n. IN A 192.0.2.1"), BadAnchor { line: 2 });
        assert_eq!(error("; nothing"), BadAnchor { line: 0 });
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "([. a-z0-9]|DS|DNSKEY|A|AAAA|;|\n|\\PC){0,60}") {
            let _ = Anchors::parse(&text);
        }
    }
}
