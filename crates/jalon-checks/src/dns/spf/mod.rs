//! Whether there is an SPF record, and only one. What it says about Exchange Online is judged with the other expected
//! records; its syntax and its look-ups are later rules.

pub mod evaluate;
pub(super) mod record;
pub mod syntax;
pub mod tree;

use std::sync::LazyLock;

use jalon_domain::{
    finding::{Fix, FixKind},
    measure::CheckReport,
    profile::Profile,
};

use super::{
    Case, DnsCheck, Facts, Question,
    facts::Held,
    records::expected,
    zone::{self, Line},
};
use crate::{
    check::Check,
    doubt::Doubted,
    sheet::Sheet,
    verdicts::{Complaint, Verdicts},
};

/// The check.
pub static CHECK: Spf = Spf;

/// Presence and uniqueness of SPF (RFC 7208).
pub struct Spf;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for Spf {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

impl DnsCheck for Spf {
    fn questions(&self, facts: &Facts, _profile: &Profile) -> Vec<Question> {
        vec![Question::txt(&facts.domain)]
    }

    fn judge(&self, case: &Case<'_>) -> CheckReport {
        let mut verdicts = Verdicts::new(&SHEET, case.profile, Some(case.retry_at));
        verdicts.judge("SPF-01", |it| presence(case, it));
        verdicts.judge("SPF-02", |it| uniqueness(case, it));
        verdicts.finish(case.facts.about(&self.questions(case.facts, case.profile)))
    }
}

fn presence(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    if !record::published(case.facts, &case.facts.domain)?.is_empty() {
        return Ok(());
    }
    let include = expected::include(case.profile);
    let proposal = record::merge(&[], Some(include.unwrap_or_default()));
    verdicts.complain(Complaint {
        rule: "SPF-01",
        key: if include.is_some() { "spf-none" } else { "spf-unlisted" },
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        expected: proposal.clone(),
        fix: include
            .map(|_| zone::fix(&[Line::txt(&case.facts.domain, &proposal)], &[]))
            .or_else(|| Some(listing())),
        ..Complaint::BLANK
    });
    Ok(())
}

/// Without a mail service of the programme nobody but the organisation knows who sends.
fn listing() -> Fix {
    let steps = SHEET.text("spf-unlisted-remedy", &[]);
    Fix {
        kind: FixKind::Manual,
        text: steps.en.clone(),
        undo: None,
        steps: Some(steps),
    }
}

fn uniqueness(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let published = record::published(case.facts, &case.facts.domain)?;
    if published.len() < 2 {
        return Ok(());
    }
    let texts: Vec<&str> = published.iter().map(|it| it.value).collect();
    let merged = record::merge(&texts, expected::include(case.profile));
    let old = |it: &Held<'_, str>| Line::of(&case.facts.domain, it.record);
    verdicts.complain(Complaint {
        rule: "SPF-02",
        key: "spf-several",
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: texts.join("\n"),
        expected: merged.clone(),
        args: &[("count", published.len().into())],
        fix: Some(zone::fix(
            &[Line::txt(&case.facts.domain, &merged)],
            &published.iter().map(old).collect::<Vec<_>>(),
        )),
        ..Complaint::BLANK
    });
    Ok(())
}
