//! TLS-02: dates. Only the server's own certificate is judged: an intermediate one outside its dates breaks the chain.

use jiff::SignedDuration;

use super::{Case, order};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// From here on, replacing it comes before anything else.
const URGENT: SignedDuration = SignedDuration::from_hours(14 * 24);
/// From here on, it has to be planned.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let own = case.own()?;
    let left = own.not_after.duration_since(case.now);
    let (key, date) = if case.now < own.not_before {
        ("not-yet-valid", own.not_before)
    } else if left.is_negative() {
        ("expired", own.not_after)
    } else if left < URGENT {
        ("expires-now", own.not_after)
    } else if left < SOON {
        ("expires-soon", own.not_after)
    } else {
        return Ok(());
    };
    verdicts.complain(Complaint {
        rule: "TLS-02",
        key,
        subject: &case.subject,
        observed: date.to_string(),
        expected: "≥ 30 d".to_owned(),
        args: &[
            ("days", (left.as_hours() / 24).into()),
            ("date", date.strftime("%Y-%m-%d").to_string().into()),
        ],
        fix: Some(order::fix(case)?),
        ..Complaint::BLANK
    });
    Ok(())
}
