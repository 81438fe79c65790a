//! TLS-06: a certificate for servers says so (extendedKeyUsage).

use super::{Case, order};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    if case.own()?.server_auth {
        return Ok(());
    }
    verdicts.complain(Complaint {
        rule: "TLS-06",
        key: "not-for-servers",
        subject: &case.subject,
        expected: "serverAuth".to_owned(),
        fix: Some(order::fix(case)?),
        ..Complaint::BLANK
    });
    Ok(())
}
