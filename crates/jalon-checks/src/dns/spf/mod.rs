//! Whether there is an SPF record, only one, what is wrong with its text, and where it leads. What it says about Exchange
//! Online is judged with the other expected records. What it says of a sender is in `evaluate`, where it leads in `tree`.

mod ending;
pub mod evaluate;
mod lint;
mod mail;
mod near;
pub(super) mod proposal;
mod reach;
pub(super) mod record;
pub mod syntax;
pub mod tree;

use std::{collections::BTreeSet, sync::LazyLock};

use jalon_domain::{finding::Fix, profile::Profile, text::Text};

use self::lint::Flaw;
pub(super) use self::{
    mail::{is_null_mx, lets_only, refuses_all},
    reach::lookups,
};
use super::{Case, DnsCheck, Extra, Facts, Question, facts::Held};
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
    fn questions(&self, facts: &Facts, profile: &Profile) -> Vec<Question> {
        let mut questions = vec![Question::txt(&facts.domain), near::former_type(facts)];
        questions.extend(mail::questions(facts, profile));
        questions.extend(reach::questions(facts));
        questions.extend(ending::questions(facts));
        questions.extend(proposal::questions(facts, profile));
        questions
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        verdicts.judge("SPF-01", |it| presence(case, it));
        verdicts.judge("SPF-02", |it| uniqueness(case, it));
        let found = record::published(case.facts, &case.facts.domain).map(linted);
        for rule in lint::RULES {
            verdicts.judge(rule, |it| {
                flaws(case, rule, found.as_ref().map_err(Clone::clone)?, it);
                Ok(())
            });
        }
        near::judge(case, verdicts);
        verdicts.judge("SPF-13", |it| ending::judge(case, it));
        reach::judge(case, verdicts);
        mail::judge(case, verdicts);
        Extra::new()
    }
}

fn presence(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    if !record::published(case.facts, &case.facts.domain)?.is_empty() || near::stands_in(case, verdicts)? {
        return Ok(());
    }
    let proposal = proposal::proposal(case.facts, case.profile);
    let key = match &proposal {
        Some(it) if it == mail::NOBODY => "spf-none-sends",
        Some(_) => "spf-none",
        None => "spf-unlisted",
    };
    verdicts.complain(Complaint {
        rule: "SPF-01",
        key,
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        expected: proposal.unwrap_or_else(|| mail::NOBODY.to_owned()),
        fix: proposal::fix(case).or_else(|| Some(listing())),
        ..Complaint::BLANK
    });
    Ok(())
}

/// Without a mail service of the programme nobody but the organisation knows who sends.
fn listing() -> Fix {
    let steps = SHEET.text("spf-unlisted-remedy", &[]);
    Fix::by_hand(steps)
}

fn uniqueness(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let published = record::published(case.facts, &case.facts.domain)?;
    if published.len() < 2 {
        return Ok(());
    }
    let texts: Vec<&str> = published.iter().map(|it| it.value).collect();
    verdicts.complain(Complaint {
        rule: "SPF-02",
        key: "spf-several",
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: texts.join("\n"),
        expected: proposal::proposal(case.facts, case.profile).unwrap_or_default(),
        args: &[("count", published.len().into())],
        fix: proposal::fix(case),
        ..Complaint::BLANK
    });
    Ok(())
}

type Linted<'a> = (Held<'a, str>, Vec<Flaw>);

fn linted<'a>(published: Vec<Held<'a, str>>) -> Vec<Linted<'a>> {
    let with_flaws = |held: Held<'a, str>| {
        let flaws = lint::lint(held.value);
        (held, flaws)
    };
    published.into_iter().map(with_flaws).collect()
}

/// What breaks one rule in the text of each record; the same piece is told once.
fn flaws(case: &Case<'_>, rule: &'static str, found: &[Linted<'_>], verdicts: &mut Verdicts) {
    let mut told = BTreeSet::new();
    for (held, flaws) in found {
        for flaw in flaws.iter().filter(|it| it.rule == rule) {
            let piece = &held.value[flaw.span.start..flaw.span.end];
            if told.insert(piece) {
                complain(case, held, flaw, verdicts);
            }
        }
    }
}

fn complain(case: &Case<'_>, held: &Held<'_, str>, flaw: &Flaw, verdicts: &mut Verdicts) {
    let piece = &held.value[flaw.span.start..flaw.span.end];
    let mended = flaw
        .is_idle
        .then(|| proposal::proposal(case.facts, case.profile))
        .flatten();
    verdicts.complain(Complaint {
        rule: flaw.rule,
        key: flaw.key,
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        discriminator: piece,
        observed: piece.to_owned(),
        fix: flaw.is_idle.then(|| proposal::fix(case)).flatten(),
        expected: mended.unwrap_or_default(),
        args: &[
            ("place", (flaw.span.start + 1).into()),
            ("length", held.value.len().into()),
        ],
        phrases: &[("problem", flaw.problem.clone().unwrap_or_else(|| Text::same("")))],
        severity: flaw.severity,
    });
}
