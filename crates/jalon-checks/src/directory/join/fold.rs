//! Letters without what tells one spelling of a name from another: accents, ligatures, case.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The letters of `text` without their accents, their case kept. Letters of other scripts stay as they are.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|it| !is_combining_mark(*it)) {
        match ligature(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    Cow::Owned(folded)
}

/// Letters that Unicode does not decompose, and how names spell them without (ICAO Doc 9303, part 3, section 6, where
/// that does not lengthen a letter).
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "TH",
        'ı' => "i",
        '’' | 'ʼ' => "'",
        _ => return None,
    })
}

/// What a directory compares: case does not matter, nor do spaces at the ends.
pub(super) fn key(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The same for a distinguished name, in which spaces behind commas do not matter either.
pub(super) fn dn_key(dn: &str) -> String {
    let mut key = String::with_capacity(dn.len());
    for c in key_chars(dn) {
        if c != ' ' || !key.ends_with(',') {
            key.push(c);
        }
    }
    key
}

fn key_chars(text: &str) -> impl Iterator<Item = char> {
    text.trim().chars().flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_ligatures_go_and_case_stays() {
        assert_eq!(plain("Hélène Lefèvre"), "Helene Lefevre");
        assert_eq!(plain("Øystein Æsir Strauß Łukasz"), "Oystein AEsir Strauss Lukasz");
        assert_eq!(plain("Иван"), "Иван");
        assert!(matches!(plain("Ada"), Cow::Borrowed(_)));
    }

    #[test]
    fn spaces_behind_the_commas_of_a_name_do_not_matter() {
        assert_eq!(
            dn_key("CN=Ada  L, OU=People,DC=contoso"),
            "cn=ada  l,ou=people,dc=contoso"
        );
    }
}
