//! The facts of several checks read as one, and their hash.

use std::collections::BTreeMap;

use jalon_domain::measure::Report;
use serde::{Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// SHA-256 of what a verdict rests on, in hexadecimal: of the raw bytes where there are any, otherwise of the facts as a
/// document has them, JSON without white space, keys sorted.
pub fn sha256(report: &Report) -> String {
    report.sha256.clone().unwrap_or_else(|| {
        let facts = serde_json::to_vec(&Union::of(report)).unwrap_or_default();
        hex::encode(Sha256::digest(facts))
    })
}

/// Several values written as one: of objects the union, where more than one has a key the union of what they have there, and
/// of other values the first.
#[derive(Debug)]
pub(crate) struct Union<'a>(Vec<&'a Value>);

impl<'a> Union<'a> {
    /// The facts of all checks of a run.
    pub(crate) fn of(report: &'a Report) -> Self {
        Self(report.checks.iter().map(|it| &it.facts).collect())
    }
}

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
    use jalon_domain::{
        ids::CheckId,
        measure::{CheckReport, Family},
    };
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;

    fn report(facts: &str, sha256: Option<&str>) -> Report {
        let checks = vec![CheckReport {
            check: CheckId::parse("dns.records").unwrap(),
            rules: Vec::new(),
            defects: Vec::new(),
            facts: serde_json::from_str(facts).unwrap(),
        }];
        Report {
            family: Family::Dns,
            target: "contoso.example".to_owned(),
            vantage: "local".to_owned(),
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
            checks,
            stats: Value::Null,
            sha256: sha256.map(str::to_owned),
        }
    }

    #[test]
    fn the_order_of_keys_does_not_change_the_hash_and_raw_bytes_have_their_own() {
        let one = report(r#"{"b":[1,{"d":null,"c":"é"}],"a":true}"#, None);
        let two = report(r#"{ "a":true, "b":[1,{"c":"é","d":null}] }"#, None);
        let text = r#"{"a":true,"b":[1,{"c":"é","d":null}]}"#;
        assert_eq!(sha256(&one), hex::encode(Sha256::digest(text)));
        assert_eq!(sha256(&one), sha256(&two));
        assert_ne!(sha256(&one), sha256(&report("{}", None)));
        assert_eq!(sha256(&report("{}", Some("00ff"))), "00ff");
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
