//! The hash of an event: SHA-256 over its fields, each preceded by its length, so that no two events read alike.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::entity::event::Model;

/// The first field of every hash: the rule by which it was made.
const RULE: &[u8] = b"jalon.audit/1";

/// The hash of `event` as number `seq` of its chain, in hexadecimal.
pub(super) fn hash(event: &Model, seq: i64) -> String {
    let actor = event.actor.map(|it| it.into_bytes()).unwrap_or_default();
    let fields: [&[u8]; 11] = [
        RULE,
        event.previous.as_bytes(),
        event.chain.as_bytes(),
        &seq.to_be_bytes(),
        event.id.as_bytes(),
        &event.at.to_be_bytes(),
        if event.actor.is_some() { &actor } else { &[] },
        event.actor_name.as_bytes(),
        event.action.as_bytes(),
        event.subject.as_bytes(),
        event.detail.as_bytes(),
    ];
    let mut hash = Sha256::new();
    for field in fields {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hex::encode(hash.finalize())
}

/// `value` as JSON in one way only: without spaces, the keys of every object sorted by their bytes.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_unstable_by_key(|(key, _)| *key);
            let fields: Vec<String> = fields
                .into_iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), canonical(value)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn event() -> Model {
        Model {
            chain: Uuid::from_u128(1),
            seq: 1,
            id: Uuid::from_u128(2),
            at: 3,
            actor: None,
            actor_name: "Ana".into(),
            action: "evidence.recorded".into(),
            subject: "dns.records".into(),
            detail: "{}".into(),
            previous: String::new(),
            hash: String::new(),
        }
    }

    #[track_caller]
    fn differs(change: impl FnOnce(&mut Model)) {
        let mut changed = event();
        change(&mut changed);
        assert_ne!(hash(&changed, changed.seq), hash(&event(), 1));
    }

    #[test]
    fn every_field_counts() {
        differs(|it| it.chain = Uuid::from_u128(9));
        differs(|it| it.seq = 2);
        differs(|it| it.id = Uuid::from_u128(9));
        differs(|it| it.at = 4);
        differs(|it| it.actor = Some(Uuid::nil()));
        differs(|it| it.actor_name = "Ann".into());
        differs(|it| it.action = "evidence.removed".into());
        differs(|it| it.subject = "dns.mail".into());
        differs(|it| it.detail = "[]".into());
        differs(|it| it.previous = "00".into());
        // The same letters, cut elsewhere.
        differs(|it| (it.actor_name, it.action) = ("Anae".into(), "vidence.recorded".into()));
    }

    #[test]
    fn the_hash_never_changes() {
        // Reckoned apart, with another program: chains in the field were made by this rule.
        assert_eq!(
            hash(&event(), 1),
            "98ff2a51b7d2bbb6b0f2b1699b48eab0cfe8a84677e9ce29f3b777ab0d9c947c"
        );
    }

    #[test]
    fn keys_are_sorted_at_every_depth() {
        let value = json!({"b": [{"z": 1, "a": "é\n"}], "a": null});
        assert_eq!(canonical(&value), r#"{"a":null,"b":[{"a":"é\n","z":1}]}"#);
    }
}
