//! MTA-STS, MTASTS-01 to 06: the record that announces a policy, the policy itself, and whether the mail servers of today
//! stand in it. A domain that announces none has nothing to judge.

mod fetched;
mod fix;
mod policy;
mod record;
mod serve;

use std::sync::LazyLock;

use jalon_domain::profile::Profile;

use self::policy::{Mode, Policy};
use super::{Case, DnsCheck, Extra, Facts, Question, mail, probe::Probe};
use crate::{
    check::Check,
    doubt::Doubted,
    sheet::Sheet,
    verdicts::{Complaint, Verdicts},
};

/// The check.
pub static CHECK: MtaSts = MtaSts;

/// MTA-STS (RFC 8461).
pub struct MtaSts;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for MtaSts {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

impl DnsCheck for MtaSts {
    fn questions(&self, facts: &Facts, _profile: &Profile) -> Vec<Question> {
        let mut questions = vec![Question::txt(facts.below("_mta-sts"))];
        if record::announced(facts).is_ok_and(|it| !it.is_empty()) {
            let host = serve::host(facts);
            questions.extend([Question::mx(&facts.domain), Question::a(&host), Question::aaaa(host)]);
        }
        questions
    }

    fn probes(&self, facts: &Facts, _profile: &Profile) -> Vec<Probe> {
        let is_announced = record::announced(facts).is_ok_and(|it| !it.is_empty());
        if is_announced { serve::looks(facts) } else { Vec::new() }
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        match nothing(case) {
            Ok(Some(reason)) => SHEET
                .rules
                .iter()
                .for_each(|it| verdicts.not_applicable(it.id.as_str(), SHEET.text(reason, &[]))),
            Err(doubted) => SHEET
                .rules
                .iter()
                .for_each(|it| verdicts.doubt(it.id.as_str(), doubted.doubt, &doubted.about)),
            Ok(None) => judge(case, verdicts),
        }
        Extra::new()
    }
}

/// Why there is nothing to judge, where that is so.
fn nothing(case: &Case<'_>) -> Result<Option<&'static str>, Doubted> {
    if record::announced(case.facts)?.is_empty() {
        return Ok(Some("none"));
    }
    let takes_none = mail::exchangers(case.facts).is_ok_and(|it| mail::takes_none(&it));
    Ok(takes_none.then_some("takes-none"))
}

fn judge(case: &Case<'_>, verdicts: &mut Verdicts) {
    verdicts.judge("MTASTS-01", |it| record::judge_number(case, it));
    verdicts.judge("MTASTS-02", |it| record::judge_form(case, it));
    verdicts.judge("MTASTS-03", |it| fetched::judge(case, it));
    for (rule, judge) in RULES {
        verdicts.judge(rule, |it| {
            let served = serve::served(case.facts)?;
            match served.policy()? {
                Some(policy) => judge(case, &policy, it)?,
                None => it.not_applicable(rule, SHEET.text("not-served", &[])),
            }
            // What another address gives may be another policy.
            match served.open {
                Some(doubted) if !it.is_broken(rule) => Err(doubted),
                _ => Ok(()),
            }
        });
    }
}

type Judge = fn(&Case<'_>, &Policy, &mut Verdicts) -> Result<(), Doubted>;

/// The rules about what the policy says.
const RULES: [(&str, Judge); 3] = [
    ("MTASTS-04", judge_form),
    ("MTASTS-05", judge_mode),
    ("MTASTS-06", judge_hosts),
];

fn judge_form(case: &Case<'_>, policy: &Policy, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    if policy.problems.is_empty() {
        return Ok(());
    }
    let problems = policy.problems.iter().map(policy::Problem::text);
    let why = problems.reduce(|mut all, it| {
        all.en = format!("{}; {}", all.en, it.en);
        all.fr = format!("{}\u{202f}; {}", all.fr, it.fr);
        all
    });
    verdicts.complain(Complaint {
        rule: "MTASTS-04",
        key: "policy-malformed",
        subject: &case.facts.domain,
        attribute: Some("mta-sts.txt"),
        phrases: &[("why", why.unwrap_or_default())],
        fix: fix::policy(case, policy.mode.unwrap_or(Mode::Testing), policy)?,
        ..Complaint::BLANK
    });
    Ok(())
}

fn judge_mode(case: &Case<'_>, policy: &Policy, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let (key, next) = match policy.mode {
        Some(Mode::None) => ("mode-none", Mode::Testing),
        Some(Mode::Testing) => ("mode-testing", Mode::Enforce),
        Some(Mode::Enforce) => return Ok(()),
        None => {
            verdicts.not_applicable("MTASTS-05", SHEET.text("no-mode", &[]));
            return Ok(());
        }
    };
    // What MTASTS-04 and 06 propose keeps the mode: one step after the other.
    let is_ripe = policy.problems.is_empty() && mail::hosts(case.facts)?.iter().all(|it| policy.covers(it.host));
    verdicts.complain(Complaint {
        rule: "MTASTS-05",
        key,
        subject: &case.facts.domain,
        attribute: Some("mta-sts.txt"),
        observed: format!("mode: {}", policy.mode.map_or("", Mode::word)),
        expected: "mode: enforce".to_owned(),
        fix: if is_ripe {
            fix::policy(case, next, policy)?
        } else {
            None
        },
        ..Complaint::BLANK
    });
    Ok(())
}

fn judge_hosts(case: &Case<'_>, policy: &Policy, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    if policy.mode == Some(Mode::None) || policy.mode.is_none() {
        verdicts.not_applicable("MTASTS-06", SHEET.text("no-hosts-wanted", &[]));
        return Ok(());
    }
    let hosts = mail::hosts(case.facts)?;
    if hosts.is_empty() {
        verdicts.not_applicable("MTASTS-06", SHEET.text("no-mx", &[]));
        return Ok(());
    }
    // A policy that names none at all is malformed: MTASTS-04 says so, with the same fix.
    if policy.patterns.is_empty() {
        verdicts.not_applicable("MTASTS-06", SHEET.text("no-patterns", &[]));
        return Ok(());
    }
    let missing: Vec<&str> = hosts.iter().map(|it| it.host).filter(|it| !policy.covers(it)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let key = match policy.mode {
        Some(Mode::Enforce) if missing.len() == hosts.len() => "no-host-matched",
        Some(Mode::Enforce) => "host-not-matched",
        _ => "host-not-matched-yet",
    };
    let days = policy.max_age.map_or(0, |it| it.div_ceil(86_400));
    verdicts.complain(Complaint {
        rule: "MTASTS-06",
        key,
        subject: &case.facts.domain,
        attribute: Some("mta-sts.txt"),
        observed: policy.patterns.join("\n"),
        expected: missing.join("\n"),
        args: &[("hosts", missing.join(", ").into()), ("days", i64::from(days).into())],
        fix: fix::policy(case, policy.mode.unwrap_or(Mode::Testing), policy)?,
        ..Complaint::BLANK
    });
    Ok(())
}

#[cfg(test)]
mod tests;
