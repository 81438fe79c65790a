//! DNS-004: what the SPF record says about Exchange Online. Whether there is one, and only one, is another check.

use jalon_domain::text::Value;

use super::{SHEET, expected::Expected};
use crate::{
    dns::{
        Facts, Question,
        facts::Held,
        spf::record,
        zone::{self, Line},
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

pub(super) fn judge(facts: &Facts, expected: &Expected, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let published = record::published(facts, &facts.domain)?;
    let [held] = published.as_slice() else {
        let key = if published.is_empty() { "no-spf" } else { "several-spf" };
        verdicts.not_applicable("DNS-004", SHEET.text(key, &[]));
        return Ok(());
    };
    let is_included = record::leads_to(facts, held.value, &expected.spf)?;
    let ending = record::ending(facts, held.value)?;
    if !is_included {
        let better = record::with(held.value, Some(&expected.spf), None);
        verdicts.complain(complaint(
            facts,
            held,
            "spf-include-missing",
            &expected.spf,
            &better,
            &[],
        ));
    }
    let strict = || record::with(held.value, None, Some('-'));
    match ending {
        Some('-' | '~') => {}
        Some(open) => {
            let ending = format!("{open}all");
            verdicts.complain(complaint(
                facts,
                held,
                "spf-open",
                "-all",
                &strict(),
                &[("ending", ending.as_str().into())],
            ));
        }
        None => verdicts.complain(complaint(facts, held, "spf-endless", "-all", &strict(), &[])),
    }
    Ok(())
}

fn complaint<'a>(
    facts: &'a Facts,
    held: &Held<'_, str>,
    key: &'a str,
    expected: &str,
    better: &str,
    args: &'a [(&'a str, Value<'a>)],
) -> Complaint<'a> {
    let (new, old) = (Line::txt(&facts.domain, better), Line::of(&facts.domain, held.record));
    Complaint {
        rule: "DNS-004",
        key,
        subject: &facts.domain,
        attribute: Some("TXT"),
        // Two things can be wrong with one record; how it ends badly is one of them.
        discriminator: if key == "spf-include-missing" { "include" } else { "all" },
        observed: held.value.to_owned(),
        expected: expected.to_owned(),
        args,
        fix: Some(zone::fix(&[new], &[old])),
        ..Complaint::BLANK
    }
}
