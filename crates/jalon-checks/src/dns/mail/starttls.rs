//! MX-07: every mail server takes mail under TLS. Only whoever calls them learns that.

use jalon_domain::finding::Fix;

use super::{MOST_HOSTS, SHEET, calls, judged};
use crate::{
    dns::{Case, probe::Sight},
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let hosts = judged(facts, case.profile)?;
    let can_be_called = |host: &str| facts.every_address(host).map_or(true, |it| !it.is_empty());
    if !facts.mail_servers
        && let Some(it) = hosts.iter().find(|it| can_be_called(it.host))
    {
        verdicts.leave_out("MX-07", Doubt::NotCalled, it.host);
        return Ok(());
    }
    let mut is_judged = false;
    for (place, it) in hosts.iter().enumerate() {
        if place >= MOST_HOSTS {
            return Err(Doubted {
                doubt: Doubt::NotAsked,
                about: it.host.to_owned(),
            });
        }
        facts.every_address(it.host)?;
        let mut plain = Vec::new();
        for call in facts.in_sight(&calls(facts, it.host)) {
            is_judged = true;
            if let Sight::Plain { said } = facts.sight(&call)? {
                plain.push((call.address().to_string(), said.clone()));
            }
        }
        if plain.is_empty() {
            continue;
        }
        let addresses = plain.iter().map(|it| it.0.as_str()).collect::<Vec<_>>().join(", ");
        verdicts.complain(Complaint {
            rule: "MX-07",
            key: "mx-plain",
            subject: it.host,
            attribute: Some("STARTTLS"),
            observed: plain
                .into_iter()
                .map(|it| it.1)
                .filter(|it| !it.is_empty())
                .collect::<Vec<_>>()
                .join("\n"),
            expected: "STARTTLS".to_owned(),
            args: &[("addresses", addresses.into())],
            fix: Some(Fix::by_hand(SHEET.text("mx-plain-remedy", &[]))),
            ..Complaint::BLANK
        });
    }
    if !is_judged {
        verdicts.not_applicable("MX-07", SHEET.text("no-address", &[]));
    }
    Ok(())
}
