//! Whether a DMARC policy applies to the domain, and only one. What the policy says is a later rule.

mod walk;

use std::sync::LazyLock;

use jalon_domain::{measure::CheckReport, profile::Profile};

use super::{
    Case, DnsCheck, Facts, Question,
    facts::Held,
    zone::{self, Line},
};
use crate::{
    check::Check,
    doubt::{Doubt, Doubted},
    sheet::Sheet,
    verdicts::{Complaint, Verdicts},
};

/// The check.
pub static CHECK: Dmarc = Dmarc;

/// Presence and uniqueness of DMARC (RFC 9989).
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
    /// The name itself; those above it only when it has no policy.
    fn questions(&self, facts: &Facts, _profile: &Profile) -> Vec<Question> {
        let own = Question::txt(facts.below("_dmarc"));
        if !facts.knows(&own) || policies(facts, &facts.domain).is_ok_and(|it| !it.is_empty()) {
            return vec![own];
        }
        walk::above(&facts.domain)
            .map(|it| Question::txt(format!("_dmarc.{it}")))
            .chain([own])
            .collect()
    }

    fn judge(&self, case: &Case<'_>) -> CheckReport {
        let mut verdicts = Verdicts::new(&SHEET, case.profile, Some(case.retry_at));
        verdicts.judge("DMARC-01", |it| presence(case, it));
        verdicts.judge("DMARC-02", |it| uniqueness(case, it));
        verdicts.finish(case.facts.about(&self.questions(case.facts, case.profile)))
    }
}

/// The policies at a domain.
fn policies<'a>(facts: &'a Facts, domain: &str) -> Result<Vec<Held<'a, str>>, Doubted> {
    let mut texts = facts.texts(&format!("_dmarc.{domain}"))?;
    texts.retain(|it| walk::is_policy(it.value));
    Ok(texts)
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
            // A server that serves the organisation's zones only says no to the registry's, today and tomorrow. What
            // it does say is conclusive: the organisation publishes none.
            Err(it) if !domain.contains('.') && matches!(it.doubt, Doubt::Refused | Doubt::NotResponsible) => {}
            Err(it) => {
                doubted.get_or_insert(it);
            }
        }
    }
    if let Some(doubted) = doubted {
        return Err(doubted);
    }
    let proposal = format!("v=DMARC1; p=none; rua=mailto:dmarc@{}", facts.domain);
    verdicts.complain(Complaint {
        rule: "DMARC-01",
        key: "dmarc-none",
        subject: &facts.domain,
        attribute: Some("TXT"),
        expected: "v=DMARC1; p=…".to_owned(),
        fix: Some(zone::fix(&[Line::txt(&facts.below("_dmarc"), &proposal)], &[])),
        ..Complaint::BLANK
    });
    Ok(())
}

fn uniqueness(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let found = policies(facts, &facts.domain)?;
    let [_, _, ..] = found.as_slice() else { return Ok(()) };
    let kept = found
        .iter()
        .rev()
        .max_by_key(|it| walk::strictness(it.value))
        .map_or("", |it| it.value);
    let name = facts.below("_dmarc");
    let others = found
        .iter()
        .filter(|it| it.value != kept)
        .map(|it| Line::of(&name, it.record));
    verdicts.complain(Complaint {
        rule: "DMARC-02",
        key: "dmarc-several",
        subject: &facts.domain,
        attribute: Some("TXT"),
        observed: found.iter().map(|it| it.value).collect::<Vec<_>>().join("\n"),
        expected: kept.to_owned(),
        args: &[("count", found.len().into())],
        fix: Some(zone::fix(&[], &others.collect::<Vec<_>>())),
        ..Complaint::BLANK
    });
    Ok(())
}
