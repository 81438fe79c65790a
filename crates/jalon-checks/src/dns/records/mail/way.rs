//! The hosts of MX records, followed to their addresses.

use std::net::IpAddr;

use super::Target;
use crate::{
    dns::{
        Facts, Question,
        mail::{self, Exchanger},
    },
    doubt::Doubted,
};

/// Hosts that are followed; whoever has more is not judged.
const MOST_HOSTS: usize = 10;

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

/// The MX records; a null MX beside others is MX-02's.
pub(super) fn exchangers(facts: &Facts) -> Result<Vec<Exchanger<'_>>, Doubted> {
    let mut all = mail::exchangers(facts)?;
    if !mail::takes_none(&all) {
        all.retain(|it| !it.is_null());
    }
    Ok(all)
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
