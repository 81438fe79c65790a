//! The hosts of MX records, followed to their addresses.

use std::net::IpAddr;

use jalon_wire::dns::{Data, Record};

use super::{super::ownership, Target};
use crate::{
    dns::{Facts, Question},
    doubt::Doubted,
};

/// Hosts that are followed; whoever has more is not judged.
const MOST_HOSTS: usize = 10;

/// Filters that take mail for others and hand it on, by the names of their hosts: from the set-up pages of Proofpoint, Mimecast,
/// Barracuda, Cisco, Broadcom, Trend Micro, Sophos, Forcepoint, Hornetsecurity and Vade.
const FILTERS: [&str; 14] = [
    "pphosted.com",
    "ppe-hosted.com",
    "mimecast.com",
    "ess.barracudanetworks.com",
    "iphmx.com",
    "messagelabs.com",
    "in.tmes.trendmicro.com",
    "in.hes.trendmicro.com",
    "in.hes.trendmicro.eu",
    "hydra.sophos.com",
    "mailcontrol.com",
    "hornetsecurity.com",
    "antispameurope.com",
    "vadesecure.com",
];

/// One MX record.
pub(super) struct Exchanger<'a> {
    pub(super) preference: u16,
    pub(super) host: &'a str,
    pub(super) record: &'a Record,
}

/// Where mail that is handed to a host arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// In the service: by name or by aliases, and there is somebody.
    Service,
    /// In the service, by addresses alone.
    Detour,
    /// Nowhere: the name is the service's and has no address.
    Gone,
    /// Elsewhere, whether anybody is there or not.
    Elsewhere { is_there: bool },
}

pub(super) fn is_filter(host: &str) -> bool {
    let below = |it: &&str| host.strip_suffix(*it).is_some_and(|it| it.ends_with('.'));
    FILTERS.iter().any(below)
}

/// The MX records, without those that only prove ownership. A null MX beside others is MX-02's.
pub(super) fn exchangers(facts: &Facts) -> Result<Vec<Exchanger<'_>>, Doubted> {
    let records = facts.records(&Question::mx(&facts.domain))?;
    let mut all: Vec<_> = records.iter().filter_map(exchanger).collect();
    if all.iter().any(|it| it.host != ".") {
        all.retain(|it| it.host != ".");
    }
    Ok(all)
}

fn exchanger(record: &Record) -> Option<Exchanger<'_>> {
    match &record.data {
        Data::Mx { preference, exchange } if !ownership::is_mail_form(exchange) => Some(Exchanger {
            preference: *preference,
            host: exchange,
            record,
        }),
        _ => None,
    }
}

/// The addresses of the hosts; of the service's own where one of them is only told by its addresses.
pub(super) fn questions(facts: &Facts, target: &Target<'_>) -> Vec<Question> {
    let all = exchangers(facts).unwrap_or_default();
    let named = all.iter().map(|it| it.host).filter(|it| *it != ".").take(MOST_HOSTS);
    let needs_service = named.clone().any(|it| may_be_detour(facts, target, it));
    let service = target.host.as_deref().filter(|_| needs_service);
    named.chain(service).flat_map(|it| facts.reaching(it)).collect()
}

/// Whether only its addresses can tell that a host leads to the service.
fn may_be_detour(facts: &Facts, target: &Target<'_>, host: &str) -> bool {
    let is_unnamed = |chain: &[String]| !target.is(host) && !chain.iter().any(|it| target.is(it));
    facts
        .reach(host)
        .is_ok_and(|it| is_unnamed(it.chain) && !it.addresses.is_empty())
}

/// Where a host leads.
///
/// # Errors
/// When somebody on the way said nothing.
pub(super) fn of(facts: &Facts, target: &Target<'_>, host: &str) -> Result<Way, Doubted> {
    if host == "." {
        return Ok(Way::Elsewhere { is_there: false });
    }
    let reach = facts.reach(host)?;
    let is_there = !reach.addresses.is_empty();
    let is_service = target.is(host) || reach.chain.iter().any(|it| target.is(it));
    Ok(match (is_service, is_there) {
        (true, true) => Way::Service,
        (true, false) => Way::Gone,
        (false, true) if has_addresses_of_service(facts, target, &reach.addresses)? => Way::Detour,
        (false, is_there) => Way::Elsewhere { is_there },
    })
}

fn has_addresses_of_service(facts: &Facts, target: &Target<'_>, addresses: &[IpAddr]) -> Result<bool, Doubted> {
    let Some(service) = &target.host else { return Ok(false) };
    let there = facts.reach(service)?.addresses;
    Ok(addresses.iter().all(|it| there.contains(it)))
}
