//! DNS-004: what the SPF record says about Exchange Online. Whether there is one, only one, and how it ends, is
//! another check.

use super::{SHEET, expected::Expected};
use crate::{
    dns::{
        Case, Facts, Question,
        spf::{self, proposal, record},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// What the record leads to: the include may stand behind another one.
pub(super) fn questions(facts: &Facts, expected: &Expected) -> Vec<Question> {
    let published = record::published(facts, &facts.domain).unwrap_or_default();
    published
        .iter()
        .flat_map(|it| record::questions(facts, it.value, &expected.spf))
        .collect()
}

pub(super) fn judge(case: &Case<'_>, expected: &Expected, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let published = record::published(facts, &facts.domain)?;
    let [held] = published.as_slice() else {
        let key = if published.is_empty() { "no-spf" } else { "several-spf" };
        verdicts.not_applicable("DNS-004", SHEET.text(key, &[]));
        return Ok(());
    };
    if record::leads_to(facts, held.value, &expected.spf)? {
        return Ok(());
    }
    if spf::is_null_mx(facts)? {
        verdicts.not_applicable("DNS-004", SHEET.text("no-mail", &[]));
        return Ok(());
    }
    verdicts.complain(Complaint {
        rule: "DNS-004",
        key: "spf-include-missing",
        subject: &facts.domain,
        attribute: Some("TXT"),
        discriminator: "include",
        observed: held.value.to_owned(),
        expected: expected.spf.clone(),
        fix: proposal::fix(case),
        ..Complaint::BLANK
    });
    Ok(())
}
