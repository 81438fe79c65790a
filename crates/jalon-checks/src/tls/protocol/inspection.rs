//! TLS-16: who answers in the place of Microsoft, and whether renegotiation is secure (RFC 5746).

use jalon_wire::tls::{Offered, Version};

use super::{Case, Heard, fix};
use crate::{
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let survey = case.survey()?;
    if let Some(Heard::Answers {
        inspected_by: Some(authority),
        ..
    }) = case.node.map(|it| &it.heard)
    {
        // What stands between is another server: how it renegotiates says nothing of Microsoft.
        verdicts.complain(Complaint {
            rule: "TLS-16",
            key: "inspected",
            subject: &case.subject,
            discriminator: "inspected",
            observed: authority.clone(),
            fix: Some(fix::inspection()),
            ..Complaint::BLANK
        });
        return Ok(());
    }
    match survey.renegotiates_securely {
        Some(true) => Ok(()),
        Some(false) => {
            verdicts.complain(Complaint {
                rule: "TLS-16",
                key: "insecure-renegotiation",
                subject: &case.subject,
                discriminator: "renegotiation",
                expected: "RFC 5746".to_owned(),
                fix: Some(fix::renegotiation()),
                ..Complaint::BLANK
            });
            Ok(())
        }
        // TLS 1.3 has no renegotiation.
        None => {
            let old = survey.versions.iter().filter(|it| it.what < Version::Tls13);
            let old: Vec<_> = old.cloned().collect();
            case.first_doubt(&old)?;
            if old.iter().any(Offered::is_accepted) {
                return Err(case.doubted(Doubt::NotAsked));
            }
            Ok(())
        }
    }
}
