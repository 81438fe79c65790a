//! Values that must not meet: an address belongs to one object of a directory, whatever the attribute that holds it. Two
//! proposals that would collide are both withdrawn, and so is one that another object holds now: which of them keeps it
//! is for people to say, and an order in which it would still work is for nobody to remember.

use std::collections::HashMap;

use super::{
    plan::{Plan, Reason, ValueChange},
    settle::Place,
};

/// A change to take out of a plan: the object, the change, why, and the other objects that this is about.
pub(super) type Withdrawn = (String, ValueChange, Reason, Vec<String>);

/// How many other objects are named at most.
const OTHERS: usize = 16;

/// Which objects hold a value, as far as something is wrong with it.
#[derive(Default)]
pub(super) struct Held<'a>(HashMap<Key, Vec<&'a str>>);

impl<'a> Held<'a> {
    pub(super) fn of(places: &'a [Place]) -> Self {
        let mut held = Self::default();
        for (dn, attribute, value) in places {
            if let Some(key) = key(attribute, value) {
                note(held.0.entry(key).or_default(), dn);
            }
        }
        held
    }
}

fn note<'a>(holders: &mut Vec<&'a str>, dn: &'a str) {
    // Half a directory may share a value: one more than are named is enough to know that there are others.
    if holders.len() <= OTHERS && !holders.contains(&dn) {
        holders.push(dn);
    }
}

/// What a plan must not do.
pub(super) fn between(plan: &Plan, held: &Held<'_>) -> Vec<Withdrawn> {
    let mut wanted: HashMap<Key, Vec<&str>> = HashMap::new();
    for (dn, key, _) in proposals(plan) {
        note(wanted.entry(key).or_default(), dn);
    }
    let others = |holders: Option<&Vec<&str>>, dn: &str| -> Vec<String> {
        let holders = holders.into_iter().flatten().filter(|it| **it != dn);
        holders.take(OTHERS).map(|it| (*it).to_owned()).collect()
    };
    let mut withdrawn = Vec::new();
    for (dn, key, change) in proposals(plan) {
        let rivals = others(wanted.get(&key), dn);
        let holders = others(held.0.get(&key), dn);
        if !rivals.is_empty() {
            withdrawn.push((dn.to_owned(), change.clone(), Reason::Collision, rivals));
        } else if !holders.is_empty() {
            withdrawn.push((dn.to_owned(), change.clone(), Reason::Taken, holders));
        }
    }
    withdrawn
}

/// Everything that is to come somewhere: object, key, change.
pub(super) fn proposals(plan: &Plan) -> impl Iterator<Item = (&str, Key, &ValueChange)> {
    let of = |change: &ValueChange| key(&change.attribute, change.to.as_deref()?);
    plan.objects.iter().flat_map(move |object| {
        let keyed = move |change| of(change).map(|key| (object.dn.as_str(), key, change));
        object.changes.iter().filter_map(keyed)
    })
}

/// What a value is compared by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) space: Space,
    /// In lower case.
    pub(super) value: String,
}

/// What may not be shared with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Space {
    /// Where mail arrives, and what people sign in with: the cloud takes both for addresses.
    Address,
    /// Any other value, compared within its own attribute.
    Own(&'static str),
}

/// The key of a value; none for attributes whose values may repeat.
pub(super) fn key(attribute: &str, value: &str) -> Option<Key> {
    let value = value.trim().to_lowercase();
    let of = |space| Key {
        space,
        value: value.clone(),
    };
    let key = match attribute.to_ascii_lowercase().as_str() {
        "mail" | "userprincipalname" => of(Space::Address),
        "proxyaddresses" => match value.strip_prefix("smtp:") {
            Some(address) => Key {
                space: Space::Address,
                value: address.trim().to_owned(),
            },
            None => of(Space::Own("proxyAddresses")),
        },
        "targetaddress" => of(Space::Own("targetAddress")),
        "mailnickname" => of(Space::Own("mailNickname")),
        "samaccountname" => of(Space::Own("sAMAccountName")),
        _ => return None,
    };
    (!key.value.is_empty()).then_some(key)
}
