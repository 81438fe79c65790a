//! The MX records of a domain, and which of their hosts are judged here.

use std::net::IpAddr;

use jalon_domain::profile::{Profile, Service};
use jalon_wire::dns::{Data, Record};

use super::provider;
use crate::{
    dns::{Facts, Question, records::ownership::is_mail_form},
    doubt::Doubted,
};

/// One MX record.
#[derive(Clone, Copy, Debug)]
pub(in crate::dns) struct Exchanger<'a> {
    pub(in crate::dns) preference: u16,
    /// The host, lower-case; a single dot says that the domain takes no mail (RFC 7505).
    pub(in crate::dns) host: &'a str,
    pub(in crate::dns) record: &'a Record,
}

impl Exchanger<'_> {
    /// Whether it says that there is no mail.
    pub(in crate::dns) fn is_null(&self) -> bool {
        self.host == "."
    }

    /// The address that stands where a name belongs.
    pub(super) fn literal(&self) -> Option<IpAddr> {
        self.host.trim_matches(['[', ']']).parse().ok()
    }

    /// Whether it is a host with a name.
    pub(in crate::dns) fn is_host(&self) -> bool {
        !self.is_null() && self.literal().is_none()
    }
}

/// The MX records by preference, without those that only prove ownership of the domain.
///
/// # Errors
/// When nobody said what they are.
pub(in crate::dns) fn exchangers(facts: &Facts) -> Result<Vec<Exchanger<'_>>, Doubted> {
    let records = facts.records(&Question::mx(&facts.domain))?;
    let mut all: Vec<_> = records.iter().filter_map(read).collect();
    all.sort_by_key(|it| (it.preference, it.host));
    Ok(all)
}

fn read(record: &Record) -> Option<Exchanger<'_>> {
    match &record.data {
        Data::Mx { preference, exchange } if !is_mail_form(exchange) => Some(Exchanger {
            preference: *preference,
            host: exchange,
            record,
        }),
        _ => None,
    }
}

/// Whether these records say that the domain takes no mail.
pub(in crate::dns) fn takes_none(all: &[Exchanger<'_>]) -> bool {
    !all.is_empty() && all.iter().all(Exchanger::is_null)
}

/// The records with a host, by preference; hosts that two records name stand once.
pub(in crate::dns) fn hosts(facts: &Facts) -> Result<Vec<Exchanger<'_>>, Doubted> {
    let mut all: Vec<Exchanger<'_>> = Vec::new();
    for one in exchangers(facts)?.into_iter().filter(Exchanger::is_host) {
        if all.iter().all(|it| it.host != one.host) {
            all.push(one);
        }
    }
    Ok(all)
}

/// Whether DNS-002 says where the mail of this engagement has to arrive.
pub(super) fn is_for_exchange(profile: &Profile) -> bool {
    profile.services.contains(&Service::Exchange)
}

/// The records whose hosts are judged. Beside the service's own MX, DNS-002 wants all others gone: what else is wrong
/// with those is of no interest.
pub(super) fn judged<'a>(facts: &'a Facts, profile: &Profile) -> Result<Vec<Exchanger<'a>>, Doubted> {
    let mut all = hosts(facts)?;
    if is_for_exchange(profile) && all.iter().any(|it| provider::is_microsoft(it.host)) {
        all.retain(|it| provider::is_microsoft(it.host));
    }
    Ok(all)
}

/// Whether the host's own records are its provider's business.
pub(super) fn is_foreign(it: &Exchanger<'_>) -> bool {
    provider::of(it.host).is_some()
}
