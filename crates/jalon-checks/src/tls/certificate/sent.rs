//! TLS-08: what is sent with the certificate. What is missing, out of order or too much are three faults, each with its own
//! weight (RFC 8446, section 4.4.2; RFC 5246, section 7.4.2).

use jalon_domain::{
    finding::Fix,
    text::{Lang, Text},
};
use jalon_wire::tls::{CertificateFacts, Handshake, Role};

use super::{
    Case, SHEET,
    way::{Way, steps, way},
};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let (seen, own) = (case.handshake()?, case.own()?);
    let missing = match way(case)? {
        Way::Inspected => {
            verdicts.not_applicable("TLS-08", SHEET.text("see-inspection", &[]));
            return Ok(());
        }
        Way::Short(last) => Some(last),
        _ => None,
    };
    let mut tell = |key: &'static str, observed: String, expected: &str| {
        verdicts.complain(Complaint {
            rule: "TLS-08",
            key,
            subject: &case.subject,
            discriminator: key,
            observed,
            expected: expected.to_owned(),
            fix: Some(Fix::by_hand(fix(seen, own, missing))),
            ..Complaint::BLANK
        });
    };
    if let Some(last) = missing {
        tell("intermediate-missing", last.subject.clone(), &last.issuer);
    }
    if seen.links.first().is_some_and(|it| it.role != Role::Own) {
        tell("own-not-first", seen.chain[0].subject.clone(), &own.subject);
    } else if let Some(place) = misplaced(seen) {
        tell("out-of-order", seen.chain[place].subject.clone(), "");
    }
    let too_much = with_role(seen, Role::Superfluous);
    if !too_much.is_empty() {
        tell("superfluous", too_much.join("; "), "");
    }
    // One that stands for itself is no root that is sent along.
    if missing.is_none() && matches!(way(case)?, Way::Trusted) {
        let roots = with_role(seen, Role::Root);
        if !roots.is_empty() {
            tell("root-sent", roots.join("; "), "");
        }
    }
    Ok(())
}

fn with_role(seen: &Handshake, role: Role) -> Vec<&str> {
    let all = seen.chain.iter().zip(&seen.links);
    all.filter(|it| it.1.role == role)
        .map(|it| it.0.subject.as_str())
        .collect()
}

/// The first certificate that belongs to the chain and issued none of those before it.
fn misplaced(seen: &Handshake) -> Option<usize> {
    let belongs = |place: &usize| matches!(seen.links[*place].role, Role::Intermediate | Role::Root);
    (1..seen.links.len())
        .filter(belongs)
        .find(|place| !seen.links[..*place].iter().any(|it| it.issued_by.contains(place)))
}

/// What to install, in the order in which it is sent: the server's own certificate, those that lead on, and the one that is
/// missing with the place where it can be fetched. A root is left to the clients.
fn fix(seen: &Handshake, own: &CertificateFacts, missing: Option<&CertificateFacts>) -> Text {
    let lines = |lang: Lang| {
        let named = steps(seen, own)
            .into_iter()
            .enumerate()
            .filter(|(place, it)| *place == 0 || !it.self_issued);
        let mut lines: Vec<String> = named.map(|(_, it)| it.subject.clone()).collect();
        if let Some(last) = missing {
            let url = last.issuer_urls.iter().find(|it| it.starts_with("http"));
            let url = url.map_or("", String::as_str);
            let from = if url.is_empty() {
                SHEET.text("from-authority", &[])
            } else {
                SHEET.text("from-url", &[("url", url.into())])
            };
            lines.push(format!("{} ({})", last.issuer, from.get(lang)));
        }
        let numbered = lines
            .iter()
            .enumerate()
            .map(|(place, it)| format!("{}. {it}", place + 1));
        let head = SHEET.text("install", &[]);
        format!("{}\n{}\n", head.get(lang), numbered.collect::<Vec<_>>().join("\n"))
    };
    Text::new(lines(Lang::En), lines(Lang::Fr))
}
