//! NS-02: how many name servers there are, by their names and by their addresses.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::IpAddr,
};

use super::{Facts, SHEET, servers::Servers};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(facts: &Facts, servers: &Servers, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let own = servers.own()?;
    let (key, only) = match (own.len(), servers.delegated()) {
        (1, _) => ("ns-single", own),
        (_, Some(above)) if above.len() == 1 => ("ns-single-above", above),
        _ => return places(facts, own, verdicts),
    };
    verdicts.complain(Complaint {
        rule: "NS-02",
        key,
        subject: &facts.domain,
        attribute: Some("NS"),
        observed: only.iter().map(String::as_str).collect::<Vec<_>>().join("\n"),
        ..Complaint::BLANK
    });
    Ok(())
}

/// Several names are several servers only at several addresses (RFC 2182, section 3.1). A server may have one of each kind.
fn places(facts: &Facts, hosts: &BTreeSet<String>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let known: BTreeSet<IpAddr> = hosts.iter().flat_map(|it| facts.known_addresses(it)).collect();
    let old = known.iter().filter(|it| it.is_ipv4()).count();
    // Whatever is not known of the others.
    if old > 1 || known.len() - old > 1 {
        return Ok(());
    }
    let mut places: BTreeMap<&str, BTreeSet<IpAddr>> = BTreeMap::new();
    for host in hosts {
        places.insert(host, facts.every_address(host)?.into_iter().collect());
    }
    places.retain(|_, it| !it.is_empty());
    if places.len() < 2 {
        verdicts.not_applicable("NS-02", SHEET.text("see-nowhere", &[]));
        return Ok(());
    }
    let mut others = places.values();
    let Some(place) = others.next().filter(|it| others.all(|other| other == *it)) else {
        return Ok(());
    };
    let addresses: Vec<String> = place.iter().map(ToString::to_string).collect();
    let names: Vec<&str> = places.keys().copied().collect();
    verdicts.complain(Complaint {
        rule: "NS-02",
        key: "ns-one-place",
        subject: &facts.domain,
        attribute: Some("NS"),
        observed: format!("{}: {}", names.join(", "), addresses.join(", ")),
        args: &[
            ("names", names.join(", ").into()),
            ("addresses", addresses.join(", ").into()),
        ],
        ..Complaint::BLANK
    });
    Ok(())
}
