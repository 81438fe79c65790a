//! Fixes one after the other, each only where it fits what those before it made of the zone.

use std::collections::BTreeMap;

use jalon_domain::{
    finding::{Defect, FixKind},
    text::Text,
};
use jalon_wire::dns::{Data, Record, update::SetChange};

use super::{
    Left, Plan,
    published::{Known, Published, is_within},
    read::{Lines, lines},
};

/// The time to live of a set that is new, in seconds.
const TTL: u32 = 3600;

/// A name and a record type.
type Key = (String, String);

/// Why a fix does not fit.
enum Misfit {
    /// It is no lines of a zone.
    ByHand,
    /// What stands there is not known.
    Unknown(Key),
    /// It wants something else of the same record than a heavier one.
    Contradicts,
}

pub(super) fn merge(published: Published, fixes: &[&Defect]) -> Plan {
    let before = published;
    let mut after = before.clone();
    let mut left = Vec::new();
    for defect in fixes {
        match fitted(&after, defect) {
            Ok(next) => after = next,
            Err(misfit) => left.push(Left {
                rule: defect.rule.clone(),
                reason: misfit.reason(),
            }),
        }
    }
    Plan {
        zone: before.domain.clone(),
        domain: before.domain.clone(),
        sets: sets(&before, &after),
        left,
    }
}

/// The zone after the fix.
fn fitted(zone: &Published, defect: &Defect) -> Result<Published, Misfit> {
    let fix = defect.fix.as_ref().filter(|it| it.kind == FixKind::Zone);
    let Lines { publish, remove } = fix.and_then(|it| lines(&it.text)).ok_or(Misfit::ByHand)?;
    let mut next = zone.clone();
    for it in &remove {
        let set = next.set(it)?;
        set.retain(|held| !says_the_same(held, it));
    }
    for it in publish {
        let set = next.set(&it)?;
        if !set.iter().any(|held| says_the_same(held, &it)) {
            let ttl = set.first().map_or(it.ttl, |it| it.ttl);
            set.push(Record { ttl, ..it });
        }
    }
    // What clashed before any fix is another finding, whose own fix comes in its turn.
    if next.clashes() <= zone.clashes() {
        Ok(next)
    } else {
        Err(Misfit::Contradicts)
    }
}

impl Published {
    /// The records of the set that `record` belongs to.
    fn set(&mut self, record: &Record) -> Result<&mut Vec<Record>, Misfit> {
        let key = (record.name.clone(), kind(&record.data).to_owned());
        if !is_within(&key.0, &self.domain) {
            return Err(Misfit::ByHand);
        }
        match self.sets.get_mut(&key) {
            Some(Known::Records(records)) => Ok(records),
            _ => Err(Misfit::Unknown(key)),
        }
    }

    /// How many records stand where they exclude another: an alias stands alone (RFC 1034, section 3.6.2), a null MX too
    /// (RFC 7505, section 3), and of policies of one version at one name receivers take none, or any.
    fn clashes(&self) -> usize {
        let mut by_name: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
        for ((name, _), known) in &self.sets {
            if let Known::Records(records) = known {
                by_name.entry(name).or_default().extend(records);
            }
        }
        by_name.values().map(|it| clashes(it)).sum()
    }
}

fn clashes(records: &[&Record]) -> usize {
    let beside = |is_alone: &dyn Fn(&Data) -> bool, counts: &dyn Fn(&Data) -> bool| {
        let count = records.iter().filter(|it| counts(&it.data)).count();
        let is_there = records.iter().any(|it| is_alone(&it.data));
        if is_there { count.saturating_sub(1) } else { 0 }
    };
    let alias = beside(&|it| matches!(it, Data::Cname { .. }), &|_| true);
    let mail = beside(
        &|it| matches!(it, Data::Mx { exchange, .. } if exchange == "."),
        &|it| matches!(it, Data::Mx { .. }),
    );
    let mut versions: Vec<&str> = records.iter().filter_map(|it| version(it)).collect();
    let count = versions.len();
    versions.sort_unstable();
    versions.dedup();
    alias + mail + count - versions.len()
}

fn version(record: &Record) -> Option<&str> {
    let Data::Txt { text, .. } = &record.data else {
        return None;
    };
    let first = text.split([';', ' ']).next().unwrap_or_default();
    first.starts_with("v=").then_some(first)
}

fn says_the_same(one: &Record, other: &Record) -> bool {
    match (&one.data, &other.data) {
        (Data::Txt { text: one, .. }, Data::Txt { text: other, .. }) => one == other,
        (one, other) => one == other,
    }
}

/// The type of a record as a question names it.
pub(super) fn kind(data: &Data) -> &str {
    match data {
        Data::A { .. } => "A",
        Data::Aaaa { .. } => "AAAA",
        Data::Cname { .. } => "CNAME",
        Data::Mx { .. } => "MX",
        Data::Ns { .. } => "NS",
        Data::Ptr { .. } => "PTR",
        Data::Soa { .. } => "SOA",
        Data::Srv { .. } => "SRV",
        Data::Tlsa { .. } => "TLSA",
        Data::Txt { .. } => "TXT",
        Data::Other { kind, .. } => kind,
    }
}

/// Each set before and after; those that are empty at both times are left out.
fn sets(before: &Published, after: &Published) -> Vec<SetChange> {
    let records = |zone: &Published, key: &Key| match zone.sets.get(key) {
        Some(Known::Records(records)) => records.clone(),
        _ => Vec::new(),
    };
    let change = |key: &Key| SetChange {
        name: key.0.clone(),
        kind: key.1.clone(),
        before: records(before, key),
        after: records(after, key),
    };
    let mut sets: Vec<_> = after.sets.keys().map(change).collect();
    for set in sets.iter_mut().filter(|it| it.before != it.after) {
        one_ttl(&mut set.after);
    }
    sets.retain(|it| !(it.before.is_empty() && it.after.is_empty()));
    let depth = |name: &str| name.len() > before.domain.len();
    sets.sort_by(|a, b| (depth(&a.name), &a.name, &a.kind).cmp(&(depth(&b.name), &b.name, &b.kind)));
    sets
}

/// A set has one time to live (RFC 2181, section 5.2).
fn one_ttl(records: &mut [Record]) {
    let ttl = records.iter().map(|it| it.ttl).min().unwrap_or(TTL);
    records.iter_mut().for_each(|it| it.ttl = ttl);
}

impl Misfit {
    fn reason(&self) -> Text {
        match self {
            Self::ByHand => Text::new(
                "no record of this domain mends it: see what the finding says",
                "aucun enregistrement de ce domaine ne le corrige\u{a0}: voyez ce que dit le constat",
            ),
            Self::Unknown((name, kind)) => Text::new(
                format!("what is published as {kind} at {name} is not known: measure again"),
                format!("ce qui est publié en {kind} sous {name} n’est pas connu\u{a0}: mesurez à nouveau"),
            ),
            Self::Contradicts => Text::new(
                "it changes a record that a heavier finding changes in another way: measure again once that is done",
                "il change un enregistrement qu’un constat plus grave change autrement\u{a0}: mesurez à nouveau ensuite",
            ),
        }
    }
}
