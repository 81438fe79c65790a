//! Texts that stand where a policy belongs and are none, and policies that stand elsewhere: DMARC-03, 04, 05, 18.

use jalon_domain::finding::Severity;

use super::{
    policies, proposal,
    walk::{Near, is_policy, near},
};
use crate::{
    dns::{
        Case, Facts, Question,
        facts::Held,
        spf::record::is_spf,
        zone::{self, Line},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// A text at a name where it does not count.
pub(super) struct Stray<'a> {
    pub(super) name: String,
    pub(super) held: Held<'a, str>,
}

/// What a text at the name of the policy is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Policy,
    Near(Near),
    Spf,
    Unrelated,
}

fn kind(text: &str) -> Kind {
    match near(text) {
        _ if is_policy(text) => Kind::Policy,
        Some(it) => Kind::Near(it),
        None if is_spf(text.trim_start()) => Kind::Spf,
        None => Kind::Unrelated,
    }
}

/// The names at which people publish a policy by mistake: the domain itself, and the name that comes of a name typed whole
/// where the form adds the domain.
fn wrong_names(facts: &Facts) -> [String; 2] {
    let doubled = format!("_dmarc.{0}.{0}", facts.domain);
    [facts.domain.clone(), doubled]
}

/// What to ask: a doubled name only where the right one has no policy.
pub(super) fn questions(facts: &Facts) -> Vec<Question> {
    let [apex, doubled] = wrong_names(facts);
    let is_missing = policies(facts, &facts.domain).is_ok_and(|it| it.is_empty());
    let doubled = is_missing.then(|| Question::txt(doubled));
    std::iter::once(Question::txt(apex)).chain(doubled).collect()
}

/// The texts that were meant as the policy of the domain: misspelt at the right name, then those at wrong names.
pub(super) fn meant<'a>(facts: &'a Facts) -> Vec<Stray<'a>> {
    let right = facts.below("_dmarc");
    let near = facts.texts(&right).unwrap_or_default();
    let near = near.into_iter().filter(|it| matches!(kind(it.value), Kind::Near(_)));
    let near = near.map(|held| Stray {
        name: right.clone(),
        held,
    });
    near.chain(misplaced(facts).unwrap_or_default()).collect()
}

fn misplaced(facts: &Facts) -> Result<Vec<Stray<'_>>, Doubted> {
    let [apex, doubled] = wrong_names(facts);
    let mut names = vec![apex];
    if policies(facts, &facts.domain)?.is_empty() {
        names.push(doubled);
    }
    let mut found = Vec::new();
    for name in names {
        let texts = facts.texts(&name)?;
        let meant = texts
            .into_iter()
            .filter(|it| matches!(kind(it.value), Kind::Policy | Kind::Near(_)));
        found.extend(meant.map(|held| Stray {
            name: name.clone(),
            held,
        }));
    }
    Ok(found)
}

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) {
    let at_name = |key, wanted| move |it: &mut Verdicts| of_kind(case, key, wanted, it);
    verdicts.judge("DMARC-03", at_name("dmarc-misspelt", Kind::Near(Near::Misspelt)));
    verdicts.judge("DMARC-04", |it| elsewhere(case, it));
    verdicts.judge("DMARC-05", at_name("dmarc-spf", Kind::Spf));
    verdicts.judge("DMARC-18", |it| {
        of_kind(case, "dmarc-shifted", Kind::Near(Near::Shifted), it)?;
        of_kind(case, "dmarc-unrelated", Kind::Unrelated, it)
    });
}

/// Complains of every text at the name of the policy that is of one kind.
fn of_kind(case: &Case<'_>, key: &'static str, wanted: Kind, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let rule = match wanted {
        Kind::Near(Near::Misspelt) => "DMARC-03",
        Kind::Spf => "DMARC-05",
        _ => "DMARC-18",
    };
    let name = case.facts.below("_dmarc");
    let has_policy = !policies(case.facts, &case.facts.domain)?.is_empty();
    for held in case
        .facts
        .texts(&name)?
        .into_iter()
        .filter(|it| kind(it.value) == wanted)
    {
        let is_meant = matches!(wanted, Kind::Near(_));
        let stray = Stray {
            name: name.clone(),
            held,
        };
        complain(case, rule, key, &stray, is_meant && !has_policy, verdicts);
    }
    Ok(())
}

fn elsewhere(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let has_policy = !policies(case.facts, &case.facts.domain)?.is_empty();
    for stray in misplaced(case.facts)? {
        complain(case, "DMARC-04", "dmarc-misplaced", &stray, !has_policy, verdicts);
    }
    Ok(())
}

/// A text that stands in for a missing policy weighs more than one that lies beside a good one.
fn complain(
    case: &Case<'_>,
    rule: &'static str,
    key: &'static str,
    stray: &Stray<'_>,
    is_needed: bool,
    verdicts: &mut Verdicts,
) {
    let old = Line::of(&stray.name, stray.held.record);
    let proposal = proposal(case).filter(|_| is_needed);
    let new: Vec<Line> = proposal
        .iter()
        .map(|it| Line::txt(&case.facts.below("_dmarc"), it))
        .collect();
    verdicts.complain(Complaint {
        rule,
        key,
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        discriminator: stray.held.value,
        observed: stray.held.value.to_owned(),
        expected: proposal.unwrap_or_default(),
        args: &[("name", stray.name.as_str().into())],
        severity: is_needed.then_some(Severity::Major),
        fix: Some(zone::fix(&new, &[old])),
        ..Complaint::BLANK
    });
}
