//! TLS-03: names. Only subjectAltName counts; a wildcard stands for one label (RFC 9525, section 6.3).

use jalon_wire::tls::name_matches;

use super::{Case, order};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let own = case.own()?;
    if name_matches(&case.facts.host, &own.dns_names, &own.ip_names) {
        return Ok(());
    }
    let addresses = own.ip_names.iter().map(ToString::to_string);
    let names: Vec<String> = own.dns_names.iter().cloned().chain(addresses).collect();
    verdicts.complain(Complaint {
        rule: "TLS-03",
        key: if names.is_empty() { "no-name" } else { "wrong-name" },
        subject: &case.subject,
        observed: names.join(", "),
        expected: case.facts.host.clone(),
        fix: Some(order::fix(case)?),
        ..Complaint::BLANK
    });
    Ok(())
}
