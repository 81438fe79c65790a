//! DNS-009 and 010: SRV records (RFC 2782). Of several, those with the lowest priority are tried first.

use jalon_domain::profile::{Choice, Service};
use jalon_wire::dns::{Data, Record};

use super::{
    Verdict,
    expected::Endpoint,
    keeps_own,
    reached::{self, End},
    wanted,
};
use crate::{
    dns::{
        Case, Facts, Question,
        zone::{self, Line, Shown},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// The record, and where those that are tried first lead.
pub(super) fn questions(facts: &Facts, label: &str) -> Vec<Question> {
    let own = Question::srv(facts.below(label));
    let targets = tried_first(facts.records(&own).unwrap_or_default());
    let reaching = targets.iter().take(4).flat_map(|it| facts.reaching(it.1));
    reaching.chain([own.clone()]).collect()
}

/// Port and target of the records with the lowest priority.
fn tried_first(records: &[Record]) -> Vec<(u16, &str)> {
    let all = records.iter().filter_map(|it| match &it.data {
        Data::Srv {
            priority, port, target, ..
        } => Some((*priority, *port, target.as_str())),
        _ => None,
    });
    let lowest = all.clone().map(|it| it.0).min();
    all.filter(|it| Some(it.0) == lowest).map(|it| (it.1, it.2)).collect()
}

pub(super) fn judge(case: &Case<'_>, rule: &str, label: &str, verdicts: &mut Verdicts) -> Result<Verdict, Doubted> {
    let facts = case.facts;
    let wanted = wanted::service(facts, case.profile, label)?;
    let name = facts.below(label);
    let found = facts.records(&Question::srv(&name))?;
    let end = worst(facts, found, &wanted.value)?;
    let is_federation = rule == "DNS-010";
    let key = match (is_federation && !has_skype(case), end) {
        (_, Some(End::Service)) => return Ok(Verdict::Right),
        (_, Some(End::Elsewhere)) if keeps_own(case.profile, rule) => return Ok(Verdict::Own),
        (_, Some(End::Gone)) => "service-gone",
        (false, None) => "service-missing",
        (true, None) => "federation-missing",
        (false, Some(End::Elsewhere)) => "service-elsewhere",
        (true, Some(End::Elsewhere)) => "federation-elsewhere",
        (_, Some(End::Nowhere | End::Circle)) => "service-nowhere",
    };
    let line = Line::srv(&name, wanted.value.port, &wanted.value.target);
    let old: Vec<Line> = found.iter().map(|it| Line::of(&name, it)).collect();
    let expected = format!("{}:{}", wanted.value.target, wanted.value.port);
    let label_of_text = if is_federation { "federation" } else { "sign-in" };
    let args = [
        ("name", name.as_str().into()),
        ("label", label_of_text.into()),
        ("expected", expected.as_str().into()),
    ];
    verdicts.complain(Complaint {
        rule,
        key,
        subject: &facts.domain,
        attribute: Some("SRV"),
        discriminator: label,
        observed: found
            .iter()
            .map(|it| Shown(&it.data).to_string())
            .collect::<Vec<_>>()
            .join(", "),
        expected: expected.clone(),
        args: &args[..2],
        severity: wanted.severity(),
        fix: Some(if key == "service-gone" {
            super::manual("service-gone-remedy", &args)
        } else {
            zone::fix(&[line], &old)
        }),
        ..Complaint::BLANK
    });
    Ok(Verdict::Wrong)
}

/// Where the worst of the records that are tried first leads; nothing where there is none.
fn worst(facts: &Facts, found: &[Record], wanted: &Endpoint) -> Result<Option<End>, Doubted> {
    let mut worst = None;
    for (port, target) in tried_first(found) {
        // A single dot says that there is no such service (RFC 2782).
        let end = match target {
            "." | "" => End::Nowhere,
            target => match reached::end(facts, target, target, &wanted.target)? {
                End::Service | End::Gone if port != wanted.port => End::Elsewhere,
                end => end,
            },
        };
        if worst.is_none() || worst == Some(End::Service) {
            worst = Some(end);
        }
    }
    Ok(worst)
}

fn has_skype(case: &Case<'_>) -> bool {
    case.profile.services.contains(&Service::Skype) || case.profile.options.contains(&Choice::SkypeHybrid)
}
