//! Whether an object is still as it was when a change was planned, and what exactly there is to change. Pure: what the
//! object holds has been read already.

use std::collections::BTreeMap;

use jalon_domain::text::Text;
use jalon_wire::{entry::Attributes, ldif::Edit};

use super::Wanted;
use crate::directory::fix::{
    plan::{ObjectChange, ValueChange, alike, is_one_of_several, is_primary},
    record::Requested,
    texts,
};

/// What to do with an object.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Change exactly this.
    Ready(ObjectChange),
    /// It is as it should be.
    Already,
    /// It is neither as before nor as after.
    Moved(Text),
}

/// How an object compares with a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Before,
    After,
    Neither,
}

/// Compares an object with a change.
pub(super) fn state(changes: &[ValueChange], held: &Attributes) -> State {
    let comes = |of: &ValueChange, value: &str| some(changes, &of.attribute, |it| it.to.as_deref() == Some(value));
    let is_before = |it: &ValueChange| it.from.as_deref().is_none_or(|from| holds(held, &it.attribute, from));
    let is_after = |it: &ValueChange| {
        let gone = |from: &str| comes(it, from) || !holds(held, &it.attribute, from);
        it.from.as_deref().is_none_or(gone) && it.to.as_deref().is_none_or(|to| has(held, &it.attribute, to))
    };
    if changes.iter().all(is_after) {
        State::After
    } else if changes.iter().all(is_before) {
        State::Before
    } else {
        State::Neither
    }
}

/// Whether one of the changes of an attribute is such.
fn some(changes: &[ValueChange], attribute: &str, is_such: impl Fn(&ValueChange) -> bool) -> bool {
    let mut changes = changes.iter().filter(|it| it.attribute.eq_ignore_ascii_case(attribute));
    changes.any(is_such)
}

/// Whether a value is there; among several, one that the directory takes for the same will do.
fn has(held: &Attributes, attribute: &str, value: &str) -> bool {
    holds(held, attribute, value)
        || is_one_of_several(attribute) && held.values(attribute).any(|it| alike(&it.readable(), value))
}

/// What to do with an object that holds these values.
pub(super) fn judge(wanted: &Wanted, held: &Attributes) -> Verdict {
    match wanted {
        Wanted::Planned(it) => planned(it, held),
        Wanted::Requested(it) => requested(it, held),
    }
}

fn planned(object: &ObjectChange, held: &Attributes) -> Verdict {
    if state(&object.changes, held) == State::After {
        return Verdict::Already;
    }
    let exact = |it| exact(it, &object.changes, held);
    match object.changes.iter().map(exact).collect() {
        Ok(changes) => Verdict::Ready(ObjectChange {
            changes,
            ..object.clone()
        }),
        Err(told) => Verdict::Moved(told),
    }
}

/// One planned change as the object needs it now.
fn exact(change: &ValueChange, all: &[ValueChange], held: &Attributes) -> Result<ValueChange, Text> {
    let mut change = change.clone();
    let attribute = change.attribute.clone();
    match &change.from {
        Some(from) if holds(held, &attribute, from) => {}
        Some(from) => return Err(moved("moved", &attribute, from)),
        // One more value among others needs no room.
        None if is_one_of_several(&attribute) => {}
        None => {
            let values = texts_of(held, &attribute);
            if let Some(value) = values.iter().find(|it| !it.trim().is_empty()) {
                return Err(moved("filled", &attribute, value));
            }
            // Nothing but spaces is as good as empty, but has to go.
            change.from = values.into_iter().next();
        }
    }
    let Some(to) = change.to.clone() else {
        return Ok(change);
    };
    let leaves = |value: &str| some(all, &attribute, |it| it.from.as_deref() == Some(value));
    let is_twin = |it: &String| alike(it, &to) && !leaves(it);
    let Some(twin) = texts_of(held, &attribute).into_iter().find(is_twin) else {
        return Ok(change);
    };
    match &change.from {
        Some(from) if !is_primary(&attribute, from) => Ok(ValueChange { to: None, ..change }),
        _ => Err(moved("held", &attribute, &twin)),
    }
}

/// Follows the edits over what the object holds; what differs in the end is the change.
fn requested(wanted: &Requested, held: &Attributes) -> Verdict {
    if is_done(wanted, held) {
        return Verdict::Already;
    }
    let mut values: BTreeMap<String, [Vec<String>; 2]> = BTreeMap::new();
    for it in &wanted.edits {
        let at = values.entry(it.attribute.to_ascii_lowercase()).or_insert_with(|| {
            let before = texts_of(held, &it.attribute);
            [before.clone(), before]
        });
        if let Err(told) = follow(&mut at[1], it.edit, &it.attribute, &it.values) {
            return Verdict::Moved(told);
        }
    }
    let mut changes = Vec::new();
    let spelt = |name: &str| wanted.edits.iter().find(|it| it.attribute.eq_ignore_ascii_case(name));
    for (name, [before, after]) in values {
        let name = spelt(&name).map_or(name.as_str(), |it| &it.attribute);
        let without = |some: &[String], others: &[String]| -> Vec<String> {
            some.iter().filter(|it| !others.contains(it)).cloned().collect()
        };
        changes.extend(paired(name, without(&before, &after), without(&after, &before)));
    }
    if changes.is_empty() {
        return Verdict::Already;
    }
    Verdict::Ready(ObjectChange {
        dn: wanted.dn.clone(),
        object_class: String::new(),
        changes,
    })
}

fn follow(values: &mut Vec<String>, edit: Edit, attribute: &str, given: &[String]) -> Result<(), Text> {
    match edit {
        Edit::Replace => *values = given.to_vec(),
        Edit::Delete if given.is_empty() => values.clear(),
        Edit::Delete => {
            for value in given {
                let at = values.iter().position(|it| it == value);
                values.remove(at.ok_or_else(|| moved("moved", attribute, value))?);
            }
        }
        Edit::Add => {
            for value in given {
                if let Some(twin) = values.iter().find(|it| alike(it, value)) {
                    return Err(moved("held", attribute, twin));
                }
                values.push(value.clone());
            }
        }
    }
    Ok(())
}

/// Whether everything that was to come is there and everything that was to go is not.
fn is_done(wanted: &Requested, held: &Attributes) -> bool {
    let added = |value: &str| {
        wanted
            .edits
            .iter()
            .any(|it| it.edit != Edit::Delete && it.values.iter().any(|it| it == value))
    };
    wanted.edits.iter().all(|it| match it.edit {
        Edit::Add => it.values.iter().all(|value| holds(held, &it.attribute, value)),
        Edit::Delete if it.values.is_empty() => false,
        Edit::Delete => it
            .values
            .iter()
            .all(|value| added(value) || !holds(held, &it.attribute, value)),
        Edit::Replace => false,
    })
}

/// A request as it is written, when the object is not there to say more.
pub(super) fn as_written(wanted: &Requested) -> ObjectChange {
    let changes = wanted.edits.iter().flat_map(|it| {
        let values = it.values.clone();
        match it.edit {
            Edit::Delete => paired(&it.attribute, values, Vec::new()),
            Edit::Add | Edit::Replace => paired(&it.attribute, Vec::new(), values),
        }
    });
    ObjectChange {
        dn: wanted.dn.clone(),
        object_class: String::new(),
        changes: changes.collect(),
    }
}

/// What goes beside what comes.
fn paired(attribute: &str, gone: Vec<String>, come: Vec<String>) -> Vec<ValueChange> {
    let count = gone.len().max(come.len());
    let (mut gone, mut come) = (gone.into_iter(), come.into_iter());
    let change = |_| ValueChange {
        attribute: attribute.to_owned(),
        from: gone.next(),
        to: come.next(),
        rules: Vec::new(),
    };
    (0..count).map(change).collect()
}

fn holds(held: &Attributes, attribute: &str, value: &str) -> bool {
    held.values(attribute).any(|it| it.bytes == value.as_bytes())
}

fn texts_of(held: &Attributes, attribute: &str) -> Vec<String> {
    held.values(attribute).map(|it| it.readable().into_owned()).collect()
}

fn moved(key: &str, attribute: &str, value: &str) -> Text {
    texts::both(key, &[("attribute", attribute.into()), ("value", value.into())])
}
