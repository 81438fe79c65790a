//! How a table is written: its separator, and what a cell with several values looks like.

use std::ops::Range;

/// The separator used most in the first line, outside quotes; a comma when there is none.
/// Spreadsheets write `;` where the decimal sign is a comma, as in French.
pub(super) fn separator(first_line: &[u8]) -> u8 {
    let count = |separator: u8| {
        let mut quoted = false;
        let outside = first_line.iter().filter(|it| {
            quoted ^= **it == b'"';
            !quoted && **it == separator
        });
        outside.count()
    };
    // The last of equals wins, so the comma comes last.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|it| count(*it))
        .unwrap_or(b',')
}

/// Where the values are in a cell that holds several, separated by `;`.
///
/// X.400 addresses are full of `;` themselves (`X400:C=US;A= ;P=Contoso;`): what follows one
/// belongs to it until a part names its own kind (`smtp:`).
pub(super) fn values(cell: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    let parts = std::iter::from_fn(move || {
        let start = next;
        let rest = cell.get(start..)?;
        let end = start + value_length(rest);
        next = end + 1;
        Some(trimmed(cell, start..end))
    });
    parts.filter(|it| !it.is_empty())
}

fn value_length(rest: &[u8]) -> usize {
    let head = rest.trim_ascii_start().get(..5);
    let is_x400 = head.is_some_and(|it| it.eq_ignore_ascii_case(b"x400:"));
    let mut separators = memchr::memchr_iter(b';', rest);
    let end = separators.find(|at| !is_x400 || begins_address(&rest[at + 1..]));
    end.unwrap_or(rest.len())
}

fn trimmed(cell: &[u8], part: Range<usize>) -> Range<usize> {
    let start = part.end - cell[part.clone()].trim_ascii_start().len();
    start..start + cell[start..part.end].trim_ascii_end().len()
}

/// The part up to the next `;` carries a kind, as proxy addresses do.
fn begins_address(rest: &[u8]) -> bool {
    let part = rest.split(|it| *it == b';').next().unwrap_or_default();
    part.contains(&b':')
}

/// What `Export-Csv` writes for a property that is a list, in place of the list.
pub(super) fn is_collection_name(cell: &[u8]) -> bool {
    let is_dotnet = cell.starts_with(b"Microsoft.") || cell.starts_with(b"System.");
    is_dotnet && (cell.ends_with(b"Collection") || cell.ends_with(b"]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_separator(line: &str, expected: u8) {
        assert_eq!(separator(line.as_bytes()) as char, expected as char, "{line}");
    }

    #[test]
    fn the_separator_is_counted_outside_quotes() {
        check_separator("DN,mail,sn", b',');
        check_separator("DN;mail;sn", b';');
        check_separator("DN\tmail\tsn", b'\t');
        check_separator("\"a;b;c;d\",mail,sn", b',');
        check_separator("mail", b',');
    }

    #[track_caller]
    fn check_values(cell: &str, expected: &[&str]) {
        let found: Vec<_> = values(cell.as_bytes()).map(|it| &cell[it]).collect();
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn a_cell_gives_its_values_and_keeps_x400_addresses_whole() {
        check_values("", &[]);
        check_values(
            "SMTP:a@contoso.example; smtp:b@contoso.example;",
            &["SMTP:a@contoso.example", "smtp:b@contoso.example"],
        );
        check_values(
            "X400:C=US;A= ;P=Contoso;;smtp:b@contoso.example;sip:b@contoso.example",
            &[
                "X400:C=US;A= ;P=Contoso;",
                "smtp:b@contoso.example",
                "sip:b@contoso.example",
            ],
        );
    }

    #[test]
    fn the_name_of_a_collection_is_no_value() {
        assert!(is_collection_name(
            b"Microsoft.ActiveDirectory.Management.ADPropertyValueCollection"
        ));
        assert!(is_collection_name(b"System.String[]"));
        assert!(!is_collection_name(b"System administrators"));
    }
}
