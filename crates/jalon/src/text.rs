//! What the command line says, in both languages (`en.ftl`, `fr.ftl`), and which of them is spoken.

use std::{borrow::Cow, sync::LazyLock};

use jalon_domain::text::{Lang, Messages, Text, Value};

use crate::world;

static MESSAGES: LazyLock<Messages> = LazyLock::new(|| Messages::new(include_str!("en.ftl"), include_str!("fr.ftl")));

/// The message `key` in `lang`.
pub(crate) fn say(lang: Lang, key: &str, args: &[(&str, Value<'_>)]) -> String {
    MESSAGES.get(lang, key, args)
}

/// The message `key` in both languages.
pub(crate) fn both(key: &str, args: &[(&str, Value<'_>)]) -> Text {
    MESSAGES.text(key, args)
}

/// Whether there is such a message.
pub(crate) fn is_said(key: &str) -> bool {
    MESSAGES.has(key)
}

/// What came from outside, fit for a terminal: control characters and marks that reorder text are shown, not obeyed.
pub(crate) fn harmless(raw: &str) -> Cow<'_, str> {
    if raw.contains(acts) {
        let shown = |it: char| {
            if acts(it) {
                it.escape_default().to_string()
            } else {
                it.to_string()
            }
        };
        Cow::Owned(raw.chars().map(shown).collect())
    } else {
        Cow::Borrowed(raw)
    }
}

/// JSON fit for a terminal: the same characters, written as escapes. Below the space JSON escapes them by itself; what
/// breaks its lines is its own.
pub(crate) fn harmless_json(json: &str) -> Cow<'_, str> {
    let acts = |it: char| it >= '\u{7f}' && acts(it);
    if !json.contains(acts) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len() + 8);
    for it in json.chars() {
        if acts(it) {
            text.push_str(&format!("\\u{:04x}", u32::from(it)));
        } else {
            text.push(it);
        }
    }
    Cow::Owned(text)
}

/// Whether a terminal would act on it instead of showing it.
pub(crate) fn acts(it: char) -> bool {
    it.is_control() || matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The language to speak: the one asked for, else that of `JALON_LANG`, else that of the locale, else English.
pub(crate) fn spoken(asked: Option<Lang>) -> Lang {
    let named = |name: &str| world::variable(name)?.split(['_', '-', '.', '@']).next()?.parse().ok();
    asked
        .or_else(|| ["JALON_LANG", "LC_ALL", "LANG"].into_iter().find_map(named))
        .unwrap_or_default()
}

/// The language asked for among `words` before they are understood: help and usage errors need it that early.
pub(crate) fn asked(words: impl IntoIterator<Item = String>) -> Option<Lang> {
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.strip_prefix("--lang") {
            Some("") => return words.next()?.parse().ok(),
            Some(rest) => {
                if let Some(value) = rest.strip_prefix('=') {
                    return value.parse().ok();
                }
            }
            None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_cannot_drive_the_terminal() {
        assert_eq!(harmless("v=spf1\u{1b}[2J\n"), "v=spf1\\u{1b}[2J\\n");
        assert_eq!(harmless("exe.\u{202e}fdp"), "exe.\\u{202e}fdp");
        assert!(matches!(harmless("école"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_acts_in_json_is_escaped_and_still_the_same() {
        let value = serde_json::json!({"v": "a\u{9b}2J \u{202e}b \u{7f}\u{1b}é"});
        let json = serde_json::to_string(&value).unwrap();
        let shown = harmless_json(&json);
        assert!(!shown.contains(acts), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
        assert!(matches!(harmless_json("{\n\"é\": 1}"), Cow::Borrowed(_)));
    }

    #[test]
    fn the_language_is_found_before_the_rest_is_understood() {
        let words = |it: &[&str]| asked(it.iter().map(ToString::to_string));
        assert_eq!(words(&["check", "--lang", "fr", "dns"]), Some(Lang::Fr));
        assert_eq!(words(&["--lang=en"]), Some(Lang::En));
        assert_eq!(words(&["--lang"]), None);
        assert_eq!(words(&["check"]), None);
    }

    /// The keys of one file with what stands in it.
    fn keys(source: &str) -> Vec<&str> {
        source
            .lines()
            .filter_map(|it| it.split_once(" ="))
            .map(|it| it.0)
            .filter(|it| !it.starts_with(' '))
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(keys(include_str!("en.ftl")), keys(include_str!("fr.ftl")));
    }

    #[test]
    fn french_marks_are_set_apart_with_the_right_spaces() {
        let french = include_str!("fr.ftl");
        for (number, line) in french.lines().enumerate() {
            // A selector of Fluent is no sentence, and neither is what is inserted.
            let sentence: String = line.split_once(" = ").map_or(line, |it| it.1).to_owned();
            for mark in [" ;", " !", " ?", " :", "« ", " »", "'"] {
                assert!(!sentence.contains(mark), "line {}: `{mark}` in {sentence}", number + 1);
            }
        }
    }
}
