//! TLS-01 and TLS-07: whom the chain leads to. A root that is not trusted is one fault and a chain that leads nowhere
//! another; neither is told twice.

use jalon_domain::{finding::Fix, text::Text};
use jalon_wire::tls::{CertificateFacts, Trust};

use super::{Case, SHEET, order, strength};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// Where a chain that is not trusted ends.
enum End<'a> {
    /// The server signed its own certificate.
    SelfSigned,
    /// A root that was sent, and that nobody trusts.
    Root(&'a CertificateFacts),
    /// No root: something is missing, or not trusted.
    Nowhere,
}

fn end(chain: &[CertificateFacts]) -> End<'_> {
    match chain {
        [own, ..] if own.self_issued && own.self_signed != Some(false) => End::SelfSigned,
        [_, .., last] if last.self_issued => End::Root(last),
        _ => End::Nowhere,
    }
}

pub(super) fn judge_chain(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let (chain, own, trust) = (case.facts.chain()?, case.own()?, case.facts.trust()?);
    if *trust == Trust::Trusted {
        return Ok(());
    }
    let reason = match (trust, end(chain)) {
        (_, End::SelfSigned) | (Trust::UnknownIssuer, End::Root(_)) => Some("see-issuer"),
        (Trust::WeakSignature | Trust::BadSignature, _) if strength::is_weak(chain) => Some("see-strength"),
        _ => None,
    };
    if let Some(reason) = reason {
        verdicts.not_applicable("TLS-01", SHEET.text(reason, &[]));
        return Ok(());
    }
    let key = match (trust, chain.len()) {
        (Trust::UnknownIssuer, 1) => "chain-short",
        (Trust::UnknownIssuer, _) => "chain-incomplete",
        (Trust::Expired | Trust::NotYetValid, _) => "chain-dated",
        _ => "chain-refused",
    };
    let issuer = chain.last().map_or("", |it| it.issuer.as_str());
    let args = [("subject", case.subject.as_str().into()), ("issuer", issuer.into())];
    verdicts.complain(Complaint {
        rule: "TLS-01",
        key,
        subject: &case.subject,
        observed: chain
            .iter()
            .map(|it| it.subject.as_str())
            .collect::<Vec<_>>()
            .join(" → "),
        expected: own.issuer.clone(),
        args: &[("issuer", issuer.into())],
        phrases: &[("why", why(trust))],
        fix: Some(match key {
            "chain-refused" => order::fix(case)?,
            _ => steps(SHEET.text(&format!("{key}-remedy"), &args)),
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

fn steps(steps: Text) -> Fix {
    Fix::by_hand(steps)
}

pub(super) fn judge_root(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let (chain, trust) = (case.facts.chain()?, case.facts.trust()?);
    let own = case.own()?;
    let (key, observed) = match (trust, end(chain)) {
        (Trust::Trusted, _) => return Ok(()),
        (_, End::SelfSigned) => ("self-signed", &own.issuer),
        (Trust::UnknownIssuer, End::Root(root)) => ("untrusted-root", &root.subject),
        (_, End::Root(_) | End::Nowhere) => {
            verdicts.not_applicable("TLS-07", SHEET.text("no-root", &[]));
            return Ok(());
        }
    };
    verdicts.complain(Complaint {
        rule: "TLS-07",
        key,
        subject: &case.subject,
        observed: observed.clone(),
        fix: Some(order::fix(case)?),
        ..Complaint::BLANK
    });
    Ok(())
}
