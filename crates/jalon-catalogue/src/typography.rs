//! French typesetting, as far as a program can see it: apostrophes and the spaces before high punctuation.

/// What is wrong with `french`, each kind once.
pub(crate) fn slips(french: &str) -> Vec<&'static str> {
    let letters: Vec<char> = french.chars().collect();
    let mut slips: Vec<&'static str> = letters
        .windows(3)
        .filter_map(|it| apostrophe(it[0], it[1], it[2]))
        .collect();
    slips.extend(letters.windows(2).filter_map(|it| space(it[0], it[1])));
    slips.sort_unstable();
    slips.dedup();
    slips
}

fn apostrophe(before: char, it: char, after: char) -> Option<&'static str> {
    let straight = it == '\'' && before.is_alphabetic() && after.is_alphanumeric();
    straight.then_some("the French text has a straight apostrophe; write ’ (U+2019)")
}

fn space(before: char, it: char) -> Option<&'static str> {
    match (before, it) {
        ('\u{202f}', ';' | '!' | '?') | ('\u{a0}', ':' | '»') => None,
        // A colon inside a word or a number (times, addresses) takes no space; a question mark needs one everywhere.
        (before, ':') if !before.is_whitespace() => None,
        (_, ';' | '!' | '?') => Some("the French text lacks a narrow no-break space (U+202F) before ; ! or ?"),
        (_, ':') => Some("the French text has an ordinary space before a colon; write a no-break space (U+00A0)"),
        (_, '»') => Some("the French text lacks a no-break space (U+00A0) before »"),
        ('«', it) if it != '\u{a0}' => Some("the French text lacks a no-break space (U+00A0) after «"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(french: &str, expected: usize) {
        assert_eq!(slips(french).len(), expected, "{french}: {:?}", slips(french));
    }

    #[test]
    fn french_is_typeset_as_french() {
        check(
            "L’annuaire est prêt\u{202f}; et «\u{a0}voici\u{a0}»\u{a0}: à 10:30\u{202f}?",
            0,
        );
        check("L'annuaire", 1);
        check("prêt ; vraiment\u{202f}!", 1);
        check("prêt; vraiment", 1);
        check("ceci : cela", 1);
        check("« ceci »", 2);
        check("«ceci\u{a0}»", 1);
        check("", 0);
    }
}
