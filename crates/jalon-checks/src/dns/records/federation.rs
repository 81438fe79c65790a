//! DNS-012: the proofs of an Exchange federation, which a hybrid shares calendars by (Exchange, "Configure a federation trust").
//! Microsoft describes a proof as a cryptographically secure string for one domain and one certificate
//! (`Get-FederatedDomainProof`), and not how it is made: those that it shows are 64 bytes in base64. That form is all that is judged
//! here: whose it is, only the Exchange that made it can tell.

use base64::{Engine, engine::general_purpose::STANDARD};
use jalon_domain::finding::{Fix, FixKind};

use crate::{
    dns::{Facts, Question},
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// The bytes of a proof.
const LENGTH: usize = 64;

/// The name below the domain that delegation has of its own.
const DELEGATION: &str = "exchangedelegation";

pub(super) fn questions(facts: &Facts) -> [Question; 2] {
    [&facts.domain, &facts.below(DELEGATION)].map(Question::txt)
}

pub(super) fn judge(facts: &Facts, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let delegation = facts.below(DELEGATION);
    // Both are read before anything is said of one.
    let missing = [
        (
            has_proof(facts, &facts.domain)?,
            facts.domain.as_str(),
            "federation-unproved",
        ),
        (
            has_proof(facts, &delegation)?,
            delegation.as_str(),
            "delegation-unproved",
        ),
    ];
    for (_, name, key) in missing.into_iter().filter(|it| !it.0) {
        verdicts.complain(Complaint {
            rule: "DNS-012",
            key,
            subject: &facts.domain,
            attribute: Some("TXT"),
            discriminator: name,
            expected: format!("{name} TXT (Get-FederatedDomainProof)"),
            args: &[("name", name.into())],
            fix: Some(Fix {
                kind: FixKind::Powershell,
                text: format!("Get-FederatedDomainProof -DomainName {name} | Format-List Thumbprint, Proof\n"),
                undo: None,
                steps: None,
            }),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

fn has_proof(facts: &Facts, name: &str) -> Result<bool, Doubted> {
    Ok(facts.texts(name)?.iter().any(|it| is_proof(it.value.trim())))
}

fn is_proof(text: &str) -> bool {
    STANDARD.decode(text).is_ok_and(|it| it.len() == LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_told_from_other_tokens() {
        let proof = STANDARD.encode([7; LENGTH]);
        assert!(is_proof(&proof));
        for other in ["MS=ms12345678", "v=spf1 -all", "", "c2hvcnQ=", &proof[..40]] {
            assert!(!is_proof(other), "{other}");
        }
    }
}
