//! IdFix's rules as a profile of the scan.

use std::hash::{BuildHasher, Hasher};

use jalon_wire::entry::EntryRef;

use super::{Attribute, Object, Settings, Shared, Verdict, chains, claims, judge, selected, skipped};
use crate::directory::{
    batch::{Batch, Question},
    claims::Claim,
    objects::{Found, Kind, Name},
    scan::{Asked, Judge},
};

/// The claim would name the first holder if it turned out to be a later one.
const NAMES_FIRST: u8 = 1;

/// The profile of IdFix, in one of its modes.
pub(in crate::directory) struct Idfix<'a>(pub(in crate::directory) Settings<'a>);

impl Idfix<'_> {
    /// The rules that the mode has.
    pub(in crate::directory) fn judges(&self, rule: &str) -> bool {
        chains::of(&self.0).any(|it| it.id == rule)
    }

    /// What the object claims.
    fn own(&self, object: &Object<'_>, number: u32) -> Vec<Own> {
        let mut own = Vec::new();
        claims(object, &self.0, &mut |claim| {
            own.push(Own {
                attribute: claim.attribute,
                written: claim.written().to_owned(),
                claim: Claim {
                    key: key(claim.attribute, claim.key),
                    object: number,
                    marks: if claim.names_first() { NAMES_FIRST } else { 0 },
                },
            });
        });
        own
    }
}

/// A value that an object claims.
struct Own {
    attribute: Attribute,
    /// As it stands in the object.
    written: String,
    claim: Claim,
}

impl Judge for Idfix<'_> {
    type Desk = ();

    fn examine(&self, entry: &EntryRef<'_>, at: Option<u64>, (): &mut (), batch: &mut Batch) {
        if !selected(entry, self.0.mode) {
            batch.counts.others += 1;
            return;
        }
        let object = Object::of(entry);
        if skipped(&object, self.0.mode) {
            batch.counts.skipped += 1;
            return;
        }
        let number = batch.seat(entry, at);
        batch.counts.judged[kind(&object) as usize] += 1;
        for name in held(entry) {
            batch.counts.held[name as usize] += 1;
        }
        let own = self.own(&object, number);
        batch.claims.extend(own.iter().map(|it| it.claim));
        // What others hold decides what exactly is said: everything is said at the end.
        let mut is_suspect = own.iter().any(|it| is_twice(&own, it.claim.key));
        judge(&object, &self.0, &|_, _| None, &mut |_| is_suspect = true);
        if is_suspect {
            batch.open.push((number, Question::Suspect));
        }
    }

    fn claimed(&self, entry: &EntryRef<'_>, wanted: u64, (): &mut ()) -> Option<Vec<u8>> {
        let mut found = None;
        claims(&Object::of(entry), &self.0, &mut |claim| {
            if key(claim.attribute, claim.key) == wanted {
                found = Some(claim.key.as_bytes().to_vec());
            }
        });
        found
    }

    fn tell(&self, entry: &EntryRef<'_>, asked: &Asked<'_>, (): &mut (), out: &mut dyn FnMut(Found)) {
        let object = Object::of(entry);
        let own = self.own(&object, asked.object);
        let shared = |attribute, value: &str| {
            let number = key(attribute, value);
            standing(asked, number).or_else(|| is_twice(&own, number).then_some(ALONE))
        };
        judge(&object, &self.0, &shared, &mut |verdict| {
            let others = others(asked, &own, &verdict);
            out(Found::of_idfix(object.dn, &object.class, verdict, others));
        });
    }
}

/// Nobody else holds the value; the object itself may hold it twice.
const ALONE: Shared = Shared {
    earlier: false,
    later: false,
};

fn is_twice(own: &[Own], number: u64) -> bool {
    own.iter().filter(|it| it.claim.key == number).count() > 1
}

fn standing(asked: &Asked<'_>, number: u64) -> Option<Shared> {
    let holders = asked.shared.holders(number);
    let later = |it: &crate::directory::claims::Member| it.object > asked.object && it.marks & NAMES_FIRST != 0;
    (!holders.is_empty()).then(|| Shared {
        earlier: holders.iter().any(|it| it.object < asked.object),
        later: holders.iter().any(later),
    })
}

/// The names of those who hold the value too.
fn others(asked: &Asked<'_>, own: &[Own], verdict: &Verdict) -> Vec<String> {
    let of_value = |it: &&Own| it.attribute.name() == verdict.attribute && it.written == verdict.value;
    let holders = own
        .iter()
        .filter(of_value)
        .flat_map(|it| asked.shared.holders(it.claim.key));
    let mut others: Vec<u32> = holders.map(|it| it.object).filter(|it| *it != asked.object).collect();
    others.sort_unstable();
    others.dedup();
    others
        .iter()
        .filter_map(|it| asked.name(*it))
        .map(str::to_owned)
        .collect()
}

fn kind(object: &Object<'_>) -> Kind {
    match () {
        () if object.is("group") => Kind::Group,
        () if object.is("contact") => Kind::Contact,
        () => Kind::User,
    }
}

/// The attributes of which the entry has a value, each once.
fn held(entry: &EntryRef<'_>) -> impl Iterator<Item = Name> {
    let mut has = [false; Name::COUNT];
    for index in 0..entry.attributes.len() {
        if let Some(name) = Name::of(entry.attributes.at(index).0) {
            has[name as usize] = true;
        }
    }
    Name::ALL.iter().copied().filter(move |it| has[*it as usize])
}

/// A value of an attribute as a number.
fn key(attribute: Attribute, value: &str) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(attribute as u64).build_hasher();
    hasher.write(value.as_bytes());
    hasher.finish()
}
