//! What changes from one version of the catalogue to another: shown to people before a live engagement is upgraded.

use std::collections::{BTreeMap, BTreeSet};

use jalon_domain::{
    ids::{BulletId, GateId, ResponsibilityId},
    programme::Responsibility,
};
use serde::Serialize;
use serde_json::Value;

use crate::Catalogue;

/// The differences between two catalogues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The version compared from.
    pub from: String,
    /// The version compared to.
    pub to: String,
    /// The responsibilities, overlays' rows included.
    pub responsibilities: Changes<ResponsibilityId>,
    /// The responsibilities of which each was replaced by several.
    pub split: Vec<Split>,
    /// The source bullets.
    pub bullets: Changes<BulletId>,
    /// The gates.
    pub gates: Changes<GateId>,
}

/// What was added, changed and retired among things with an id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changes<Id> {
    /// New ones.
    pub added: Vec<Id>,
    /// Those in both that differ.
    pub changed: Vec<Changed<Id>>,
    /// Those marked as retired since, or gone.
    pub retired: Vec<Id>,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed<Id> {
    /// Which.
    pub id: Id,
    /// The keys that differ, as written in the data files.
    pub fields: Vec<String>,
}

/// One responsibility replaced by several that cite its bullets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Split {
    /// The former one.
    pub id: ResponsibilityId,
    /// The new ones, at least two.
    pub into: Vec<ResponsibilityId>,
}

impl Diff {
    /// Whether nothing differs but perhaps the version.
    pub fn is_empty(&self) -> bool {
        self.responsibilities.is_empty() && self.split.is_empty() && self.bullets.is_empty() && self.gates.is_empty()
    }
}

impl<Id> Changes<Id> {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.retired.is_empty()
    }
}

/// Compares `old` with `new`.
pub fn diff(old: &Catalogue, new: &Catalogue) -> Diff {
    let mut responsibilities = changes(&old.responsibilities, &new.responsibilities, |it| (&it.id, it.retired));
    let split = splits(old, new, &responsibilities);
    let replaced: BTreeSet<&ResponsibilityId> = split.iter().map(|it| &it.id).collect();
    let replacing: BTreeSet<&ResponsibilityId> = split.iter().flat_map(|it| &it.into).collect();
    responsibilities.retired.retain(|it| !replaced.contains(it));
    responsibilities.added.retain(|it| !replacing.contains(it));
    Diff {
        from: old.version.clone(),
        to: new.version.clone(),
        bullets: changes(&old.bullets, &new.bullets, |it| (&it.id, false)),
        gates: changes(&old.gates, &new.gates, |it| (&it.id, false)),
        responsibilities,
        split,
    }
}

/// Compares two lists; `read` gives the id and whether the thing is retired.
fn changes<T: Serialize, Id: Clone + Ord>(old: &[T], new: &[T], read: fn(&T) -> (&Id, bool)) -> Changes<Id> {
    let by_id = |all: &'_ [T]| -> BTreeMap<Id, usize> {
        all.iter()
            .enumerate()
            .map(|(place, it)| (read(it).0.clone(), place))
            .collect()
    };
    let (before, after) = (by_id(old), by_id(new));
    let mut changes = Changes {
        added: Vec::new(),
        changed: Vec::new(),
        retired: Vec::new(),
    };
    for it in new {
        let (id, retired) = read(it);
        let former = before.get(id).map(|place| &old[*place]);
        match former {
            None if retired => {}
            None => changes.added.push(id.clone()),
            Some(former) if retired && !read(former).1 => changes.retired.push(id.clone()),
            Some(former) => {
                let fields = differing(former, it);
                if !fields.is_empty() {
                    changes.changed.push(Changed { id: id.clone(), fields });
                }
            }
        }
    }
    let gone = old
        .iter()
        .map(read)
        .filter(|(id, retired)| !retired && !after.contains_key(id));
    changes.retired.extend(gone.map(|(id, _)| id.clone()));
    changes
}

/// The keys under which two things differ.
fn differing(old: &impl Serialize, new: &impl Serialize) -> Vec<String> {
    let fields = |it: Result<Value, serde_json::Error>| match it {
        Ok(Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let (old, new) = (fields(serde_json::to_value(old)), fields(serde_json::to_value(new)));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    keys.into_iter()
        .filter(|it| old.get(*it) != new.get(*it))
        .cloned()
        .collect()
}

/// A retired responsibility was split when at least two of the added ones cite one of its bullets.
fn splits(old: &Catalogue, new: &Catalogue, changes: &Changes<ResponsibilityId>) -> Vec<Split> {
    let added: Vec<&Responsibility> = changes.added.iter().filter_map(|it| new.responsibility(it)).collect();
    let split = |id: &ResponsibilityId| {
        let former = old.responsibility(id)?;
        let heirs = added
            .iter()
            .filter(|it| it.bullets.iter().any(|bullet| former.bullets.contains(bullet)));
        let into: Vec<ResponsibilityId> = heirs.map(|it| it.id.clone()).collect();
        (into.len() > 1).then(|| Split { id: id.clone(), into })
    };
    changes.retired.iter().filter_map(split).collect()
}
