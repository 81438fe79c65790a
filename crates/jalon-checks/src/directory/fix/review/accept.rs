//! What people accepted, as a plan: their values take the place of what was proposed, and clash like any other.

use std::collections::{HashMap, HashSet};

use jalon_domain::{finding::Action, ids::RuleId};

use super::{ReviewError, ReviewProblem, ReviewRow};
use crate::directory::fix::plan::{ObjectChange, Plan, Reason, Undecided, ValueChange};

/// What a row is about: object, attribute in lower case, value.
type Key = (String, String, String);

/// What is known of a value with something wrong.
struct Known {
    object_class: String,
    attribute: String,
    rules: Vec<RuleId>,
}

impl Plan {
    /// The plan that makes what the rows accept, and nothing else. Rows about objects that `is_done` are passed over:
    /// what was changed already is no longer found wrong.
    ///
    /// # Errors
    /// Every row that is accepted and cannot be followed.
    pub fn accept(self, rows: &[ReviewRow], is_done: &dyn Fn(&str) -> bool) -> Result<Self, Vec<ReviewError>> {
        let known = self.known();
        let names: HashSet<&str> = known.keys().map(|it| it.0.as_str()).collect();
        let (mut plan, mut taken, mut errors) = (Accepted::default(), HashSet::new(), Vec::new());
        for row in rows.iter().filter(|it| it.accept) {
            let found = known.get(&key(&row.dn, &row.attribute, &row.value));
            let problem = match (found, to(row)) {
                (None, _) if is_done(&row.dn) => continue,
                (None, _) if !names.contains(row.dn.as_str()) => ReviewProblem::UnknownObject { dn: row.dn.clone() },
                (None, _) => ReviewProblem::OtherValue {
                    attribute: row.attribute.clone(),
                    value: row.value.clone(),
                },
                (Some(_), None) => ReviewProblem::NoProposal,
                (Some(known), Some(to)) if taken.insert(key(&row.dn, &row.attribute, &row.value)) => {
                    plan.add(row, known, to);
                    continue;
                }
                (Some(_), Some(_)) => ReviewProblem::Repeated,
            };
            errors.push(problem.at(row.row));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut plan = Self {
            objects: plan.objects,
            undecided: self.declined(&taken),
        };
        plan.settle(&[]);
        Ok(plan)
    }

    /// Everything that something is wrong with.
    fn known(&self) -> HashMap<Key, Known> {
        let changes = self.objects.iter().flat_map(|object| {
            object.changes.iter().map(|it| {
                let known = Known {
                    object_class: object.object_class.clone(),
                    attribute: it.attribute.clone(),
                    rules: it.rules.clone(),
                };
                (
                    key(&object.dn, &it.attribute, it.from.as_deref().unwrap_or_default()),
                    known,
                )
            })
        });
        let undecided = self.undecided.iter().map(|it| {
            let known = Known {
                object_class: it.object_class.clone(),
                attribute: it.attribute.clone(),
                rules: it.rules.clone(),
            };
            (key(&it.dn, &it.attribute, &it.value), known)
        });
        // A value that is changed by one rule and left to people by another is known by its change.
        undecided.chain(changes).collect()
    }

    /// What was not accepted: as before, or turned down now.
    fn declined(&self, taken: &HashSet<Key>) -> Vec<Undecided> {
        let is_left = |it: &&Undecided| !taken.contains(&key(&it.dn, &it.attribute, &it.value));
        let mut declined: Vec<Undecided> = self.undecided.iter().filter(is_left).cloned().collect();
        for object in &self.objects {
            for it in &object.changes {
                let value = it.from.clone().unwrap_or_default();
                if !taken.contains(&key(&object.dn, &it.attribute, &value)) {
                    declined.push(object.undecided(it.clone(), Reason::Declined, Vec::new()));
                }
            }
        }
        declined
    }
}

/// The accepted changes, by object in the order of the table.
#[derive(Default)]
struct Accepted {
    objects: Vec<ObjectChange>,
    places: HashMap<String, usize>,
}

impl Accepted {
    fn add(&mut self, row: &ReviewRow, known: &Known, to: Option<String>) {
        let at = *self.places.entry(row.dn.clone()).or_insert_with(|| {
            self.objects.push(ObjectChange {
                dn: row.dn.clone(),
                object_class: known.object_class.clone(),
                changes: Vec::new(),
            });
            self.objects.len() - 1
        });
        self.objects[at].changes.push(ValueChange {
            attribute: known.attribute.clone(),
            from: Some(row.value.clone()).filter(|it| !it.is_empty()),
            to,
            rules: known.rules.clone(),
        });
    }
}

/// The value that comes, or none where the old one only goes; nothing where the row does not say.
fn to(row: &ReviewRow) -> Option<Option<String>> {
    match &row.proposed {
        Some(proposed) if *proposed != row.value => Some(Some(proposed.clone())),
        None if row.action == Action::Remove && !row.value.is_empty() => Some(None),
        _ => None,
    }
}

fn key(dn: &str, attribute: &str, value: &str) -> Key {
    (dn.to_owned(), attribute.to_ascii_lowercase(), value.to_owned())
}
