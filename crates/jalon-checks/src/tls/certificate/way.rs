//! Where a chain leads, or why it leads nowhere: one answer, so that each fault is told by one rule.

use jalon_wire::tls::{CertificateFacts, Handshake, Role, Trust};

use super::{super::inspected, Case, strength};
use crate::doubt::Doubted;

/// Where a chain leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way<'a> {
    /// To a trusted root.
    Trusted,
    /// To somebody who answers in the place of Microsoft (TLS-16).
    Inspected,
    /// The server signed its own certificate (TLS-07).
    SelfSigned,
    /// To a root that was sent, and that nobody trusts (TLS-07).
    Root(&'a CertificateFacts),
    /// To this certificate, whose issuer was not sent (TLS-08).
    Short(&'a CertificateFacts),
    /// Refused for a key or a signature (TLS-05).
    Weak,
    /// Refused since it is not for servers (TLS-06).
    Unusable,
    /// Refused for something else (TLS-01).
    Refused,
}

pub(super) fn way<'a>(case: &Case<'a>) -> Result<Way<'a>, Doubted> {
    let (seen, own) = (case.handshake()?, case.own()?);
    let last = last(seen, own);
    Ok(match &seen.verified_within_dates {
        _ if inspected::is_inspected(seen) => Way::Inspected,
        Trust::Trusted => Way::Trusted,
        _ if own.self_issued && own.self_signed != Some(false) => Way::SelfSigned,
        Trust::UnknownIssuer if last.self_issued => Way::Root(last),
        Trust::UnknownIssuer => Way::Short(last),
        Trust::WeakSignature | Trust::BadSignature if strength::is_weak(seen, own) => Way::Weak,
        Trust::WrongUsage if !own.server_auth => Way::Unusable,
        _ => Way::Refused,
    })
}

/// The certificates that lead on from the server's own, which comes first.
pub(super) fn steps<'a>(seen: &'a Handshake, own: &'a CertificateFacts) -> Vec<&'a CertificateFacts> {
    let mut steps = vec![own];
    let mut place = seen.links.iter().position(|it| it.role == Role::Own);
    while let Some(next) = place.and_then(|it| next(seen, it)) {
        if steps.len() > seen.chain.len() {
            break;
        }
        steps.push(&seen.chain[next]);
        place = Some(next);
    }
    steps
}

fn last<'a>(seen: &'a Handshake, own: &'a CertificateFacts) -> &'a CertificateFacts {
    steps(seen, own).last().copied().unwrap_or(own)
}

/// Of several that issued a certificate the one that was issued by itself ends the way.
fn next(seen: &Handshake, place: usize) -> Option<usize> {
    let all = &seen.links.get(place)?.issued_by;
    let root = all
        .iter()
        .find(|it| seen.chain.get(**it).is_some_and(|it| it.self_issued));
    root.or(all.first()).copied().filter(|it| *it < seen.chain.len())
}
