//! What the join says, in both languages: `en.ftl` and `fr.ftl`; and the defects of DIR-039.

use std::sync::LazyLock;

use jalon_domain::{
    finding::{Action, Defect, Fix, FixKind, FlawKind, ObjectFlaw, Severity},
    ids::RuleId,
    text::{Messages, Text, Value},
};

use super::{Attribute, Fill, Match, change};

static MESSAGES: LazyLock<Messages> = LazyLock::new(|| Messages::new(include_str!("en.ftl"), include_str!("fr.ftl")));

/// The rule that a missing value breaks.
static RULE: LazyLock<RuleId> = LazyLock::new(|| RuleId::parse("DIR-039").expect("it has the form of a rule"));

/// A sentence in both languages.
pub(super) fn text(key: &str, args: &[(&str, Value<'_>)]) -> Text {
    MESSAGES.text(key, args)
}

/// The defect that a missing value is.
pub(super) fn defect(matched: &Match, fill: &Fill) -> Defect {
    let person = matched.person.name.as_deref().unwrap_or(&matched.person.dn);
    let (attribute, by) = (fill.attribute.name(), matched.by.to_string());
    let args = [
        ("attribute", Value::from(attribute)),
        ("proposed", fill.proposed.as_str().into()),
        ("person", person.into()),
        ("key", by.as_str().into()),
        ("confidence", format!("{:.2}", matched.confidence).into()),
    ];
    let several = fill.attribute == Attribute::ProxyAddresses;
    Defect {
        rule: RULE.clone(),
        severity: Severity::Major,
        subject: matched.dn.clone(),
        attribute: Some(attribute.to_owned()),
        discriminator: if several {
            fill.proposed.to_lowercase()
        } else {
            String::new()
        },
        observed: String::new(),
        expected: fill.proposed.clone(),
        message: text("missing", &args),
        remedy: text("missing-remedy", &args),
        fix: fix(&matched.dn, fill),
        object: Some(Box::new(ObjectFlaw {
            object_class: matched.object_class.to_owned(),
            errors: vec![FlawKind::Blank],
            proposed: Some(fill.proposed.clone()),
            action: Action::Edit,
            holder: None,
            others: Vec::new(),
        })),
    }
}

fn fix(dn: &str, fill: &Fill) -> Option<Fix> {
    let fills = std::slice::from_ref(fill);
    Some(Fix {
        kind: FixKind::Ldif,
        text: change::record(dn, fills)?,
        undo: change::undo(dn, fills),
        steps: None,
    })
}

#[cfg(test)]
mod tests {
    /// The keys of one file.
    fn keys(source: &str) -> Vec<&str> {
        source
            .lines()
            .filter_map(|it| it.split_once(" ="))
            .map(|it| it.0)
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(keys(include_str!("en.ftl")), keys(include_str!("fr.ftl")));
    }

    #[test]
    fn french_marks_are_set_apart_with_the_right_spaces() {
        for line in include_str!("fr.ftl").lines() {
            for mark in [" ;", " !", " ?", " :", "« ", " »", "'"] {
                assert!(!line.contains(mark), "`{mark}` in {line}");
            }
        }
    }
}
