//! From the bytes of a search result entry (RFC 4511, 4.5.2) to an [`Entry`], byte for byte.

use std::borrow::Cow;

use super::{ber, range::Rest};
use crate::entry::{AttributesRef, Entry, Field, Form, Span, readable};

/// Values of one entry, over all its attributes; as many as an entry of an export may have.
const MOST_VALUES: usize = 2_000_000;

/// Reads entries one after the other; what one needed while it was read serves the next.
#[derive(Default)]
pub(super) struct Decoder {
    bytes: Vec<u8>,
    fields: Vec<Field>,
    rests: Vec<Rest>,
}

/// An entry as far as it has come.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) entry: Entry,
    /// The attributes that came in part.
    pub(super) rests: Vec<Rest>,
}

impl Decoder {
    /// Reads the content of one entry; `None` when it is none, or too large for one.
    pub(super) fn read(&mut self, content: &[u8]) -> Option<Decoded> {
        let (dn, rest) = ber::take(content, ber::OCTETS)?;
        let (attributes, _) = ber::take(rest, ber::SEQUENCE)?;
        self.bytes.clear();
        self.fields.clear();
        for attribute in ber::elements(attributes) {
            self.read_attribute(attribute?.1)?;
        }
        let dn = readable(dn);
        let entry = Entry {
            dn_stray: matches!(dn, Cow::Owned(_)),
            dn: dn.into_owned(),
            line: 0,
            attributes: AttributesRef::new(&self.bytes, &self.fields, 0).to_attributes(),
        };
        let rests = std::mem::take(&mut self.rests);
        Some(Decoded { entry, rests })
    }

    fn read_attribute(&mut self, attribute: &[u8]) -> Option<()> {
        let (description, rest) = ber::take(attribute, ber::OCTETS)?;
        let (values, _) = ber::take(rest, ber::SET)?;
        let description = std::str::from_utf8(description).ok()?;
        let name = match Rest::of(description) {
            None => self.keep(description.as_bytes()),
            Some((name, rest)) => {
                self.rests.extend(rest);
                self.keep(name.as_bytes())
            }
        };
        for value in ber::elements(values) {
            self.read_value(name, value?.1)?;
        }
        Some(())
    }

    fn read_value(&mut self, name: Span, value: &[u8]) -> Option<()> {
        // What is not text is no stray text either: LDAP carries any bytes, as base64 does in a file.
        let form = match std::str::from_utf8(value) {
            Ok(_) => Form::Plain,
            Err(_) => Form::Base64,
        };
        let value = self.keep(value);
        self.fields.push(Field {
            name,
            value,
            line_offset: 0,
            form,
        });
        (self.fields.len() <= MOST_VALUES).then_some(())
    }

    /// A message is far below what a [`Span`] can hold.
    fn keep(&mut self, bytes: &[u8]) -> Span {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        Span::new(start, bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn attribute(name: &str, values: &[&[u8]]) -> Vec<u8> {
        let values: Vec<u8> = values.iter().flat_map(ber::octets).collect();
        ber::element(
            ber::SEQUENCE,
            &[ber::octets(name), ber::element(ber::SET, &values)].concat(),
        )
    }

    fn content(dn: &[u8], attributes: &[Vec<u8>]) -> Vec<u8> {
        [ber::octets(dn), ber::element(ber::SEQUENCE, &attributes.concat())].concat()
    }

    #[test]
    fn values_are_kept_byte_for_byte_and_parts_are_noted() {
        let attributes = [
            attribute("mail", &[b"a@contoso.example", b""]),
            attribute("objectGUID", &[b"\xff\x00"]),
            attribute("member;range=0-1", &[b"cn=a", b"cn=b"]),
            attribute("member", &[]),
        ];
        let decoded = Decoder::default()
            .read(&content("cn=é".as_bytes(), &attributes))
            .expect("an entry");
        let all: Vec<_> = decoded
            .entry
            .attributes
            .iter()
            .map(|(name, it)| (name, it.bytes, it.form))
            .collect();
        assert_eq!(
            all,
            [
                ("mail", &b"a@contoso.example"[..], Form::Plain),
                ("mail", b"", Form::Plain),
                ("objectGUID", b"\xff\x00", Form::Base64),
                ("member", b"cn=a", Form::Plain),
                ("member", b"cn=b", Form::Plain),
            ]
        );
        assert_eq!((decoded.entry.dn.as_str(), decoded.entry.dn_stray), ("cn=é", false));
        assert_eq!(decoded.rests.len(), 1);
    }

    #[test]
    fn a_name_that_is_no_text_is_read_as_latin_1() {
        let decoded = Decoder::default().read(&content(b"cn=\xe9", &[])).expect("an entry");
        assert_eq!((decoded.entry.dn.as_str(), decoded.entry.dn_stray), ("cn=é", true));
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes: Vec<u8>) {
            let _ = Decoder::default().read(&bytes);
        }
    }
}
