//! What a server speaks, against its cases.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Doubt,
    tests::{Expectation, Texts, cases, context, profile, verify},
    tls::protocol::{Facts, Heard, Node, judge},
};

/// A case: what differs from the answers of a current server.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Answers by version.
    #[serde(default)]
    versions: BTreeMap<String, Value>,
    /// Answers by kind.
    #[serde(default)]
    weak_suites: BTreeMap<String, Value>,
    #[serde(default = "accepted")]
    aead: Value,
    #[serde(default = "yes")]
    renegotiates_securely: Value,
    inspected_by: Option<String>,
    unknown: Option<Doubt>,
    expected: BTreeMap<String, Expectation>,
}

fn accepted() -> Value {
    json!({"answer": "accepted", "suite": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"})
}

fn refused() -> Value {
    json!({"answer": "refused", "how": "protocol_version"})
}

fn yes() -> Value {
    true.into()
}

impl File {
    fn facts(&self) -> Facts {
        let heard = match self.unknown {
            Some(reason) => Heard::Unknown { reason },
            None => Heard::Answers {
                version: None,
                suite: None,
                inspected_by: self.inspected_by.clone(),
                survey: serde_json::from_value(self.survey()).expect("a survey"),
            },
        };
        Facts {
            host: "mail.contoso.example".to_owned(),
            port: 443,
            protocols: vec![Node { address: None, heard }],
            unasked: 0,
        }
    }

    fn survey(&self) -> Value {
        let versions = ["TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0", "SSL 3.0"].map(|it| {
            let usual = if it > "TLS 1.1" { accepted() } else { refused() };
            with(it, self.versions.get(it).cloned().unwrap_or(usual))
        });
        let weak = ["triple-des", "rc4", "des", "export", "null", "anonymous"]
            .map(|it| with(it, self.weak_suites.get(it).cloned().unwrap_or_else(refused)));
        json!({
            "versions": versions, "weak_suites": weak, "aead": self.aead,
            "renegotiates_securely": self.renegotiates_securely, "has_timestamps": null, "connections": 6,
        })
    }
}

fn with(what: &str, mut answer: Value) -> Value {
    answer["what"] = what.into();
    answer
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut texts = Texts::of("tls.protocol");
    for (name, file) in cases::<File>("tls.protocol") {
        let report = judge(&file.facts(), &context(&profile()));
        verify(&name, &report, &file.expected);
        texts.add(&name, &report);
    }
    texts.compare();
}
