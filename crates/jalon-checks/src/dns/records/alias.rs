//! DNS-003, 006, 007 and 008: names that have to lead to the service by a CNAME record.

use jalon_wire::dns::{Data, Record};

use super::expected::Alias;
use crate::{
    dns::{
        Facts, Question,
        zone::{self, Line, Shown},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// The label that clients also find by addresses and by a service record.
const AUTODISCOVER: &str = "autodiscover";

pub(super) fn questions(facts: &Facts, alias: &Alias) -> Vec<Question> {
    let name = facts.below(&alias.label);
    let mut questions = vec![Question::cname(&name)];
    if alias.label == AUTODISCOVER {
        questions.extend(detours(facts, name));
    }
    questions
}

/// Where else clients look for autodiscover: they would find the service, for now.
fn detours(facts: &Facts, name: String) -> [Question; 3] {
    [
        Question::a(&name),
        Question::aaaa(name),
        Question::srv(facts.below("_autodiscover._tcp")),
    ]
}

pub(super) fn judge(facts: &Facts, alias: &Alias, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let name = facts.below(&alias.label);
    let line = Line::cname(&name, &alias.target);
    let (key, observed, old) = match facts.alias(&name)? {
        Some(held) if held.value == alias.target => return Ok(()),
        Some(held) => {
            let is_legacy = alias.legacy.as_deref() == Some(held.value);
            let key = if is_legacy { "alias-legacy" } else { "alias-elsewhere" };
            (key, held.value.to_owned(), vec![Line::of(&name, held.record)])
        }
        None => without_alias(facts, alias, &name)?,
    };
    verdicts.complain(Complaint {
        rule: &alias.rule,
        key,
        subject: &facts.domain,
        attribute: Some("CNAME"),
        discriminator: &alias.label,
        observed,
        expected: alias.target.clone(),
        args: &[("name", name.as_str().into()), ("label", alias.label.as_str().into())],
        fix: Some(zone::fix(&[line], &old)),
        ..Complaint::BLANK
    });
    Ok(())
}

/// What is wrong when there is no CNAME record: nothing at all, or a detour. Addresses have to go when the CNAME
/// comes (RFC 1034, section 3.6.2).
fn without_alias(facts: &Facts, alias: &Alias, name: &str) -> Result<(&'static str, String, Vec<Line>), Doubted> {
    let mut found: Vec<&Record> = Vec::new();
    if alias.label == AUTODISCOVER {
        for question in detours(facts, name.to_owned()) {
            found.extend(facts.records(&question)?);
        }
    }
    if found.is_empty() {
        return Ok(("alias-missing", String::new(), Vec::new()));
    }
    let shown = found
        .iter()
        .map(|it| Shown(&it.data).to_string())
        .collect::<Vec<_>>()
        .join(", ");
    let is_address = |it: &&&Record| matches!(it.data, Data::A { .. } | Data::Aaaa { .. });
    let old = found.iter().filter(is_address).map(|it| Line::of(name, it)).collect();
    Ok(("autodiscover-indirect", shown, old))
}
