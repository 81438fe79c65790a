//! DANE for mail, DANE-01 and 02: TLSA records of the mail servers bind what these show, and senders can rely on them.
//! A domain whose mail servers have none has nothing to judge.

mod binding;

use std::sync::LazyLock;

use jalon_domain::{
    finding::{Fix, Severity},
    profile::Profile,
};
use jalon_wire::{
    dns::{Record, Security},
    tls::Handshake,
};

use self::binding::{Binding, Fit};
use super::{
    Case, DnsCheck, Extra, Facts, Question, mail,
    probe::{Probe, Sight},
    zone::{self, Line, Shown},
};
use crate::{
    check::Check,
    doubt::{Doubt, Doubted},
    sheet::Sheet,
    verdicts::{Complaint, Verdicts},
};

/// The check.
pub static CHECK: Dane = Dane;

/// DANE (RFC 6698, RFC 7672).
pub struct Dane;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for Dane {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

/// A mail server with TLSA records.
struct Bound<'a> {
    host: &'a str,
    records: &'a [Record],
}

impl DnsCheck for Dane {
    fn questions(&self, facts: &Facts, _profile: &Profile) -> Vec<Question> {
        let mut questions = vec![Question::mx(&facts.domain)];
        for it in mail::hosts(facts).unwrap_or_default().iter().take(mail::MOST_HOSTS) {
            questions.extend(tlsa(it.host));
            if facts.mail_servers && is_bound(facts, it.host) {
                questions.extend([Question::a(it.host), Question::aaaa(it.host)]);
            }
        }
        questions
    }

    fn probes(&self, facts: &Facts, _profile: &Profile) -> Vec<Probe> {
        let hosts = mail::hosts(facts).unwrap_or_default();
        hosts
            .iter()
            .take(mail::MOST_HOSTS)
            .filter(|it| is_bound(facts, it.host))
            .flat_map(|it| mail::calls(facts, it.host))
            .collect()
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        verdicts.judge("DANE-01", |it| judge_binding(case, it));
        verdicts.judge("DANE-02", |it| judge_security(case, it));
        Extra::new()
    }
}

/// Where the records of a mail server stand (RFC 7672, section 2.2).
fn name(host: &str) -> String {
    format!("_25._tcp.{host}")
}

fn tlsa(host: &str) -> Option<Question> {
    Question::new("TLSA", name(host))
}

fn records<'a>(facts: &'a Facts, host: &str) -> Result<&'a [Record], Doubted> {
    tlsa(host).map_or(Ok(&[]), |it| facts.records(&it))
}

fn is_bound(facts: &Facts, host: &str) -> bool {
    records(facts, host).is_ok_and(|it| !it.is_empty())
}

/// The mail servers with TLSA records; the rule does not apply where there is none.
fn bound<'a>(case: &Case<'a>, rule: &str, verdicts: &mut Verdicts) -> Result<Vec<Bound<'a>>, Doubted> {
    let facts = case.facts;
    let mut all = Vec::new();
    for it in mail::hosts(facts)? {
        let records = records(facts, it.host)?;
        if !records.is_empty() {
            all.push(Bound { host: it.host, records });
        }
    }
    if all.is_empty() {
        verdicts.not_applicable(rule, SHEET.text("none", &[]));
    }
    Ok(all)
}

/// DANE-02: without signatures senders pass TLSA records over (RFC 7672, section 2.2).
fn judge_security(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let mx = Question::mx(&facts.domain);
    for it in bound(case, "DANE-02", verdicts)? {
        let Some(own) = tlsa(it.host) else { continue };
        for question in [&mx, &own] {
            match facts.security(question)? {
                Security::Secure => {}
                Security::Insecure => {
                    verdicts.complain(unsigned(facts, it.host, question));
                    break;
                }
                // A signature that does not hold is DNSSEC-01's.
                Security::Bogus | Security::Indeterminate => {
                    return Err(Doubted {
                        doubt: Doubt::Unvalidated,
                        about: question.to_string(),
                    });
                }
            }
        }
    }
    Ok(())
}

fn unsigned<'a>(facts: &Facts, host: &'a str, question: &Question) -> Complaint<'a> {
    let steps = SHEET.text("dane-unsigned-steps", &[("name", question.name.as_str().into())]);
    Complaint {
        rule: "DANE-02",
        key: "dane-unsigned",
        subject: host,
        attribute: Some("TLSA"),
        observed: question.to_string(),
        expected: "DNSSEC".to_owned(),
        // A provider publishes its records for those of its customers that sign: nobody promised anything here.
        severity: (!is_own(facts, host)).then_some(Severity::Info),
        fix: Some(Fix::by_hand(steps)),
        ..Complaint::BLANK
    }
}

/// DANE-01: what the records bind is what the servers show.
fn judge_binding(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let bound = bound(case, "DANE-01", verdicts)?;
    let (mut is_judged, mut is_plain, mut not_called) = (false, false, None);
    for it in &bound {
        let bindings: Vec<Binding<'_>> = it.records.iter().filter_map(|it| Binding::read(&it.data)).collect();
        if bindings.iter().all(|it| !it.is_usable()) {
            is_judged = true;
            verdicts.complain(unusable(it));
            continue;
        }
        if !facts.mail_servers {
            not_called.get_or_insert(it.host);
            continue;
        }
        facts.every_address(it.host)?;
        let mut wrong: Vec<(&Probe, &Handshake)> = Vec::new();
        let calls = facts.in_sight(&mail::calls(facts, it.host));
        for call in &calls {
            match facts.sight(call)? {
                Sight::Protected { handshake } => {
                    is_judged = true;
                    match binding::fit(&bindings, handshake, &call.to_string())? {
                        Fit::Bound => {}
                        Fit::Other => wrong.push((call, handshake)),
                    }
                }
                Sight::Plain { .. } => is_plain = true,
                _ => {
                    return Err(Doubted {
                        doubt: Doubt::NoHandshake,
                        about: call.to_string(),
                    });
                }
            }
        }
        if !wrong.is_empty() {
            complain_of_mismatch(case, it, &wrong, verdicts);
        }
    }
    if let Some(host) = not_called.filter(|_| !is_judged) {
        verdicts.leave_out("DANE-01", Doubt::NotCalled, host);
    } else if !bound.is_empty() && !is_judged {
        let reason = if is_plain { "see-plain" } else { "no-address" };
        verdicts.not_applicable("DANE-01", SHEET.text(reason, &[]));
    }
    Ok(())
}

fn shown(records: &[Record]) -> String {
    let lines = records.iter().map(|it| Shown(&it.data).to_string());
    lines.collect::<Vec<_>>().join("\n")
}

fn unusable<'a>(it: &Bound<'a>) -> Complaint<'a> {
    Complaint {
        rule: "DANE-01",
        key: "dane-unusable",
        subject: it.host,
        attribute: Some("TLSA"),
        discriminator: "usage",
        observed: shown(it.records),
        expected: "TLSA 3 1 1 …".to_owned(),
        fix: Some(Fix::by_hand(SHEET.text("dane-unusable-remedy", &[]))),
        ..Complaint::BLANK
    }
}

fn complain_of_mismatch(case: &Case<'_>, it: &Bound<'_>, wrong: &[(&Probe, &Handshake)], verdicts: &mut Verdicts) {
    let facts = case.facts;
    let addresses: Vec<String> = wrong.iter().map(|(call, _)| call.address().to_string()).collect();
    let mut keys: Vec<&str> = wrong
        .iter()
        .filter_map(|(_, it)| it.chain.first())
        .map(|it| it.bindings.key_sha256.as_str())
        .filter(|it| !it.is_empty())
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let name = name(it.host);
    let new: Vec<Line> = keys.iter().map(|it| Line::tlsa(&name, [3, 1, 1], it)).collect();
    // With several addresses, a record that fits none of these may fit another.
    let old: Vec<Line> = match mail::calls(facts, it.host).len() == wrong.len() {
        true => it.records.iter().map(|it| Line::of(&name, it)).collect(),
        false => Vec::new(),
    };
    let lines = new.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let is_relied_on = tlsa(it.host).is_some_and(|it| facts.security(&it) == Ok(Security::Secure));
    verdicts.complain(Complaint {
        rule: "DANE-01",
        key: "dane-mismatch",
        subject: it.host,
        attribute: Some("TLSA"),
        observed: shown(it.records),
        expected: keys
            .iter()
            .map(|it| format!("TLSA 3 1 1 {it}"))
            .collect::<Vec<_>>()
            .join("\n"),
        args: &[("addresses", addresses.join(", ").into())],
        // Senders that validate deliver nothing.
        severity: is_relied_on.then_some(Severity::Blocker),
        fix: Some(match is_own(facts, it.host) {
            true => zone::fix(&new, &old),
            false => Fix::by_hand(SHEET.text("dane-foreign-steps", &[("lines", lines.into())])),
        }),
        ..Complaint::BLANK
    });
}

/// Whether the host is the domain's own to publish records for.
fn is_own(facts: &Facts, host: &str) -> bool {
    let above = host.strip_suffix(&facts.domain);
    above.is_some_and(|it| it.is_empty() || it.ends_with('.'))
}

#[cfg(test)]
mod tests;
