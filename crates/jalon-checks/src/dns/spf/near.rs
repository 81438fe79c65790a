//! Texts beside the record: those that were meant as one and are none, and what is left of former ways. SPF-03, 18, 19.

use jalon_domain::finding::{Fix, Severity};

use super::{SHEET, proposal, record};
use crate::{
    dns::{
        Case, Facts, Question,
        facts::Held,
        zone::{self, Line},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// The record of the type that RFC 7208, section 3.1, gave up.
pub(super) fn former_type(facts: &Facts) -> Question {
    Question::new("SPF", &facts.domain).unwrap_or_else(|| Question::txt(&facts.domain))
}

/// Whether somebody meant that text as an SPF record, though no receiver takes it for one (RFC 7208, section 4.5).
pub(super) fn is_near(text: &str) -> bool {
    let squeezed: String = text
        .chars()
        .filter(|it| !it.is_whitespace() && !"\"'\u{feff}\u{fffd}".contains(*it))
        .take(6)
        .collect();
    let squeezed = squeezed.to_ascii_lowercase();
    let is_meant = squeezed == "v=spf1" || squeezed.starts_with("spf1");
    is_meant && !record::is_spf(text)
}

/// The record that was meant, as far as its beginning tells.
pub(super) fn meant(text: &str) -> Option<String> {
    let at = text.to_ascii_lowercase().find("spf1")? + 4;
    let rest = text
        .get(at..)?
        .trim_matches(|it: char| it.is_whitespace() || "\"';".contains(it));
    Some(format!("v=spf1 {rest}").trim_end().to_owned())
}

/// The texts of the domain that were meant as its record.
pub(super) fn near(facts: &Facts) -> Result<Vec<Held<'_, str>>, Doubted> {
    let mut texts = facts.texts(&facts.domain)?;
    texts.retain(|it| is_near(it.value));
    Ok(texts)
}

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) {
    verdicts.judge("SPF-03", |it| misspelt(case, it));
    verdicts.judge("SPF-18", |it| former(case, it));
    verdicts.judge("SPF-19", |it| sender_id(case, it));
}

fn misspelt(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let published = record::published(case.facts, &case.facts.domain)?;
    for held in near(case.facts)? {
        // A text that stands in for the record weighs more than one that lies beside a good one.
        let severity = published.is_empty().then_some(Severity::Major);
        let proposal = proposal::proposal(case.facts, case.profile);
        let alone = || zone::fix(&[], &[Line::of(&case.facts.domain, held.record)]);
        verdicts.complain(Complaint {
            rule: "SPF-03",
            key: "spf-misspelt",
            subject: &case.facts.domain,
            attribute: Some("TXT"),
            discriminator: held.value,
            observed: held.value.to_owned(),
            severity,
            fix: proposal::fix(case).or_else(|| (!published.is_empty()).then(alone)),
            expected: proposal.unwrap_or_default(),
            ..Complaint::BLANK
        });
    }
    for held in published.iter().filter(|it| !it.value.starts_with("v=spf1")) {
        verdicts.complain(Complaint {
            rule: "SPF-03",
            key: "spf-capitals",
            subject: &case.facts.domain,
            attribute: Some("TXT"),
            discriminator: held.value,
            observed: held.value[..6].to_owned(),
            severity: Some(Severity::Info),
            expected: "v=spf1".to_owned(),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

fn former(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    if case.facts.records(&former_type(case.facts))?.is_empty() {
        return Ok(());
    }
    verdicts.complain(Complaint {
        rule: "SPF-18",
        key: "spf-former-type",
        subject: &case.facts.domain,
        attribute: Some("SPF"),
        // Zone files and providers name the type in ways of their own, some not at all: whoever sees it takes it out.
        fix: Some(Fix::by_hand(SHEET.text(
            "spf-former-type-steps",
            &[("name", case.facts.domain.as_str().into())],
        ))),
        ..Complaint::BLANK
    });
    Ok(())
}

fn sender_id(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    for held in case.facts.texts(&case.facts.domain)? {
        if !held.value.trim_start().to_ascii_lowercase().starts_with("spf2.0") {
            continue;
        }
        verdicts.complain(Complaint {
            rule: "SPF-19",
            key: "spf-sender-id",
            subject: &case.facts.domain,
            attribute: Some("TXT"),
            discriminator: held.value,
            observed: held.value.to_owned(),
            fix: Some(zone::fix(&[], &[Line::of(&case.facts.domain, held.record)])),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

/// Why SPF-01 has nothing to say: what was meant as the record is told by SPF-03.
pub(super) fn stands_in(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<bool, Doubted> {
    let is_meant = !near(case.facts)?.is_empty();
    if is_meant {
        verdicts.not_applicable("SPF-01", SHEET.text("misspelt-record", &[]));
    }
    Ok(is_meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_as_a_record_is_told_from_other_texts() {
        for (text, expected) in [
            (" v=spf1 -all", Some("v=spf1 -all")),
            ("\"v=spf1 a -all\"", Some("v=spf1 a -all")),
            ("v=spf1-all", Some("v=spf1 -all")),
            ("v=spf1; a -all", Some("v=spf1 a -all")),
            ("v = spf1 mx -all", Some("v=spf1 mx -all")),
            ("spf1 mx -all", Some("v=spf1 mx -all")),
            ("v=spf1\ta -all", Some("v=spf1 a -all")),
            ("v=spf1 -all", None),
            ("V=SPF1 -all", None),
            ("spf2.0/pra -all", None),
            ("v=DMARC1; p=none", None),
            ("MS=ms1", None),
        ] {
            assert_eq!(meant(text).filter(|_| is_near(text)).as_deref(), expected, "{text}");
        }
    }
}
