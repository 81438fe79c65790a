//! Writes one entry as LDIF (RFC 2849): base64 where the text is not safe, lines folded. Reading is not done here.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::entry::{Entry, Unit};
use super::people::{DEPARTMENTS, SITES};

/// The longest line written, in bytes, as the common tools fold.
const WIDTH: usize = 76;

/// What comes before the first entry.
pub(super) const HEAD: &str = "version: 1\n\n";

/// Appends the entry and the empty line that ends it.
pub(super) fn write(entry: &Entry, out: &mut String) {
    line("dn", &entry.dn(), out);
    for (attribute, value) in &entry.attributes {
        line(attribute, value, out);
    }
    out.push('\n');
}

/// The same for a server that loads it: of the classes only the last, which is the structural one there, and the category
/// that filters ask for.
pub(super) fn write_to_load(entry: &Entry, out: &mut String) {
    line("dn", &entry.dn(), out);
    line("objectClass", entry.class(), out);
    let category = if entry.class() == "group" { "Group" } else { "Person" };
    line("objectCategory", category, out);
    for (attribute, value) in entry.attributes.iter().filter(|it| it.0 != "objectClass") {
        line(attribute, value, out);
    }
    out.push('\n');
}

/// The folders that the entries lie in, in the order in which a server takes them.
pub(super) fn tree(root: &str) -> String {
    let top = ["Siege", "Agences", "Services", "Partenaires", "Groupes"].map(Unit::Top);
    let departments = DEPARTMENTS.map(|it| Unit::Below(it, "Siege"));
    let sites = SITES.map(|it| Unit::Below(it, "Agences"));
    let name = root.split(',').next().unwrap_or(root).trim_start_matches("DC=");
    let mut out = format!("dn: {root}\nobjectClass: domainDNS\ndc: {name}\n\n");
    for unit in top.iter().chain(&departments).chain(&sites) {
        let (Unit::Top(name) | Unit::Below(name, _)) = unit;
        let written = write!(
            out,
            "dn: {unit},{root}\nobjectClass: organizationalUnit\nou: {name}\n\n"
        );
        written.expect("writing to a string cannot fail");
    }
    out
}

fn line(attribute: &str, value: &str, out: &mut String) {
    let start = out.len();
    let written = if is_safe(value) {
        write!(out, "{attribute}: {value}")
    } else {
        write!(out, "{attribute}:: {}", STANDARD.encode(value))
    };
    written.expect("writing to a string cannot fail");
    fold(start, out);
    out.push('\n');
}

/// SAFE-STRING of RFC 2849, and no final space, which editors love to remove.
fn is_safe(value: &str) -> bool {
    let unsafe_start = value.starts_with([' ', ':', '<']);
    let plain = |it: u8| it.is_ascii() && !matches!(it, b'\0' | b'\n' | b'\r');
    !unsafe_start && !value.ends_with(' ') && value.bytes().all(plain)
}

/// Breaks the line that begins at `start`; it is all ASCII by now. Each continuation begins with one space.
fn fold(start: usize, out: &mut String) {
    if out.len() - start <= WIDTH {
        return;
    }
    let mut rest = out.split_off(start + WIDTH);
    while !rest.is_empty() {
        let next = rest.split_off(rest.len().min(WIDTH - 1));
        out.push_str("\n ");
        out.push_str(&rest);
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        let mut out = String::new();
        line("cn", value, &mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn plain_text_stays_readable() {
        check("Zoe Petit", "cn: Zoe Petit\n");
    }

    #[test]
    fn text_that_is_not_safe_becomes_base64() {
        check("Zoé", "cn:: Wm/DqQ==\n");
        check(" x", "cn:: IHg=\n");
        check("x ", "cn:: eCA=\n");
        check(":x", "cn:: Ong=\n");
    }

    #[test]
    fn long_lines_are_folded_and_none_is_longer_than_the_width() {
        let mut out = String::new();
        line("cn", &"x".repeat(200), &mut out);
        assert!(out.lines().all(|it| it.len() <= WIDTH));
        assert_eq!(out.replace("\n ", ""), format!("cn: {}\n", "x".repeat(200)));
    }
}
