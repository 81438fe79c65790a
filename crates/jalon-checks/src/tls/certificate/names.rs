//! TLS-03 and TLS-04: names. Only subjectAltName counts; a wildcard stands for one label (RFC 9525, section 6.3).

use jalon_domain::text::Text;
use jalon_wire::tls::name_matches;

use super::{super::scenario::Why, Case, SHEET, order};
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

/// The names that the endpoint's purpose asks for beside its own, which TLS-03 tells.
pub(super) fn judge_scenario(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    // Where nothing was seen at all, it is not known either whether other names lead there.
    if !case.facts.has_answered() {
        case.handshake()?;
    }
    if let Some(doubt) = case.facts.unsure {
        return Err(case.doubted(doubt));
    }
    let mut needed = case.facts.scenario.needed(&case.facts.host);
    needed.retain(|it| case.facts.needed.contains(&it.name));
    if needed.is_empty() {
        verdicts.not_applicable("TLS-04", SHEET.text("own-name-only", &[]));
        return Ok(());
    }
    let own = case.own()?;
    for it in needed {
        if name_matches(&it.name, &own.dns_names, &[]) {
            continue;
        }
        verdicts.complain(Complaint {
            rule: "TLS-04",
            key: "name-needed",
            subject: &case.subject,
            discriminator: &it.name,
            observed: own.dns_names.join(", "),
            expected: it.name.clone(),
            phrases: &[("why", why(it.why))],
            severity: Some(it.severity),
            fix: Some(order::fix(case)?),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

fn why(why: Why) -> Text {
    let key = match why {
        Why::Registration => "why-registration",
        Why::Autodiscover => "why-autodiscover",
        Why::SmtpDomain => "why-smtp-domain",
    };
    SHEET.text(key, &[])
}
