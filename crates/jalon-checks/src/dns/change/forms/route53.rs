//! A change batch of Amazon Route 53 (API reference, ChangeResourceRecordSets): all of it happens or nothing. A set is
//! named whole; one that goes is named as it stands.

use jalon_wire::dns::{Record, update::SetChange};
use serde_json::{Value, json};

use super::super::Plan;
use crate::dns::zone::Shown;

pub(super) fn write(plan: &Plan) -> String {
    // What goes, goes first: an alias may not stand beside anything else.
    let (gone, kept): (Vec<_>, Vec<_>) = plan.changes().partition(|it| it.after.is_empty());
    let changes: Vec<Value> = gone
        .iter()
        .map(|it| change("DELETE", it, &it.before))
        .chain(kept.iter().map(|it| change("UPSERT", it, &it.after)))
        .collect();
    format!("{:#}\n", json!({"Comment": plan.domain, "Changes": changes}))
}

fn change(action: &str, set: &SetChange, records: &[Record]) -> Value {
    let value = |it: &Record| {
        let told = Shown(&it.data).to_string();
        let value = told.split_once(' ').map_or(told.as_str(), |it| it.1);
        json!({"Value": value})
    };
    json!({
        "Action": action,
        "ResourceRecordSet": {
            "Name": format!("{}.", set.name),
            "Type": set.kind,
            "TTL": records.first().map_or(0, |it| it.ttl),
            "ResourceRecords": records.iter().map(value).collect::<Vec<_>>(),
        },
    })
}
