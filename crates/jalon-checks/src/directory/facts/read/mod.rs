//! From entries to facts. Nothing is asked and nothing is judged here; what an entry does not say is not known.

mod authorities;
mod controllers;
mod domains;
mod policies;
mod schema;
mod services;
mod trusts;

pub(super) use controllers::serves;
pub(super) use domains::domain_bases;

use jalon_wire::ldap::RootDse;

use super::{
    Part, dn,
    gathered::{Gathered, Unseen},
    types::{Absent, ForestFacts, Server},
};

/// Answers in pages (RFC 2696).
const PAGES: &str = "1.2.840.113556.1.4.319";
/// Tells what changed (MS-ADTS 3.1.1.3.4.1.3).
const DIRSYNC: &str = "1.2.840.113556.1.4.841";

/// The facts of a forest. Prerequisites are judged by [`super::judge`].
pub fn read(gathered: &Gathered) -> ForestFacts {
    ForestFacts {
        read_from: gathered.roots.iter().map(server).collect(),
        forest: domains::read(gathered),
        schema: schema::read(gathered),
        trusts: trusts::read(gathered),
        upn_suffixes: domains::suffixes(gathered),
        controllers: controllers::read(gathered),
        policies: policies::read(gathered),
        authorities: authorities::read(gathered),
        autodiscover: services::autodiscover(gathered),
        sync: services::sync(gathered),
        absent: absent(gathered),
        prerequisites: Vec::new(),
    }
}

fn server(root: &RootDse) -> Server {
    Server {
        name: root_text(root, "dnsHostName"),
        functional_level: root_level(root, "domainControllerFunctionality"),
        naming_contexts: root.naming_contexts.clone(),
        pages: root.supports(PAGES),
        changes: root.supports(DIRSYNC),
    }
}

fn absent(gathered: &Gathered) -> Vec<Absent> {
    let absent = |(part, domain, unseen): (Part, &str, &Unseen)| Absent {
        part,
        domain: (!domain.is_empty()).then(|| domain_name(domain)),
        why: unseen.why,
        reason: unseen.reason(part),
    };
    let hidden = schema::hidden(gathered);
    let hidden = hidden.iter().map(|(part, unseen)| (*part, "", unseen));
    gathered.unseen().chain(hidden).map(absent).collect()
}

/// The DNS name of a domain, or what it is called where it has none.
fn domain_name(base: &str) -> String {
    dn::dns_name(base).unwrap_or_else(|| base.to_owned())
}

fn root_text(root: &RootDse, attribute: &str) -> Option<String> {
    root.attributes.first(attribute).map(|it| it.readable().into_owned())
}

fn root_level(root: &RootDse, attribute: &str) -> Option<u32> {
    root_text(root, attribute)?.trim().parse().ok()
}
