//! DNS-003, 006, 007 and 008: names that have to lead to the service by a CNAME record, directly or by way of others.

use std::net::IpAddr;

use jalon_wire::dns::{Data, Record};

use super::{
    Verdict,
    expected::Expected,
    keeps_own,
    reached::{self, End},
    wanted::{self, Wanted},
};
use crate::{
    dns::{
        Case, Facts, Question,
        facts::address,
        zone::{self, Line, Shown},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// The label that clients also find by addresses and by a service record.
const AUTODISCOVER: &str = "autodiscover";

pub(super) fn questions(facts: &Facts, label: &str, target: Option<&str>) -> Vec<Question> {
    let name = facts.below(label);
    let own = Question::cname(&name);
    let mut questions = facts.reaching(&name);
    if facts.knows(&own) && facts.alias(&name).is_ok_and(|it| it.is_none()) {
        questions.push(Question::aaaa(&name));
        if label == AUTODISCOVER {
            questions.push(pointer(facts));
            let service = target.filter(|_| has_addresses(facts, &name));
            questions.extend(service.into_iter().flat_map(|it| facts.reaching(it)));
        }
    }
    questions.push(own);
    questions
}

fn has_addresses(facts: &Facts, name: &str) -> bool {
    facts.reach(name).is_ok_and(|it| !it.addresses.is_empty())
}

fn pointer(facts: &Facts) -> Question {
    Question::srv(facts.below("_autodiscover._tcp"))
}

/// What is wrong with an alias.
struct Fault {
    key: &'static str,
    observed: String,
    old: Vec<Line>,
}

pub(super) fn judge(case: &Case<'_>, rule: &str, label: &str, verdicts: &mut Verdicts) -> Result<Verdict, Doubted> {
    let facts = case.facts;
    let wanted = wanted::alias(facts, case.profile, label)?;
    let name = facts.below(label);
    let fault = match facts.alias(&name)? {
        Some(held) => {
            let former = Expected::of(case.profile).and_then(|it| it.former.get(label));
            let key = match followed(facts, &name, held.value, former, &wanted.value)? {
                Followed::Right => return Ok(Verdict::Right),
                Followed::Elsewhere if keeps_own(case.profile, rule) => return Ok(Verdict::Own),
                Followed::Elsewhere => "alias-elsewhere",
                Followed::Wrong(key) => key,
            };
            Fault {
                key,
                observed: held.value.to_owned(),
                old: vec![Line::of(&name, held.record)],
            }
        }
        None => match without_alias(facts, label, &name, &wanted)? {
            Some(it) if it.key.ends_with("-elsewhere") && keeps_own(case.profile, rule) => return Ok(Verdict::Own),
            Some(it) => it,
            None => Fault {
                key: "alias-missing",
                observed: String::new(),
                old: Vec::new(),
            },
        },
    };
    complain(facts, rule, label, &wanted, fault, verdicts);
    Ok(Verdict::Wrong)
}

enum Followed {
    Right,
    Elsewhere,
    Wrong(&'static str),
}

fn followed(
    facts: &Facts,
    name: &str,
    alias: &str,
    former: Option<&String>,
    target: &str,
) -> Result<Followed, Doubted> {
    let is_former = |it: &str| former.is_some_and(|former| former == it);
    if is_former(alias) && alias != target {
        return Ok(Followed::Wrong("alias-legacy"));
    }
    Ok(match reached::end(facts, name, alias, target)? {
        End::Service => Followed::Right,
        End::Gone => Followed::Wrong("alias-gone"),
        End::Elsewhere if facts.chain(&Question::a(name)).iter().any(|it| is_former(it)) => {
            Followed::Wrong("alias-legacy")
        }
        End::Elsewhere => Followed::Elsewhere,
        End::Nowhere => Followed::Wrong("alias-nowhere"),
        End::Circle => Followed::Wrong("alias-circle"),
    })
}

/// What is there instead of a CNAME record: a detour to the service, or something else. Addresses have to go when the CNAME
/// comes (RFC 1034, section 3.6.2).
fn without_alias(facts: &Facts, label: &str, name: &str, wanted: &Wanted<String>) -> Result<Option<Fault>, Doubted> {
    let mut found: Vec<&Record> = Vec::new();
    found.extend(facts.records(&Question::a(name))?);
    found.extend(facts.records(&Question::aaaa(name))?);
    if label == AUTODISCOVER {
        found.extend(facts.records(&pointer(facts))?);
    }
    if found.is_empty() {
        return Ok(None);
    }
    let key = match label {
        AUTODISCOVER if is_detour(facts, &found, &wanted.value)? => "autodiscover-indirect",
        AUTODISCOVER => "autodiscover-elsewhere",
        _ => "alias-elsewhere",
    };
    let shown = found.iter().map(|it| Shown(&it.data).to_string());
    let addresses = found.iter().filter(|it| address(it).is_some());
    Ok(Some(Fault {
        key,
        observed: shown.collect::<Vec<_>>().join(", "),
        old: addresses.map(|it| Line::of(name, it)).collect(),
    }))
}

/// Whether these records lead to the service all the same. Outlook tries the addresses of the name before the SRV record.
fn is_detour(facts: &Facts, found: &[&Record], service: &str) -> Result<bool, Doubted> {
    let addresses: Vec<IpAddr> = found.iter().copied().filter_map(address).collect();
    if addresses.is_empty() {
        let leads_there = |it: &&Record| matches!(&it.data, Data::Srv { target, .. } if target == service);
        return Ok(found.iter().any(leads_there));
    }
    let there = facts.reach(service)?.addresses;
    Ok(addresses.iter().all(|it| there.contains(it)))
}

fn complain(facts: &Facts, rule: &str, label: &str, wanted: &Wanted<String>, fault: Fault, verdicts: &mut Verdicts) {
    let name = facts.below(label);
    let line = Line::cname(&name, &wanted.value);
    // The record says already what it should: only time, or the service, mends it.
    let is_right = fault.key == "alias-gone";
    verdicts.complain(Complaint {
        rule,
        key: fault.key,
        subject: &facts.domain,
        attribute: Some("CNAME"),
        discriminator: label,
        observed: fault.observed,
        expected: wanted.value.clone(),
        args: &[("name", name.as_str().into()), ("label", label.into())],
        severity: wanted.severity(),
        fix: if is_right {
            Some(super::manual(
                "alias-gone-remedy",
                &[
                    ("name", name.as_str().into()),
                    ("expected", wanted.value.as_str().into()),
                ],
            ))
        } else {
            Some(zone::fix(&[line], &fault.old))
        },
        ..Complaint::BLANK
    });
}
