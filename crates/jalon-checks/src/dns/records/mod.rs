//! The records that Microsoft 365 expects of a domain, DNS-001 to DNS-010. Which ones apply follows from the profile;
//! what they should say stands in `expected.toml`.

mod alias;
mod dkim;
pub(super) mod expected;
mod mail;
mod ownership;
mod policy;
mod service;

use std::sync::LazyLock;

use jalon_domain::{measure::CheckReport, profile::Profile};

use self::expected::Expected;
use super::{Case, DnsCheck, Facts, Question};
use crate::{
    check::Check,
    doubt::{Doubt, Doubted},
    sheet::Sheet,
    verdicts::Verdicts,
};

/// The check.
pub static CHECK: Records = Records;

/// The expected records.
pub struct Records;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for Records {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

impl DnsCheck for Records {
    fn questions(&self, facts: &Facts, profile: &Profile) -> Vec<Question> {
        let Some(expected) = Expected::of(profile) else {
            return Vec::new();
        };
        let applies = |rule: &str| {
            let rule = SHEET.rules.iter().find(|it| it.id.as_str() == rule);
            rule.and_then(|it| SHEET.when(&it.id))
                .is_none_or(|it| it.holds(profile))
        };
        let mut questions = vec![Question::txt(&facts.domain), Question::mx(&facts.domain)];
        for it in expected.aliases.iter().filter(|it| applies(&it.rule)) {
            questions.extend(alias::questions(facts, it));
        }
        for it in expected.services.iter().filter(|it| applies(&it.rule)) {
            questions.push(Question::srv(facts.below(&it.label)));
        }
        if applies("DNS-004") {
            questions.extend(policy::questions(facts, expected));
        }
        if applies("DNS-005") {
            questions.extend(dkim::questions(facts, expected));
        }
        questions
    }

    fn judge(&self, case: &Case<'_>) -> CheckReport {
        let mut verdicts = Verdicts::new(&SHEET, case.profile, Some(case.retry_at));
        match Expected::of(case.profile) {
            Some(expected) => judge(case, expected, &mut verdicts),
            // What would be right is not known: saying "not applicable" would let a gate open on nothing.
            None => SHEET
                .rules
                .iter()
                .for_each(|it| verdicts.judge(it.id.as_str(), |_| Err(not_in_table(case.profile)))),
        }
        verdicts.finish(case.facts.about(&self.questions(case.facts, case.profile)))
    }
}

fn not_in_table(profile: &Profile) -> Doubted {
    Doubted {
        doubt: Doubt::NotInTable,
        about: profile.cloud.to_string(),
    }
}

fn judge(case: &Case<'_>, expected: &Expected, verdicts: &mut Verdicts) {
    verdicts.judge("DNS-001", |it| ownership::judge(case.facts, it));
    verdicts.judge("DNS-002", |it| mail::judge(case.facts, expected, it));
    verdicts.judge("DNS-004", |it| policy::judge(case, expected, it));
    for selector in &expected.selectors {
        verdicts.judge("DNS-005", |it| dkim::judge(case.facts, selector, it));
    }
    for alias in &expected.aliases {
        verdicts.judge(&alias.rule, |it| alias::judge(case.facts, alias, it));
    }
    for service in &expected.services {
        verdicts.judge(&service.rule, |it| service::judge(case, service, it));
    }
}
