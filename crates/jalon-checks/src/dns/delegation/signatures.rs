//! The signatures: whether the chain from the root reaches the zone, and whether a signed zone has one.

use jalon_domain::{finding::Fix, text::Text};
use jalon_wire::dns::Security;

use super::{Facts, Question, digest, own, servers::Servers};
use crate::{
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

/// What the zone above says, and what the zone has.
struct Signed {
    delegated: bool,
    keys: bool,
}

fn signed(facts: &Facts) -> Result<Signed, Doubted> {
    let domain = facts.domain.as_str();
    let has = |it: &Question| Ok(!own(facts, it)?.is_empty());
    let (digests, keys) = (Question::ds(domain), Question::dnskey(domain));
    let signed = Signed {
        delegated: has(&digests)?,
        keys: has(&keys)?,
    };
    // What the zone above says has to hold itself: otherwise the fault is above, or somebody lies on the way.
    if facts.security(&digests)? == Security::Bogus {
        return Err(unvalidated(&digests));
    }
    // Whoever asks inside an organisation may be shown another zone than the one that the world sees.
    if (signed.delegated || signed.keys) && is_another_zone(facts) {
        return Err(unvalidated(&keys));
    }
    Ok(signed)
}

/// Whether the zone names none of the servers that it is delegated to.
fn is_another_zone(facts: &Facts) -> bool {
    let servers = Servers::of(facts);
    let (Ok(own), Some(delegated)) = (servers.own(), servers.delegated()) else {
        return false;
    };
    !own.is_empty() && !delegated.is_empty() && own.is_disjoint(delegated)
}

fn unvalidated(question: &Question) -> Doubted {
    Doubted {
        doubt: Doubt::Unvalidated,
        about: question.to_string(),
    }
}

pub(super) fn chain(facts: &Facts, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let signed = signed(facts)?;
    let domain = facts.domain.as_str();
    if !signed.delegated {
        verdicts.not_applicable("DNSSEC-01", not_delegated(domain));
        return Ok(());
    }
    let digests = Question::ds(domain);
    match facts.security(&digests)? {
        Security::Secure => {}
        Security::Insecure => {
            verdicts.not_applicable("DNSSEC-01", out_of_reach(domain));
            return Ok(());
        }
        Security::Indeterminate | Security::Bogus => return Err(unvalidated(&digests)),
    }
    if !signed.keys {
        complain(facts, verdicts, "chain-no-keys", "DS");
        return Ok(());
    }
    let mut broken = Vec::new();
    for question in [Question::dnskey(domain), Question::soa(domain), Question::mx(domain)] {
        match facts.security(&question) {
            // What others asked for tells more; it is not needed.
            Err(_) if question == Question::mx(domain) => {}
            Err(it) => return Err(it),
            Ok(Security::Secure) => {}
            Ok(Security::Bogus) => broken.push(question.to_string()),
            Ok(Security::Indeterminate) => return Err(unvalidated(&question)),
            Ok(Security::Insecure) => {
                verdicts.not_applicable("DNSSEC-01", out_of_reach(domain));
                return Ok(());
            }
        }
    }
    if !broken.is_empty() {
        complain(facts, verdicts, "chain-broken", &broken.join(", "));
    }
    Ok(())
}

fn complain(facts: &Facts, verdicts: &mut Verdicts, key: &str, observed: &str) {
    verdicts.complain(Complaint {
        rule: "DNSSEC-01",
        key,
        subject: &facts.domain,
        attribute: Some("DNSKEY"),
        observed: observed.to_owned(),
        ..Complaint::BLANK
    });
}

pub(super) fn delegated(facts: &Facts, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let signed = signed(facts)?;
    if !signed.keys {
        verdicts.not_applicable("DNSSEC-02", not_signed(&facts.domain));
        return Ok(());
    }
    if !signed.delegated {
        let keys = own(facts, &Question::dnskey(facts.domain.as_str()))?;
        let lines = digest::lines(&facts.domain, &keys).join("\n");
        verdicts.complain(Complaint {
            rule: "DNSSEC-02",
            key: "signed-not-delegated",
            subject: &facts.domain,
            attribute: Some("DS"),
            expected: lines.clone(),
            fix: (!lines.is_empty()).then(|| fix(lines)),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

/// The zone above is another's: nobody can publish there but through the registrar.
fn fix(lines: String) -> Fix {
    let en = "At the registrar, enter this DS record, once it is the same as the one that your host of DNS shows";
    let fr = "Chez le bureau d’enregistrement, inscrivez cet enregistrement DS, s’il est bien celui que montre votre hébergeur de DNS";
    Fix::by_hand(Text::new(format!("{en}:\n{lines}"), format!("{fr}\u{a0}:\n{lines}")))
}

fn not_delegated(domain: &str) -> Text {
    Text::new(
        format!("{domain} is not delegated as signed"),
        format!("{domain} n’est pas déléguée comme signée"),
    )
}

fn not_signed(domain: &str) -> Text {
    Text::new(format!("{domain} is not signed"), format!("{domain} n’est pas signée"))
}

fn out_of_reach(domain: &str) -> Text {
    Text::new(
        format!("no chain leads to {domain}: a zone above is not signed, or its algorithm counts as unsigned"),
        format!(
            "aucune chaîne ne mène à {domain}\u{a0}: une zone supérieure n’est pas signée, ou son algorithme compte pour rien"
        ),
    )
}
