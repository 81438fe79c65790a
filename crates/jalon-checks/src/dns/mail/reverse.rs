//! MX-06: the addresses of a mail server have a name that leads back to them. Receivers ask for that of whoever sends, and
//! most servers that take mail also send it. Hosts of providers are the providers' business.

use std::net::IpAddr;

use jalon_domain::finding::Fix;
use jalon_wire::dns::Data;

use super::{MOST_ADDRESSES, MOST_NAMES, SHEET, is_foreign, judged};
use crate::{
    dns::{Case, Facts, Question, zone::Line},
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// What to ask about the addresses of a host.
pub(super) fn questions(facts: &Facts, host: &str) -> Vec<Question> {
    let mut questions = Vec::new();
    for address in facts.known_addresses(host).into_iter().take(MOST_ADDRESSES) {
        questions.extend(pointer(address));
        for name in names(facts, address).unwrap_or_default().into_iter().take(MOST_NAMES) {
            questions.push(forward(address, name));
        }
    }
    questions
}

fn pointer(address: IpAddr) -> Option<Question> {
    Question::new("PTR", name_of(address))
}

fn forward(address: IpAddr, name: &str) -> Question {
    match address {
        IpAddr::V4(_) => Question::a(name),
        IpAddr::V6(_) => Question::aaaa(name),
    }
}

/// The name at which the names of an address stand (RFC 1035, section 3.5; RFC 3596, section 2.5).
fn name_of(address: IpAddr) -> String {
    let reversed = |parts: Vec<String>| parts.into_iter().rev().collect::<Vec<_>>().join(".");
    match address {
        IpAddr::V4(it) => {
            let octets = it.octets().iter().map(ToString::to_string).collect();
            format!("{}.in-addr.arpa", reversed(octets))
        }
        IpAddr::V6(it) => {
            let nibbles = it.octets().into_iter().flat_map(|it| [it >> 4, it & 15]);
            format!("{}.ip6.arpa", reversed(nibbles.map(|it| format!("{it:x}")).collect()))
        }
    }
}

fn names(facts: &Facts, address: IpAddr) -> Result<Vec<&str>, Doubted> {
    let Some(question) = pointer(address) else {
        return Ok(Vec::new());
    };
    let records = facts.records(&question)?.iter();
    let name = records.filter_map(|it| match &it.data {
        Data::Ptr { target } => Some(target.as_str()),
        _ => None,
    });
    Ok(name.collect())
}

/// Whether one of the names leads back to the address.
fn is_confirmed(facts: &Facts, address: IpAddr, names: &[&str]) -> Result<bool, Doubted> {
    let mut doubted = None;
    for name in names {
        match facts.records(&forward(address, name)) {
            Ok(records) if records.iter().any(|it| is_address(&it.data, address)) => return Ok(true),
            Ok(_) => {}
            Err(it) => doubted = Some(it),
        }
    }
    doubted.map_or(Ok(false), Err)
}

fn is_address(data: &Data, address: IpAddr) -> bool {
    match data {
        Data::A { address: it } => IpAddr::from(*it) == address,
        Data::Aaaa { address: it } => IpAddr::from(*it) == address,
        _ => false,
    }
}

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let own: Vec<_> = judged(facts, case.profile)?
        .into_iter()
        .filter(|it| !is_foreign(it))
        .collect();
    if own.is_empty() {
        verdicts.not_applicable("MX-06", SHEET.text("no-own", &[]));
        return Ok(());
    }
    let mut is_judged = false;
    for it in own {
        for address in facts.every_address(it.host)? {
            is_judged = true;
            let names = names(facts, address)?;
            if is_confirmed(facts, address, &names)? {
                continue;
            }
            let shown = address.to_string();
            let line = Line::ptr(&name_of(address), it.host).to_string();
            let steps_text = SHEET.text(
                "ptr-steps",
                &[("address", shown.as_str().into()), ("line", line.into())],
            );
            verdicts.complain(Complaint {
                rule: "MX-06",
                key: if names.is_empty() {
                    "ptr-missing"
                } else {
                    "ptr-unconfirmed"
                },
                subject: it.host,
                attribute: Some("PTR"),
                discriminator: &shown,
                observed: names.join(", "),
                expected: it.host.to_owned(),
                args: &[("address", shown.as_str().into())],
                fix: Some(Fix::by_hand(steps_text)),
                ..Complaint::BLANK
            });
        }
    }
    if !is_judged {
        verdicts.not_applicable("MX-06", SHEET.text("no-address", &[]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_addresses_are_written_backwards() {
        let name = |it: &str| name_of(it.parse().expect("an address"));
        assert_eq!(name("192.0.2.25"), "25.2.0.192.in-addr.arpa");
        assert_eq!(
            name("2001:db8::25"),
            "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
        );
    }
}
