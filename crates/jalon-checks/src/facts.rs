//! Facts as bytes: one way to write them down, whatever order they were found in, and the hash of that.

use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 of the facts in canonical form, in hexadecimal.
pub(crate) fn sha256<'a>(facts: impl IntoIterator<Item = &'a Value>) -> String {
    let mut text = String::new();
    for value in facts {
        write_canonical(value, &mut text);
        text.push('\n');
    }
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// JSON without white space, keys sorted.
fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<_> = map.iter().collect();
            pairs.sort_by_key(|it| it.0);
            separated(out, ['{', '}'], pairs, |(key, value), out| {
                let _ = write!(out, "{}:", Value::from(key.as_str()));
                write_canonical(value, out);
            });
        }
        Value::Array(items) => separated(out, ['[', ']'], items, write_canonical),
        plain => {
            let _ = write!(out, "{plain}");
        }
    }
}

fn separated<T>(
    out: &mut String,
    [open, close]: [char; 2],
    items: impl IntoIterator<Item = T>,
    write: impl Fn(T, &mut String),
) {
    out.push(open);
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(close);
}

/// The union of two objects; where both have a key, objects are joined and of other values the first is kept.
pub(crate) fn join(into: &mut Value, other: &Value) {
    let (Value::Object(into), Value::Object(other)) = (into, other) else {
        return;
    };
    for (key, value) in other {
        match into.get_mut(key) {
            Some(held) => join(held, value),
            None => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_order_of_keys_does_not_change_the_hash() {
        let one: Value = serde_json::from_str(r#"{"b":[1,{"d":null,"c":"é"}],"a":true}"#).unwrap();
        let two: Value = serde_json::from_str(r#"{ "a":true, "b":[1,{"c":"é","d":null}] }"#).unwrap();
        let mut text = String::new();
        write_canonical(&one, &mut text);
        assert_eq!(text, r#"{"a":true,"b":[1,{"c":"é","d":null}]}"#);
        assert_eq!(sha256([&one]), sha256([&two]));
        assert_ne!(sha256([&one]), sha256([&json!({})]));
    }

    #[test]
    fn joining_keeps_what_both_sides_know() {
        let mut facts = json!({"answers": {"MX a": 1}, "domain": "a"});
        join(&mut facts, &json!({"answers": {"TXT a": 2}, "domain": "b"}));
        assert_eq!(facts, json!({"answers": {"MX a": 1, "TXT a": 2}, "domain": "a"}));
    }
}
