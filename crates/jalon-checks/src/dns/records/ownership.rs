//! DNS-001: the proof of ownership. Without a tenant its value is not known, and its form is judged.

use jalon_wire::dns::Data;

use super::wanted;
use crate::{
    dns::{
        Facts, Question,
        zone::{self, Line},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// The records of the name, and those of the names above where it has no proof: a tenant that owns a domain owns what is below.
pub(super) fn questions(facts: &Facts) -> Vec<Question> {
    let mut questions = both(&facts.domain).to_vec();
    let is_known = questions.iter().all(|it| facts.knows(it));
    if is_known && !has_proof(facts, &facts.domain, None).unwrap_or(true) {
        questions.extend(above(&facts.domain).flat_map(both));
    }
    questions
}

fn both(name: &str) -> [Question; 2] {
    [Question::txt(name), Question::mx(name)]
}

/// The names above that somebody can own: those of two labels and more.
fn above(domain: &str) -> impl Iterator<Item = &str> {
    let parents = std::iter::successors(Some(domain), |it| it.split_once('.').map(|it| it.1));
    parents.skip(1).filter(|it| it.contains('.')).take(4)
}

pub(super) fn judge(facts: &Facts, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let wanted = wanted::proof(facts);
    let exact = wanted.as_ref().map(|it| it.value.as_str());
    if has_proof(facts, &facts.domain, exact)? || has_proof_above(facts)? {
        return Ok(());
    }
    let other = exact.filter(|_| has_proof(facts, &facts.domain, None).unwrap_or(false));
    let fix = match exact {
        Some(value) => zone::fix(&[Line::txt(&facts.domain, value)], &[]),
        None => super::manual("ownership-missing-remedy", &[("subject", facts.domain.as_str().into())]),
    };
    verdicts.complain(Complaint {
        rule: "DNS-001",
        key: if other.is_some() {
            "ownership-other"
        } else {
            "ownership-missing"
        },
        subject: &facts.domain,
        attribute: Some("TXT"),
        observed: published(facts).join(", "),
        expected: exact.unwrap_or("MS=ms…").to_owned(),
        severity: wanted.as_ref().and_then(|it| it.severity()),
        fix: Some(fix),
        ..Complaint::BLANK
    });
    Ok(())
}

fn has_proof_above(facts: &Facts) -> Result<bool, Doubted> {
    for parent in above(&facts.domain) {
        if has_proof(facts, parent, None)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The proofs at the domain itself, as far as they are known.
fn published(facts: &Facts) -> Vec<&str> {
    let texts = facts.texts(&facts.domain).unwrap_or_default();
    texts.iter().map(|it| it.value).filter(|it| is_text_form(it)).collect()
}

/// Whether a name carries a proof: that one, or any.
fn has_proof(facts: &Facts, name: &str, exact: Option<&str>) -> Result<bool, Doubted> {
    let is_wanted = |it: &str| exact.is_none_or(|exact| token(it) == token(exact));
    let texts = facts.texts(name)?;
    if texts.iter().any(|it| is_text_form(it.value) && is_wanted(it.value)) {
        return Ok(true);
    }
    let records = facts.records(&Question::mx(name))?;
    Ok(records
        .iter()
        .any(|it| matches!(&it.data, Data::Mx { exchange, .. } if is_mail_form(exchange) && is_wanted(exchange))))
}

/// What the two forms of a proof have in common: `ms12345678`.
fn token(proof: &str) -> String {
    let proof = proof.trim().to_ascii_lowercase();
    let bare = proof.strip_prefix("ms=").unwrap_or(&proof);
    bare.strip_suffix(".msv1.invalid").unwrap_or(bare).to_owned()
}

/// Whether a text proves ownership.
pub(super) fn is_text_form(text: &str) -> bool {
    is_proof(text.trim(), "ms=")
}

/// Whether the host of an MX record proves ownership and receives nothing.
pub(in crate::dns) fn is_mail_form(host: &str) -> bool {
    host.strip_suffix(".msv1.invalid")
        .is_some_and(|it| is_proof(it, "") || is_proof(it, "ms="))
}

/// `ms` and digits behind the prefix, in any case.
fn is_proof(text: &str, prefix: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let digits = text.strip_prefix(prefix).and_then(|it| it.strip_prefix("ms"));
    digits.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()))
}
