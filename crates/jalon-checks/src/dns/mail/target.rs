//! MX-03: a host that is an alias. MX-04: an address in place of a host. MX-05: a host without address.

use jalon_domain::{finding::Fix, profile::Profile};

use super::{
    SHEET,
    exchanger::{Exchanger, exchangers},
    is_for_exchange, is_foreign, judged, provider,
};
use crate::{
    dns::{
        Case, Question,
        zone::{self, Line},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// Whether DNS-002 judges where the host leads: it is the service's own, for an engagement that wants it.
pub(super) fn is_judged_elsewhere(it: &Exchanger<'_>, profile: &Profile) -> bool {
    is_for_exchange(profile) && provider::is_microsoft(it.host)
}

pub(super) fn judge_alias(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let own: Vec<_> = judged(facts, case.profile)?
        .into_iter()
        .filter(|it| !is_foreign(it))
        .collect();
    if own.is_empty() {
        verdicts.not_applicable("MX-03", SHEET.text("no-own", &[]));
    }
    for it in own {
        let Some(alias) = facts.alias(it.host)? else { continue };
        // An alias that leads to no address is MX-05's.
        if facts.every_address(it.host)?.is_empty() {
            continue;
        }
        let chains = [Question::a(it.host), Question::aaaa(it.host)];
        let end = chains.iter().find_map(|it| facts.chain(it).last());
        let target = end.map_or(alias.value, String::as_str);
        let fix = zone::fix(
            &[Line::mx(&facts.domain, it.preference, target)],
            &[Line::of(&facts.domain, it.record)],
        );
        verdicts.complain(Complaint {
            rule: "MX-03",
            key: "mx-alias",
            subject: &facts.domain,
            attribute: Some("MX"),
            discriminator: it.host,
            observed: format!("CNAME {}", alias.value),
            expected: "A, AAAA".to_owned(),
            args: &[("host", it.host.into()), ("target", target.into())],
            // DNS-002 has another record for this place.
            fix: (!is_for_exchange(case.profile)).then_some(fix),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

pub(super) fn judge_literal(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let all = exchangers(facts)?;
    // DNS-002 wants it gone, and says so.
    if is_for_exchange(case.profile) && all.iter().any(|it| provider::is_microsoft(it.host)) {
        verdicts.not_applicable("MX-04", SHEET.text("see-service", &[]));
        return Ok(());
    }
    for it in all.iter().filter(|it| it.literal().is_some()) {
        let names = [("subject", facts.domain.as_str().into()), ("host", it.host.into())];
        verdicts.complain(Complaint {
            rule: "MX-04",
            key: "mx-address",
            subject: &facts.domain,
            attribute: Some("MX"),
            discriminator: it.host,
            observed: it.host.to_owned(),
            args: &[("host", it.host.into())],
            fix: Some(Fix::by_hand(SHEET.text("mx-address-remedy", &names))),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

pub(super) fn judge_addresses(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let all = judged(facts, case.profile)?;
    let here: Vec<_> = all.iter().filter(|it| !is_judged_elsewhere(it, case.profile)).collect();
    if here.is_empty() {
        let reason = if all.is_empty() { "no-host" } else { "see-service" };
        verdicts.not_applicable("MX-05", SHEET.text(reason, &[]));
    }
    let mut dead = Vec::new();
    for it in &here {
        if facts.every_address(it.host)?.is_empty() {
            dead.push(it);
        }
    }
    for it in &dead {
        let names = [("subject", facts.domain.as_str().into()), ("host", it.host.into())];
        verdicts.complain(Complaint {
            rule: "MX-05",
            key: if dead.len() == here.len() {
                "mx-all-dead"
            } else {
                "mx-dead"
            },
            subject: &facts.domain,
            attribute: Some("MX"),
            discriminator: it.host,
            expected: "A, AAAA".to_owned(),
            args: &[("host", it.host.into())],
            fix: Some(Fix::by_hand(SHEET.text("mx-dead-remedy", &names))),
            ..Complaint::BLANK
        });
    }
    Ok(())
}
