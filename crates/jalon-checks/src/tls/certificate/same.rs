//! TLS-14: every address of a name shows the same certificate. What is wrong with one of them is told by the rule that it
//! breaks, with its address; here only what differs between sound ones.

use std::collections::BTreeSet;

use jalon_domain::{finding::Fix, measure::CheckReport};
use jalon_wire::tls::CertificateFacts;

use super::{Facts, Node, SHEET, Seen, verdicts};
use crate::{
    Context,
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(facts: &Facts, groups: &[Vec<&Node>], report: &mut CheckReport, ctx: &Context<'_>) {
    let subject = super::super::endpoint(&facts.host, facts.port);
    let is_told = report.defects.iter().any(|it| it.subject != subject);
    let mut own = verdicts(ctx);
    own.judge("TLS-14", |it| judge_nodes(facts, groups, is_told, &subject, it));
    let own = own.finish(serde_json::Value::Null);
    report.rules.retain(|it| it.rule.as_str() != "TLS-14");
    report
        .rules
        .extend(own.rules.into_iter().filter(|it| it.rule.as_str() == "TLS-14"));
    report.defects.extend(own.defects);
    report.rules.sort_by(|a, b| a.rule.cmp(&b.rule));
    crate::verdicts::heaviest_first(&mut report.defects);
}

fn judge_nodes(
    facts: &Facts,
    groups: &[Vec<&Node>],
    is_told: bool,
    subject: &str,
    verdicts: &mut Verdicts,
) -> Result<(), Doubted> {
    let silent = facts.in_sight().find_map(|it| match (&it.seen, it.address) {
        (Seen::Unknown { reason, .. }, Some(address)) => Some((*reason, address.to_string())),
        (Seen::Unknown { reason, .. }, None) => Some((*reason, subject.to_owned())),
        _ => None,
    });
    if let Some((doubt, about)) = silent {
        return Err(Doubted { doubt, about });
    }
    if facts.left_out > 0 {
        return Err(super::super::left_out(subject, facts.left_out));
    }
    let reason = match facts.nodes.iter().filter(|it| it.handshake().is_some()).count() {
        _ if facts.nodes.len() > 1 && facts.nodes.iter().any(|it| facts.is_out_of_sight(it)) && groups.len() == 1 => {
            Some(SHEET.text("no-ipv6", &[]))
        }
        0 | 1 => Some(SHEET.text("one-address", &[])),
        _ if is_told => Some(SHEET.text("see-address", &[])),
        _ => None,
    };
    if let Some(reason) = reason {
        verdicts.not_applicable("TLS-14", reason);
        return Ok(());
    }
    let shown: Vec<_> = groups
        .iter()
        .filter_map(|it| Some((it, it.first()?.handshake()?.own()?)))
        .collect();
    let [first, others @ ..] = shown.as_slice() else {
        return Ok(());
    };
    if others
        .iter()
        .all(|it| it.1.sha256_fingerprint == first.1.sha256_fingerprint)
    {
        return Ok(());
    }
    // The same names from the same authority: one certificate for each server, or one that is being replaced.
    let is_alike = others
        .iter()
        .all(|it| (names(it.1), &it.1.issuer) == (names(first.1), &first.1.issuer));
    let seen = shown.iter().map(|(group, own)| {
        let addresses = group.iter().filter_map(|it| it.address).map(|it| it.ip().to_string());
        let names = own.dns_names.join(", ");
        format!("{}: {names} ({})", addresses.collect::<Vec<_>>().join(", "), own.issuer)
    });
    verdicts.complain(Complaint {
        rule: "TLS-14",
        key: if is_alike {
            "addresses-alike"
        } else {
            "addresses-differ"
        },
        subject,
        observed: seen.collect::<Vec<_>>().join("; "),
        fix: Some(Fix::by_hand(SHEET.text("addresses-differ-remedy", &[]))),
        ..Complaint::BLANK
    });
    Ok(())
}

fn names(own: &CertificateFacts) -> BTreeSet<&str> {
    own.dns_names.iter().map(String::as_str).collect()
}
