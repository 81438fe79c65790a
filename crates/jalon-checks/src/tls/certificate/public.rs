//! TLS-12 and TLS-13: what certificates of public authorities owe. Others owe neither.

use jiff::{SignedDuration, civil::date, tz::TimeZone};

use jalon_wire::tls::Staple;

use super::{Case, SHEET, order};
use crate::{
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

/// Year, month and day of issue from which the longest life holds, and that life in days (CA/Browser Forum Baseline
/// Requirements, section 6.3.2, as amended by ballots SC-22 and SC-081). What was issued before has ended.
const LONGEST: [(i16, i8, i8, i64); 4] = [
    (2029, 3, 15, 47),
    (2027, 3, 15, 100),
    (2026, 3, 15, 200),
    (2020, 9, 1, 398),
];

/// The rule is the public authorities' own: it says nothing about any other certificate.
fn is_private(case: &Case<'_>, rule: &str, verdicts: &mut Verdicts) -> Result<bool, Doubted> {
    let is_public = case.is_public()?;
    if !is_public {
        verdicts.not_applicable(rule, SHEET.text("not-public", &[]));
    }
    Ok(!is_public)
}

pub(super) fn judge_logs(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let (own, seen) = (case.own()?, case.handshake()?);
    if is_private(case, "TLS-12", verdicts)? {
        return Ok(());
    }
    let is_stapled = matches!(
        seen.staple,
        Some(Staple::Answer {
            has_timestamps: true,
            ..
        })
    );
    let beside = case.node.and_then(|it| it.timestamps_beside);
    if own.timestamps > 0 || is_stapled || beside == Some(true) {
        return Ok(());
    }
    // Up to TLS 1.2 a server shows them in the clear; one that speaks TLS 1.3 only shows them to nobody who has not agreed.
    if beside.is_none() {
        return Err(case.doubted(Doubt::NotAsked));
    }
    verdicts.complain(Complaint {
        rule: "TLS-12",
        key: "not-logged",
        subject: &case.subject,
        fix: Some(order::fix(case)?),
        ..Complaint::BLANK
    });
    Ok(())
}

pub(super) fn judge_life(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let own = case.own()?;
    if is_private(case, "TLS-13", verdicts)? {
        return Ok(());
    }
    let holds = |it: &&(i16, i8, i8, i64)| {
        let day = date(it.0, it.1, it.2).to_zoned(TimeZone::UTC);
        day.is_ok_and(|it| own.not_before >= it.timestamp())
    };
    let Some((.., days)) = LONGEST.iter().find(holds) else {
        return Ok(());
    };
    let life = own.not_after.duration_since(own.not_before);
    if life <= SignedDuration::from_hours(days * 24) {
        return Ok(());
    }
    let day = own.not_before.strftime("%Y-%m-%d").to_string();
    verdicts.complain(Complaint {
        rule: "TLS-13",
        key: "lives-too-long",
        subject: &case.subject,
        observed: format!("{} d", life.as_hours() / 24),
        expected: format!("≤ {days} d"),
        args: &[
            ("days", (life.as_hours() / 24).into()),
            ("longest", (*days).into()),
            ("day", day.into()),
        ],
        fix: Some(order::fix(case)?),
        ..Complaint::BLANK
    });
    Ok(())
}
