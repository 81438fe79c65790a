//! Who holds what: every object claims its values, as numbers; at the end those claimed by several objects are known. No
//! value is compared with all others, and none is kept: 16 bytes a claim.

use std::collections::HashMap;

/// One object holds one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Claim {
    /// The value as a number.
    pub(super) key: u64,
    /// The number of the object.
    pub(super) object: u32,
    /// In which attributes, as the profile marks them.
    pub(super) marks: u8,
}

/// An object among those that hold one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its number: objects are numbered in the order of the source.
    pub(super) object: u32,
    /// In which attributes it holds the value.
    pub(super) marks: u8,
}

/// The claims are parted by the first bits of their keys, so that each part fits a processor's cache.
const PARTS: usize = 1 << PART_BITS;
const PART_BITS: u32 = 8;

/// How many claims are kept in one piece of memory. None is ever moved to a larger one: that would touch twice the memory.
const CHUNK: usize = 256;

/// All claims so far.
pub(super) struct Claims {
    parts: Vec<Part>,
}

/// The claims of one part, in chunks.
type Part = Vec<Vec<Claim>>;

impl Default for Claims {
    fn default() -> Self {
        Self {
            parts: vec![Part::new(); PARTS],
        }
    }
}

impl Claims {
    /// Takes the claims of some objects, whose numbers count from `base`.
    pub(super) fn take(&mut self, claims: &[Claim], base: u32) {
        for claim in claims {
            let part = (claim.key >> (u64::BITS - PART_BITS)) as usize;
            let claim = Claim {
                object: base + claim.object,
                ..*claim
            };
            push(&mut self.parts[part], claim);
        }
    }

    /// The values that several objects hold, found by as many threads.
    pub(super) fn shared(self, threads: usize) -> Shared {
        let mut parts = self.parts;
        let size = parts.len().div_ceil(threads.max(1));
        let found: Vec<(u64, Vec<Member>)> = std::thread::scope(|scope| {
            let several = |some: &mut [Part]| some.iter_mut().flat_map(several).collect::<Vec<_>>();
            let workers: Vec<_> = parts
                .chunks_mut(size)
                .map(|some| scope.spawn(move || several(some)))
                .collect();
            workers
                .into_iter()
                .flat_map(|it| it.join().unwrap_or_default())
                .collect()
        });
        Shared(found.into_iter().collect())
    }
}

fn push(part: &mut Part, claim: Claim) {
    match part.last_mut().filter(|it| it.len() < CHUNK) {
        Some(chunk) => chunk.push(claim),
        None => {
            let mut chunk = Vec::with_capacity(CHUNK);
            chunk.push(claim);
            part.push(chunk);
        }
    }
}

/// The keys of one part that more than one object claims.
fn several(part: &mut Part) -> Vec<(u64, Vec<Member>)> {
    let mut claims = std::mem::take(part).concat();
    leave_out_the_lonely(&mut claims);
    claims.sort_unstable();
    let groups = claims.chunk_by(|a, b| a.key == b.key);
    let shared = groups.filter(|it| it.first().map(|it| it.object) != it.last().map(|it| it.object));
    shared
        .map(|it| {
            let member = |it: &Claim| Member {
                object: it.object,
                marks: it.marks,
            };
            (it[0].key, it.iter().map(member).collect())
        })
        .collect()
}

/// Leaves out claims whose keys plainly stand alone, as nearly all do, so that the others are soon sorted: of each key's
/// last bits it is counted how many claims have them.
fn leave_out_the_lonely(claims: &mut Vec<Claim>) {
    // With so many slots, one lonely key in nine meets another.
    let slots = (8 * claims.len()).next_power_of_two();
    let slot = |it: &Claim| it.key as usize & (slots - 1);
    let mut counts = vec![0_u8; slots];
    for claim in claims.iter() {
        let count = &mut counts[slot(claim)];
        *count = count.saturating_add(1);
    }
    claims.retain(|it| counts[slot(it)] > 1);
}

/// The values that several objects hold, by number, each with its holders in the order of the source.
#[derive(Default)]
pub(super) struct Shared(HashMap<u64, Vec<Member>>);

impl Shared {
    /// The holders of a value; none when it is not shared.
    pub(super) fn holders(&self, key: u64) -> &[Member] {
        self.0.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Every value with its holders.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &[Member])> {
        self.0.iter().map(|(key, it)| (*key, it.as_slice()))
    }

    /// Leaves only the holders for which `keep` holds, and only values that are shared then.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(u64, Member) -> bool) {
        self.0.retain(|key, holders| {
            holders.retain(|it| keep(*key, *it));
            holders.first().map(|it| it.object) != holders.last().map(|it| it.object)
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn claim(key: u64, object: u32) -> Claim {
        Claim { key, object, marks: 1 }
    }

    fn holders(shared: &Shared, key: u64) -> Vec<u32> {
        shared.holders(key).iter().map(|it| it.object).collect()
    }

    #[test]
    fn a_value_that_one_object_holds_twice_is_not_shared() {
        let mut claims = Claims::default();
        claims.take(&[claim(7, 0), claim(7, 0), claim(8, 0)], 0);
        claims.take(&[claim(8, 0), claim(9, 1)], 5);
        let shared = claims.shared(2);
        assert_eq!(
            (holders(&shared, 7), holders(&shared, 8), holders(&shared, 9)),
            (vec![], vec![0, 5], vec![])
        );
    }

    proptest! {
        #[test]
        fn the_number_of_threads_does_not_change_what_is_shared(
            keys in prop::collection::vec((0u64..20, 0u32..30), 0..100), threads in 1usize..9,
        ) {
            let mut claims = Claims::default();
            let spread = |it: u64| it.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let all: Vec<Claim> = keys.iter().map(|(key, object)| claim(spread(*key), *object)).collect();
            claims.take(&all, 0);
            let shared = claims.shared(threads);
            for key in (0..20).map(spread) {
                let mut expected: Vec<u32> = all.iter().filter(|it| it.key == key).map(|it| it.object).collect();
                expected.sort_unstable();
                let is_shared = expected.first() != expected.last();
                prop_assert_eq!(holders(&shared, key), if is_shared { expected } else { vec![] });
            }
        }
    }
}
