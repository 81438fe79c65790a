//! A record that costs fewer look-ups, because networks stand where includes stood.

use std::{cmp::Reverse, collections::BTreeSet};

use serde::Serialize;

use super::{Branch, Twig};
use crate::dns::spf::{evaluate::MOST_LOOKUPS, lint::TOO_LONG, syntax::Qualifier};

/// A record in place of one that costs too many look-ups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// The record to publish.
    pub record: String,
    /// The names whose networks are written out: whoever publishes it has to follow their changes from then on.
    pub flattened: Vec<String>,
    /// Look-ups that it costs.
    pub lookups: usize,
}

/// What to publish instead of a record that costs more than ten look-ups: the dearest includes are written out first, and
/// no more of them than needed. Nothing when that is not needed, or not possible without changing who passes, or when the
/// record would be too long for a datagram.
pub fn advice(branch: &Branch) -> Option<Advice> {
    let record = branch.record.as_deref().filter(|_| branch.lookups > MOST_LOOKUPS)?;
    let mut dearest: Vec<(&Twig, Vec<&str>)> = branch
        .terms
        .iter()
        .filter_map(|it| Some((it, written_out(it)?)))
        .collect();
    dearest.sort_by_key(|it| Reverse(it.0.lookups));
    let mut lookups = branch.lookups;
    let mut chosen = Vec::new();
    for (twig, networks) in dearest {
        if lookups <= MOST_LOOKUPS {
            break;
        }
        lookups -= twig.lookups;
        chosen.push((twig, networks));
    }
    if lookups > MOST_LOOKUPS {
        return None;
    }
    let mut flattened = chosen.clone();
    flattened.sort_by_key(|it| it.0.span.start);
    // From the end: what is replaced does not move what stands before it.
    let mut text = record.to_owned();
    for (twig, networks) in flattened.iter().rev() {
        text.replace_range(twig.span.start..twig.span.end, &networks.join(" "));
    }
    let record = text
        .split(' ')
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    (record.len() < TOO_LONG).then(|| Advice {
        record,
        flattened: flattened.iter().filter_map(|it| it.0.target.clone()).collect(),
        lookups,
    })
}

/// The networks that say the same as an include.
fn written_out(twig: &Twig) -> Option<Vec<&str>> {
    let inner = twig.inner.as_deref()?;
    if twig.mechanism != "include" || twig.qualifier != Some(Qualifier::Pass) {
        return None;
    }
    let mut networks = passing(inner)?;
    let mut seen = BTreeSet::new();
    networks.retain(|it| seen.insert(*it));
    Some(networks)
}

/// The networks that a record lets pass; nothing when order, the sender or an error has a say in that.
fn passing(branch: &Branch) -> Option<Vec<&str>> {
    if branch.reason.is_some() {
        return None;
    }
    let mut networks = Vec::new();
    for twig in &branch.terms {
        let passes = twig.qualifier == Some(Qualifier::Pass);
        match (twig.mechanism, &twig.inner) {
            _ if twig.reason.is_some() => return None,
            ("all", _) if !passes => {}
            ("redirect", Some(inner)) => networks.extend(passing(inner)?),
            ("include", Some(inner)) if passes => networks.extend(passing(inner)?),
            ("a" | "mx" | "ip4" | "ip6", _) if passes => networks.extend(twig.networks.iter().map(String::as_str)),
            _ => return None,
        }
    }
    Some(networks)
}
