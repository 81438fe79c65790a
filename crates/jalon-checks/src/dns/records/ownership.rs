//! DNS-001: the proof of ownership. Its value is the tenant's secret until it is published: only its form is judged.

use jalon_domain::finding::Fix;
use jalon_wire::dns::Data;

use super::SHEET;
use crate::{
    dns::{Facts, Question},
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(facts: &Facts, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let by_text = facts
        .texts(&facts.domain)?
        .iter()
        .any(|it| is_proof(it.value.trim(), "ms="));
    if by_text || has_mail_form(facts)? {
        return Ok(());
    }
    let steps = SHEET.text("ownership-missing-remedy", &[("subject", facts.domain.as_str().into())]);
    verdicts.complain(Complaint {
        rule: "DNS-001",
        key: "ownership-missing",
        subject: &facts.domain,
        attribute: Some("TXT"),
        expected: "MS=ms…".to_owned(),
        fix: Some(Fix::by_hand(steps)),
        ..Complaint::BLANK
    });
    Ok(())
}

/// The other form of the proof: an MX record that no mail can follow.
fn has_mail_form(facts: &Facts) -> Result<bool, Doubted> {
    let records = facts.records(&Question::mx(&facts.domain))?;
    Ok(records
        .iter()
        .any(|it| matches!(&it.data, Data::Mx { exchange, .. } if is_mail_form(exchange))))
}

/// Whether the host of an MX record proves ownership and receives nothing.
pub(super) fn is_mail_form(host: &str) -> bool {
    host.strip_suffix(".msv1.invalid")
        .is_some_and(|it| is_proof(it, "") || is_proof(it, "ms="))
}

/// `ms` and digits behind the prefix, in any case.
fn is_proof(text: &str, prefix: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let digits = text.strip_prefix(prefix).and_then(|it| it.strip_prefix("ms"));
    digits.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()))
}
