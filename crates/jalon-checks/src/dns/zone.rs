//! Fixes as zone lines (RFC 1035, section 5.1): what to publish as it stands, what to remove as a comment.

use std::fmt;

use jalon_domain::finding::{Fix, FixKind};
use jalon_wire::dns::{Data, Record};

/// The time to live of what is proposed, in seconds.
const TTL: u32 = 3600;
/// The longest string of a TXT record, in bytes (RFC 1035, section 3.3).
const LONGEST_STRING: usize = 255;

/// One record, to be published or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    name: String,
    ttl: u32,
    data: Data,
}

impl Line {
    pub(super) fn cname(name: &str, target: &str) -> Self {
        Self::new(
            name,
            Data::Cname {
                target: target.to_owned(),
            },
        )
    }

    pub(super) fn mx(name: &str, preference: u16, exchange: &str) -> Self {
        Self::new(
            name,
            Data::Mx {
                preference,
                exchange: exchange.to_owned(),
            },
        )
    }

    pub(super) fn srv(name: &str, port: u16, target: &str) -> Self {
        Self::new(
            name,
            Data::Srv {
                priority: 100,
                weight: 1,
                port,
                target: target.to_owned(),
            },
        )
    }

    pub(super) fn txt(name: &str, text: &str) -> Self {
        Self::new(
            name,
            Data::Txt {
                text: text.to_owned(),
                parts: Vec::new(),
            },
        )
    }

    pub(super) fn tlsa(name: &str, [usage, selector, matching]: [u8; 3], association: &str) -> Self {
        Self::new(
            name,
            Data::Tlsa {
                usage,
                selector,
                matching,
                association: association.to_owned(),
            },
        )
    }

    pub(super) fn ptr(name: &str, target: &str) -> Self {
        Self::new(
            name,
            Data::Ptr {
                target: target.to_owned(),
            },
        )
    }

    /// The record as it is now at `name`.
    pub(super) fn of(name: &str, record: &Record) -> Self {
        Self {
            name: name.to_owned(),
            ttl: record.ttl,
            data: record.data.clone(),
        }
    }

    fn new(name: &str, data: Data) -> Self {
        Self {
            name: name.to_owned(),
            ttl: TTL,
            data,
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} IN {}", absolute(&self.name), self.ttl, Shown(&self.data))
    }
}

/// A record's data in presentation form.
pub(super) struct Shown<'a>(pub(super) &'a Data);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Data::A { address } => write!(f, "A {address}"),
            Data::Aaaa { address } => write!(f, "AAAA {address}"),
            Data::Cname { target } => write!(f, "CNAME {}", absolute(target)),
            Data::Mx { preference, exchange } => write!(f, "MX {preference} {}", absolute(exchange)),
            Data::Srv {
                priority,
                weight,
                port,
                target,
            } => {
                write!(f, "SRV {priority} {weight} {port} {}", absolute(target))
            }
            Data::Tlsa {
                usage,
                selector,
                matching,
                association,
            } => write!(f, "TLSA {usage} {selector} {matching} {association}"),
            Data::Txt { text, .. } => write!(f, "TXT {}", quoted(text)),
            Data::Ns { host } => write!(f, "NS {}", absolute(host)),
            Data::Ptr { target } => write!(f, "PTR {}", absolute(target)),
            Data::Soa { primary, serial, .. } => write!(f, "SOA {} (serial {serial})", absolute(primary)),
            Data::Other { kind, text } => write!(f, "{kind} {text}"),
        }
    }
}

/// The fix that publishes some records and removes others; undoing it is the reverse.
pub(super) fn fix(publish: &[Line], remove: &[Line]) -> Fix {
    Fix {
        kind: FixKind::Zone,
        text: lines(publish, remove),
        undo: Some(lines(remove, publish)),
        steps: None,
    }
}

fn lines(publish: &[Line], remove: &[Line]) -> String {
    let removed = remove.iter().map(|it| format!("; remove: {it}\n"));
    removed.chain(publish.iter().map(|it| format!("{it}\n"))).collect()
}

fn absolute(name: &str) -> String {
    if name.ends_with('.') {
        name.to_owned()
    } else {
        format!("{name}.")
    }
}

/// Strings of at most 255 bytes side by side, quotes and backslashes escaped.
fn quoted(text: &str) -> String {
    let mut strings = vec![String::new()];
    let mut length = 0;
    for c in text.chars() {
        if length + c.len_utf8() > LONGEST_STRING {
            strings.push(String::new());
            length = 0;
        }
        length += c.len_utf8();
        let string = strings.last_mut().expect("it begins with one string and only grows");
        match c {
            '"' | '\\' => string.extend(['\\', c]),
            c if c.is_ascii_control() => string.push_str(&format!("\\{:03}", u32::from(c))),
            c => string.push(c),
        }
    }
    strings
        .iter()
        .map(|it| format!("\"{it}\""))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &Line, expected: &str) {
        assert_eq!(line.to_string(), expected);
    }

    #[test]
    fn records_are_written_as_people_paste_them() {
        check(
            &Line::mx("contoso.example", 0, "mx.contoso.example"),
            "contoso.example. 3600 IN MX 0 mx.contoso.example.",
        );
        check(
            &Line::cname("a.contoso.example", "b.example"),
            "a.contoso.example. 3600 IN CNAME b.example.",
        );
        check(
            &Line::srv("_s._tls.contoso.example", 443, "b.example"),
            "_s._tls.contoso.example. 3600 IN SRV 100 1 443 b.example.",
        );
        check(
            &Line::txt("contoso.example", r#"a "b" \c"#),
            r#"contoso.example. 3600 IN TXT "a \"b\" \\c""#,
        );
        check(
            &Line::txt("contoso.example", "a\u{1}\n"),
            r#"contoso.example. 3600 IN TXT "a\001\010""#,
        );
    }

    #[test]
    fn long_texts_become_strings_side_by_side_and_no_character_is_cut() {
        let line = Line::txt("contoso.example", &format!("{}é{}", "x".repeat(254), "y".repeat(254))).to_string();
        let (_, strings) = line.split_once("TXT ").unwrap();
        assert_eq!(
            strings,
            format!("\"{}\" \"é{}\" \"y\"", "x".repeat(254), "y".repeat(253))
        );
    }

    #[test]
    fn undoing_a_fix_is_its_reverse() {
        let (new, old) = (
            Line::mx("contoso.example", 0, "new.example"),
            Line::mx("contoso.example", 5, "old.example"),
        );
        let fix = fix(&[new], &[old]);
        assert_eq!(
            fix.text,
            "; remove: contoso.example. 3600 IN MX 5 old.example.\ncontoso.example. 3600 IN MX 0 new.example.\n"
        );
        assert_eq!(
            fix.undo.as_deref(),
            Some("; remove: contoso.example. 3600 IN MX 0 new.example.\ncontoso.example. 3600 IN MX 5 old.example.\n")
        );
    }
}
