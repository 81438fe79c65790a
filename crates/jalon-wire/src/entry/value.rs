//! One value of an attribute: its bytes, and how they stood in the file.

use std::borrow::Cow;

/// How an exporter wrote a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is, after one colon or in a table cell.
    Plain,
    /// In base64, after two colons: the bytes may be anything.
    Base64,
}

/// One value, borrowed from its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    /// The value itself, decoded and unfolded.
    pub bytes: &'a [u8],
    /// How it was written.
    pub form: Form,
    /// The line on which it begins, counted from 1.
    pub line: u64,
}

impl<'a> Value<'a> {
    /// The value as text, when it is UTF-8.
    pub fn text(self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes).ok()
    }

    /// The value for a human reader: UTF-8, or else every byte taken as Latin-1 (ISO 8859-1).
    pub fn readable(self) -> Cow<'a, str> {
        readable(self.bytes)
    }

    /// The bytes are not UTF-8 although they were not encoded: RFC 2849 forbids it, and old
    /// tools that write Latin-1 do it all the same.
    pub fn is_stray(self) -> bool {
        self.form == Form::Plain && self.text().is_none()
    }
}

/// UTF-8 as it is, anything else as Latin-1, which gives every byte a meaning.
pub(crate) fn readable(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().copied().map(char::from).collect()),
    }
}
