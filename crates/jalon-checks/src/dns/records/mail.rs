//! DNS-002: where mail arrives.

use jalon_wire::dns::{Data, Record};

use super::{expected::Expected, ownership};
use crate::{
    dns::{
        Facts, Question,
        zone::{self, Line, Shown},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// One MX record.
struct Exchanger<'a> {
    preference: u16,
    host: &'a str,
    record: &'a Record,
}

pub(super) fn judge(facts: &Facts, expected: &Expected, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let all = exchangers(facts)?;
    let (ours, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| expected.takes_mail(it.host));
    if ours.is_empty() {
        verdicts.complain(nothing_arrives(facts, expected, &others));
        return Ok(());
    }
    for other in &others {
        let line = Line::of(&facts.domain, other.record);
        verdicts.complain(Complaint {
            rule: "DNS-002",
            key: "mx-leftover",
            subject: &facts.domain,
            attribute: Some("MX"),
            discriminator: other.host,
            observed: Shown(&other.record.data).to_string(),
            expected: ours
                .iter()
                .map(|it| Shown(&it.record.data).to_string())
                .collect::<Vec<_>>()
                .join("\n"),
            args: &[
                ("host", other.host.into()),
                ("preference", i64::from(other.preference).into()),
            ],
            fix: Some(zone::fix(&[], &[line])),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

/// The MX records, without those that only prove ownership.
fn exchangers(facts: &Facts) -> Result<Vec<Exchanger<'_>>, Doubted> {
    Ok(facts
        .records(&Question::mx(&facts.domain))?
        .iter()
        .filter_map(exchanger)
        .collect())
}

fn exchanger(record: &Record) -> Option<Exchanger<'_>> {
    match &record.data {
        Data::Mx { preference, exchange } if !ownership::is_mail_form(exchange) => Some(Exchanger {
            preference: *preference,
            host: exchange,
            record,
        }),
        _ => None,
    }
}

fn nothing_arrives<'a>(facts: &'a Facts, expected: &Expected, others: &[Exchanger<'_>]) -> Complaint<'a> {
    // A null MX says that the domain takes no mail (RFC 7505).
    let key = match others {
        [] => "mx-missing",
        [one] if one.host == "." => "mx-null",
        _ => "mx-elsewhere",
    };
    let line = Line::mx(&facts.domain, 0, &expected.mail_host(&facts.domain));
    let old: Vec<Line> = others.iter().map(|it| Line::of(&facts.domain, it.record)).collect();
    Complaint {
        rule: "DNS-002",
        key,
        subject: &facts.domain,
        attribute: Some("MX"),
        observed: others.iter().map(|it| it.host).collect::<Vec<_>>().join(", "),
        expected: expected.mail_host(&facts.domain),
        fix: Some(zone::fix(&[line], &old)),
        ..Complaint::BLANK
    }
}
