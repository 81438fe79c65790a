//! Whether there is an SPF record, only one, what is wrong with its text, and where it leads. What it says about Exchange
//! Online is judged with the other expected records. What it says of a sender is in `evaluate`, where it leads in `tree`.

pub mod evaluate;
mod lint;
mod reach;
pub(super) mod record;
pub mod syntax;
pub mod tree;

use std::{collections::BTreeSet, sync::LazyLock};

use jalon_domain::{
    finding::{Fix, FixKind},
    measure::CheckReport,
    profile::Profile,
    text::Text,
};

use self::lint::Flaw;
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

/// Presence, uniqueness and syntax of SPF (RFC 7208).
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
        let first = Question::txt(&facts.domain);
        std::iter::once(first).chain(reach::questions(facts)).collect()
    }

    fn judge(&self, case: &Case<'_>) -> CheckReport {
        let mut verdicts = Verdicts::new(&SHEET, case.profile, Some(case.retry_at));
        verdicts.judge("SPF-01", |it| presence(case, it));
        verdicts.judge("SPF-02", |it| uniqueness(case, it));
        for rule in lint::RULES {
            verdicts.judge(rule, |it| flaws(case, rule, it));
        }
        reach::judge(case, &mut verdicts);
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

/// What breaks one rule in the text of each record; the same piece is told once.
fn flaws(case: &Case<'_>, rule: &'static str, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let mut told = BTreeSet::new();
    for held in record::published(case.facts, &case.facts.domain)? {
        let mut flaws = lint::lint(held.value);
        flaws.retain(|it| it.rule == rule);
        // One record takes the place of the old one, whatever of it is wrong.
        let mended = lint::mended(held.value, &flaws);
        for flaw in flaws {
            let piece = &held.value[flaw.span.start..flaw.span.end];
            if told.insert(piece.to_owned()) {
                complain(case, &held, flaw, mended.as_deref(), verdicts);
            }
        }
    }
    Ok(())
}

fn complain(case: &Case<'_>, held: &Held<'_, str>, flaw: Flaw, mended: Option<&str>, verdicts: &mut Verdicts) {
    let domain = &case.facts.domain;
    let piece = &held.value[flaw.span.start..flaw.span.end];
    let fix = |it: &str| zone::fix(&[Line::txt(domain, it)], &[Line::of(domain, held.record)]);
    verdicts.complain(Complaint {
        rule: flaw.rule,
        key: flaw.key,
        subject: domain,
        attribute: Some("TXT"),
        discriminator: piece,
        observed: piece.to_owned(),
        fix: mended.map(fix),
        expected: mended.unwrap_or_default().to_owned(),
        args: &[
            ("place", (flaw.span.start + 1).into()),
            ("length", held.value.len().into()),
        ],
        phrases: &[("problem", flaw.problem.unwrap_or_else(|| Text::same("")))],
        severity: flaw.severity,
    });
}
