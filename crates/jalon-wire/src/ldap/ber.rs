//! The BER (X.690) that LDAP is written in: definite lengths, tags of one byte. Elements are slices of
//! what was read; nothing here calls itself, so that depth is no way to exhaust a stack.

/// Universal tags.
pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const ENUMERATED: u8 = 0x0a;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// What stands before the content of an element.
pub(super) struct Header {
    pub(super) tag: u8,
    /// Of the header itself.
    pub(super) width: usize,
    /// Of the content.
    pub(super) length: usize,
}

/// What the first bytes of an element say.
pub(super) enum Head {
    Read(Header),
    /// More bytes are needed to tell.
    Short,
    /// No element begins so, or none that LDAP has (RFC 4511, 5.1).
    Bad,
}

/// Reads the header of the first element.
pub(super) fn head(bytes: &[u8]) -> Head {
    let [tag, first, rest @ ..] = bytes else {
        return Head::Short;
    };
    let (width, length) = match *first {
        0..=0x7f => (2, usize::from(*first)),
        // Nothing longer than 4 GiB is ever accepted.
        0x81..=0x84 => {
            let digits = usize::from(first & 0x7f);
            let Some(digits) = rest.get(..digits) else {
                return Head::Short;
            };
            let length = digits.iter().fold(0, |all, it| all << 8 | usize::from(*it));
            (2 + digits.len(), length)
        }
        _ => return Head::Bad,
    };
    Head::Read(Header {
        tag: *tag,
        width,
        length,
    })
}

/// Takes one element off the front: its tag, its content, and what follows it.
pub(super) fn next(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let Head::Read(header) = head(bytes) else { return None };
    let (content, rest) = bytes[header.width..].split_at_checked(header.length)?;
    Some((header.tag, content, rest))
}

/// Takes one element with this tag off the front: its content, and what follows it.
pub(super) fn take(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = next(bytes)?;
    (found == tag).then_some((content, rest))
}

/// The elements of a sequence; an unreadable one ends it with `None`.
pub(super) fn elements(mut bytes: &[u8]) -> impl Iterator<Item = Option<(u8, &[u8])>> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let found = next(bytes);
        bytes = found.map_or(&[], |it| it.2);
        Some(found.map(|(tag, content, _)| (tag, content)))
    })
}

/// An integer that fits; controls hold small ones only.
pub(super) fn integer(content: &[u8]) -> Option<i64> {
    let (&first, _) = content.split_first()?;
    let sign = if first & 0x80 == 0 { 0 } else { -1 };
    (content.len() <= 8).then(|| content.iter().fold(sign, |all, it| all << 8 | i64::from(*it)))
}

/// Writes one element.
pub(super) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match u8::try_from(content.len()) {
        Ok(length @ 0..=0x7f) => bytes.push(length),
        _ => {
            let digits = content.len().to_be_bytes();
            let digits = &digits[digits.iter().take_while(|it| **it == 0).count()..];
            bytes.push(0x80 | digits.len() as u8);
            bytes.extend_from_slice(digits);
        }
    }
    bytes.extend_from_slice(content);
    bytes
}

/// Writes text or bytes.
pub(super) fn octets(content: impl AsRef<[u8]>) -> Vec<u8> {
    element(OCTETS, content.as_ref())
}

/// Writes an integer in as few bytes as its sign allows.
pub(super) fn integer_element(value: i64) -> Vec<u8> {
    number(INTEGER, value)
}

/// Writes an enumerated value or an integer.
pub(super) fn number(tag: u8, value: i64) -> Vec<u8> {
    let digits = value.to_be_bytes();
    let spare = |index: usize| {
        let next = digits[index + 1];
        (digits[index] == 0 && next < 0x80) || (digits[index] == 0xff && next >= 0x80)
    };
    let start = (0..digits.len() - 1).take_while(|it| spare(*it)).count();
    element(tag, &digits[start..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lengths_take_as_many_bytes_as_they_need() {
        assert_eq!(element(OCTETS, b"ab"), [4, 2, b'a', b'b']);
        assert_eq!(element(OCTETS, &[0; 128])[..3], [4, 0x81, 128]);
        assert_eq!(element(OCTETS, &[0; 300])[..4], [4, 0x82, 1, 44]);
    }

    #[test]
    fn what_is_cut_short_or_another_element_is_not_taken() {
        assert_eq!(take(&[4, 3, 1, 2], OCTETS), None);
        assert_eq!(take(&[4, 1, 1], INTEGER), None);
        assert_eq!(take(&[4, 0x80, 0, 0], OCTETS), None);
        assert_eq!(take(&[4, 0x85, 0, 0, 0, 0, 1, 7], OCTETS), None);
        assert_eq!(take(&[], OCTETS), None);
        assert_eq!(integer(&[]), None);
        assert_eq!(integer(&[1; 9]), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(value: i64, content: Vec<u8>, after: Vec<u8>) {
            let written = integer_element(value);
            let (digits, rest) = take(&written, INTEGER).expect("an integer");
            prop_assert_eq!((integer(digits), rest), (Some(value), &[][..]));
            let mut written = element(OCTETS, &content);
            written.extend_from_slice(&after);
            prop_assert_eq!(take(&written, OCTETS), Some((&content[..], &after[..])));
        }

        #[test]
        fn any_bytes_are_survived(bytes: Vec<u8>, tag: u8) {
            let _ = take(&bytes, tag).and_then(|(content, _)| integer(content));
            prop_assert!(elements(&bytes).count() <= bytes.len());
        }
    }
}
