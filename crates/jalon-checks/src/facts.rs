//! The facts of several checks read as one, and their hash.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 of the facts as a document has them, in hexadecimal: JSON without white space, keys sorted.
pub(crate) fn sha256<'a>(facts: impl IntoIterator<Item = &'a Value>) -> String {
    let facts = Union(facts.into_iter().collect());
    hex::encode(Sha256::digest(serde_json::to_vec(&facts).unwrap_or_default()))
}

/// Several values written as one: of objects the union, where more than one has a key the union of what they have there, and
/// of other values the first.
#[derive(Debug)]
pub(crate) struct Union<'a>(pub(crate) Vec<&'a Value>);

impl Serialize for Union<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            // What several checks asked is the same to all of them.
            [first, others @ ..] if !first.is_object() || others.iter().all(|it| it == first) => {
                first.serialize(serializer)
            }
            all => {
                let mut joined = BTreeMap::<&str, Vec<&Value>>::new();
                for (key, value) in all.iter().filter_map(|it| it.as_object()).flatten() {
                    joined.entry(key).or_default().push(value);
                }
                serializer.collect_map(joined.into_iter().map(|(key, values)| (key, Union(values))))
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
        let text = r#"{"a":true,"b":[1,{"c":"é","d":null}]}"#;
        assert_eq!(serde_json::to_string(&Union(vec![&one])).unwrap(), text);
        assert_eq!(sha256([&one]), hex::encode(Sha256::digest(text)));
        assert_eq!(sha256([&one]), sha256([&two]));
        assert_ne!(sha256([&one]), sha256([&json!({})]));
    }

    #[test]
    fn joining_keeps_what_both_sides_know() {
        let one = json!({"answers": {"MX a": 1, "A a": {"x": 1}}, "domain": "a"});
        let two = json!({"answers": {"TXT a": 2, "A a": {"x": 1}}, "domain": "b", "more": []});
        let joined = json!({"answers": {"MX a": 1, "A a": {"x": 1}, "TXT a": 2}, "domain": "a", "more": []});
        assert_eq!(json!(Union(vec![&one, &two])), joined);
        assert_eq!(json!(Union(Vec::new())), json!({}));
    }
}
