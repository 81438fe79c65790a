//! From a JSON value to what a cell says: a word for programs, a name and a tone for people.

use std::borrow::Cow;

use comfy_table::{Cell, Color};
use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    gate::GateState,
    programme::{Phase, Section, Workstream},
    text::{Lang, Text},
};
use serde_json::Value;

use crate::text::harmless;

/// What a colour would mean; the words mean it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Good,
    Bad,
    Doubtful,
}

/// A value as programs read it in CSV: of a text, one language; of a list of words, all of them.
pub(crate) fn word(value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(it) => it.clone(),
        Value::Array(items) => items.iter().map(|it| word(it, lang)).collect::<Vec<_>>().join(" "),
        Value::Object(fields) => fields
            .get(lang.code())
            .map_or_else(|| value.to_string(), |it| word(it, lang)),
        other => other.to_string(),
    }
}

/// A word that no spreadsheet takes for a formula (CWE-1236): what would begin one is preceded by an apostrophe. A number,
/// or a hyphen that stands for standard input, calculates nothing.
pub(crate) fn no_formula(word: &str) -> Cow<'_, str> {
    let begins = word.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let is_dangerous = begins && word.chars().nth(1).is_some() && word.parse::<f64>().is_err();
    if is_dangerous {
        Cow::Owned(format!("'{word}"))
    } else {
        Cow::Borrowed(word)
    }
}

/// A value of `column` as people read it.
pub(crate) fn cell(column: &str, value: &Value, lang: Lang, colour: bool) -> Cell {
    let word = word(value, lang);
    let (shown, tone) = named(column, &word).map_or((None, None), |(name, tone)| (Some(name), tone));
    let cell = Cell::new(harmless(shown.as_ref().map_or(&word, |it| it.get(lang))));
    match tone.filter(|_| colour) {
        None => cell,
        Some(Tone::Good) => cell.fg(Color::Green),
        Some(Tone::Bad) => cell.fg(Color::Red),
        Some(Tone::Doubtful) => cell.fg(Color::Yellow),
    }
}

/// The name of a word out of the closed list that the column holds, and its tone.
fn named(column: &str, word: &str) -> Option<(Text, Option<Tone>)> {
    match column {
        "outcome" => word.parse().ok().map(|it: Outcome| (it.name(), outcome_tone(it))),
        "severity" => word.parse().ok().map(|it: Severity| (it.name(), severity_tone(it))),
        "state" => word.parse().ok().map(|it: GateState| (it.name(), gate_tone(it))),
        "phase" => word.parse().ok().map(|it: Phase| (it.name(), None)),
        "section" => word.parse().ok().map(|it: Section| (it.name(), None)),
        "workstream" => word.parse().ok().map(|it: Workstream| (it.name(), None)),
        _ => None,
    }
}

fn outcome_tone(outcome: Outcome) -> Option<Tone> {
    match outcome {
        Outcome::Pass => Some(Tone::Good),
        Outcome::Fail => Some(Tone::Bad),
        Outcome::Inconclusive => Some(Tone::Doubtful),
        Outcome::NotApplicable => None,
    }
}

fn severity_tone(severity: Severity) -> Option<Tone> {
    match severity {
        Severity::Blocker | Severity::Major => Some(Tone::Bad),
        Severity::Minor => Some(Tone::Doubtful),
        Severity::Info => None,
    }
}

fn gate_tone(state: GateState) -> Option<Tone> {
    match state {
        GateState::Open => Some(Tone::Good),
        GateState::Blocked => Some(Tone::Bad),
        GateState::Later | GateState::NotApplicable => None,
    }
}

/// An object as pairs of a path and a word, what says nothing left out.
pub(crate) fn pairs(object: &Value, lang: Lang) -> Vec<[String; 2]> {
    let mut pairs = Vec::new();
    walk(object, "", lang, &mut pairs);
    pairs
}

fn walk(value: &Value, path: &str, lang: Lang, pairs: &mut Vec<[String; 2]>) {
    let below = |key: &str| format!("{path}{}{key}", if path.is_empty() { "" } else { "." });
    match value {
        Value::Null => {}
        Value::Object(fields) if !fields.contains_key(lang.code()) => {
            fields.iter().for_each(|(key, it)| walk(it, &below(key), lang, pairs));
        }
        Value::Array(items) if !items.iter().all(Value::is_string) => {
            items
                .iter()
                .zip(1..)
                .for_each(|(it, n)| walk(it, &below(&format!("{n}")), lang, pairs));
        }
        said => pairs.push([path.to_owned(), word(said, lang)]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_is_told_by_paths_in_one_language() {
        let object =
            json!({ "title": { "en": "Gate", "fr": "Jalon" }, "rules": ["A", "B"], "none": null, "who": [{ "n": 1 }] });
        let expected = [["rules", "A B"], ["title", "Jalon"], ["who.1.n", "1"]].map(|it| it.map(str::to_owned));
        assert_eq!(pairs(&object, Lang::Fr), expected);
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in [
            "=cmd|' /C calc'!A0",
            "+1+cmd",
            "-1+cmd",
            "@SUM(A1)",
            "\t=1+1",
            "\r=1",
            "＝1+1",
            "= 1",
        ] {
            assert_eq!(no_formula(formula), format!("'{formula}"));
        }
        for word in ["", "-", "-5", "+3.5", "a=b", "contoso.example"] {
            assert_eq!(no_formula(word), word);
        }
    }

    #[test]
    fn people_read_names_and_programs_read_words() {
        assert_eq!(named("severity", "major").unwrap().0.fr, "Majeur");
        assert_eq!(word(&json!("major"), Lang::Fr), "major");
        assert!(named("subject", "major").is_none());
    }
}
