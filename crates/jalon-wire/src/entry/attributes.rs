//! The values of one entry in one run of bytes, so that reading and copying an entry costs two
//! copies and no allocation a value. Look-ups ignore case; the spelling of the file is kept.

use super::{Form, Value};

/// A place in the bytes of an entry. Readers bound an entry to less than 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    len: u32,
}

impl Span {
    pub(crate) fn new(start: usize, len: usize) -> Self {
        let fits = |it: usize| u32::try_from(it).expect("readers bound an entry below 4 GiB");
        Self {
            start: fits(start),
            len: fits(len),
        }
    }

    fn of(self, bytes: &[u8]) -> &[u8] {
        let start = self.start as usize;
        &bytes[start..start + self.len as usize]
    }
}

/// One value: where its name and its bytes are, and on which line after the entry's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: Span,
    pub(crate) value: Span,
    pub(crate) line_offset: u32,
    pub(crate) form: Form,
}

/// The attributes of an entry, owned.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    bytes: Vec<u8>,
    fields: Vec<Field>,
    first_line: u64,
}

impl Attributes {
    /// The same attributes, borrowed: all look-ups are there.
    pub fn view(&self) -> AttributesRef<'_> {
        AttributesRef {
            bytes: &self.bytes,
            fields: &self.fields,
            first_line: self.first_line,
        }
    }

    /// Appends one value; an attribute with several values is pushed several times.
    pub fn push(&mut self, name: &str, value: &[u8]) {
        let at = self.bytes.len();
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(value);
        self.fields.push(Field {
            name: Span::new(at, name.len()),
            value: Span::new(at + name.len(), value.len()),
            line_offset: 0,
            form: Form::Plain,
        });
    }

    /// Every attribute description and value, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Value<'_>)> {
        self.view().iter()
    }

    /// The values of an attribute; see [`AttributesRef::values`].
    pub fn values(&self, name: &str) -> impl Iterator<Item = Value<'_>> {
        self.view().values(name)
    }

    /// The first value of an attribute.
    pub fn first(&self, name: &str) -> Option<Value<'_>> {
        self.view().first(name)
    }
}

/// Equal when the same names hold the same bytes in the same order; where they stood in a file
/// is not compared.
impl PartialEq for Attributes {
    fn eq(&self, other: &Self) -> bool {
        let plain = |(name, value): (&str, Value<'_>)| (name.to_owned(), value.bytes.to_owned());
        self.iter().map(plain).eq(other.iter().map(plain))
    }
}

impl Eq for Attributes {}

impl<'a> FromIterator<(&'a str, &'a [u8])> for Attributes {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a [u8])>>(pairs: I) -> Self {
        let mut all = Self::default();
        pairs.into_iter().for_each(|(name, value)| all.push(name, value));
        all
    }
}

/// The attributes of an entry, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct AttributesRef<'a> {
    bytes: &'a [u8],
    fields: &'a [Field],
    first_line: u64,
}

impl<'a> AttributesRef<'a> {
    pub(crate) fn new(bytes: &'a [u8], fields: &'a [Field], first_line: u64) -> Self {
        Self {
            bytes,
            fields,
            first_line,
        }
    }

    /// A copy that outlives the reader.
    pub fn to_attributes(self) -> Attributes {
        Attributes {
            bytes: self.bytes.to_vec(),
            fields: self.fields.to_vec(),
            first_line: self.first_line,
        }
    }

    /// How many values there are, over all attributes.
    pub fn len(self) -> usize {
        self.fields.len()
    }

    /// The entry has no value at all.
    pub fn is_empty(self) -> bool {
        self.fields.is_empty()
    }

    /// Every attribute description (options included, spelt as in the file) and value.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, Value<'a>)> {
        self.fields.iter().map(move |field| {
            let name = std::str::from_utf8(field.name.of(self.bytes)).unwrap_or_default();
            (name, self.value(field))
        })
    }

    /// How the value at `index` is described (options included, as written), and the value: what a loop over
    /// `0..len()` takes where every nanosecond counts.
    ///
    /// # Panics
    /// When `index` is not below [`AttributesRef::len`].
    pub fn at(self, index: usize) -> (&'a [u8], Value<'a>) {
        let field = &self.fields[index];
        (field.name.of(self.bytes), self.value(field))
    }

    /// The values of an attribute, whatever its case. `mail` also finds `mail;binary` and
    /// `mail;range=0-1499`, which say how a value was carried (RFC 4522, MS-ADTS 3.1.1.3.1.3.3),
    /// but not `mail;lang-fr`, which is another set of values: ask for it by its full name.
    pub fn values(self, name: &str) -> impl Iterator<Item = Value<'a>> {
        self.fields
            .iter()
            .filter(move |field| is_asked(field.name.of(self.bytes), name.as_bytes()))
            .map(move |field| self.value(field))
    }

    /// The first value of an attribute.
    pub fn first(self, name: &str) -> Option<Value<'a>> {
        self.values(name).next()
    }

    fn value(self, field: &Field) -> Value<'a> {
        Value {
            bytes: field.value.of(self.bytes),
            form: field.form,
            line: self.first_line + u64::from(field.line_offset),
        }
    }
}

fn is_asked(description: &[u8], asked: &[u8]) -> bool {
    let Some((head, options)) = description.split_at_checked(asked.len()) else {
        return false;
    };
    head.eq_ignore_ascii_case(asked) && (options.is_empty() || plain_name(description).len() == asked.len())
}

/// The name in a description whose options only say how the value travelled (RFC 4522, MS-ADTS 3.1.1.3.1.3.3); the whole
/// description when an option makes it another set of values.
pub fn plain_name(description: &[u8]) -> &[u8] {
    let Some(at) = memchr::memchr(b';', description) else {
        return description;
    };
    let (name, options) = description.split_at(at);
    if options_only_carry(&options[1..]) {
        name
    } else {
        description
    }
}

fn options_only_carry(options: &[u8]) -> bool {
    options.split(|byte| *byte == b';').all(|option| {
        let is_range = option.get(..6).is_some_and(|it| it.eq_ignore_ascii_case(b"range="));
        is_range || option.eq_ignore_ascii_case(b"binary")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Attributes {
        [
            ("mail", &b"a@contoso.example"[..]),
            ("Mail", b"b@contoso.example"),
            ("mail;lang-fr", b"c@contoso.example"),
            ("userCertificate;binary", b"\x30"),
            ("member;range=0-1499", b"cn=a"),
            ("mailNickname", b"a"),
        ]
        .into_iter()
        .collect()
    }

    #[track_caller]
    fn check(asked: &str, expected: &[&[u8]]) {
        let found: Vec<_> = sample().values(asked).map(|it| it.bytes.to_vec()).collect();
        assert_eq!(found, expected, "{asked}");
    }

    #[test]
    fn case_does_not_matter_and_a_longer_name_is_another_name() {
        check("MAIL", &[b"a@contoso.example", b"b@contoso.example"]);
        check("mailnickname", &[b"a"]);
        check("mai", &[]);
    }

    #[test]
    fn options_that_change_the_meaning_are_asked_by_their_full_name() {
        check("mail;LANG-fr", &[b"c@contoso.example"]);
        check("usercertificate", &[b"\x30"]);
        check("member", &[b"cn=a"]);
    }

    #[test]
    fn the_spelling_of_the_file_is_kept() {
        let sample = sample();
        let names: Vec<_> = sample.iter().map(|(name, _)| name).collect();
        assert_eq!(names[..3], ["mail", "Mail", "mail;lang-fr"]);
    }
}
