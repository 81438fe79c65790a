//! TLS-01 and TLS-07: whom the chain leads to. A root that is not trusted is one fault and a chain that clients refuse
//! another; neither is told twice.

use jalon_domain::{finding::Fix, text::Text};
use jalon_wire::tls::Trust;

use super::{
    Case, SHEET, distrusted, order,
    way::{Way, steps, way},
};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge_chain(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let told_by = match way(case)? {
        Way::Trusted => return Ok(()),
        Way::Refused => None,
        Way::SelfSigned | Way::Root(_) => Some(SHEET.text("see-issuer", &[])),
        Way::Inspected => Some(SHEET.text("see-inspection", &[])),
        Way::Short(_) => Some(SHEET.text("see-sent", &[])),
        Way::Weak => Some(SHEET.text("see-strength", &[])),
        Way::Unusable => Some(SHEET.text("see-usage", &[])),
    };
    if let Some(reason) = told_by {
        verdicts.not_applicable("TLS-01", reason);
        return Ok(());
    }
    let (own, seen, trust) = (case.own()?, case.handshake()?, case.trust()?);
    let is_dated = matches!(trust, Trust::Expired | Trust::NotYetValid);
    verdicts.complain(Complaint {
        rule: "TLS-01",
        key: if is_dated { "chain-dated" } else { "chain-refused" },
        subject: &case.subject,
        observed: steps(seen, own)
            .iter()
            .map(|it| it.subject.as_str())
            .collect::<Vec<_>>()
            .join(" → "),
        expected: own.issuer.clone(),
        phrases: &[("why", why(trust))],
        fix: Some(if is_dated {
            Fix::by_hand(SHEET.text("chain-dated-remedy", &[]))
        } else {
            order::fix(case)?
        }),
        ..Complaint::BLANK
    });
    Ok(())
}

fn why(trust: &Trust) -> Text {
    let key = match trust {
        Trust::BadSignature => "why-signature",
        Trust::WeakSignature => "why-weak",
        Trust::AuthorityAsServer => "why-authority",
        Trust::WrongUsage => "why-usage",
        Trust::BeyondConstraints => "why-constraints",
        Trust::Other { reason } => return Text::same(reason),
        Trust::Trusted | Trust::UnknownIssuer | Trust::Expired | Trust::NotYetValid => return Text::default(),
    };
    SHEET.text(key, &[])
}

pub(super) fn judge_root(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let (own, seen) = (case.own()?, case.handshake()?);
    let way = way(case)?;
    let root = match way {
        Way::Trusted => seen.root.as_deref(),
        Way::Root(root) => Some(root.subject.as_str()),
        Way::SelfSigned => None,
        Way::Inspected => {
            verdicts.not_applicable("TLS-07", SHEET.text("see-inspection", &[]));
            return Ok(());
        }
        _ => {
            verdicts.not_applicable("TLS-07", SHEET.text("no-root", &[]));
            return Ok(());
        }
    };
    let distrusted = root.and_then(|it| distrusted::find(it, own.not_before));
    let key = match (way, distrusted) {
        (_, Some(_)) => "distrusted",
        (Way::Trusted, None) => return Ok(()),
        (Way::SelfSigned, None) => "self-signed",
        _ => "untrusted-root",
    };
    let source = distrusted.map_or("", |it| it.source.as_str());
    verdicts.complain(Complaint {
        rule: "TLS-07",
        key,
        subject: &case.subject,
        observed: root.unwrap_or(&own.issuer).to_owned(),
        args: &[("source", source.into())],
        fix: Some(order::fix(case)?),
        ..Complaint::BLANK
    });
    Ok(())
}
