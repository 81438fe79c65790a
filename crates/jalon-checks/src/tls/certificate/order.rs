//! What to order: the names of the certificate in use and the host's own, and the line that makes the request.

use std::{collections::BTreeSet, net::IpAddr};

use jalon_domain::{
    finding::{Fix, Severity},
    text::{Lang, Text},
};
use jalon_wire::tls::{CertificateFacts, can_carry};

use super::{super::Scenario, Case, SHEET};
use crate::doubt::Doubted;

pub(super) fn fix(case: &Case<'_>) -> Result<Fix, Doubted> {
    let facts = case.facts;
    let own = case.own()?;
    let names = names(&facts.host, Some(own), facts.scenario, &facts.needed);
    // The names in use are seen again by whoever makes the request.
    let in_use = |it: &String| *it == facts.host || own.dns_names.iter().any(|name| name.eq_ignore_ascii_case(it));
    let added: Vec<&String> = names
        .iter()
        .filter(|it| it.parse::<IpAddr>().is_err() && !in_use(it))
        .collect();
    let command = command(&facts.host, facts.port, &names, &added);
    let order = SHEET.text("order", &[("names", names.join(", ").into())]);
    let with_command = |lang| format!("{}\n{command}\n", order.get(lang));
    let steps = Text::new(with_command(Lang::En), with_command(Lang::Fr));
    Ok(Fix::by_hand(steps))
}

/// The host first, then the names in use and those that the scenario asks for. What a server shows is not to be trusted with
/// a shell: only what a certificate can carry is taken.
pub(in crate::tls) fn names(
    host: &str,
    own: Option<&CertificateFacts>,
    scenario: Scenario,
    demanded: &[String],
) -> Vec<String> {
    let needed = scenario.needed(host).into_iter();
    let needed = needed.filter(|it| it.severity > Severity::Info).map(|it| it.name);
    let needed = needed.filter(|it| demanded.contains(it));
    let dns = own.iter().flat_map(|it| &it.dns_names).filter(|it| can_carry(it));
    let in_use: BTreeSet<String> = dns
        .map(|it| it.to_ascii_lowercase())
        .chain(own.iter().flat_map(|it| &it.ip_names).map(ToString::to_string))
        .chain(needed)
        .filter(|it| it != host)
        .collect();
    [host.to_owned()].into_iter().chain(in_use).collect()
}

fn command(host: &str, port: u16, names: &[String], added: &[&String]) -> String {
    let entry = |it: &String| {
        if it.parse::<IpAddr>().is_ok() {
            format!("IP:{it}")
        } else {
            format!("DNS:{it}")
        }
    };
    let names = names.iter().map(entry).collect::<Vec<_>>().join(",");
    let file = host.replace(':', "-");
    let endpoint = super::super::endpoint(host, port);
    let added: String = added.iter().map(|it| format!(" --name '{it}'")).collect();
    [
        format!("jalon fix tls {endpoint}{added} --out new-certificate"),
        format!(
            "openssl req -new -newkey rsa:2048 -sha256 -nodes -keyout '{file}.key' -out '{file}.csr' -subj '/CN={host}' \
             -addext 'subjectAltName={names}'"
        ),
    ]
    .join("\n")
}
