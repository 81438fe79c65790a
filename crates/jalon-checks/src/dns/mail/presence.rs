//! MX-01: no MX record. MX-02: a null MX beside others.

use jalon_domain::finding::Fix;

use super::{SHEET, exchanger::Exchanger, exchangers, is_for_exchange};
use crate::{
    dns::{
        Case,
        zone::{self, Line, Shown},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge_absence(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    if !exchangers(facts)?.is_empty() {
        return Ok(());
    }
    if is_for_exchange(case.profile) {
        verdicts.not_applicable("MX-01", SHEET.text("see-service", &[]));
        return Ok(());
    }
    // Without MX, mail goes to the domain's own address, where it has one (RFC 5321, section 5.1).
    let addresses = facts.every_address(&facts.domain)?;
    let shown = addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    // Where mail may arrive today, nobody but its owner decides that none shall: a null MX is no line to apply unread.
    let fix = if addresses.is_empty() {
        zone::fix(&[Line::mx(&facts.domain, 0, ".")], &[])
    } else {
        Fix::by_hand(SHEET.text("mx-implicit-remedy", &[]))
    };
    verdicts.complain(Complaint {
        rule: "MX-01",
        key: if addresses.is_empty() { "mx-none" } else { "mx-implicit" },
        subject: &facts.domain,
        attribute: Some("MX"),
        observed: shown,
        expected: "MX 0 .".to_owned(),
        fix: Some(fix),
        ..Complaint::BLANK
    });
    Ok(())
}

pub(super) fn judge_null(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let (null, others): (Vec<Exchanger<'_>>, Vec<_>) = exchangers(facts)?.into_iter().partition(Exchanger::is_null);
    if null.is_empty() || others.is_empty() {
        return Ok(());
    }
    let shown = |all: &[Exchanger<'_>]| {
        let lines = all.iter().map(|it| Shown(&it.record.data).to_string());
        lines.collect::<Vec<_>>().join("\n")
    };
    let removed: Vec<Line> = null.iter().map(|it| Line::of(&facts.domain, it.record)).collect();
    verdicts.complain(Complaint {
        rule: "MX-02",
        key: "mx-null-beside",
        subject: &facts.domain,
        attribute: Some("MX"),
        observed: shown(&[null, others.clone()].concat()),
        expected: shown(&others),
        args: &[(
            "hosts",
            others.iter().map(|it| it.host).collect::<Vec<_>>().join(", ").into(),
        )],
        fix: Some(zone::fix(&[], &removed)),
        ..Complaint::BLANK
    });
    Ok(())
}
