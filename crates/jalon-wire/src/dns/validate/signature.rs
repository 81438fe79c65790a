//! One set of records and the signatures over it (RFC 4034, section 3; RFC 4035, section 5.3).

use hickory_proto::{
    dnssec::{
        PublicKey, TBS,
        rdata::{DNSKEY, DNSSECRData, RRSIG},
    },
    rr::{self, DNSClass, Name, RData},
    serialize::binary::{BinEncodable, BinEncoder, NameEncoding},
};
use jiff::Timestamp;

use super::Zone;

/// Signatures and keys that are tried for one set: more is an attack on whoever checks them (CVE-2023-50387).
const MOST_TRIES: usize = 8;

/// How a set is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signed {
    AsItIs,
    /// The set is made from a wildcard of so many labels below the star: that nothing nearer is there has to be proved.
    FromWildcard(u8),
    Not,
}

/// The records of a name and a type.
pub(super) fn rrset<'a>(section: &'a [rr::Record], name: &Name, kind: rr::RecordType) -> Vec<&'a rr::Record> {
    let own = |it: &&rr::Record| it.dns_class == DNSClass::IN && it.record_type() == kind && it.name == *name;
    section.iter().filter(own).collect()
}

/// The zones that say to have signed the records of a section.
pub(super) fn signers<'a>(section: impl Iterator<Item = &'a rr::Record>) -> impl Iterator<Item = Name> {
    section.filter_map(|it| match &it.data {
        RData::DNSSEC(DNSSECRData::RRSIG(it)) => Some(it.input().signer_name.to_lowercase()),
        _ => None,
    })
}

/// Whether a key of the zone signs the set, now.
pub(super) fn verify(set: &[&rr::Record], section: &[rr::Record], zone: &Zone, now: Timestamp) -> Signed {
    let Some(first) = set.first() else { return Signed::Not };
    let mut tries = 0;
    for signature in signatures(section, &first.name, first.record_type()) {
        let input = signature.input();
        let labels = first.name.num_labels();
        if input.signer_name != zone.name || input.num_labels > labels || !holds(signature, now) {
            continue;
        }
        let Some(signed) = signed_bytes(set, signature) else {
            continue;
        };
        let fits = |it: &&DNSKEY| {
            it.public_key().algorithm() == input.algorithm && it.calculate_key_tag().is_ok_and(|it| it == input.key_tag)
        };
        for key in zone.keys.iter().filter(fits) {
            tries += 1;
            if tries > MOST_TRIES {
                return Signed::Not;
            }
            if key.public_key().verify(&signed, signature.sig()).is_ok() {
                return if input.num_labels < labels {
                    Signed::FromWildcard(input.num_labels)
                } else {
                    Signed::AsItIs
                };
            }
        }
    }
    Signed::Not
}

fn signatures<'a>(
    section: &'a [rr::Record],
    name: &'a Name,
    covered: rr::RecordType,
) -> impl Iterator<Item = &'a RRSIG> {
    let of = move |it: &'a rr::Record| match &it.data {
        RData::DNSSEC(DNSSECRData::RRSIG(signature)) if signature.input().type_covered == covered => Some(signature),
        _ => None,
    };
    section.iter().filter(move |it| it.name == *name).filter_map(of)
}

/// Dates of signatures are serial numbers: they wrap around in 2106 (RFC 4034, 3.1.5).
fn holds(signature: &RRSIG, now: Timestamp) -> bool {
    let is_after = |later: u32, earlier: u32| (later.wrapping_sub(earlier) as i32) >= 0;
    let now = now.as_second() as u32;
    is_after(now, signature.input().sig_inception.get()) && is_after(signature.input().sig_expiration.get(), now)
}

/// The bytes that a signature is over (RFC 4034, 3.1.8.1), with the records in canonical order (6.3).
fn signed_bytes(set: &[&rr::Record], signature: &RRSIG) -> Option<Vec<u8>> {
    let (input, first) = (signature.input(), set.first()?);
    // The head and the owner's name as hickory writes them, taken from the form of one record, then each record's data.
    let head = TBS::from_input(&first.name, DNSClass::IN, input, std::iter::empty()).ok()?;
    let owner = owner(&first.name, input.num_labels)?;
    let mut bodies: Vec<Vec<u8>> = set.iter().map(|it| canonical(&it.data)).collect::<Option<_>>()?;
    bodies.sort();
    bodies.dedup();
    let mut bytes = head.as_ref().to_vec();
    for body in bodies {
        bytes.extend(&owner);
        bytes.extend(u16::from(input.type_covered).to_be_bytes());
        bytes.extend(u16::from(DNSClass::IN).to_be_bytes());
        bytes.extend(input.original_ttl.to_be_bytes());
        bytes.extend(u16::try_from(body.len()).ok()?.to_be_bytes());
        bytes.extend(body);
    }
    Some(bytes)
}

fn owner(name: &Name, labels: u8) -> Option<Vec<u8>> {
    let name = match name.num_labels() > labels {
        true => name.trim_to(usize::from(labels)).prepend_label("*").ok()?,
        false => name.clone(),
    };
    let mut bytes = Vec::new();
    let mut encoder = BinEncoder::new(&mut bytes);
    name.emit(&mut encoder.with_name_encoding(NameEncoding::UncompressedLowercase))
        .ok()?;
    Some(bytes)
}

fn canonical(data: &RData) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = BinEncoder::new(&mut bytes);
    encoder.set_canonical_form(true);
    encoder.set_name_encoding(NameEncoding::Uncompressed);
    data.emit(&mut encoder).ok()?;
    Some(bytes)
}
