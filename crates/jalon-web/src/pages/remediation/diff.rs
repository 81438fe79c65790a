//! A fix as lines that are added and removed. Fixes are texts to execute; what each line does depends on the format.

use jalon_domain::finding::FixKind;

use crate::ui::fix::Change;

/// Lines shown; the file has them all.
const SHOWN: usize = 200;

/// The lines of a fix, and how many more there are.
pub(super) fn lines(kind: FixKind, text: &str) -> (Vec<(Change, &str)>, usize) {
    let all: Vec<(Change, &str)> = match kind {
        FixKind::Zone => text.lines().map(zone).collect(),
        FixKind::Ldif => ldif(text),
        FixKind::Powershell | FixKind::Graph | FixKind::Manual => text.lines().map(command).collect(),
    };
    let more = all.len().saturating_sub(SHOWN);
    (all.into_iter().take(SHOWN).collect(), more)
}

/// How many lines are removed and added.
pub(super) fn size(kind: FixKind, text: &str) -> (usize, usize) {
    let lines = match kind {
        FixKind::Zone => text.lines().map(zone).collect(),
        _ => ldif(text),
    };
    let count = |change| lines.iter().filter(|it| it.0 == change).count();
    (count(Change::Remove), count(Change::Add))
}

/// A line of a zone: what is to be removed stands in a comment, since a zone file cannot say it.
fn zone(line: &str) -> (Change, &str) {
    match line.strip_prefix("; remove: ") {
        Some(record) => (Change::Remove, record),
        None if line.starts_with(';') => (Change::Comment, line),
        None => (Change::Add, line),
    }
}

/// A line to type: it takes nothing away and adds nothing by itself.
fn command(line: &str) -> (Change, &str) {
    (
        if line.starts_with('#') {
            Change::Comment
        } else {
            Change::Same
        },
        line,
    )
}

/// The lines of change records (RFC 2849): values under `add` and `replace` come, values under `delete` go; the rest says
/// where.
fn ldif(text: &str) -> Vec<(Change, &str)> {
    let mut under = Change::Same;
    let mut last = Change::Same;
    text.lines()
        .map(|line| {
            let word = line.split(':').next().unwrap_or_default();
            last = match word {
                _ if line.starts_with('#') => Change::Comment,
                // A folded line goes on as the one before.
                _ if line.starts_with(' ') => last,
                "add" | "replace" => said(&mut under, Change::Add),
                "delete" => said(&mut under, Change::Remove),
                "-" | "" | "dn" | "changetype" | "version" => said(&mut under, Change::Same),
                _ => under,
            };
            (last, line)
        })
        .collect()
}

/// Remembers what the values that follow do; the line that says so itself changes nothing.
fn said(under: &mut Change, change: Change) -> Change {
    *under = change;
    Change::Same
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_says_in_comments_what_goes() {
        let text = "; remove: a. 3600 IN TXT \"old\"\n; why\na. 3600 IN TXT \"new\"\n";
        let (lines, more) = lines(FixKind::Zone, text);
        let expected = [
            (Change::Remove, "a. 3600 IN TXT \"old\""),
            (Change::Comment, "; why"),
            (Change::Add, "a. 3600 IN TXT \"new\""),
        ];
        assert_eq!(
            (lines.as_slice(), more, size(FixKind::Zone, text)),
            (expected.as_slice(), 0, (1, 1))
        );
    }

    #[test]
    fn values_of_a_change_record_come_and_go_by_the_line_above_them() {
        let text = "# why\ndn: CN=a,DC=example\nchangetype: modify\ndelete: mail\nmail: old@x.example\n-\nreplace: mail\n\
                    mail: new@x.exam\n ple\n-\n\ndn: CN=b\n";
        let changes: Vec<Change> = ldif(text).into_iter().map(|it| it.0).collect();
        use Change::{Add, Comment, Remove, Same};
        assert_eq!(
            changes,
            [
                Comment, Same, Same, Same, Remove, Same, Same, Add, Add, Same, Same, Same
            ]
        );
    }

    #[test]
    fn a_long_fix_is_cut_and_says_so() {
        let text = "x. 60 IN A 192.0.2.1\n".repeat(450);
        let (lines, more) = lines(FixKind::Zone, &text);
        assert_eq!((lines.len(), more), (200, 250));
    }
}
