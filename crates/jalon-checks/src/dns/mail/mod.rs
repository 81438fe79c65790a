//! What is wrong with where mail arrives, MX-01 to MX-08, whoever takes it. Whether that is the place which the engagement
//! wants is DNS-002's to say: where it speaks, nothing is said twice, and no record is proposed here that it wants gone.

mod exchanger;
mod mixed;
mod presence;
mod provider;
mod reverse;
mod starttls;
mod target;

use std::sync::LazyLock;

use jalon_domain::{profile::Profile, text::Text};

use self::exchanger::{is_for_exchange, is_foreign, judged};
pub(super) use self::{
    exchanger::{Exchanger, exchangers, hosts, takes_none},
    provider::{Provider, is_filter, of as provider},
};
use super::{Case, DnsCheck, Extra, Facts, Question, probe::Probe};
use crate::{check::Check, doubt::Doubted, sheet::Sheet, verdicts::Verdicts};

/// Hosts whose records are asked for, by preference. Those beyond stay unknown.
pub(super) const MOST_HOSTS: usize = 8;
/// Addresses of a host whose names are asked for.
const MOST_ADDRESSES: usize = 6;
/// Names of an address that are followed back.
const MOST_NAMES: usize = 2;
/// Questions that the mail servers of one domain may bring.
pub(super) const MOST_QUESTIONS: usize = MOST_HOSTS * (4 + MOST_ADDRESSES * (1 + MOST_NAMES)) + 4;

/// The check.
pub static CHECK: Mail = Mail;

/// Where mail arrives.
pub struct Mail;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for Mail {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

impl DnsCheck for Mail {
    fn questions(&self, facts: &Facts, profile: &Profile) -> Vec<Question> {
        let mut questions = vec![Question::mx(&facts.domain)];
        if exchangers(facts).is_ok_and(|it| it.is_empty()) && !is_for_exchange(profile) {
            questions.extend([Question::a(&facts.domain), Question::aaaa(&facts.domain)]);
        }
        for it in judged(facts, profile).unwrap_or_default().iter().take(MOST_HOSTS) {
            if !is_foreign(it) {
                questions.push(Question::cname(it.host));
                questions.extend(reverse::questions(facts, it.host));
            }
            if facts.mail_servers || !target::is_judged_elsewhere(it, profile) {
                questions.extend([Question::a(it.host), Question::aaaa(it.host)]);
            }
        }
        questions
    }

    fn probes(&self, facts: &Facts, profile: &Profile) -> Vec<Probe> {
        let hosts = judged(facts, profile).unwrap_or_default();
        hosts
            .iter()
            .take(MOST_HOSTS)
            .flat_map(|it| calls(facts, it.host))
            .collect()
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        verdicts.judge("MX-01", |it| presence::judge_absence(case, it));
        verdicts.judge("MX-02", |it| presence::judge_null(case, it));
        for (rule, judge) in RULES {
            verdicts.judge(rule, |it| {
                if let Some(reason) = nothing(case)? {
                    it.not_applicable(rule, reason);
                    return Ok(());
                }
                judge(case, it)
            });
        }
        Extra::new()
    }
}

type Judge = fn(&Case<'_>, &mut Verdicts) -> Result<(), Doubted>;

/// The rules about hosts.
const RULES: [(&str, Judge); 6] = [
    ("MX-03", target::judge_alias),
    ("MX-04", target::judge_literal),
    ("MX-05", target::judge_addresses),
    ("MX-06", reverse::judge),
    ("MX-07", starttls::judge),
    ("MX-08", mixed::judge),
];

/// Why there is no host to judge, where there is none.
fn nothing(case: &Case<'_>) -> Result<Option<Text>, Doubted> {
    let all = exchangers(case.facts)?;
    Ok(if all.is_empty() {
        Some(SHEET.text("no-mx", &[]))
    } else if takes_none(&all) {
        Some(SHEET.text("takes-none", &[]))
    } else {
        None
    })
}

/// The calls to a mail server, at each of its addresses; none where they are not allowed.
pub(super) fn calls(facts: &Facts, host: &str) -> Vec<Probe> {
    if !facts.mail_servers {
        return Vec::new();
    }
    let probe = |address| Probe::Smtp {
        host: host.to_owned(),
        address,
    };
    facts.known_addresses(host).into_iter().map(probe).collect()
}
