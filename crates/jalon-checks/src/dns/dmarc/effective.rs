//! Which policy applies to the domain, where it comes from, and which of its tags (RFC 9989, sections 4.10.1 and 4.10.2).

use jalon_wire::dns::{Data, Record};
use serde_json::{Value, json};

use super::{
    policies,
    record::{Acts, Disposition, Policy, Suffix},
    walk,
};
use crate::{
    dns::{Facts, Question, facts::Held},
    doubt::{Doubt, Doubted},
};

/// The policy that receivers apply to mail of the domain.
pub(in crate::dns) struct Effective<'a> {
    /// The domain that publishes it.
    pub(in crate::dns) from: String,
    /// Its record.
    pub(in crate::dns) held: Held<'a, str>,
    pub(super) policy: Policy,
    /// The tag that speaks of this domain.
    pub(super) tag: &'static str,
    /// What that tag asks for.
    pub(in crate::dns) asked: Disposition,
}

impl Effective<'_> {
    /// What receivers are to do: less than asked while the policy is under test.
    pub(in crate::dns) fn disposition(&self) -> Disposition {
        if self.policy.is_tested {
            self.asked.tested()
        } else {
            self.asked
        }
    }

    /// Whether the record says that it is under test.
    pub(in crate::dns) fn is_tested(&self) -> bool {
        self.policy.is_tested
    }

    /// As facts of a document.
    pub(super) fn told(&self) -> Value {
        let mode = |is_strict: bool| if is_strict { "s" } else { "r" };
        let asked = |it: (Disposition, &'static str)| it.0;
        json!({
            "from": self.from,
            "record": self.held.value,
            "tag": self.tag,
            "asks": self.asked,
            "applied": self.disposition(),
            "acts": self.policy.acts(),
            "p": asked(self.policy.own()),
            "sp": asked(self.policy.below()),
            "np": asked(self.policy.missing()),
            "t": self.policy.is_tested,
            "adkim": mode(self.policy.is_strict.0),
            "aspf": mode(self.policy.is_strict.1),
        })
    }
}

/// What a walk from a name upwards met, nearest first, up to the record that ends it.
struct Walk<'a> {
    met: Vec<(String, Held<'a, str>, Policy)>,
    /// What was not answered on the way.
    doubt: Option<Doubted>,
}

impl<'a> Walk<'a> {
    fn from(facts: &'a Facts, name: &str) -> Self {
        let mut walk = Self {
            met: Vec::new(),
            doubt: None,
        };
        for domain in std::iter::once(name.to_owned()).chain(walk::above(name)) {
            match policies(facts, &domain) {
                Ok(mut found) => {
                    // Several at one name are discarded, and the walk goes on.
                    let Some(held) = found.pop().filter(|_| found.is_empty()) else {
                        continue;
                    };
                    let policy = Policy::read(held.value);
                    let ends = policy.psd != Suffix::Unsaid;
                    walk.met.push((domain, held, policy));
                    if ends {
                        break;
                    }
                }
                Err(doubted) if says_nothing_of_registry(&domain, &doubted) => {}
                Err(doubted) => {
                    walk.doubt.get_or_insert(doubted);
                }
            }
        }
        walk
    }

    /// The organisational domain of the name where the walk began.
    fn organisation(&self, name: &str) -> String {
        match self.met.last() {
            Some((domain, _, policy)) if policy.psd == Suffix::Yes && domain != name => below(domain, name),
            Some((domain, ..)) => domain.clone(),
            None => name.to_owned(),
        }
    }
}

/// A server that serves the organisation's zones only says no to the registry's, today and tomorrow. What it does say is
/// conclusive: the organisation publishes none.
pub(super) fn says_nothing_of_registry(domain: &str, doubted: &Doubted) -> bool {
    !domain.contains('.') && matches!(doubted.doubt, Doubt::Refused | Doubt::NotResponsible)
}

/// The name one label below `domain` on the way to `name`.
fn below(domain: &str, name: &str) -> String {
    let rest = name.strip_suffix(domain).unwrap_or_default().trim_end_matches('.');
    let label = rest.rsplit('.').next().unwrap_or(rest);
    format!("{label}.{domain}")
}

/// The organisational domain of a name.
///
/// # Errors
/// When somebody on the way did not answer.
pub(super) fn organisation(facts: &Facts, name: &str) -> Result<String, Doubted> {
    let walk = Walk::from(facts, name);
    let organisation = walk.organisation(name);
    walk.doubt.map_or(Ok(organisation), Err)
}

/// The policy that applies to the domain of the facts; none where there is none.
///
/// # Errors
/// When somebody who has a say in it did not answer.
pub(in crate::dns) fn effective(facts: &Facts) -> Result<Option<Effective<'_>>, Doubted> {
    let name = &facts.domain;
    let mut own = policies(facts, name)?;
    if let Some(held) = own.pop().filter(|_| own.is_empty()) {
        let policy = Policy::read(held.value);
        let (asked, tag) = policy.own();
        return Ok(Some(Effective {
            from: name.clone(),
            held,
            policy,
            tag,
            asked,
        }));
    }
    let walk = Walk::from(facts, name);
    let organisation = walk.organisation(name);
    if let Some(doubted) = walk.doubt {
        return Err(doubted);
    }
    // The organisational domain's comes before the one of whom it registered with.
    let mut met = walk.met;
    let at = met.iter().position(|it| it.0 == organisation);
    let Some(at) = at.or(met.len().checked_sub(1)) else {
        return Ok(None);
    };
    let (from, held, policy) = met.swap_remove(at);
    let (asked, tag) = asked_below(facts, &policy)?;
    Ok(Some(Effective {
        from,
        held,
        policy,
        tag,
        asked,
    }))
}

/// What a policy from above asks for the domain: names that do not exist may have a tag of their own.
fn asked_below(facts: &Facts, policy: &Policy) -> Result<(Disposition, &'static str), Doubted> {
    if policy.acts() != Acts::AsWritten || policy.below() == policy.missing() {
        return Ok(policy.below());
    }
    Ok(if exists(facts)? {
        policy.below()
    } else {
        policy.missing()
    })
}

/// Whether the domain exists: it has mail servers or addresses (RFC 9989, section 3.2, "non-existent domains").
pub(super) fn exists(facts: &Facts) -> Result<bool, Doubted> {
    let name = &facts.domain;
    let mut doubted = None;
    for question in [Question::mx(name), Question::a(name), Question::aaaa(name)] {
        match facts.records(&question) {
            Ok([]) => {}
            Ok(_) => return Ok(true),
            Err(it) => {
                doubted.get_or_insert(it);
            }
        }
    }
    doubted.map_or(Ok(false), Err)
}

/// Whether a name takes mail: it has mail servers, or addresses that stand in for them (RFC 5321, section 5.1).
pub(in crate::dns) fn takes_mail(facts: &Facts, name: &str) -> Result<bool, Doubted> {
    let exchangers = facts.records(&Question::mx(name))?;
    if !exchangers.is_empty() {
        return Ok(!is_null(exchangers));
    }
    let (v4, v6) = (facts.records(&Question::a(name)), facts.records(&Question::aaaa(name)));
    match (v4, v6) {
        (Ok([_, ..]), _) | (_, Ok([_, ..])) => Ok(true),
        (Err(doubted), _) | (_, Err(doubted)) => Err(doubted),
        (Ok([]), Ok([])) => Ok(false),
    }
}

/// A single MX that says that the domain takes no mail (RFC 7505, section 3).
pub(in crate::dns) fn is_null(exchangers: &[Record]) -> bool {
    matches!(exchangers, [Record { data: Data::Mx { exchange, .. }, .. }] if exchange == ".")
}

/// What to ask before [`takes_mail`] can say.
pub(in crate::dns) fn mail_questions(facts: &Facts, name: &str) -> Vec<Question> {
    let exchangers = Question::mx(name);
    let has_none = facts.records(&exchangers).is_ok_and(<[Record]>::is_empty);
    let hosts = has_none.then(|| [Question::a(name), Question::aaaa(name)]);
    std::iter::once(exchangers).chain(hosts.into_iter().flatten()).collect()
}

/// What to ask before [`effective`] can say: the name itself, and those above it only when it has no policy of its own.
pub(in crate::dns) fn questions(facts: &Facts) -> Vec<Question> {
    let own = Question::txt(facts.below("_dmarc"));
    let above = policies(facts, &facts.domain).is_ok_and(|it| it.len() != 1);
    let above = above.then(|| walk_questions(&facts.domain));
    std::iter::once(own).chain(above.into_iter().flatten()).collect()
}

/// What to ask before [`organisation`] can say.
pub(super) fn walk_questions(name: &str) -> Vec<Question> {
    let names = std::iter::once(name.to_owned()).chain(walk::above(name));
    names.map(|it| Question::txt(format!("_dmarc.{it}"))).collect()
}

#[cfg(test)]
mod tests;
