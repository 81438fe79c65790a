//! TLS-11: what the server staples about the revocation of its certificate (RFC 6066, section 8; RFC 6960; RFC 7633).
//! Nobody is asked beside the server: responders and lists are a site agent's to reach.

use jalon_domain::finding::Fix;
use jalon_wire::tls::{Staple, StapleStatus};

use super::{Case, SHEET, order};
use crate::{
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let (own, seen) = (case.own()?, case.handshake()?);
    let Some(staple) = &seen.staple else {
        // A handshake by hand asks for none.
        if seen.interrupted.is_some() && own.must_staple {
            return Err(case.doubted(Doubt::NoHandshake));
        }
        if own.must_staple {
            tell(case, "staple-missing", "", verdicts);
        } else {
            verdicts.not_applicable("TLS-11", SHEET.text("no-staple", &[]));
        }
        return Ok(());
    };
    let (key, observed) = match staple {
        Staple::Unreadable => ("staple-unusable", "?".to_owned()),
        Staple::Failed { code } => ("staple-unusable", format!("OCSP {code}")),
        Staple::Answer {
            is_about_own: false, ..
        } => ("staple-unusable", own.serial_hex.clone()),
        Staple::Answer {
            is_signed: Some(false), ..
        } => ("staple-unusable", "signature".to_owned()),
        Staple::Answer {
            next_update: Some(until),
            ..
        } if *until < case.now => ("staple-old", until.to_string()),
        Staple::Answer { this_update, .. } if *this_update > case.now => ("staple-old", this_update.to_string()),
        // Whether it is the issuer who says so was not seen.
        Staple::Answer { is_signed: None, .. } => return Err(case.doubted(Doubt::Unreadable)),
        Staple::Answer {
            status: StapleStatus::Revoked { at },
            ..
        } => ("revoked", at.to_string()),
        Staple::Answer {
            status: StapleStatus::Unknown,
            ..
        } => ("staple-unusable", "unknown".to_owned()),
        Staple::Answer {
            status: StapleStatus::Good,
            ..
        } => return Ok(()),
    };
    if key == "revoked" {
        let date = observed.split('T').next().unwrap_or_default().to_owned();
        verdicts.complain(Complaint {
            rule: "TLS-11",
            key: "revoked",
            subject: &case.subject,
            observed,
            args: &[("date", date.into())],
            fix: Some(order::fix(case)?),
            ..Complaint::BLANK
        });
        return Ok(());
    }
    tell(case, key, &observed, verdicts);
    Ok(())
}

fn tell(case: &Case<'_>, key: &'static str, observed: &str, verdicts: &mut Verdicts) {
    verdicts.complain(Complaint {
        rule: "TLS-11",
        key,
        subject: &case.subject,
        discriminator: key,
        observed: observed.to_owned(),
        fix: Some(Fix::by_hand(SHEET.text(&format!("{key}-remedy"), &[]))),
        ..Complaint::BLANK
    });
}
