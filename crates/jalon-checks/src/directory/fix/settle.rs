//! What a plan must not do to itself: two values of one object that become one, a correction that is held already, an
//! address that two objects would share.

use std::collections::{HashMap, HashSet};

use super::{
    clash::{Held, Withdrawn, between},
    plan::{ObjectChange, Plan, Reason, ValueChange, alike, is_one_of_several, is_primary},
};

/// A value somewhere: object, attribute, value.
pub(super) type Place = (String, String, String);

impl Plan {
    /// Makes the plan one that can be followed in any order; `others` are values that something is wrong with and that
    /// it says nothing about. A change that is withdrawn keeps its value, which another one may have counted on.
    pub(super) fn settle(&mut self, others: &[Place]) {
        loop {
            let before = self.weight();
            self.objects.iter_mut().for_each(merge);
            let places: Vec<Place> = self.places().chain(others.iter().cloned()).collect();
            self.drop_held(&places);
            let withdrawn = between(self, &Held::of(&places));
            self.withdraw(withdrawn);
            if self.weight() == before {
                break;
            }
        }
    }

    /// How many values go and how many come: each step of settling makes it less.
    fn weight(&self) -> usize {
        let weigh = |it: &ValueChange| usize::from(it.from.is_some()) + usize::from(it.to.is_some());
        self.objects.iter().flat_map(|it| &it.changes).map(weigh).sum()
    }

    /// Every value that the plan speaks about, as it is now.
    fn places(&self) -> impl Iterator<Item = Place> {
        let changed = self.objects.iter().flat_map(|object| {
            let values = object
                .changes
                .iter()
                .filter_map(|it| Some((&it.attribute, it.from.as_ref()?)));
            values.map(|(attribute, value)| (object.dn.clone(), attribute.clone(), value.clone()))
        });
        let undecided = self.undecided.iter().filter(|it| !it.value.is_empty());
        changed.chain(undecided.map(|it| (it.dn.clone(), it.attribute.clone(), it.value.clone())))
    }

    /// A correction that the object holds already has only to make the wrong value go.
    fn drop_held(&mut self, places: &[Place]) {
        let mut values: HashMap<&str, Vec<&str>> = HashMap::new();
        for (dn, _, value) in places.iter().filter(|it| is_one_of_several(&it.1)) {
            values.entry(dn).or_default().push(value);
        }
        let mut withdrawn = Vec::new();
        for object in &mut self.objects {
            let Some(values) = values.get(object.dn.as_str()) else {
                continue;
            };
            let gone: HashSet<String> = object.changes.iter().filter_map(|it| it.from.clone()).collect();
            let stays = |to: &str| values.iter().any(|it| !gone.contains(*it) && alike(it, to));
            for change in object.changes.iter_mut().filter(|it| is_one_of_several(&it.attribute)) {
                if !change.to.as_deref().is_some_and(stays) {
                    continue;
                }
                let reason = match change.from {
                    None => Reason::NoProposal,
                    Some(_) if takes_primary(change) => Reason::Primary,
                    Some(_) => {
                        change.to = None;
                        continue;
                    }
                };
                withdrawn.push((object.dn.clone(), change.clone(), reason, Vec::new()));
            }
        }
        self.withdraw(withdrawn);
    }

    /// Takes changes out of the plan again, with the reason.
    pub(super) fn withdraw(&mut self, changes: Vec<Withdrawn>) {
        let mut places: HashMap<String, Vec<(ValueChange, Reason, Vec<String>)>> = HashMap::new();
        for (dn, change, reason, others) in changes {
            places.entry(dn).or_default().push((change, reason, others));
        }
        for object in &mut self.objects {
            for (change, reason, others) in places.remove(&object.dn).unwrap_or_default() {
                object.changes.retain(|it| *it != change);
                self.undecided.push(object.undecided(change, reason, others));
            }
        }
        self.objects.retain(|it| !it.changes.is_empty());
    }
}

/// Two values that become one: the second only goes, unless it is the primary one, which must not, or one that only comes.
fn merge(object: &mut ObjectChange) {
    for at in 1..object.changes.len() {
        let (before, rest) = object.changes.split_at_mut(at);
        let this = &mut rest[0];
        let is_twin = |it: &&mut ValueChange| {
            let is_attribute = it.attribute.eq_ignore_ascii_case(&this.attribute);
            is_attribute && matches!((&it.to, &this.to), (Some(one), Some(other)) if alike(one, other))
        };
        let Some(twin) = before.iter_mut().find(is_twin) else {
            continue;
        };
        let has_to_come = |it: &ValueChange| it.from.is_none() || takes_primary(it);
        if has_to_come(this) && twin.from.is_some() && !takes_primary(twin) || this.from.is_none() {
            twin.to = None;
        } else {
            this.to = None;
        }
    }
}

fn takes_primary(change: &ValueChange) -> bool {
    let from = change.from.as_deref();
    from.is_some_and(|it| is_primary(&change.attribute, it))
}
