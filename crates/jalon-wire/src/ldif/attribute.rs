//! One logical line, `attribute: value` (RFC 2849, `attrval-spec`): where the name ends, where
//! the value begins and how it is written.

use std::ops::Range;

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use memchr::memchr;

use crate::entry::{Problem, excerpt};

/// A line taken apart; places are offsets into the line.
pub(super) struct Parts {
    pub(super) name: usize,
    pub(super) value: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Base64,
    Reference,
}

/// Padding may be missing: some exporters leave it out, and nothing is ambiguous without it.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub(super) fn split(line: &[u8]) -> Result<Parts, Problem> {
    let name = match memchr(b':', line) {
        Some(colon) if is_description(&line[..colon]) => colon,
        _ => {
            return Err(Problem::NotAnAttribute { found: excerpt(line) });
        }
    };
    let (kind, from) = match line.get(name + 1) {
        Some(b':') => (Kind::Base64, name + 2),
        Some(b'<') => (Kind::Reference, name + 2),
        _ => (Kind::Plain, name + 1),
    };
    let fill = line[from..].iter().take_while(|it| **it == b' ').count();
    Ok(Parts {
        name,
        value: from + fill..line.len(),
        kind,
    })
}

/// An attribute description: a name or a numeric OID, then options (RFC 4512, 2.5). Underscores
/// and the `=` and `*` of ranges (`member;range=0-*`) occur in real directories.
pub(super) fn is_description(name: &[u8]) -> bool {
    let allowed = |it: &u8| it.is_ascii_alphanumeric() || b"-.;_=*".contains(it);
    name.first().is_some_and(u8::is_ascii_alphanumeric) && name.iter().all(allowed)
}
