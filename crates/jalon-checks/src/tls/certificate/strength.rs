//! TLS-05: keys and signatures, of every certificate that was sent. A root is trusted by itself: its signature says
//! nothing.

use jalon_wire::tls::{CertificateFacts, Digest, KeyAlgorithm, KeyFacts};

use super::{Case, SHEET, order};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    case.own()?;
    for (place, certificate) in judged(case.facts.chain()?) {
        for (key, observed, expected) in weaknesses(certificate) {
            let holder = if place == 0 { "holder-own" } else { "holder-issuer" };
            let names = [
                ("subject", case.subject.as_str().into()),
                ("name", certificate.subject.as_str().into()),
            ];
            let whose = if place == 0 { "" } else { &certificate.subject };
            verdicts.complain(Complaint {
                rule: "TLS-05",
                key,
                subject: &case.subject,
                discriminator: format!("{key} {whose}").trim_end(),
                observed,
                expected: expected.to_owned(),
                phrases: &[("holder", SHEET.text(holder, &names))],
                fix: Some(order::fix(case)?),
                ..Complaint::BLANK
            });
        }
    }
    Ok(())
}

/// Whether something in the chain is weak: it explains why the chain is refused.
pub(super) fn is_weak(chain: &[CertificateFacts]) -> bool {
    judged(chain).any(|(_, it)| weaknesses(it).next().is_some())
}

fn judged(chain: &[CertificateFacts]) -> impl Iterator<Item = (usize, &CertificateFacts)> {
    chain
        .iter()
        .enumerate()
        .filter(|(place, it)| *place == 0 || !it.self_issued)
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
