//! SRV-04: until when the system of each controller is supported.

use jiff::{ToSpan, civil::Date, tz::TimeZone};

use super::{Case, unseen};
use crate::{
    directory::facts::{Controller, Part, is_known, tables},
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

const RULE: &str = "SRV-04";
/// From here on, its replacement has to be planned.
const SOON_MONTHS: i64 = 12;

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let is_seen = [Part::Sites, Part::Controllers]
        .iter()
        .all(|it| is_known(case.facts, *it));
    if !is_seen || case.facts.controllers.is_empty() {
        return Err(unseen("domain controllers"));
    }
    let today = case.now.to_zoned(TimeZone::UTC).date();
    for controller in &case.facts.controllers {
        let system = system(controller).ok_or_else(|| unseen(&controller.name))?;
        match controller.supported_until {
            Some(until) => date(controller, &system, until, today, verdicts),
            None => unknown(controller, &system, verdicts),
        }
    }
    Ok(())
}

fn date(controller: &Controller, system: &str, until: Date, today: Date, verdicts: &mut Verdicts) {
    let key = if until < today {
        "support-ended"
    } else if until < today.saturating_add(SOON_MONTHS.months()) {
        "support-ends"
    } else {
        return;
    };
    let days = i64::from((until - today).get_days());
    verdicts.complain(Complaint {
        rule: RULE,
        key,
        subject: &controller.name,
        attribute: Some("operatingSystem"),
        observed: system.to_owned(),
        expected: until.to_string(),
        args: &[
            ("system", system.into()),
            ("date", until.to_string().into()),
            ("days", days.into()),
        ],
        ..Complaint::BLANK
    });
}

/// A system without a date: not Microsoft's, or newer than the table.
fn unknown(controller: &Controller, system: &str, verdicts: &mut Verdicts) {
    verdicts.complain(Complaint {
        rule: RULE,
        key: if controller.is_windows() {
            "unknown-windows"
        } else {
            "not-windows"
        },
        subject: &controller.name,
        attribute: Some("operatingSystem"),
        observed: system.to_owned(),
        args: &[("system", system.into()), ("dated", tables().dated.to_string().into())],
        ..Complaint::BLANK
    });
}

/// "Windows Server 2016 Datacenter 10.0 (14393)"; none when the account does not say.
fn system(controller: &Controller) -> Option<String> {
    let name = controller.operating_system.clone()?;
    Some(match &controller.version {
        Some(version) => format!("{name} {version}"),
        None => name,
    })
}
