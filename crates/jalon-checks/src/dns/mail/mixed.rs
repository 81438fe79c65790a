//! MX-08: one provider takes the mail. Only hosts that are certain to be a provider's count: an organisation's own may
//! well stand before or behind one.

use std::collections::BTreeMap;

use jalon_domain::finding::Fix;

use super::{
    SHEET, judged,
    provider::{self, Role},
};
use crate::{
    dns::{Case, zone::Shown},
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let hosts = judged(facts, case.profile)?;
    let known: BTreeMap<&str, Role> = hosts
        .iter()
        .filter_map(|it| provider::of(it.host))
        .map(|it| (it.name.as_str(), it.role))
        .collect();
    if known.is_empty() {
        verdicts.not_applicable("MX-08", SHEET.text("no-provider", &[]));
    }
    let [_, _, ..] = known.keys().collect::<Vec<_>>()[..] else {
        return Ok(());
    };
    let mailboxes = known.values().filter(|it| **it == Role::Mailbox).count();
    let filters = known.len() - mailboxes;
    let names = known.keys().copied().collect::<Vec<_>>().join(", ");
    verdicts.complain(Complaint {
        rule: "MX-08",
        key: if (mailboxes, filters) == (1, 1) {
            "filter-passed-by"
        } else {
            "providers-mixed"
        },
        subject: &facts.domain,
        attribute: Some("MX"),
        observed: hosts
            .iter()
            .map(|it| Shown(&it.record.data).to_string())
            .collect::<Vec<_>>()
            .join("\n"),
        args: &[("providers", names.into())],
        fix: Some(Fix::by_hand(SHEET.text("providers-steps", &[]))),
        ..Complaint::BLANK
    });
    Ok(())
}
