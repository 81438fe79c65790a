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
    name.first().is_some_and(u8::is_ascii_alphanumeric) && name.iter().all(|it| OF_DESCRIPTION[*it as usize])
}

/// Which bytes a description may hold.
const OF_DESCRIPTION: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        let is_sign = matches!(byte, b'-' | b'.' | b';' | b'_' | b'=' | b'*');
        table[byte as usize] = byte.is_ascii_alphanumeric() || is_sign;
        byte += 1;
    }
    table
};

/// A line as nearly all are, `attribute: value`, unfolded and not encoded, whole at the beginning of `ahead` and followed
/// by the line after it: the length of the name, the place of the value, and where the next line begins. None for
/// anything else, which [`split`] looks at more closely.
pub(super) fn plain(ahead: &[u8]) -> Option<(usize, Range<usize>, usize)> {
    let name = ahead.iter().position(|it| !OF_DESCRIPTION[*it as usize])?;
    let (head, behind) = ahead.split_at_checked(name + 2)?;
    if head[name..] != *b": " || !head[0].is_ascii_alphanumeric() || behind.first() == Some(&b' ') {
        return None;
    }
    let end = memchr(b'\n', behind)?;
    // A space would continue the line; at the end of what is in memory nobody knows yet.
    if *behind.get(end + 1)? == b' ' {
        return None;
    }
    let length = end - usize::from(behind[..end].ends_with(b"\r"));
    let start = head.len();
    Some((name, start..start + length, start + end + 1))
}

/// The names with a meaning of their own: `dn` and `changetype`.
pub(super) fn has_meaning(name: &[u8]) -> bool {
    match name.len() {
        2 => name.eq_ignore_ascii_case(b"dn"),
        10 => name.eq_ignore_ascii_case(b"changetype"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nearly_all_lines_are_plain() {
        assert_eq!(plain(b"mail: a@contoso.example\nsn: A\n"), Some((4, 6..23, 24)));
        assert_eq!(plain(b"mail: a\r\n\r\n"), Some((4, 6..7, 9)));
        for other in [
            "mail: folded\n here\n",
            "sn:: QQ==\nc: d\n",
            "sn:  A\nc: d\n",
            "sn: A\n",
            "\n\n",
        ] {
            assert_eq!(plain(other.as_bytes()), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_line_is_what_a_closer_look_makes_of_it(line in "[a-z;=1-]{0,4}:{0,2}[ <]{0,2}[ -~é\r]{0,6}", next in "[ a\n]{0,2}") {
            if let Some((name, value, end)) = plain(format!("{line}\n{next}").as_bytes()) {
                let parts = split(line.strip_suffix('\r').unwrap_or(&line).as_bytes()).expect("an attribute");
                prop_assert_eq!((parts.name, parts.value, line.len() + 1), (name, value, end));
                prop_assert!(parts.kind == Kind::Plain && !next.starts_with(' '));
            }
        }
    }
}
