//! Values as they look: without accents, and with the letters of other scripts taken for the Latin ones that they cannot
//! be told from. The cloud makes addresses plain in the same way, and two people end up with one.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Letters that look like Latin ones (Unicode Technical Standard 39, confusables, as far as they occur in names), and
/// letters that stand for two.
const LOOKS: [(char, &str); 45] = [
    // Cyrillic
    ('а', "a"),
    ('в', "b"),
    ('е', "e"),
    ('һ', "h"),
    ('і', "i"),
    ('ј', "j"),
    ('к', "k"),
    ('м', "m"),
    ('н', "h"),
    ('о', "o"),
    ('р', "p"),
    ('с', "c"),
    ('т', "t"),
    ('у', "y"),
    ('х', "x"),
    ('ѕ', "s"),
    ('ԁ', "d"),
    ('ԛ', "q"),
    ('ԝ', "w"),
    // Greek
    ('α', "a"),
    ('β', "b"),
    ('ε', "e"),
    ('ι', "i"),
    ('κ', "k"),
    ('ν', "v"),
    ('ο', "o"),
    ('ρ', "p"),
    ('τ', "t"),
    ('υ', "u"),
    ('χ', "x"),
    // Latin
    ('ı', "i"),
    ('ł', "l"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ħ', "h"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
    // Signs
    ('’', "'"),
    ('‘', "'"),
    ('‐', "-"),
    ('‑', "-"),
    ('–', "-"),
];

/// The lower-case value as it looks.
pub(super) fn folded(value: &str) -> String {
    let mut looks = String::with_capacity(value.len());
    // Compatibility forms too: a full-width letter and a ligature look like what they stand for.
    for c in value.nfkd().filter(|it| !is_combining_mark(*it) && !is_invisible(*it)) {
        match LOOKS.iter().find(|it| it.0 == c) {
            Some((_, plain)) => looks.push_str(plain),
            None => looks.extend(c.to_lowercase()),
        }
    }
    looks
}

/// Characters of no width.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_becomes_the_same() {
        for (value, looks) in [
            ("éric@contoso.example", "eric@contoso.example"),
            ("аdа@contoso.example", "ada@contoso.example"),
            ("straße", "strasse"),
            ("ｆｕｌｌ", "full"),
            ("a\u{200b}da", "ada"),
            ("ada", "ada"),
        ] {
            assert_eq!(folded(value), looks);
        }
    }
}
