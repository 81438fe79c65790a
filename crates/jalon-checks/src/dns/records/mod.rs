//! The records that Microsoft 365 expects of a domain, DNS-001 to DNS-013. Which ones apply follows from the profile; what they
//! should say, from the tenant where it is asked (`wanted`), and else from `expected.toml`.

mod alias;
pub(super) mod dkim;
pub(super) mod expected;
mod federation;
mod mail;
mod msoid;
pub(super) mod ownership;
mod policy;
mod reached;
mod service;
mod sign_in;
pub(super) mod wanted;

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use jalon_domain::{
    finding::Fix,
    profile::{Choice, Profile},
    text::Value,
};

use self::{
    expected::Expected,
    wanted::{ALIASES, SERVICES},
};
use super::{Case, DnsCheck, Extra, Facts, Question};
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
        let applies = |rule: &str| applies(rule, profile);
        let expected = expected(facts, profile);
        let mut questions = ownership::questions(facts);
        if applies("DNS-002") {
            questions.extend(mail::questions(facts, profile));
        }
        for (_, label) in ALIASES.into_iter().filter(|it| applies(it.0)) {
            if let Ok(wanted) = wanted::alias(facts, profile, label) {
                questions.extend(alias::questions(facts, label, Some(&wanted.value)));
            }
        }
        for (_, label) in SERVICES.into_iter().filter(|it| applies(it.0)) {
            if wanted::service(facts, profile, label).is_ok() {
                questions.extend(service::questions(facts, label));
            }
        }
        if let Some(expected) = &expected {
            if applies("DNS-004") && !expected.spf.is_empty() {
                questions.extend(policy::questions(facts, expected));
            }
            if applies("DNS-005") {
                questions.extend(dkim::questions(facts, expected));
            }
        }
        questions.extend(msoid::questions(facts));
        if applies("DNS-012") {
            questions.extend(federation::questions(facts));
        }
        if applies("DNS-013") {
            questions.extend(sign_in::questions(facts));
        }
        questions
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        let expected = expected(case.facts, case.profile);
        judge(case, expected.as_deref(), verdicts);
        let applies = |rule: &str| applies(rule, case.profile);
        let mut shown = Extra::new();
        shown.insert("expected".to_owned(), wanted::shown(case.facts, case.profile, applies));
        if let Some(expected) = expected.filter(|_| applies("DNS-005")) {
            shown.insert("dkim".to_owned(), dkim::shown(case.facts, &expected));
        }
        shown
    }
}

/// Whether a rule applies to the profile.
fn applies(rule: &str, profile: &Profile) -> bool {
    let rule = SHEET.rules.iter().find(|it| it.id.as_str() == rule);
    rule.and_then(|it| SHEET.when(&it.id))
        .is_none_or(|it| it.holds(profile))
}

/// The table of the cloud, with what the tenant asks of SPF instead of its own.
fn expected(facts: &Facts, profile: &Profile) -> Option<Cow<'static, Expected>> {
    let table = Expected::of(profile);
    let Some(include) = wanted::spf(facts) else {
        return table.map(Cow::Borrowed);
    };
    let mut own = table.cloned().unwrap_or_default();
    own.spf = include.value;
    Some(Cow::Owned(own))
}

/// What would be right is not known: saying "not applicable" would let a gate open on nothing.
fn not_in_table(profile: &Profile, what: &str) -> Doubted {
    Doubted {
        doubt: Doubt::NotInTable,
        about: format!("{}, {what}", profile.cloud),
    }
}

/// What came of one name of a rule that may have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// It leads to the service.
    Right,
    /// It leads to the organisation's own servers, which a hybrid needs.
    Own,
    /// It was complained about.
    Wrong,
}

/// Whether the records of the rule stay with the organisation's own servers as long as those are in use: autodiscover in a hybrid
/// of Exchange ("Hybrid deployment prerequisites"), the names of Skype in a hybrid of Skype ("External Domain Name System records").
fn keeps_own(profile: &Profile, rule: &str) -> bool {
    let option = match rule {
        "DNS-003" => Choice::ExchangeHybrid,
        "DNS-008" | "DNS-009" | "DNS-010" => Choice::SkypeHybrid,
        _ => return false,
    };
    profile.options.contains(&option)
}

fn judge(case: &Case<'_>, expected: Option<&Expected>, verdicts: &mut Verdicts) {
    verdicts.judge("DNS-001", |it| match (expected, wanted::proof(case.facts)) {
        (None, None) => Err(not_in_table(case.profile, &format!("TXT {}", case.facts.domain))),
        _ => ownership::judge(case.facts, it),
    });
    verdicts.judge("DNS-002", |it| mail::judge(case, it));
    let spf = expected.filter(|it| !it.spf.is_empty());
    verdicts.judge("DNS-004", |it| match spf {
        Some(expected) => policy::judge(case, expected, it),
        None => Err(not_in_table(case.profile, "SPF")),
    });
    let selectors = expected.map_or(&[] as &[String], |it| &it.selectors);
    if selectors.is_empty() {
        verdicts.judge("DNS-005", |_| Err(not_in_table(case.profile, "DKIM")));
    }
    for selector in selectors {
        verdicts.judge("DNS-005", |it| dkim::judge(case.facts, selector, it));
    }
    names(case, verdicts);
    verdicts.judge("DNS-011", |it| msoid::judge(case.facts, case.profile, it));
    verdicts.judge("DNS-012", |it| federation::judge(case.facts, it));
    verdicts.judge("DNS-013", |it| sign_in::judge(case.facts, it));
}

/// The names that lead to the service. A rule all of whose names are in order, one by staying with the organisation's own servers,
/// does not apply yet.
fn names(case: &Case<'_>, verdicts: &mut Verdicts) {
    let mut said: BTreeMap<&str, Vec<Option<Verdict>>> = BTreeMap::new();
    let mut keep = |rule: &'static str, verdict: Option<Verdict>| said.entry(rule).or_default().push(verdict);
    for (rule, label) in ALIASES {
        let mut verdict = None;
        verdicts.judge(rule, |it| {
            verdict = Some(alias::judge(case, rule, label, it)?);
            Ok(())
        });
        keep(rule, verdict);
    }
    for (rule, label) in SERVICES {
        let mut verdict = None;
        verdicts.judge(rule, |it| {
            verdict = Some(service::judge(case, rule, label, it)?);
            Ok(())
        });
        keep(rule, verdict);
    }
    for (rule, all) in said {
        let is_settled = all.iter().all(|it| matches!(it, Some(Verdict::Right | Verdict::Own)));
        if is_settled && all.contains(&Some(Verdict::Own)) {
            verdicts.not_applicable(rule, SHEET.text("keeps-own", &[]));
        }
    }
}

/// A fix that somebody has to make by hand.
fn manual(key: &str, args: &[(&str, Value<'_>)]) -> Fix {
    Fix::by_hand(SHEET.text(key, args))
}
