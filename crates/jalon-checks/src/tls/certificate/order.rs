//! What to order: the names of the certificate in use and the host's own, and the line that makes the request.

use std::{collections::BTreeSet, net::IpAddr};

use jalon_domain::{
    finding::Fix,
    text::{Lang, Text},
};
use jalon_wire::tls::CertificateFacts;

use super::{Case, SHEET};
use crate::doubt::Doubted;

pub(super) fn fix(case: &Case<'_>) -> Result<Fix, Doubted> {
    let names = names(&case.facts.host, case.own()?);
    let command = command(&case.facts.host, &names);
    let order = SHEET.text("order", &[("names", names.join(", ").into())]);
    let with_command = |lang| format!("{}\n{command}\n", order.get(lang));
    let steps = Text::new(with_command(Lang::En), with_command(Lang::Fr));
    Ok(Fix::by_hand(steps))
}

/// The host first, then the names in use. What a server shows is not to be trusted with a shell: only what a name or an
/// address can look like is taken.
fn names(host: &str, own: &CertificateFacts) -> Vec<String> {
    let is_name =
        |it: &&String| !it.is_empty() && it.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.*_".contains(&b));
    let in_use: BTreeSet<String> = own
        .dns_names
        .iter()
        .filter(is_name)
        .map(|it| it.to_ascii_lowercase())
        .chain(own.ip_names.iter().map(ToString::to_string))
        .filter(|it| it != host)
        .collect();
    [host.to_owned()].into_iter().chain(in_use).collect()
}

fn command(host: &str, names: &[String]) -> String {
    let entry = |it: &String| {
        if it.parse::<IpAddr>().is_ok() {
            format!("IP:{it}")
        } else {
            format!("DNS:{it}")
        }
    };
    let names = names.iter().map(entry).collect::<Vec<_>>().join(",");
    let file = host.replace(':', "-");
    format!(
        "openssl req -new -newkey rsa:2048 -sha256 -nodes -keyout '{file}.key' -out '{file}.csr' -subj '/CN={host}' -addext 'subjectAltName={names}'"
    )
}
