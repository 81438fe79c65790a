//! What is published, read back from the facts of a report.

use std::collections::BTreeMap;

use jalon_wire::dns::Record;
use serde::Deserialize;
use serde_json::Value;

use crate::dns::{Question, Seen};

/// The record sets of a domain: what each question about it or a name below it brought.
#[derive(Clone, Debug, Default)]
pub(super) struct Published {
    pub(super) domain: String,
    pub(super) sets: BTreeMap<(String, String), Known>,
}

/// What is known of one record set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// These records, or none.
    Records(Vec<Record>),
    /// The name is an alias, and the records stand elsewhere.
    Elsewhere,
}

/// The facts of one check.
#[derive(Deserialize)]
struct Facts {
    domain: String,
    #[serde(default)]
    answers: BTreeMap<String, Value>,
}

/// The sets that every check saw. A question that nobody answered leaves its set unknown.
pub(super) fn read<'a>(domain: &str, facts: impl IntoIterator<Item = &'a Value>) -> Published {
    let mut published = Published {
        domain: domain.to_owned(),
        ..Published::default()
    };
    for facts in facts {
        let Ok(facts) = Facts::deserialize(facts) else {
            continue;
        };
        published.domain = facts.domain;
        for (question, seen) in facts.answers {
            let (Ok(question), Ok(seen)) = (question.parse::<Question>(), serde_json::from_value::<Seen>(seen)) else {
                continue;
            };
            let key = key(&question);
            if is_within(&key.0, &published.domain)
                && let Some(known) = known(&question, seen)
            {
                published.sets.insert(key, known);
            }
        }
    }
    published
}

fn key(question: &Question) -> (String, String) {
    let told = question.to_string();
    let kind = told.split(' ').next().unwrap_or_default();
    (question.name.clone(), kind.to_owned())
}

pub(super) fn is_within(name: &str, domain: &str) -> bool {
    name == domain || name.strip_suffix(domain).is_some_and(|it| it.ends_with('.'))
}

fn known(question: &Question, seen: Seen) -> Option<Known> {
    match seen {
        Seen::Found { chain, .. } | Seen::Absent { chain, .. } if !chain.is_empty() => Some(Known::Elsewhere),
        Seen::Found { records, .. } => {
            let own = records.into_iter().filter(|it| it.name == question.name);
            Some(Known::Records(own.collect()))
        }
        Seen::Absent { .. } => Some(Known::Records(Vec::new())),
        Seen::Looped { .. } => Some(Known::Elsewhere),
        _ => None,
    }
}
