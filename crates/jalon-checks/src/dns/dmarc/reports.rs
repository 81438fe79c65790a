//! Whether the reports that the record asks for arrive: DMARC-12, 13.

use std::collections::BTreeSet;

use jalon_domain::finding::Fix;

use super::{
    SHEET,
    effective::{mail_questions, organisation, takes_mail, walk_questions},
    policies,
    record::Policy,
    walk::is_policy,
};
use crate::{
    dns::{Case, Facts, Question},
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

/// How many domains of addresses are looked at, whatever the record names; two have to be served (RFC 9990, section 4).
const MOST_HOSTS: usize = 6;

/// The domains that reports go to, and whether there are more than are looked at.
struct Hosts {
    asked: BTreeSet<String>,
    has_more: bool,
}

/// Where the reports of the domain's own policy go; nothing where there is not one policy.
fn hosts(facts: &Facts) -> Result<Option<Hosts>, Doubted> {
    let own = policies(facts, &facts.domain)?;
    let [held] = own.as_slice() else { return Ok(None) };
    let policy = Policy::read(held.value);
    let all: BTreeSet<String> = policy
        .rua
        .into_iter()
        .chain(policy.ruf)
        .filter_map(|it| it.host)
        .collect();
    Ok(Some(Hosts {
        has_more: all.len() > MOST_HOSTS,
        asked: all.into_iter().take(MOST_HOSTS).collect(),
    }))
}

/// Whether the walks from both names could meet: then only they tell whether both belong to one organisation.
fn may_be_own(host: &str, domain: &str) -> bool {
    let shared = host.rsplit('.').zip(domain.rsplit('.')).take_while(|it| it.0 == it.1);
    shared.count() > 1
}

/// Where the other domain says that it takes the reports of this one (RFC 9990, section 4); a wildcard answers there too.
fn consent(host: &str, domain: &str) -> String {
    format!("{domain}._report._dmarc.{host}")
}

pub(super) fn questions(facts: &Facts) -> Vec<Question> {
    let mut questions = Vec::new();
    let hosts = hosts(facts).ok().flatten();
    for host in hosts.into_iter().flat_map(|it| it.asked) {
        questions.extend(mail_questions(facts, &host));
        if host == facts.domain {
            continue;
        }
        questions.push(Question::txt(consent(&host, &facts.domain)));
        if may_be_own(&host, &facts.domain) {
            questions.extend(walk_questions(&host));
            questions.extend(walk_questions(&facts.domain));
        }
    }
    questions
}

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) {
    verdicts.judge("DMARC-12", |it| each(case, "DMARC-12", consented, it));
    verdicts.judge("DMARC-13", |it| each(case, "DMARC-13", reachable, it));
}

/// Judges every domain that reports go to. One that is not fit is told, whatever else is not known.
fn each(
    case: &Case<'_>,
    rule: &str,
    is_fit: fn(&Case<'_>, &str, &mut Verdicts) -> Result<bool, Doubted>,
    verdicts: &mut Verdicts,
) -> Result<(), Doubted> {
    let Some(hosts) = hosts(case.facts)? else {
        verdicts.not_applicable(rule, SHEET.text("no-own-policy", &[]));
        return Ok(());
    };
    let (mut all_fit, mut doubted) = (true, None);
    for host in &hosts.asked {
        match is_fit(case, host, verdicts) {
            Ok(is_fit) => all_fit &= is_fit,
            Err(it) => {
                doubted.get_or_insert(it);
            }
        }
    }
    let more = hosts.has_more.then(|| Doubted {
        doubt: Doubt::NotAsked,
        about: "rua, ruf".to_owned(),
    });
    doubted.or(more).filter(|_| all_fit).map_or(Ok(()), Err)
}

/// DMARC-12: another organisation has to say that it takes the reports.
fn consented(case: &Case<'_>, host: &str, verdicts: &mut Verdicts) -> Result<bool, Doubted> {
    let domain = &case.facts.domain;
    let name = consent(host, domain);
    if host == *domain || case.facts.texts(&name)?.iter().any(|it| is_policy(it.value)) {
        return Ok(true);
    }
    if may_be_own(host, domain) && organisation(case.facts, host)? == organisation(case.facts, domain)? {
        return Ok(true);
    }
    let line = format!("{name}. 3600 IN TXT \"v=DMARC1\"");
    let args = [
        ("subject", domain.as_str().into()),
        ("host", host.into()),
        ("line", line.as_str().into()),
    ];
    let steps = SHEET.text("dmarc-unconsented-remedy", &args);
    verdicts.complain(Complaint {
        rule: "DMARC-12",
        key: "dmarc-unconsented",
        subject: domain,
        attribute: Some("TXT"),
        discriminator: host,
        observed: host.to_owned(),
        expected: line.clone(),
        args: &args[1..],
        // The line belongs into the zone of somebody else.
        fix: Some(Fix::by_hand(steps)),
        ..Complaint::BLANK
    });
    Ok(false)
}

/// DMARC-13: the domain of the address takes mail.
fn reachable(case: &Case<'_>, host: &str, verdicts: &mut Verdicts) -> Result<bool, Doubted> {
    if takes_mail(case.facts, host)? {
        return Ok(true);
    }
    verdicts.complain(Complaint {
        rule: "DMARC-13",
        key: "dmarc-unreachable",
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        discriminator: host,
        observed: host.to_owned(),
        args: &[("host", host.into())],
        ..Complaint::BLANK
    });
    Ok(false)
}
