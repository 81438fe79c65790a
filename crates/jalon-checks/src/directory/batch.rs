//! What is made of one piece of a directory: findings that stand by themselves, and claims and questions that only the
//! whole directory answers. Objects are numbered within the piece; the scan numbers them over all.

use std::collections::BTreeMap;

use jalon_domain::finding::Severity;
use jalon_wire::entry::EntryRef;

use super::{
    claims::Claim,
    kept,
    objects::{Found, Kind, Name},
};

/// What is made of one piece.
#[derive(Default)]
pub(super) struct Batch {
    /// The place of each object that was judged.
    pub(super) places: Vec<u64>,
    /// What is wrong whatever the rest of the directory holds.
    pub(super) found: Vec<Found>,
    /// What its objects hold.
    pub(super) claims: Vec<Claim>,
    /// Objects to look at again when the whole directory is known, and what for.
    pub(super) open: Vec<(u32, Question)>,
    /// Copies of its objects, where they cannot be read again.
    pub(super) copies: Vec<u8>,
    /// What was counted.
    pub(super) counts: Counts,
}

impl Batch {
    /// Numbers an object that is judged, and notes where it can be read again.
    pub(super) fn seat(&mut self, entry: &EntryRef<'_>, at: Option<u64>) -> u32 {
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let place = at.unwrap_or_else(|| kept::copy(entry, |it| Name::of(it).is_some(), &mut self.copies));
        self.places.push(place);
        number
    }
}

/// Why an object is looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Question {
    /// It has no value of that attribute: wrong where other objects have one, unknown where the source leaves it out.
    Blank(Name),
    /// A group that receives mail has no primary address.
    NoAddress,
    /// Something is wrong with it, and what exactly depends on what others hold.
    Suspect,
    /// It holds a value that another object holds too.
    Shared,
}

/// What was counted.
#[derive(Clone, Default)]
pub(super) struct Counts {
    /// Entries read.
    pub(super) entries: u64,
    /// How many objects of each kind were judged.
    pub(super) judged: [u64; Kind::ALL.len()],
    /// How many objects hold each attribute.
    pub(super) held: [u64; Name::COUNT],
    /// Objects that synchronisation leaves out.
    pub(super) skipped: u64,
    /// Entries that are neither persons nor groups.
    pub(super) others: u64,
    /// How many defects each rule has.
    pub(super) broken: BTreeMap<&'static str, u64>,
    /// How many defects there are of each weight.
    pub(super) weights: BTreeMap<Severity, u64>,
}

impl Counts {
    /// Adds what was counted elsewhere.
    pub(super) fn add(&mut self, other: &Self) {
        self.entries += other.entries;
        self.skipped += other.skipped;
        self.others += other.others;
        self.judged
            .iter_mut()
            .zip(other.judged)
            .for_each(|(it, more)| *it += more);
        self.held.iter_mut().zip(other.held).for_each(|(it, more)| *it += more);
    }

    /// One more defect.
    pub(super) fn tell(&mut self, found: &Found) {
        *self.broken.entry(found.rule).or_default() += 1;
        *self.weights.entry(found.severity()).or_default() += 1;
    }

    /// The defects that were counted elsewhere.
    pub(super) fn tell_all(&mut self, other: &Self) {
        for (rule, count) in &other.broken {
            *self.broken.entry(rule).or_default() += count;
        }
        for (weight, count) in &other.weights {
            *self.weights.entry(*weight).or_default() += count;
        }
    }

    /// Objects of a kind.
    pub(super) fn of(&self, kind: Kind) -> u64 {
        self.judged[kind as usize]
    }

    /// Objects that hold an attribute.
    pub(super) fn with(&self, name: Name) -> u64 {
        self.held[name as usize]
    }

    /// Objects that were judged.
    pub(super) fn total(&self) -> u64 {
        self.judged.iter().sum()
    }
}
