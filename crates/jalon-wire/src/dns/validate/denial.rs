//! Proofs that something is not there: NSEC (RFC 4035, section 5.4; RFC 6840, section 4) and NSEC3 (RFC 5155, section 8).

use hickory_proto::{
    dnssec::{
        Nsec3HashAlgorithm,
        rdata::{DNSSECRData, NSEC, NSEC3},
    },
    rr::{self, Name, RData, RecordType},
};
use jiff::Timestamp;

use super::{
    Zone,
    signature::{Signed, rrset, verify},
};

/// Records of a proof that are looked at.
const MOST_RECORDS: usize = 12;
/// Hashing more often than this costs whoever checks it too much: it counts as unsigned (RFC 9276, section 3.2).
const MOST_ITERATIONS: u16 = 100;

/// What is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denial {
    /// The name is there, without records of the type; it may be the start of another zone.
    NoData { delegation: bool },
    /// The name is not there.
    NoName,
    /// The name may be there, as a zone that is not signed, or nobody here can tell.
    OptOut,
    /// Nothing.
    Unproved,
}

/// What the section proves of the name and the type.
pub(super) fn judge(section: &[rr::Record], zone: &Zone, now: Timestamp, name: &Name, kind: RecordType) -> Denial {
    let proof = Proof::read(section, zone, now);
    match (proof.plain.is_empty(), proof.hashed.is_empty()) {
        (false, _) => proof.by_name(name, kind),
        (true, false) => proof.by_hash(name, kind),
        (true, true) => Denial::Unproved,
    }
}

/// Whether records made from a wildcard with that many labels are the nearest to the name.
pub(super) fn is_expanded(section: &[rr::Record], zone: &Zone, now: Timestamp, name: &Name, labels: u8) -> bool {
    let proof = Proof::read(section, zone, now);
    let nearer = name.trim_to(usize::from(labels) + 1);
    proof.covering(name).is_some() || proof.hashed_covering(&nearer).is_some()
}

/// The records of a section that the zone signs.
struct Proof<'a> {
    zone: &'a Name,
    plain: Vec<(&'a Name, &'a NSEC)>,
    hashed: Vec<(String, &'a NSEC3)>,
}

impl<'a> Proof<'a> {
    fn read(section: &'a [rr::Record], zone: &'a Zone, now: Timestamp) -> Self {
        let mut proof = Self {
            zone: &zone.name,
            plain: Vec::new(),
            hashed: Vec::new(),
        };
        let proofs = section
            .iter()
            .filter(|it| matches!(it.record_type(), RecordType::NSEC | RecordType::NSEC3));
        for record in proofs.take(MOST_RECORDS) {
            let set = rrset(section, &record.name, record.record_type());
            if !zone.name.zone_of(&record.name) || verify(&set, section, zone, now) != Signed::AsItIs {
                continue;
            }
            match &record.data {
                RData::DNSSEC(DNSSECRData::NSEC(nsec)) => proof.plain.push((&record.name, nsec)),
                RData::DNSSEC(DNSSECRData::NSEC3(nsec3)) => {
                    let label = record.name.iter().next().unwrap_or_default();
                    let label = String::from_utf8_lossy(label).to_ascii_lowercase();
                    proof.hashed.push((label, nsec3));
                }
                _ => {}
            }
        }
        proof
    }

    fn by_name(&self, name: &Name, kind: RecordType) -> Denial {
        if let Some((_, nsec)) = self.plain.iter().find(|it| it.0 == name) {
            return self.at(name, kind, &|it| nsec.type_set().contains(it));
        }
        let Some((owner, nsec)) = self.covering(name) else {
            return Denial::Unproved;
        };
        // Something below is there, and so the name is, without any records.
        if name.zone_of(nsec.next_domain_name()) {
            return Denial::NoData { delegation: false };
        }
        let encloser = deeper(common(name, owner), common(name, nsec.next_domain_name()));
        let Ok(star) = encloser.prepend_label("*") else {
            return Denial::Unproved;
        };
        match self.plain.iter().find(|it| *it.0 == star) {
            Some((_, nsec)) => self.at(&star, kind, &|it| nsec.type_set().contains(it)),
            None if self.covering(&star).is_some() => Denial::NoName,
            None => Denial::Unproved,
        }
    }

    /// What the types at a name say. Those that the zone above knows of a delegation say nothing of what lies below, but
    /// whether it is signed; those that the zone itself knows do not say that (RFC 6840, 4.4).
    fn at(&self, name: &Name, kind: RecordType, has: &dyn Fn(RecordType) -> bool) -> Denial {
        let delegation = has(RecordType::NS) && !has(RecordType::SOA);
        let is_wrong_side = if kind == RecordType::DS {
            has(RecordType::SOA) && name != self.zone
        } else {
            delegation
        };
        if has(kind) || has(RecordType::CNAME) || is_wrong_side {
            return Denial::Unproved;
        }
        Denial::NoData { delegation }
    }

    /// The record between whose ends the name would stand. One of a delegation above the name says nothing of it.
    fn covering(&self, name: &Name) -> Option<(&'a Name, &'a NSEC)> {
        let covers = |it: &&(&Name, &NSEC)| {
            let (owner, next) = (it.0, it.1.next_domain_name());
            let is_last = next <= owner;
            let has = |it_is| it.1.type_set().contains(it_is);
            let leads_away =
                owner.zone_of(name) && (has(RecordType::DNAME) || has(RecordType::NS) && !has(RecordType::SOA));
            owner < name && (name < next || is_last) && !leads_away
        };
        self.plain.iter().find(covers).copied()
    }

    fn by_hash(&self, name: &Name, kind: RecordType) -> Denial {
        if self.hashed.iter().any(|it| it.1.iterations() > MOST_ITERATIONS) {
            return Denial::OptOut;
        }
        if let Some(nsec3) = self.hashed_at(name) {
            return self.at(name, kind, &|it| nsec3.type_set().contains(it));
        }
        let Some((encloser, nearer)) = self.encloser(name) else {
            return Denial::Unproved;
        };
        match self.hashed_covering(&nearer) {
            Some(it) if it.opt_out() => return Denial::OptOut,
            Some(_) => {}
            None => return Denial::Unproved,
        }
        let Ok(star) = encloser.prepend_label("*") else {
            return Denial::Unproved;
        };
        match self.hashed_at(&star) {
            Some(nsec3) => self.at(&star, kind, &|it| nsec3.type_set().contains(it)),
            None if self.hashed_covering(&star).is_some() => Denial::NoName,
            None => Denial::Unproved,
        }
    }

    /// The nearest name above that is there, and the next one toward the name, which is not.
    fn encloser(&self, name: &Name) -> Option<(Name, Name)> {
        let mut nearer = name.clone();
        while nearer != *self.zone && !nearer.is_root() {
            let above = nearer.base_name();
            if let Some(nsec3) = self.hashed_at(&above) {
                let has = |it| nsec3.type_set().contains(it);
                let leads_away = has(RecordType::DNAME) || has(RecordType::NS) && !has(RecordType::SOA);
                return (!leads_away).then_some((above, nearer));
            }
            nearer = above;
        }
        None
    }

    fn hashed_at(&self, name: &Name) -> Option<&'a NSEC3> {
        let own = |it: &&(String, &NSEC3)| hash(name, it.1).is_some_and(|hash| base32hex(&hash) == it.0);
        self.hashed.iter().find(own).map(|it| it.1)
    }

    fn hashed_covering(&self, name: &Name) -> Option<&'a NSEC3> {
        let covers = |it: &&(String, &NSEC3)| {
            let Some(hash) = hash(name, it.1) else { return false };
            let (own, next, hash) = (&it.0, base32hex(it.1.next_hashed_owner_name()), base32hex(&hash));
            if *own < next {
                *own < hash && hash < next
            } else {
                *own < hash || hash < next
            }
        };
        self.hashed.iter().find(covers).map(|it| it.1)
    }
}

fn hash(name: &Name, by: &NSEC3) -> Option<Vec<u8>> {
    let iterations = by.iterations();
    if iterations > MOST_ITERATIONS {
        return None;
    }
    let hash = Nsec3HashAlgorithm::SHA1.hash(by.salt(), name, iterations);
    hash.ok().map(|it| it.as_ref().to_vec())
}

/// Base 32 with the extended hexadecimal alphabet (RFC 4648, section 7), whose order is that of the bytes.
fn base32hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |it| usize::from(it >> (7 - at % 8) & 1));
    let digit = |from: usize| (from..from + 5).fold(0, |sum, at| sum << 1 | bit(at));
    let digits = (0..(bytes.len() * 8).div_ceil(5)).map(|it| char::from(DIGITS[digit(it * 5)]));
    digits.collect()
}

/// The deepest name that both stand in.
fn common(one: &Name, other: &Name) -> Name {
    let mut name = one.clone();
    while !name.zone_of(other) {
        name = name.base_name();
    }
    name
}

fn deeper(one: Name, other: Name) -> Name {
    if one.iter().count() >= other.iter().count() {
        one
    } else {
        other
    }
}
