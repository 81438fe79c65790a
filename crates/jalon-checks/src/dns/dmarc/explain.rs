//! Which policy applies to mail of a domain, step by step: where one was looked for (RFC 9989, section 4.10.1), what stood there,
//! and what it asks of receivers.

use futures::future::join_all;
use jalon_domain::text::Text;
use jalon_wire::dns::Resolver;
use serde::Serialize;

use super::{
    Disposition, effective, policies,
    record::{Acts, Policy, Suffix},
    walk,
};
use crate::dns::{Facts, Question, gather};

/// Rounds of questions: the domain's own record, then the walk and whether the domain exists.
const ROUNDS: usize = 4;

/// One name at which a policy was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The name, `_dmarc.` and a domain.
    pub name: String,
    /// What stood there.
    pub found: Found,
    /// The policies there.
    pub records: Vec<String>,
    /// Why nothing is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// What stood at a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// One policy.
    Policy,
    /// Several, which receivers discard.
    Several,
    /// None.
    Nothing,
    /// Nobody said.
    Unanswered,
}

/// The policy that applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// The domain that publishes it.
    pub from: String,
    /// Its tag that speaks of the domain.
    pub tag: &'static str,
    /// What that tag asks for.
    pub asked: Disposition,
    /// What receivers are to do with mail that neither SPF nor DKIM vouches for.
    pub applied: Disposition,
    /// Whether it is under test.
    pub is_tested: bool,
    /// Whether receivers take it as it is written.
    pub acts: Acts,
}

/// What there is to explain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The domain.
    pub domain: String,
    /// Where a policy was looked for, in order.
    pub steps: Vec<Step>,
    /// The policy that applies; none where there is none.
    pub policy: Option<Applied>,
    /// Why it is not known whether one applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<Text>,
}

/// Asks for the policy of a domain, in A-labels, as receivers do.
pub async fn explain(resolver: &Resolver, domain: &str) -> Explained {
    let mut facts = Facts::new(domain);
    for _ in 0..ROUNDS {
        let mut open = effective::questions(&facts);
        open.extend(effective::mail_questions(&facts, domain));
        open.retain(|it| !facts.knows(it));
        if open.is_empty() {
            break;
        }
        let ask = async |question: Question| {
            let answer = resolver.lookup(&question.name, question.kind()).await;
            (question, gather::seen(answer))
        };
        for (question, seen) in join_all(open.into_iter().map(ask)).await {
            facts.learn(question, seen);
        }
    }
    of(&facts)
}

/// What the facts come to.
fn of(facts: &Facts) -> Explained {
    let effective = effective::effective(facts);
    let open = effective.as_ref().err().map(|it| it.doubt.text(&it.about));
    Explained {
        domain: facts.domain.clone(),
        steps: steps(facts),
        policy: effective.ok().flatten().map(|it| Applied {
            from: it.from.clone(),
            tag: it.tag,
            asked: it.asked,
            applied: it.disposition(),
            is_tested: it.is_tested(),
            acts: it.policy.acts(),
        }),
        open,
    }
}

/// Up to the record that ends the walk; a record of the domain itself ends it at once.
fn steps(facts: &Facts) -> Vec<Step> {
    let mut steps = Vec::new();
    for domain in std::iter::once(facts.domain.clone()).chain(walk::above(&facts.domain)) {
        let step = step(facts, &domain);
        let ends = |record: &String| domain == facts.domain || Policy::read(record).psd != Suffix::Unsaid;
        let is_last = step.found == Found::Policy && step.records.iter().any(ends);
        steps.push(step);
        if is_last {
            break;
        }
    }
    steps
}

fn step(facts: &Facts, domain: &str) -> Step {
    let (found, records, reason) = match policies(facts, domain) {
        Ok(held) => {
            let records: Vec<String> = held.iter().map(|it| it.value.to_owned()).collect();
            let found = match records.len() {
                0 => Found::Nothing,
                1 => Found::Policy,
                _ => Found::Several,
            };
            (found, records, None)
        }
        Err(it) => (Found::Unanswered, Vec::new(), Some(it.doubt.text(&it.about))),
    };
    Step {
        name: format!("_dmarc.{domain}"),
        found,
        records,
        reason,
    }
}
