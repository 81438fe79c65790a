//! Whether a DMARC policy applies to the domain, only one, what is wrong with it, what it asks for, and whether its reports
//! arrive (RFC 9989). How a record is read is in `record`, which one applies in `effective`.

pub(super) mod effective;
pub mod explain;
mod lint;
mod place;
pub mod record;
mod reports;
mod strength;
mod walk;

use std::{cmp::Reverse, collections::BTreeSet, sync::LazyLock};

use jalon_domain::{finding::Fix, profile::Profile};

pub use record::Disposition;

use self::lint::Flaw;
use super::{
    Case, DnsCheck, Extra, Facts, Question,
    facts::Held,
    zone::{self, Line},
};
use crate::{
    check::Check,
    doubt::Doubted,
    sheet::Sheet,
    verdicts::{Complaint, Verdicts},
};

/// The check.
pub static CHECK: Dmarc = Dmarc;

/// Presence, text and strength of DMARC (RFC 9989).
pub struct Dmarc;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for Dmarc {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

impl DnsCheck for Dmarc {
    fn questions(&self, facts: &Facts, _profile: &Profile) -> Vec<Question> {
        let mut questions = effective::questions(facts);
        questions.extend(place::questions(facts));
        questions.extend(effective::mail_questions(facts, &facts.domain));
        questions.extend(reports::questions(facts));
        if own(facts).is_some_and(|it| strength::open_below(&record::Policy::read(it.value)).is_some()) {
            questions.extend(effective::walk_questions(&facts.domain));
        }
        questions
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        verdicts.judge("DMARC-01", |it| presence(case, it));
        verdicts.judge("DMARC-02", |it| uniqueness(case, it));
        place::judge(case, verdicts);
        let found = own(case.facts).map_or_else(Vec::new, |it| lint::lint(it.value));
        for rule in lint::RULES {
            verdicts.judge(rule, |it| flaws(case, rule, &found, it));
        }
        strength::judge(case, verdicts);
        reports::judge(case, verdicts);
        let effective = effective::effective(case.facts).ok().flatten();
        effective
            .map(|it| ("policy".to_owned(), it.told()))
            .into_iter()
            .collect()
    }
}

/// The policies at a domain.
fn policies<'a>(facts: &'a Facts, domain: &str) -> Result<Vec<Held<'a, str>>, Doubted> {
    let mut texts = facts.texts(&format!("_dmarc.{domain}"))?;
    texts.retain(|it| walk::is_policy(it.value));
    Ok(texts)
}

/// The one policy at the domain.
fn own(facts: &Facts) -> Option<Held<'_, str>> {
    let mut found = policies(facts, &facts.domain).ok()?;
    found.pop().filter(|_| found.is_empty())
}

/// The record that the domain should publish: the one it has, or meant to have, corrected. Every fix proposes the same.
fn proposal(case: &Case<'_>) -> Option<String> {
    let facts = case.facts;
    let published = policies(facts, &facts.domain).ok()?;
    let strictest = published.iter().min_by_key(|it| Reverse(walk::strictness(it.value)));
    let meant = place::meant(facts);
    let text = strictest.map_or_else(|| meant.first().map_or("", |it| it.held.value), |it| it.value);
    let address = format!("dmarc@{}", facts.domain);
    let takes_mail = effective::takes_mail(facts, &facts.domain).unwrap_or(false);
    let wanted = record::Wanted {
        is_parked: strength::is_parked(facts).unwrap_or(false),
        reports: takes_mail.then_some(address.as_str()),
    };
    Some(record::mended(text, wanted))
}

/// The fix that publishes the record in place of those that stand there.
fn fix(case: &Case<'_>, proposal: &str) -> Option<Fix> {
    let published = policies(case.facts, &case.facts.domain).ok()?;
    let (same, others): (Vec<_>, Vec<_>) = published.iter().partition(|it| it.value == proposal);
    let name = |it: &Held<'_, str>| owner(case.facts, it);
    let at = published.first().map_or_else(|| case.facts.below("_dmarc"), name);
    let new = same.is_empty().then(|| Line::txt(&at, proposal));
    let old: Vec<Line> = others.into_iter().map(|it| Line::of(&name(it), it.record)).collect();
    (new.is_some() || !old.is_empty()).then(|| zone::fix(new.as_slice(), &old))
}

/// The name that holds a policy: an alias may lead elsewhere, where nothing can stand beside it.
fn owner(facts: &Facts, held: &Held<'_, str>) -> String {
    if held.record.name.is_empty() {
        facts.below("_dmarc")
    } else {
        held.record.name.trim_end_matches('.').to_owned()
    }
}

fn presence(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    // Several policies are none to a receiver, but what is wrong then is their number: DMARC-02 says it.
    if !policies(facts, &facts.domain)?.is_empty() {
        return Ok(());
    }
    let mut doubted = None;
    for domain in walk::above(&facts.domain) {
        match policies(facts, &domain) {
            // Several at one name are discarded, and the walk goes on.
            Ok(found) if found.len() == 1 => return Ok(()),
            Ok(_) => {}
            Err(it) if effective::says_nothing_of_registry(&domain, &it) => {}
            Err(it) => {
                doubted.get_or_insert(it);
            }
        }
    }
    if let Some(doubted) = doubted {
        return Err(doubted);
    }
    // What was meant as a policy is told where it stands.
    if !place::meant(facts).is_empty() {
        verdicts.not_applicable("DMARC-01", SHEET.text("meant-policy", &[]));
        return Ok(());
    }
    let proposal = proposal(case).unwrap_or_default();
    verdicts.complain(Complaint {
        rule: "DMARC-01",
        key: "dmarc-none",
        subject: &facts.domain,
        attribute: Some("TXT"),
        expected: "v=DMARC1; p=…".to_owned(),
        fix: fix(case, &proposal),
        ..Complaint::BLANK
    });
    Ok(())
}

fn uniqueness(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let found = policies(facts, &facts.domain)?;
    let [_, _, ..] = found.as_slice() else { return Ok(()) };
    let expected = proposal(case).unwrap_or_default();
    verdicts.complain(Complaint {
        rule: "DMARC-02",
        key: "dmarc-several",
        subject: &facts.domain,
        attribute: Some("TXT"),
        observed: found.iter().map(|it| it.value).collect::<Vec<_>>().join("\n"),
        args: &[("count", found.len().into())],
        fix: fix(case, &expected),
        expected,
        ..Complaint::BLANK
    });
    Ok(())
}

/// What of `found` breaks one rule in the text of the policy; the same piece is told once.
fn flaws(case: &Case<'_>, rule: &'static str, found: &[Flaw], verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let published = policies(facts, &facts.domain)?;
    let held = match published.as_slice() {
        [held] => held,
        several => {
            let key = if several.is_empty() {
                "no-own-policy"
            } else {
                "several-policies"
            };
            verdicts.not_applicable(rule, SHEET.text(key, &[]));
            return Ok(());
        }
    };
    let flaws: Vec<&Flaw> = found.iter().filter(|it| it.rule == rule).collect();
    if flaws.is_empty() {
        return Ok(());
    }
    if flaws.iter().any(|it| it.key == "dmarc-unreported") && strength::is_parked(facts)? {
        verdicts.not_applicable(rule, SHEET.text("parked-silent", &[]));
        return Ok(());
    }
    let expected = proposal(case).filter(|it| it != held.value);
    let mut told = BTreeSet::new();
    for flaw in flaws {
        let piece = &held.value[flaw.span.start..flaw.span.end];
        if !told.insert(piece) {
            continue;
        }
        verdicts.complain(Complaint {
            rule,
            key: flaw.key,
            subject: &facts.domain,
            attribute: Some("TXT"),
            discriminator: piece,
            observed: piece.to_owned(),
            expected: expected.clone().unwrap_or_default(),
            args: &[("place", (flaw.span.start + 1).into())],
            severity: flaw.severity,
            fix: expected.as_deref().and_then(|it| fix(case, it)),
            ..Complaint::BLANK
        });
    }
    Ok(())
}
