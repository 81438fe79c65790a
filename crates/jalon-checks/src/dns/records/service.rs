//! DNS-009 and 010: SRV records (RFC 2782). Only host and port matter: priority and weight rank several, and there is one.

use jalon_domain::profile::{Choice, Service};
use jalon_wire::dns::{Data, Record};

use super::expected::Endpoint;
use crate::{
    dns::{
        Case, Question,
        zone::{self, Line, Shown},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, expected: &Endpoint, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let name = facts.below(&expected.label);
    let found = facts.records(&Question::srv(&name))?;
    let is_right = |it: &Record| matches!(&it.data, Data::Srv { port, target, .. } if *port == expected.port && *target == expected.target);
    if found.iter().any(is_right) {
        return Ok(());
    }
    let is_federation = expected.rule == "DNS-010";
    let key = match (is_federation && !has_skype(case), found.is_empty()) {
        (false, true) => "service-missing",
        (false, false) => "service-elsewhere",
        (true, true) => "federation-missing",
        (true, false) => "federation-elsewhere",
    };
    let line = Line::srv(&name, expected.port, &expected.target);
    let old: Vec<Line> = found.iter().map(|it| Line::of(&name, it)).collect();
    verdicts.complain(Complaint {
        rule: &expected.rule,
        key,
        subject: &facts.domain,
        attribute: Some("SRV"),
        discriminator: &expected.label,
        observed: found
            .iter()
            .map(|it| Shown(&it.data).to_string())
            .collect::<Vec<_>>()
            .join(", "),
        expected: format!("{}:{}", expected.target, expected.port),
        args: &[
            ("name", name.as_str().into()),
            ("label", if is_federation { "federation" } else { "sign-in" }.into()),
        ],
        fix: Some(zone::fix(&[line], &old)),
        ..Complaint::BLANK
    });
    Ok(())
}

fn has_skype(case: &Case<'_>) -> bool {
    case.profile.services.contains(&Service::Skype) || case.profile.options.contains(&Choice::SkypeHybrid)
}
