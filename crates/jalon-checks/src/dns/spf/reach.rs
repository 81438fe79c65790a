//! What the record leads to, judged: look-ups, those that find nothing, circles, names without a record. The trees are grown
//! out of the facts, one for each record.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use futures::{FutureExt, future::BoxFuture};
use jalon_domain::finding::Severity;
use jalon_wire::dns::RecordType;

use super::{
    evaluate::{Ask, MOST_LOOKUPS, MOST_VOIDS, Reason, Reply},
    proposal,
    record::published,
    tree::{Branch, tree_of},
};
use crate::{
    dns::{Case, Facts, Question, facts::Held},
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

/// Look-ups from which the next include may be one too many.
const MANY_LOOKUPS: usize = 8;

/// The facts, as somebody who can be asked; what is asked is noted.
pub(super) struct Known<'a> {
    facts: &'a Facts,
    asked: Mutex<Vec<Question>>,
}

impl Ask for Known<'_> {
    fn ask<'a>(&'a self, name: &'a str, kind: RecordType) -> BoxFuture<'a, Reply> {
        Box::pin(std::future::ready(self.reply(name, kind)))
    }
}

impl<'a> Known<'a> {
    pub(super) fn new(facts: &'a Facts) -> Self {
        Self {
            facts,
            asked: Mutex::default(),
        }
    }

    /// What was asked so far.
    pub(super) fn asked(self) -> Vec<Question> {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn reply(&self, name: &str, kind: RecordType) -> Reply {
        let question = match kind {
            RecordType::A => Question::a(name),
            RecordType::Aaaa => Question::aaaa(name),
            RecordType::Mx => Question::mx(name),
            _ => Question::txt(name),
        };
        let reply = match self.facts.records(&question) {
            Ok([]) => Reply::NoData,
            Ok(records) => Reply::Found(records.iter().map(|it| it.data.clone()).collect()),
            Err(doubted) if doubted.doubt == Doubt::BadName => Reply::NoName,
            Err(_) => Reply::Failed(question.to_string()),
        };
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(question);
        reply
    }
}

/// The tree of each record of the domain as far as the facts go, and what they ask: what the facts do not hold yet is asked
/// before they grow further.
fn grown(facts: &Facts) -> Result<(Vec<Branch>, Vec<Question>), Doubted> {
    let known = Known::new(facts);
    let grow = |it: &Held<'_, str>| {
        let tree = tree_of(&known, &facts.domain, it.value.to_owned()).now_or_never();
        tree.expect("facts answer at once")
    };
    let trees = published(facts, &facts.domain)?.iter().map(grow).collect();
    Ok((trees, known.asked()))
}

/// What the domain's only record costs when nothing matches early, where that is known.
pub(in crate::dns) fn lookups(facts: &Facts) -> Option<usize> {
    let trees = grown(facts).ok()?.0;
    let is_known = |it: &&Branch| {
        let is_open = |it: &&Reason| matches!(it, Reason::Unanswered(_) | Reason::NotFollowed);
        !it.reasons().iter().any(is_open) && it.ambiguous().is_none() && it.undecided().is_none()
    };
    let [only] = trees.as_slice() else { return None };
    Some(only).filter(is_known).map(|it| it.lookups)
}

/// What the records lead to asking.
pub(super) fn questions(facts: &Facts) -> Vec<Question> {
    grown(facts).map_or_else(|_| Vec::new(), |it| it.1)
}

/// Judges the rules on what the record leads to. One that is broken for certain is told, whatever else is not known.
pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) {
    let grown = grown(case.facts).map(|it| it.0);
    let mut judged = |rule: &str, judge: &dyn Fn(&[Branch], &mut Verdicts) -> bool| {
        verdicts.judge(rule, |it| {
            let trees = grown.as_ref().map_err(Clone::clone)?;
            let is_broken = judge(trees, it);
            unknown(case, trees).filter(|_| !is_broken).map_or(Ok(()), Err)
        });
    };
    judged("SPF-05", &|trees, it| dear(case, trees, it));
    judged("SPF-06", &|trees, it| vain(case, trees, it));
    judged("SPF-07", &|trees, it| exchangers(case, trees, it));
    judged("SPF-08", &|trees, it| circles(case, trees, it));
    judged("SPF-10", &|trees, it| nothing_behind(case, trees, it));
    judged("SPF-25", &|trees, it| nearly_dear(case, trees, it));
}

/// Why the trees may not be whole: then a rule that they do not break is not met either.
fn unknown(case: &Case<'_>, trees: &[Branch]) -> Option<Doubted> {
    let doubted = |doubt, about: &str| Doubted {
        doubt,
        about: about.to_owned(),
    };
    let of_reason = |it: &Reason| match it {
        Reason::NotFollowed => Some(doubted(Doubt::NotAsked, &case.facts.domain)),
        Reason::Unanswered(question) => {
            let known = question.parse::<Question>().ok();
            let doubt = known.and_then(|it| case.facts.records(&it).err());
            Some(doubt.unwrap_or_else(|| doubted(Doubt::NotAsked, question)))
        }
        _ => None,
    };
    trees.iter().find_map(|tree| {
        let of_several = || tree.ambiguous().map(|it| doubted(Doubt::Several, it));
        let of_sender = || tree.undecided().map(|it| doubted(Doubt::SenderDecides, &it.term));
        let known = tree.reasons().into_iter().find_map(of_reason);
        known.or_else(of_several).or_else(of_sender)
    })
}

fn dear(case: &Case<'_>, trees: &[Branch], verdicts: &mut Verdicts) -> bool {
    let Some(tree) = dearest(trees).filter(|it| it.lookups > MOST_LOOKUPS) else {
        return false;
    };
    verdicts.complain(Complaint {
        rule: "SPF-05",
        key: "spf-dear",
        expected: proposal::proposal(case.facts, case.profile).unwrap_or_default(),
        fix: proposal::fix(case),
        ..counted(case, tree.lookups)
    });
    true
}

fn nearly_dear(case: &Case<'_>, trees: &[Branch], verdicts: &mut Verdicts) -> bool {
    let is_near = |it: &&Branch| (MANY_LOOKUPS..=MOST_LOOKUPS).contains(&it.lookups);
    let Some(tree) = dearest(trees)
        .filter(is_near)
        .filter(|_| unknown(case, trees).is_none())
    else {
        return false;
    };
    verdicts.complain(Complaint {
        rule: "SPF-25",
        key: "spf-nearly-dear",
        severity: Some(Severity::Info),
        ..counted(case, tree.lookups)
    });
    true
}

fn vain(case: &Case<'_>, trees: &[Branch], verdicts: &mut Verdicts) -> bool {
    let most = trees.iter().map(|it| it.void_lookups).max().unwrap_or_default();
    if most <= MOST_VOIDS {
        return false;
    }
    verdicts.complain(Complaint {
        rule: "SPF-06",
        key: "spf-vain",
        ..counted(case, most)
    });
    true
}

fn circles(case: &Case<'_>, trees: &[Branch], verdicts: &mut Verdicts) -> bool {
    let name = |it: &Reason| match it {
        Reason::Loop(name) => Some(name.clone()),
        _ => None,
    };
    named(case, "SPF-08", "spf-circle", reasons(trees).filter_map(name), verdicts)
}

fn exchangers(case: &Case<'_>, trees: &[Branch], verdicts: &mut Verdicts) -> bool {
    let name = |it: &Reason| match it {
        Reason::TooManyExchangers(name) => Some(name.clone()),
        _ => None,
    };
    named(
        case,
        "SPF-07",
        "spf-exchangers",
        reasons(trees).filter_map(name),
        verdicts,
    )
}

fn nothing_behind(case: &Case<'_>, trees: &[Branch], verdicts: &mut Verdicts) -> bool {
    let name = |it: &Reason| match it {
        Reason::NothingBehind(name) => Some(name.clone()),
        _ => None,
    };
    let absent = reasons(trees).filter_map(name);
    let is_absent = named(case, "SPF-10", "spf-nothing-behind", absent, verdicts);
    let broken = trees.iter().flat_map(|it| it.broken().into_iter().cloned());
    let is_broken = named(case, "SPF-10", "spf-broken-behind", broken, verdicts);
    is_absent || is_broken
}

fn reasons(trees: &[Branch]) -> impl Iterator<Item = &Reason> {
    trees.iter().flat_map(Branch::reasons)
}

fn dearest(trees: &[Branch]) -> Option<&Branch> {
    trees.iter().max_by_key(|it| it.lookups)
}

/// One complaint for each name.
fn named(case: &Case<'_>, rule: &str, key: &str, names: impl Iterator<Item = String>, verdicts: &mut Verdicts) -> bool {
    let names: BTreeSet<String> = names.collect();
    for name in &names {
        verdicts.complain(Complaint {
            rule,
            key,
            subject: &case.facts.domain,
            attribute: Some("TXT"),
            discriminator: name,
            observed: name.clone(),
            ..Complaint::BLANK
        });
    }
    !names.is_empty()
}

fn counted<'a>(case: &'a Case<'_>, count: usize) -> Complaint<'a> {
    Complaint {
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: count.to_string(),
        ..Complaint::BLANK
    }
}
