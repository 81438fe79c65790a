//! What the join says, in both languages: `en.ftl` and `fr.ftl`.

use std::sync::LazyLock;

use jalon_domain::text::{Messages, Text, Value};

static MESSAGES: LazyLock<Messages> = LazyLock::new(|| Messages::new(include_str!("en.ftl"), include_str!("fr.ftl")));

/// A sentence in both languages.
pub(super) fn text(key: &str, args: &[(&str, Value<'_>)]) -> Text {
    MESSAGES.text(key, args)
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
