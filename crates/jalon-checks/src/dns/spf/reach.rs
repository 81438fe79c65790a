//! What the record leads to, judged: look-ups, those that find nothing, circles, names without a record. The tree is grown
//! out of the facts; what they do not hold yet is what is to be asked.

use std::sync::{Mutex, PoisonError};

use futures::{FutureExt, future::BoxFuture};
use jalon_domain::finding::Severity;
use jalon_wire::dns::RecordType;

use super::{
    evaluate::{Ask, MOST_LOOKUPS, MOST_VOIDS, Reason, Reply},
    tree::{Branch, advice, tree},
};
use crate::{
    dns::{
        Case, Facts, Question,
        zone::{self, Line},
    },
    doubt::Doubt,
    verdicts::{Complaint, Verdicts},
};

/// Look-ups from which the next include may be one too many.
const MANY_LOOKUPS: usize = 8;

/// The facts, as somebody who can be asked; what they do not hold is noted.
struct Known<'a> {
    facts: &'a Facts,
    missing: Mutex<Vec<Question>>,
}

impl Ask for Known<'_> {
    fn ask<'a>(&'a self, name: &'a str, kind: RecordType) -> BoxFuture<'a, Reply> {
        Box::pin(std::future::ready(self.reply(name, kind)))
    }
}

impl Known<'_> {
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
        if !self.facts.knows(&question) {
            self.missing
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(question);
        }
        reply
    }
}

/// The tree as far as the facts go, and what is to be asked before it goes further.
fn grown(facts: &Facts) -> (Branch, Vec<Question>) {
    let known = Known {
        facts,
        missing: Mutex::default(),
    };
    let tree = tree(&known, &facts.domain).now_or_never();
    let tree = tree.expect("facts answer at once");
    (tree, known.missing.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// What is to be asked next.
pub(super) fn questions(facts: &Facts) -> Vec<Question> {
    grown(facts).1
}

/// Judges the rules on what the record leads to. One that is broken for certain is told, whatever else is not known.
pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) {
    let tree = grown(case.facts).0;
    let unknown = || {
        let question = tree.reasons().into_iter().find_map(|it| match it {
            Reason::Unanswered(question) => question.parse::<Question>().ok(),
            _ => None,
        });
        question.map_or(Ok(()), |it| case.facts.records(&it).map(|_| ()))
    };
    let mut judged = |rule: &str, judge: &dyn Fn(&mut Verdicts) -> bool| {
        verdicts.judge(rule, |it| if judge(it) { Ok(()) } else { unknown() });
    };
    judged("SPF-05", &|it| dear(case, &tree, it));
    judged("SPF-06", &|it| vain(case, &tree, it));
    judged("SPF-08", &|it| circles(case, &tree, it));
    judged("SPF-10", &|it| nothing_behind(case, &tree, it));
    judged("SPF-25", &|it| nearly_dear(case, &tree, it));
}

fn dear(case: &Case<'_>, tree: &Branch, verdicts: &mut Verdicts) -> bool {
    let is_dear = tree.lookups > MOST_LOOKUPS;
    if is_dear {
        let advice = advice(tree);
        let domain = &case.facts.domain;
        let old = super::record::published(case.facts, domain).unwrap_or_default();
        let old: Vec<Line> = old.iter().map(|it| Line::of(domain, it.record)).collect();
        verdicts.complain(Complaint {
            rule: "SPF-05",
            key: "spf-dear",
            expected: advice.as_ref().map_or_else(String::new, |it| it.record.clone()),
            fix: advice.map(|it| zone::fix(&[Line::txt(domain, &it.record)], &old)),
            ..counted(case, tree)
        });
    }
    is_dear
}

fn nearly_dear(case: &Case<'_>, tree: &Branch, verdicts: &mut Verdicts) -> bool {
    let is_near = (MANY_LOOKUPS..=MOST_LOOKUPS).contains(&tree.lookups) && is_known(tree);
    if is_near {
        verdicts.complain(Complaint {
            rule: "SPF-25",
            key: "spf-nearly-dear",
            severity: Some(Severity::Info),
            ..counted(case, tree)
        });
    }
    is_near
}

fn vain(case: &Case<'_>, tree: &Branch, verdicts: &mut Verdicts) -> bool {
    let is_vain = tree.void_lookups > MOST_VOIDS;
    if is_vain {
        verdicts.complain(Complaint {
            rule: "SPF-06",
            key: "spf-vain",
            observed: tree.void_lookups.to_string(),
            ..counted(case, tree)
        });
    }
    is_vain
}

fn circles(case: &Case<'_>, tree: &Branch, verdicts: &mut Verdicts) -> bool {
    let names = tree.reasons().into_iter().filter_map(|it| match it {
        Reason::Loop(name) => Some(name),
        _ => None,
    });
    named(case, "SPF-08", "spf-circle", names.collect(), verdicts)
}

fn nothing_behind(case: &Case<'_>, tree: &Branch, verdicts: &mut Verdicts) -> bool {
    let names = tree.reasons().into_iter().filter_map(|it| match it {
        Reason::NothingBehind(name) => Some(name),
        _ => None,
    });
    named(case, "SPF-10", "spf-nothing-behind", names.collect(), verdicts)
}

/// One complaint for each name.
fn named(case: &Case<'_>, rule: &str, key: &str, mut names: Vec<&String>, verdicts: &mut Verdicts) -> bool {
    names.sort();
    names.dedup();
    for name in &names {
        verdicts.complain(Complaint {
            rule,
            key,
            subject: &case.facts.domain,
            attribute: Some("TXT"),
            discriminator: name,
            observed: (*name).clone(),
            ..Complaint::BLANK
        });
    }
    !names.is_empty()
}

fn is_known(tree: &Branch) -> bool {
    !tree.reasons().iter().any(|it| matches!(it, Reason::Unanswered(_)))
}

fn counted<'a>(case: &'a Case<'_>, tree: &Branch) -> Complaint<'a> {
    Complaint {
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: tree.lookups.to_string(),
        ..Complaint::BLANK
    }
}
