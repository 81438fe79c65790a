//! The versions of the schema, and what Exchange and Skype have set up in the configuration.

use crate::directory::facts::{
    Part, dn,
    gathered::{Gathered, Seen, Unseen},
    tables::tables,
    types::{Organization, Schema, Why},
    value::{count, is_a, text},
};

/// Where each version stands.
const VERSIONS: [(Part, &str); 3] = [
    (Part::Schema, "objectVersion"),
    (Part::ExchangeSchema, "rangeUpper"),
    (Part::SkypeSchema, "rangeUpper"),
];

pub(super) fn read(gathered: &Gathered) -> Schema {
    let [version, exchange, skype] = VERSIONS.map(|it| version(gathered, it));
    Schema {
        version,
        name: version.and_then(|it| tables().schema(it)),
        exchange_version: exchange,
        exchange_name: exchange.and_then(|it| tables().exchange(it)),
        exchange_organization: organization(gathered),
        skype_version: skype,
        skype_name: skype.and_then(|it| tables().skype(it)),
        skype_pools: pools(gathered),
    }
}

fn version(gathered: &Gathered, (part, attribute): (Part, &str)) -> Option<u32> {
    gathered.entries(part).iter().find_map(|it| count(it, attribute))
}

/// Versions that the server keeps to itself although the object is there: to an account without rights, or on the port of
/// the global catalogue. An object without version is no absent one.
pub(super) fn hidden(gathered: &Gathered) -> Vec<(Part, Unseen)> {
    let is_shown = |part: Part| matches!(gathered.parts.get(&(part, String::new())), Some(Seen::Entries(_)));
    let silent = VERSIONS
        .iter()
        .filter(|it| is_shown(it.0) && version(gathered, **it).is_none());
    let unseen = |(part, attribute): &(Part, &str)| {
        let unseen = Unseen {
            why: Why::Forbidden,
            detail: (*attribute).to_owned(),
        };
        (*part, unseen)
    };
    silent.map(unseen).collect()
}

/// A forest has one Exchange organisation at most.
fn organization(gathered: &Gathered) -> Option<Organization> {
    let mut found = gathered.entries(Part::ExchangeOrganization).iter();
    let entry = found.find(|it| is_a(it, "msExchOrganizationContainer"))?;
    let version = count(entry, "objectVersion");
    Some(Organization {
        name: dn::name(&entry.dn),
        version,
        version_name: version.and_then(|it| tables().organization(it)),
        product: text(entry, "msExchProductId"),
    })
}

fn pools(gathered: &Gathered) -> Vec<String> {
    let all = gathered.entries(Part::SkypePools).iter();
    let pools = all.filter(|it| is_a(it, "msRTCSIP-Pool"));
    let mut names: Vec<String> = pools
        .map(|it| text(it, "dNSHostName").unwrap_or_else(|| dn::name(&it.dn)))
        .collect();
    names.sort();
    names
}
