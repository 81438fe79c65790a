//! The end of a scan: who shares what, and what follows for the objects that were left open.

use std::collections::{HashMap, HashSet};

use jalon_domain::finding::ObjectFlaw;

use super::{Asked, How, Judge, Whole};
use crate::{
    CheckError,
    directory::{
        batch::{Counts, Question},
        claims::{Claims, Shared},
        objects::{Found, Name},
    },
};

/// Tells what only the whole directory decides.
pub(super) fn tell<J: Judge>(
    judge: &J,
    whole: &mut Whole,
    how: &How<'_>,
    out: &mut dyn FnMut(Found),
) -> Result<(), CheckError> {
    let claims: Claims = std::mem::take(&mut whole.claims);
    let mut shared = claims.shared(how.threads);
    let mut desk = J::Desk::default();
    let names = settle(judge, whole, &mut shared, &mut desk)?;
    let questions = questions(whole, &shared);
    for asked in questions.chunk_by(|a, b| a.0 == b.0) {
        if (how.cancelled)() {
            return Err(CheckError::Cancelled);
        }
        let object = asked[0].0;
        let entry = whole.again(object)?;
        let asked = Asked {
            object,
            questions: asked,
            shared: &shared,
            names: &names,
        };
        judge.tell(&entry.view(), &asked, &mut desk, &mut |it| whole.tell(it, out));
    }
    Ok(())
}

/// Leaves out those whose values only have the same number, and names the others.
fn settle<J: Judge>(
    judge: &J,
    whole: &mut Whole,
    shared: &mut Shared,
    desk: &mut J::Desk,
) -> Result<HashMap<u32, String>, CheckError> {
    let mut holders: Vec<(u32, u64)> = Vec::new();
    let mut named = HashSet::new();
    for (key, members) in shared.iter() {
        holders.extend(members.iter().map(|it| (it.object, key)));
        // One more than are named: nobody is told of itself.
        named.extend(members.iter().take(ObjectFlaw::OTHERS + 1).map(|it| it.object));
    }
    holders.sort_unstable();
    let (mut values, mut strangers, mut names) = (HashMap::new(), HashSet::new(), HashMap::new());
    for held in holders.chunk_by(|a, b| a.0 == b.0) {
        let object = held[0].0;
        let entry = whole.again(object)?;
        for (_, key) in held {
            let value = judge.claimed(&entry.view(), *key, desk);
            let first = values.entry(*key).or_insert_with(|| value.clone());
            if value.is_none() || *first != value {
                strangers.insert((object, *key));
            }
        }
        if named.contains(&object) {
            names.insert(object, entry.dn);
        }
    }
    shared.retain(|key, it| !strangers.contains(&(it.object, key)));
    Ok(names)
}

/// What is to be looked at again, in the order of the objects.
fn questions(whole: &mut Whole, shared: &Shared) -> Vec<(u32, Question)> {
    let mut questions = std::mem::take(&mut whole.open);
    questions.retain(|it| is_told(it.1, &whole.counts));
    questions.extend(
        shared
            .iter()
            .flat_map(|it| it.1)
            .map(|it| (it.object, Question::Shared)),
    );
    questions.sort_unstable();
    questions.dedup();
    questions
}

/// What no object of the source has may have been left out of it: then a blank says nothing.
fn is_told(question: Question, counts: &Counts) -> bool {
    match question {
        Question::Blank(name) => counts.with(name) > 0,
        Question::NoAddress => counts.with(Name::ProxyAddresses) > 0,
        Question::Suspect | Question::Shared => true,
    }
}
