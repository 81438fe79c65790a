//! TLS-05: keys and signatures, of every certificate that was sent. A root is trusted by itself: its signature says
//! nothing.

use jalon_domain::finding::Severity;
use jalon_wire::tls::{CertificateFacts, Digest, Handshake, KeyAlgorithm, KeyFacts};

use super::{
    Case, SHEET, order,
    way::{Way, steps, way},
};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let (seen, own) = (case.handshake()?, case.own()?);
    for certificate in judged(seen, own) {
        let is_own = certificate.sha256_fingerprint == own.sha256_fingerprint;
        for (key, observed, expected) in weaknesses(certificate) {
            let holder = if is_own { "holder-own" } else { "holder-issuer" };
            let names = [
                ("subject", case.subject.as_str().into()),
                ("name", certificate.subject.as_str().into()),
            ];
            let whose = if is_own { "" } else { &certificate.subject };
            verdicts.complain(Complaint {
                rule: "TLS-05",
                key,
                subject: &case.subject,
                discriminator: format!("{key} {whose}").trim_end(),
                observed,
                expected: expected.to_owned(),
                phrases: &[("holder", SHEET.text(holder, &names))],
                // Clients of today refuse the chain for it.
                severity: (way(case)? == Way::Weak).then_some(Severity::Blocker),
                fix: Some(order::fix(case)?),
                ..Complaint::BLANK
            });
        }
    }
    Ok(())
}

/// Whether something in the chain is weak: it explains why the chain is refused.
pub(super) fn is_weak(seen: &Handshake, own: &CertificateFacts) -> bool {
    judged(seen, own).any(|it| weaknesses(it).next().is_some())
}

/// The server's own certificate and those that lead on from it, as far as clients go: a root that they trust ends the way,
/// whatever certificate of it is sent along.
fn judged<'a>(seen: &'a Handshake, own: &'a CertificateFacts) -> impl Iterator<Item = &'a CertificateFacts> {
    let others = steps(seen, own).into_iter().skip(1);
    let others = others.take_while(|it| !it.self_issued && Some(&it.subject) != seen.root.as_ref());
    std::iter::once(own).chain(others)
}

/// What is weak in one certificate: the problem, what was seen, what is asked for.
fn weaknesses(it: &CertificateFacts) -> impl Iterator<Item = (&'static str, String, &'static str)> {
    let key = is_weak_key(&it.key).then(|| ("weak-key", key_name(&it.key), "RSA ≥ 2048, EC ≥ P-256"));
    let is_old = matches!(
        it.signature_algorithm.digest,
        Some(Digest::Md2 | Digest::Md5 | Digest::Sha1)
    );
    let signature = is_old.then(|| ("weak-signature", it.signature_algorithm.name.clone(), "SHA-256"));
    key.into_iter().chain(signature)
}

fn is_weak_key(key: &KeyFacts) -> bool {
    match key.algorithm {
        KeyAlgorithm::Rsa => key.bits < 2048,
        KeyAlgorithm::Ec => key.bits < 256,
        KeyAlgorithm::Ed25519 => false,
        // DSA has the strength of RSA; a key of unknown size is not called weak.
        KeyAlgorithm::Other => (1..2048).contains(&key.bits),
    }
}

fn key_name(key: &KeyFacts) -> String {
    match (&key.curve, key.algorithm) {
        (Some(curve), _) => format!("EC {curve}"),
        (None, KeyAlgorithm::Rsa) => format!("RSA {}", key.bits),
        (None, KeyAlgorithm::Ec) => format!("EC {}", key.bits),
        (None, _) => format!("{} bits", key.bits),
    }
}
