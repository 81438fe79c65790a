//! TLS-15: a server that begins in plain offers TLS. Where it does not, there is no certificate to judge.

use jalon_domain::finding::Fix;

use super::{Case, SHEET, Seen};
use crate::{
    doubt::Doubt,
    verdicts::{Complaint, Verdicts},
};

/// The rule.
const RULE: &str = "TLS-15";

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) {
    let Some(protocol) = case.facts.starttls else {
        verdicts.not_applicable(RULE, SHEET.text("at-once", &[]));
        return;
    };
    match case.node.map(|it| &it.seen) {
        Some(Seen::Shown { .. }) => {}
        None => verdicts.doubt(RULE, Doubt::NameNotFound, &case.subject),
        Some(Seen::Unknown { reason, .. }) => verdicts.doubt(RULE, *reason, &case.subject),
        Some(Seen::Plain { said }) => {
            let steps = SHEET.text("no-starttls-remedy", &[("protocol", protocol.word().into())]);
            verdicts.complain(Complaint {
                rule: RULE,
                key: "no-starttls",
                subject: &case.subject,
                observed: said.clone(),
                expected: "STARTTLS".to_owned(),
                args: &[("protocol", protocol.word().into())],
                fix: Some(Fix::by_hand(steps)),
                ..Complaint::BLANK
            });
            for rule in SHEET.rules.iter().filter(|it| it.id.as_str() != RULE) {
                verdicts.not_applicable(rule.id.as_str(), SHEET.text("see-starttls", &[]));
            }
        }
    }
}
