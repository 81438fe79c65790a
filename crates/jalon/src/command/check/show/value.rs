//! Values of a directory as people read them: what cannot be seen is made visible, what is long is shortened in the
//! middle, shares are told in percent.

use std::borrow::Cow;

use jalon_domain::text::Lang;

use crate::text::acts;

/// Where a value begins and ends: spaces at its edges as `␣`, whatever else cannot be seen by its number.
pub(in crate::command::check) fn visible(value: &str) -> Cow<'_, str> {
    let core = value.trim_matches(' ');
    if core.len() == value.len() && !value.contains(is_hidden) {
        return Cow::Borrowed(value);
    }
    let before = value.len() - value.trim_start_matches(' ').len();
    let behind = value.len() - before - core.len();
    let mut shown = "␣".repeat(before);
    for it in core.chars() {
        if is_hidden(it) {
            shown.extend(it.escape_default());
        } else {
            shown.push(it);
        }
    }
    shown.push_str(&"␣".repeat(behind));
    Cow::Owned(shown)
}

/// What acts, spaces other than the usual one, and what has no width.
fn is_hidden(it: char) -> bool {
    acts(it)
        || (it.is_whitespace() && it != ' ')
        || matches!(it, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// At most so many characters: the beginning, which names the object, and the end, which names its place.
pub(in crate::command::check) fn shorten(text: &str, most: usize) -> Cow<'_, str> {
    let length = text.chars().count();
    if length <= most {
        return Cow::Borrowed(text);
    }
    let kept = most.saturating_sub(1);
    let tail = kept / 3;
    let (head, tail) = (text.chars().take(kept - tail), text.chars().skip(length - tail));
    Cow::Owned(head.chain(['…']).chain(tail).collect())
}

/// A part of a whole in percent. What exists is never told as nothing, and what lacks something never as everything.
pub(in crate::command::check) fn share(lang: Lang, part: u64, whole: u64) -> String {
    let (point, sign) = match lang {
        Lang::En => ('.', "%"),
        Lang::Fr => (',', "\u{202f}%"),
    };
    let Some(tenths) = (part * 1000 + whole / 2).checked_div(whole) else {
        return "–".to_owned();
    };
    let told = |tenths: u64| match tenths % 10 {
        0 => format!("{}{sign}", tenths / 10),
        rest => format!("{}{point}{rest}{sign}", tenths / 10),
    };
    match tenths {
        0 if part > 0 => format!("< {}", told(1)),
        1000 if part < whole => format!("> {}", told(999)),
        it => told(it),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn edges_and_hidden_characters_are_seen() {
        assert_eq!(visible(" a b  "), "␣a b␣␣");
        assert_eq!(visible("   "), "␣␣␣");
        assert_eq!(visible("a\u{a0}"), "a\\u{a0}");
        assert_eq!(
            visible("a\u{200b}b\t\u{1b}[2J\u{202e}"),
            "a\\u{200b}b\\t\\u{1b}[2J\\u{202e}"
        );
        assert!(matches!(visible("Zoé L’Hôte"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_long_name_keeps_its_beginning_and_its_end() {
        assert_eq!(
            shorten("CN=Ada,OU=People,DC=contoso,DC=example", 20),
            "CN=Ada,OU=Peo…xample"
        );
        assert_eq!(shorten("CN=Ada", 6), "CN=Ada");
    }

    #[test]
    fn shares_are_told_in_each_language() {
        assert_eq!(share(Lang::En, 21, 2000), "1.1%");
        assert_eq!(share(Lang::Fr, 21, 2000), "1,1\u{202f}%");
        assert_eq!(share(Lang::En, 1, 1_000_000), "< 0.1%");
        assert_eq!(share(Lang::En, 999_999, 1_000_000), "> 99.9%");
        assert_eq!(share(Lang::En, 0, 0), "–");
        assert_eq!(share(Lang::En, 4, 4), "100%");
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left_and_no_text_is_too_long(text in any::<String>(), most in 0usize..40) {
            let shown = visible(&text);
            prop_assert!(!shown.contains(is_hidden));
            prop_assert!(shorten(&text, most).chars().count() <= most.max(1));
        }
    }
}
