//! What the folder of a check says as data: `check.toml`, `en.ftl` and `fr.ftl`. What a run found lives in `verdicts`.

use std::collections::BTreeMap;

use jalon_domain::{
    finding::Severity,
    ids::{CheckId, RuleId},
    measure::Rule,
    profile::Condition,
    text::{Lang, Messages, Text, Value},
};
use serde::Deserialize;

/// A check's data and texts.
pub struct Sheet {
    pub(crate) id: CheckId,
    pub(crate) title: Text,
    pub(crate) rules: Vec<Rule>,
    when: BTreeMap<RuleId, Condition>,
    severities: BTreeMap<String, Severity>,
    messages: Messages,
}

/// `check.toml`, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: CheckId,
    title: Text,
    rules: Vec<Rule>,
    /// When a rule applies, where that is not always.
    #[serde(default)]
    when: BTreeMap<RuleId, Condition>,
    /// How much a problem weighs, where that differs from its rule.
    #[serde(default)]
    severities: BTreeMap<String, Severity>,
}

impl Sheet {
    /// Reads the three files.
    ///
    /// # Panics
    /// When one of them is malformed: they are part of the program, and a test reads each of them.
    pub(crate) fn new(data: &str, en: &str, fr: &str) -> Self {
        let file: File = toml::from_str(data).unwrap_or_else(|error| panic!("a check.toml does not parse: {error}"));
        Self {
            id: file.id,
            title: file.title,
            rules: file.rules,
            when: file.when,
            severities: file.severities,
            messages: Messages::new(en, fr),
        }
    }

    /// When `rule` applies.
    pub(crate) fn when(&self, rule: &RuleId) -> Option<&Condition> {
        self.when.get(rule)
    }

    /// The rule with that id.
    ///
    /// # Panics
    /// When it does not stand in `check.toml`: rule ids in code are written out, and the cases meet each of them.
    pub(crate) fn rule(&self, id: &str) -> &Rule {
        self.rules
            .iter()
            .find(|it| it.id.as_str() == id)
            .expect("the rule stands in check.toml")
    }

    /// The weight that the folder gives a problem, where it gives one.
    pub(crate) fn weight(&self, key: &str) -> Option<Severity> {
        self.severities.get(key).copied()
    }

    /// A sentence in one language.
    pub(crate) fn sentence(&self, lang: Lang, key: &str, args: &[(&str, Value<'_>)]) -> String {
        self.messages.get(lang, key, args)
    }

    /// A sentence in both languages.
    pub(crate) fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> Text {
        self.messages.text(key, args)
    }

    /// Whether both languages have the sentence.
    #[cfg(test)]
    pub(crate) fn has(&self, key: &str) -> bool {
        self.messages.has(key)
    }

    /// The problems with a weight of their own.
    #[cfg(test)]
    pub(crate) fn weighed(&self) -> impl Iterator<Item = &str> {
        self.severities.keys().map(String::as_str)
    }
}
