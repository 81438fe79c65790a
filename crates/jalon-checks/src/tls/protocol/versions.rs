//! TLS-09: TLS 1.2 or 1.3 is taken, anything older refused. What was taken is certain whatever else was not heard.

use jalon_wire::tls::{Answer, Version};

use super::{Case, fix};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let survey = case.survey()?;
    let taken = |is_old: bool| {
        let all = survey.versions.iter().filter(|it| it.is_accepted()).map(|it| it.what);
        all.filter(|it| (*it < Version::Tls12) == is_old).collect::<Vec<_>>()
    };
    let (current, old) = (taken(false), taken(true));
    let names: Vec<String> = old.iter().map(ToString::to_string).collect();
    let is_refused = |version| case.version(version).map(|it| matches!(it, Answer::Refused { .. }));
    if current.is_empty() && !old.is_empty() && is_refused(Version::Tls12)? && is_refused(Version::Tls13)? {
        verdicts.complain(Complaint {
            rule: "TLS-09",
            key: "nothing-current",
            subject: &case.subject,
            observed: names.join(", "),
            expected: "TLS 1.2, TLS 1.3".to_owned(),
            fix: Some(fix::versions(&old)),
            ..Complaint::BLANK
        });
        return Ok(());
    }
    if !old.is_empty() {
        verdicts.complain(Complaint {
            rule: "TLS-09",
            key: "old-versions",
            subject: &case.subject,
            observed: names.join(", "),
            expected: "TLS 1.2, TLS 1.3".to_owned(),
            fix: Some(fix::versions(&old)),
            ..Complaint::BLANK
        });
        return Ok(());
    }
    // TLS 1.3 is welcome and not asked for: that it was not heard hides nothing.
    let needed: Vec<_> = survey
        .versions
        .iter()
        .filter(|it| it.what < Version::Tls13 || current.is_empty())
        .cloned()
        .collect();
    case.first_doubt(&needed)
}
