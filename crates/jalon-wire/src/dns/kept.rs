//! What is remembered for a while: bounded in size, the oldest leave first, nothing outlives its time.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
};

use foldhash::fast::RandomState;
use jiff::Timestamp;

/// Values by key, each until an instant.
pub(super) struct Kept<K, V> {
    entries: HashMap<K, Entry<V>, RandomState>,
    order: VecDeque<(K, u64)>,
    weight: usize,
    most: usize,
    next: u64,
}

struct Entry<V> {
    value: V,
    weight: usize,
    until: Timestamp,
    number: u64,
}

impl<K: Clone + Eq + Hash, V: Clone> Kept<K, V> {
    /// Keeps values that weigh no more than `most` together.
    pub(super) fn new(most: usize) -> Self {
        Self {
            entries: HashMap::default(),
            order: VecDeque::new(),
            weight: 0,
            most,
            next: 0,
        }
    }

    pub(super) fn get(&self, key: &K, now: Timestamp) -> Option<V> {
        self.entries
            .get(key)
            .filter(|it| it.until > now)
            .map(|it| it.value.clone())
    }

    pub(super) fn put(&mut self, key: K, value: V, weight: usize, until: Timestamp) {
        self.next += 1;
        let entry = Entry {
            value,
            weight,
            until,
            number: self.next,
        };
        self.order.push_back((key.clone(), self.next));
        self.weight += weight;
        if let Some(former) = self.entries.insert(key, entry) {
            self.weight -= former.weight;
        }
        self.make_room();
    }

    /// A key that was put again stands twice in the order; only its last place counts.
    fn make_room(&mut self) {
        while self.weight > self.most || self.order.len() > 2 * self.entries.len() + 64 {
            let Some((key, number)) = self.order.pop_front() else {
                return;
            };
            if self.entries.get(&key).is_some_and(|it| it.number == number)
                && let Some(gone) = self.entries.remove(&key)
            {
                self.weight -= gone.weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    fn noon() -> Timestamp {
        "2026-11-20T12:00:00Z".parse().expect("an instant")
    }

    #[test]
    fn nothing_outlives_its_time() {
        let mut kept = Kept::new(10);
        kept.put("a", 1, 1, noon() + 10.seconds());
        assert_eq!(kept.get(&"a", noon() + 9.seconds()), Some(1));
        assert_eq!(kept.get(&"a", noon() + 10.seconds()), None);
    }

    #[test]
    fn the_oldest_make_room_and_a_renewed_one_is_young_again() {
        let (mut kept, until) = (Kept::new(2), noon() + 10.seconds());
        kept.put("a", 1, 1, until);
        kept.put("b", 2, 1, until);
        kept.put("a", 3, 1, until);
        kept.put("c", 4, 1, until);
        let held = ["a", "b", "c"].map(|it| kept.get(&it, noon()));
        assert_eq!(held, [Some(3), None, Some(4)]);
    }

    #[test]
    fn it_stays_small_whatever_is_put() {
        let mut kept = Kept::new(100);
        for number in 0..10_000_u32 {
            kept.put(number % 7, number, 3, noon() + 1.seconds());
            kept.put(1000 + number, number, 9, noon() + 1.seconds());
        }
        assert!(kept.weight <= 100 && kept.order.len() <= 2 * kept.entries.len() + 64);
        kept.put(1, 1, 1000, noon());
        assert!(kept.entries.is_empty() && kept.weight == 0);
    }
}
