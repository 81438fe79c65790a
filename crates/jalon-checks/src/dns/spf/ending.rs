//! SPF-13: what the record says of everybody whom it does not name.

use std::collections::BTreeSet;

use jalon_domain::finding::Severity;

use super::{
    SHEET,
    evaluate::MOST_LOOKUPS,
    proposal, record,
    syntax::{Mechanism, Qualifier, TermKind, parse},
};
use crate::{
    dns::{
        Case, Facts, Question,
        dmarc::{Disposition, effective},
    },
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

/// How a record ends, behind its redirects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With an `all` of the record itself.
    Own(Qualifier),
    /// With the `all` of a record that it is redirected to.
    Redirected(Qualifier),
    /// With nothing, here or where it is redirected to.
    Open {
        /// Whether a redirect leads there.
        is_redirected: bool,
    },
    /// Where it is redirected to, no record can be applied: another rule says so.
    Nowhere,
}

/// How the record ends.
///
/// # Errors
/// When that depends on the sender, or on somebody who did not answer.
pub(super) fn end(facts: &Facts, text: &str) -> Result<End, Doubted> {
    let mut text = text;
    let mut met = BTreeSet::from([facts.domain.clone()]);
    loop {
        let parsed = parse(text);
        let is_redirected = met.len() > 1;
        if is_redirected && !parsed.errors.is_empty() {
            return Ok(End::Nowhere);
        }
        let all = parsed.directives().find(|it| *it.2 == Mechanism::All);
        if let Some((_, qualifier, _)) = all {
            return Ok(match is_redirected {
                true => End::Redirected(qualifier),
                false => End::Own(qualifier),
            });
        }
        let redirect = parsed.terms.iter().find_map(|it| match &it.kind {
            TermKind::Redirect(target) => Some(target),
            _ => None,
        });
        let Some(target) = redirect else {
            return Ok(End::Open { is_redirected });
        };
        let Some(name) = target.plain() else {
            return Err(doubted(Doubt::SenderDecides, &target.to_string()));
        };
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        if met.len() > MOST_LOOKUPS || !met.insert(name.clone()) {
            return Ok(End::Nowhere);
        }
        match record::published(facts, &name)?.as_slice() {
            [held] => text = held.value,
            _ => return Ok(End::Nowhere),
        }
    }
}

fn doubted(doubt: Doubt, about: &str) -> Doubted {
    Doubted {
        doubt,
        about: about.to_owned(),
    }
}

/// What to ask: a soft end is enough where a policy says what follows from it.
pub(super) fn questions(facts: &Facts) -> Vec<Question> {
    let published = record::published(facts, &facts.domain).unwrap_or_default();
    let is_soft = |text: &str| {
        let end = end(facts, text);
        matches!(
            end,
            Ok(End::Own(Qualifier::Softfail) | End::Redirected(Qualifier::Softfail))
        )
    };
    if !published.iter().any(|it| is_soft(it.value)) {
        return Vec::new();
    }
    let mut questions = effective::questions(facts);
    questions.extend(effective::mail_questions(facts, &facts.domain));
    questions
}

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let published = record::published(case.facts, &case.facts.domain)?;
    let [held] = published.as_slice() else {
        let key = if published.is_empty() {
            "no-record"
        } else {
            "several-records"
        };
        verdicts.not_applicable("SPF-13", SHEET.text(key, &[]));
        return Ok(());
    };
    if !parse(held.value).errors.is_empty() {
        verdicts.not_applicable("SPF-13", SHEET.text("unread-record", &[]));
        return Ok(());
    }
    let (key, qualifier) = match end(case.facts, held.value)? {
        End::Own(Qualifier::Fail) | End::Redirected(Qualifier::Fail) => return Ok(()),
        End::Own(Qualifier::Softfail) | End::Redirected(Qualifier::Softfail) => {
            return soft(case, held.value, verdicts);
        }
        End::Own(it) | End::Redirected(it) => ("spf-open", Some(it)),
        End::Open { .. } => ("spf-endless", None),
        End::Nowhere => {
            verdicts.not_applicable("SPF-13", SHEET.text("leads-nowhere", &[]));
            return Ok(());
        }
    };
    let ending = match qualifier {
        Some(Qualifier::Neutral) => "?all",
        _ => "all",
    };
    verdicts.complain(Complaint {
        rule: "SPF-13",
        key,
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: held.value.to_owned(),
        expected: "-all".to_owned(),
        args: &[("ending", ending.into())],
        fix: ends_itself(case.facts, held.value)
            .then(|| proposal::fix(case))
            .flatten(),
        ..Complaint::BLANK
    });
    Ok(())
}

/// Whether the record itself is what to change: behind a redirect, it is another one.
fn ends_itself(facts: &Facts, text: &str) -> bool {
    matches!(end(facts, text), Ok(End::Own(_) | End::Open { is_redirected: false }))
}

/// A soft end is as good as a strict one where DMARC asks to refuse what fails.
fn soft(case: &Case<'_>, text: &str, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let effective = effective::effective(case.facts)?;
    if effective.is_some_and(|it| it.disposition() == Disposition::Reject) {
        return Ok(());
    }
    verdicts.complain(Complaint {
        rule: "SPF-13",
        key: "spf-soft",
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: text.to_owned(),
        expected: "-all".to_owned(),
        severity: Some(Severity::Minor),
        ..Complaint::BLANK
    });
    Ok(())
}
