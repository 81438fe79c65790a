//! The form in which two values are the same to IdFix (`DuplicateStore`, which compares with
//! `StringComparer.InvariantCultureIgnoreCase`): the whole value, prefix included, whatever its case.
//!
//! That comparison is linguistic. Followed are: case, canonically equivalent sequences, soft hyphens and characters
//! without width (both are ignored), `ß` = `ss`, `æ` = `ae`. The rest of the tables of Windows is not.

use unicode_normalization::UnicodeNormalization;

/// Writes that form over `into`, which is kept between calls and so seldom grows.
pub(super) fn fold(value: &str, into: &mut String) {
    into.clear();
    if value.is_ascii() {
        into.push_str(value);
        into.make_ascii_lowercase();
        return;
    }
    let seen = value.nfd().filter(|it| !is_ignored(*it)).flat_map(char::to_lowercase);
    for c in seen {
        match c {
            'ß' => into.push_str("ss"),
            'æ' => into.push_str("ae"),
            c => into.push(c),
        }
    }
}

fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_form_and_what_is_not_seen_do_not_count_and_white_space_does() {
        for (value, expected) in [
            ("SMTP:Ada@Contoso.example", "smtp:ada@contoso.example"),
            ("ÉCHO", "e\u{301}cho"),
            ("e\u{301}cho", "e\u{301}cho"),
            ("co\u{ad}op", "coop"),
            ("Straße", "strasse"),
            (" ada ", " ada "),
        ] {
            let mut folded = "old".to_owned();
            fold(value, &mut folded);
            assert_eq!(folded, expected, "{value}");
        }
    }
}
