//! What is expected of one domain, record by record: what the tenant asks for, else what the table of its cloud says.

use jalon_domain::{
    finding::Severity,
    profile::{Profile, Service},
};
use jalon_wire::{dns::Data, graph::DomainRecord};
use serde_json::{Map, Value, json};

use super::{
    expected::{Endpoint, Expected},
    not_in_table,
};
use crate::{
    dns::{Facts, zone::Shown},
    doubt::Doubted,
};

/// The names that lead somewhere by a CNAME record, with their rules.
pub(super) const ALIASES: [(&str, &str); 5] = [
    ("DNS-003", "autodiscover"),
    ("DNS-006", "enterpriseenrollment"),
    ("DNS-007", "enterpriseregistration"),
    ("DNS-008", "sip"),
    ("DNS-008", "lyncdiscover"),
];

/// The names that lead somewhere by an SRV record, with their rules.
pub(super) const SERVICES: [(&str, &str); 2] = [("DNS-009", "_sip._tls"), ("DNS-010", "_sipfederationtls._tcp")];

/// A value that is expected.
#[derive(Clone, Debug)]
pub(super) struct Wanted<T> {
    pub(super) value: T,
    /// Who says so.
    pub(super) from: Origin,
    /// Whether the services work without it.
    pub(super) is_optional: bool,
}

/// Who says what is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Tenant,
    Table,
}

impl<T> Wanted<T> {
    fn of_table(value: T) -> Self {
        Self {
            value,
            from: Origin::Table,
            is_optional: false,
        }
    }

    /// What the tenant calls optional weighs little.
    pub(super) fn severity(&self) -> Option<Severity> {
        self.is_optional.then_some(Severity::Minor)
    }
}

/// The target of an alias.
///
/// # Errors
/// When nobody says what it is.
pub(super) fn alias(facts: &Facts, profile: &Profile, label: &str) -> Result<Wanted<String>, Doubted> {
    let name = facts.below(label);
    let target = |data: &Data| match data {
        Data::Cname { target } => Some(target.clone()),
        _ => None,
    };
    let table = || Expected::of(profile)?.aliases.get(label).cloned();
    first(facts, &name, target, table).ok_or_else(|| not_in_table(profile, &format!("CNAME {name}")))
}

/// Where a service is.
///
/// # Errors
/// When nobody says.
pub(super) fn service(facts: &Facts, profile: &Profile, label: &str) -> Result<Wanted<Endpoint>, Doubted> {
    let name = facts.below(label);
    let endpoint = |data: &Data| match data {
        Data::Srv { port, target, .. } => Some(Endpoint {
            port: *port,
            target: target.clone(),
        }),
        _ => None,
    };
    let table = || Expected::of(profile)?.services.get(label).cloned();
    first(facts, &name, endpoint, table).ok_or_else(|| not_in_table(profile, &format!("SRV {name}")))
}

/// The host that mail has to be handed to, where the tenant names it.
pub(super) fn mail(facts: &Facts) -> Option<Wanted<String>> {
    let host = |data: &Data| match data {
        Data::Mx { exchange, .. } if !super::ownership::is_mail_form(exchange) => Some(exchange.clone()),
        _ => None,
    };
    of_tenant(facts, &facts.domain, host)
}

/// The text that proves ownership, where the tenant names it.
pub(super) fn proof(facts: &Facts) -> Option<Wanted<String>> {
    let text = |data: &Data| match data {
        Data::Txt { text, .. } if super::ownership::is_text_form(text) => Some(text.clone()),
        _ => None,
    };
    of_tenant(facts, &facts.domain, text)
}

/// What SPF has to include: the tenant's own record says so by its first include.
pub(super) fn spf(facts: &Facts) -> Option<Wanted<String>> {
    let include = |data: &Data| match data {
        Data::Txt { text, .. } if text.to_ascii_lowercase().starts_with("v=spf1") => {
            let term = text.split_ascii_whitespace().find_map(|it| it.strip_prefix("include:"));
            term.map(|it| it.to_ascii_lowercase())
        }
        _ => None,
    };
    of_tenant(facts, &facts.domain, include)
}

/// What SPF has to include for the services of the profile: what the tenant asks for, else what the table of its cloud says.
pub(in crate::dns) fn include(facts: &Facts, profile: &Profile) -> Option<String> {
    if !profile.services.contains(&Service::Exchange) {
        return None;
    }
    let table = || Expected::of(profile).map(|it| it.spf.clone());
    spf(facts).map(|it| it.value).or_else(table)
}

fn first<T>(
    facts: &Facts,
    name: &str,
    read: impl Fn(&Data) -> Option<T>,
    table: impl FnOnce() -> Option<T>,
) -> Option<Wanted<T>> {
    of_tenant(facts, name, read).or_else(|| table().map(Wanted::of_table))
}

fn of_tenant<T>(facts: &Facts, name: &str, read: impl Fn(&Data) -> Option<T>) -> Option<Wanted<T>> {
    let records = facts.told.tenant.as_deref().unwrap_or_default();
    let own = |it: &&DomainRecord| it.name == name;
    records.iter().filter(own).find_map(|it| {
        Some(Wanted {
            value: read(&it.data)?,
            from: Origin::Tenant,
            is_optional: it.is_optional,
        })
    })
}

/// What is expected and who says so, for a reader of the facts.
pub(super) fn shown(facts: &Facts, profile: &Profile, applies: impl Fn(&str) -> bool) -> Value {
    let mut all = Map::new();
    let mut tell = |rule: &str, question: String, value: Option<(String, Origin, bool)>| {
        if let Some((value, from, is_optional)) = value.filter(|_| applies(rule)) {
            let from = if from == Origin::Tenant { "tenant" } else { "table" };
            let expectation = json!({"rule": rule, "value": value, "from": from, "optional": is_optional});
            all.insert(question, expectation);
        }
    };
    let plain = |it: Wanted<String>| (it.value, it.from, it.is_optional);
    let domain = &facts.domain;
    tell("DNS-001", format!("TXT {domain}"), proof(facts).map(plain));
    let table = Expected::of(profile);
    let host = mail(facts).or_else(|| Some(Wanted::of_table(table?.mail_host(domain)?)));
    tell("DNS-002", format!("MX {domain}"), host.map(plain));
    for (rule, label) in ALIASES {
        let wanted = alias(facts, profile, label).ok().map(plain);
        tell(rule, format!("CNAME {}", facts.below(label)), wanted);
    }
    for (rule, label) in SERVICES {
        let wanted = service(facts, profile, label).ok();
        let endpoint = wanted.map(|it| (srv(&it.value), it.from, it.is_optional));
        tell(rule, format!("SRV {}", facts.below(label)), endpoint);
    }
    all.into()
}

fn srv(it: &Endpoint) -> String {
    let data = Data::Srv {
        priority: 100,
        weight: 1,
        port: it.port,
        target: it.target.clone(),
    };
    Shown(&data).to_string()
}
