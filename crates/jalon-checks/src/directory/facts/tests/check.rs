//! The check `directory.forest` against its cases.

use std::collections::{BTreeMap, BTreeSet};

use jalon_domain::{evidence::Outcome, profile::Choice};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    directory::{facts::ForestFacts, forest},
    tests::{Expectation, Texts, cases, context, profile, verify},
};

/// A case: what differs from a sound forest on 2026-11-20.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Over the facts; each controller over a sound one.
    #[serde(default)]
    facts: Value,
    /// Choices of the engagement.
    #[serde(default)]
    options: BTreeSet<Choice>,
    expected: BTreeMap<String, Expectation>,
}

fn sound() -> Value {
    json!({
        "forest": {
            "root": "contoso.example", "functional_level": 7, "functional_name": "Windows Server 2016",
            "domains": [{"dns": "contoso.example", "netbios": "CONTOSO"}],
        },
        "schema": {"version": 88, "exchange_version": 17003, "exchange_name": "Exchange SE", "skype_version": 1150},
        "controllers": [{}],
    })
}

fn controller() -> Value {
    json!({
        "name": "dc1.contoso.example", "domain": "contoso.example", "site": "Lyon",
        "operating_system": "Windows Server 2022 Standard", "version": "10.0 (20348)", "supported_until": "2031-10-14",
    })
}

/// `changes` over `base`; what is null is taken away.
fn over(mut base: Value, changes: &Value) -> Value {
    for (key, value) in changes.as_object().into_iter().flatten() {
        base[key] = match (value, &base[key]) {
            (Value::Object(_), held @ Value::Object(_)) => over(held.clone(), value),
            _ => value.clone(),
        };
    }
    base
}

impl File {
    fn facts(&self) -> ForestFacts {
        let mut facts = over(sound(), &self.facts);
        let controllers = facts["controllers"].as_array().cloned().unwrap_or_default();
        facts["controllers"] = controllers.iter().map(|it| over(controller(), it)).collect();
        serde_json::from_value(facts).expect("facts")
    }
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut texts = Texts::of("directory.forest");
    for (name, file) in cases::<File>("directory.forest") {
        let mut profile = profile();
        profile.options.clone_from(&file.options);
        let report = forest::judge(&file.facts(), &context(&profile));
        verify(&name, &report, &file.expected);
        texts.add(&name, &report);
    }
    texts.compare();
}

#[test]
fn a_forest_that_was_not_read_proves_nothing() {
    let profile = profile();
    let report = forest::judge(&ForestFacts::default(), &context(&profile));
    assert!(
        report.rules.iter().all(|it| it.outcome == Outcome::Inconclusive),
        "{report:?}"
    );
}
