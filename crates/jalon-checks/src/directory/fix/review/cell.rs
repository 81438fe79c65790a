//! Cells that a spreadsheet does not take for formulas (OWASP, "CSV Injection"). An apostrophe is put before what might be one, and
//! taken away again when it is read; what began with an apostrophe already stays what it was.

use std::borrow::Cow;

/// A cell for a spreadsheet.
pub(in crate::directory) fn harmless(value: &str) -> Cow<'_, str> {
    let rest = value.strip_prefix('\'');
    if acts(value) || rest.is_some_and(is_marked) {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

/// What a cell stands for.
pub(super) fn meant(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_marked(rest) => rest,
        _ => cell,
    }
}

/// Whether an apostrophe before it would be one of ours.
fn is_marked(rest: &str) -> bool {
    acts(rest) || rest.starts_with('\'')
}

fn acts(value: &str) -> bool {
    value.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_formula_becomes_text_and_a_name_stays_as_it_is() {
        for (value, cell) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("'tis", "'tis"),
            ("'=a", "''=a"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(harmless(value), cell);
            assert_eq!(meant(cell), value);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_meant(value in "['=+@\t\r\na-]{0,6}") {
            let cell = harmless(&value);
            prop_assert_eq!(meant(&cell), value.as_str());
            prop_assert!(!acts(&cell));
        }
    }
}
