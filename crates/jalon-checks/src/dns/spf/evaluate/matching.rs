//! Whether a mechanism matches the sender (RFC 7208, section 5).

use std::net::IpAddr;

use jalon_wire::dns::{Data, RecordType};

use super::{Reason, Reply, Step, Verdict, Walk, sender::reverse_name, told::Stop};
use crate::dns::spf::syntax::{MacroText, Mechanism, Prefixes};

/// Mail exchangers of one `mx`, and names of one address, that are looked up (RFC 7208, section 4.6.4).
const MOST_NAMES: usize = 10;

impl Walk<'_> {
    pub(super) async fn matches(&mut self, domain: &str, mechanism: &Mechanism, step: &mut Step) -> Result<bool, Stop> {
        if mechanism.asks() {
            self.count()?;
        }
        let client = self.sender.client();
        match mechanism {
            Mechanism::All => Ok(true),
            Mechanism::Ip4 { network, prefix } => Ok(is_within(client, IpAddr::V4(*network), *prefix)),
            Mechanism::Ip6 { network, prefix } => Ok(is_within(client, IpAddr::V6(*network), *prefix)),
            Mechanism::A { prefixes, .. } => {
                let name = self.target(domain, mechanism.domain(), step).await;
                let found = self.addresses(&name, client_kind(client), step).await?;
                Ok(any_within(client, &found, *prefixes))
            }
            Mechanism::Mx { prefixes, .. } => {
                let name = self.target(domain, mechanism.domain(), step).await;
                self.exchanger_matches(&name, *prefixes, step).await
            }
            Mechanism::Exists(_) => {
                let name = self.target(domain, mechanism.domain(), step).await;
                Ok(!self.addresses(&name, RecordType::A, step).await?.is_empty())
            }
            Mechanism::Ptr(_) => {
                let name = self.target(domain, mechanism.domain(), step).await;
                let names = self.validated_names().await;
                step.seen.clone_from(&names);
                Ok(names.iter().any(|it| is_at_or_below(it, &name)))
            }
            Mechanism::Include(_) => {
                let name = self.target(domain, mechanism.domain(), step).await;
                self.included(name, step).await
            }
        }
    }

    /// The name that the mechanism speaks of.
    async fn target(&self, domain: &str, spec: Option<&MacroText>, step: &mut Step) -> String {
        let name = match spec {
            Some(spec) => self.name(domain, spec).await,
            None => domain.to_owned(),
        };
        step.target = Some(name.clone());
        name
    }

    async fn included(&mut self, name: String, step: &mut Step) -> Result<bool, Stop> {
        let inner = self.check(name.clone(), false).await;
        let result = inner.result;
        step.inner = Some(Box::new(inner));
        match result {
            Verdict::Pass => Ok(true),
            Verdict::Fail | Verdict::Softfail | Verdict::Neutral => Ok(false),
            Verdict::None => Err(Stop::permanent(Reason::NothingBehind(name))),
            Verdict::Temperror | Verdict::Permerror => Err(Stop {
                result,
                reason: Reason::Behind(name),
            }),
        }
    }

    async fn exchanger_matches(&mut self, name: &str, prefixes: Prefixes, step: &mut Step) -> Result<bool, Stop> {
        let hosts: Vec<String> = self
            .asked(name, RecordType::Mx)
            .await?
            .into_iter()
            .filter_map(|it| match it {
                Data::Mx { exchange, .. } => Some(exchange),
                _ => None,
            })
            .collect();
        if hosts.len() > MOST_NAMES {
            return Err(Stop::permanent(Reason::TooManyExchangers(name.to_owned())));
        }
        let client = self.sender.client();
        for host in hosts {
            let host = host.to_ascii_lowercase();
            let found = self.addresses(&host, client_kind(client), step).await?;
            if any_within(client, &found, prefixes) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn addresses(&mut self, name: &str, kind: RecordType, step: &mut Step) -> Result<Vec<IpAddr>, Stop> {
        let found: Vec<IpAddr> = self.asked(name, kind).await?.iter().filter_map(address).collect();
        step.seen.extend(found.iter().map(ToString::to_string));
        Ok(found)
    }

    /// What is at a name. A name that cannot be asked for is nowhere, and costs no look-up.
    async fn asked(&mut self, name: &str, kind: RecordType) -> Result<Vec<Data>, Stop> {
        if !is_askable(name) {
            return Ok(Vec::new());
        }
        match self.ask.ask(name, kind).await {
            Reply::Found(records) => Ok(records),
            Reply::NoData | Reply::NoName => self.count_void().map(|()| Vec::new()),
            Reply::Failed(detail) => Err(Stop::unanswered(detail)),
        }
    }

    /// The names of the client that lead back to its address (RFC 7208, section 5.5). Their publisher is who sends, not
    /// the domain: neither errors nor absences count.
    async fn validated_names(&self) -> Vec<String> {
        let client = self.sender.client();
        let Reply::Found(records) = self.ask.ask(&reverse_name(client), RecordType::Ptr).await else {
            return Vec::new();
        };
        let names = records.into_iter().filter_map(|it| match it {
            Data::Ptr { target } => Some(target.trim_end_matches('.').to_ascii_lowercase()),
            _ => None,
        });
        let mut validated = Vec::new();
        for name in names.take(MOST_NAMES) {
            if let Reply::Found(records) = self.ask.ask(&name, client_kind(client)).await
                && records.iter().filter_map(address).any(|it| it == client)
            {
                validated.push(name);
            }
        }
        validated
    }

    /// The name that `%{p}` stands for: the domain itself, else one below it, else any (RFC 7208, section 7.3).
    pub(super) async fn validated_name(&self, domain: &str) -> String {
        let names = self.validated_names().await;
        let own = names.iter().find(|it| *it == domain);
        let below = || names.iter().find(|it| is_at_or_below(it, domain));
        let found = own.or_else(below).or(names.first());
        found.map_or_else(|| "unknown".to_owned(), Clone::clone)
    }
}

/// Whether a domain may have a record: two labels or more, the last one no number (RFC 7208, section 4.3).
pub(in crate::dns::spf) fn is_mail_domain(name: &str) -> bool {
    let last = name.rsplit_once('.').map(|it| it.1);
    let is_top = |it: &str| {
        it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-') && !it.bytes().all(|it| it.is_ascii_digit())
    };
    is_askable(name) && last.is_some_and(is_top)
}

fn is_askable(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(|it| (1..=63).contains(&it.len()))
}

fn is_at_or_below(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain)
        .is_some_and(|it| it.is_empty() || it.ends_with('.'))
}

fn client_kind(client: IpAddr) -> RecordType {
    match client {
        IpAddr::V4(_) => RecordType::A,
        IpAddr::V6(_) => RecordType::Aaaa,
    }
}

/// The address that a record gives.
pub(in crate::dns::spf) fn address(data: &Data) -> Option<IpAddr> {
    match data {
        Data::A { address } => Some((*address).into()),
        Data::Aaaa { address } => Some((*address).into()),
        _ => None,
    }
}

fn any_within(client: IpAddr, found: &[IpAddr], prefixes: Prefixes) -> bool {
    let prefix = if client.is_ipv4() { prefixes.v4 } else { prefixes.v6 };
    found.iter().any(|it| is_within(client, *it, prefix))
}

/// Whether the first `prefix` bits are the same, in the same family.
fn is_within(client: IpAddr, network: IpAddr, prefix: u8) -> bool {
    match (client, network) {
        (IpAddr::V4(client), IpAddr::V4(network)) => {
            let differ = client.to_bits() ^ network.to_bits();
            differ.leading_zeros() >= u32::from(prefix)
        }
        (IpAddr::V6(client), IpAddr::V6(network)) => {
            let differ = client.to_bits() ^ network.to_bits();
            differ.leading_zeros() >= u32::from(prefix)
        }
        _ => false,
    }
}
