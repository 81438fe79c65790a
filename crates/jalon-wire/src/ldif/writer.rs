//! LDIF out: content records and change records (RFC 2849), folded at 76 columns, values in
//! base64 whenever they are no SAFE-STRING. Names are checked, so that nothing read from a file
//! can smuggle a line into what is written.

use std::io::{self, Write};

use base64::Engine;

use super::attribute::{BASE64, is_description};
use crate::entry::AttributesRef;

const COLUMNS: usize = 76;

/// What happens to an attribute in a change record (RFC 2849, `mod-spec`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The given values are added.
    Add,
    /// The given values are removed; without values, the whole attribute.
    Delete,
    /// The attribute holds the given values from then on; without values, it is removed.
    Replace,
}

/// One edit of one attribute, borrowed from whoever proposes it.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// What happens.
    pub edit: Edit,
    /// The attribute, options included.
    pub attribute: &'a str,
    /// The values it happens with.
    pub values: &'a [&'a [u8]],
}

/// Writes LDIF to anything.
pub struct Writer<W> {
    out: W,
}

impl<W: Write> Writer<W> {
    /// Wraps a destination; give it a buffered one.
    pub fn new(out: W) -> Self {
        Self { out }
    }

    /// The destination back.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// `version: 1`, which opens a file.
    ///
    /// # Errors
    /// What the destination says; so for every function here.
    pub fn write_version(&mut self) -> io::Result<()> {
        self.out.write_all(b"version: 1\n\n")
    }

    /// A comment, not folded; line breaks in it start a new comment line.
    ///
    /// # Errors
    /// What the destination says.
    pub fn write_comment(&mut self, text: &str) -> io::Result<()> {
        text.split(['\n', '\r'])
            .try_for_each(|line| writeln!(self.out, "# {line}"))
    }

    /// One `attribute: value` line.
    ///
    /// # Errors
    /// `InvalidInput` when the name is no attribute description.
    pub fn write_value(&mut self, attribute: &str, value: &[u8]) -> io::Result<()> {
        let name = described(attribute)?;
        if value.is_empty() {
            return self.fold(&[name, b":"]);
        }
        if is_safe(value) {
            return self.fold(&[name, b": ", value]);
        }
        self.fold(&[name, b":: ", BASE64.encode(value).as_bytes()])
    }

    /// A content record: the name, every value, and the blank line that ends it.
    ///
    /// # Errors
    /// `InvalidInput` when a name is no attribute description.
    pub fn write_entry(&mut self, dn: &str, attributes: AttributesRef<'_>) -> io::Result<()> {
        self.write_value("dn", dn.as_bytes())?;
        attributes
            .iter()
            .try_for_each(|(name, value)| self.write_value(name, value.bytes))?;
        self.end_record()
    }

    /// A change record of kind `modify` with every edit, in order.
    ///
    /// # Errors
    /// `InvalidInput` when a name is no attribute description, or when an addition has no value.
    pub fn write_modify(&mut self, dn: &str, changes: &[Change<'_>]) -> io::Result<()> {
        self.write_value("dn", dn.as_bytes())?;
        self.write_value("changetype", b"modify")?;
        changes.iter().try_for_each(|it| self.write_change(it))?;
        self.end_record()
    }

    fn write_change(&mut self, change: &Change<'_>) -> io::Result<()> {
        if change.edit == Edit::Add && change.values.is_empty() {
            return Err(invalid(format!("nothing to add to `{}`", change.attribute)));
        }
        let verb = match change.edit {
            Edit::Add => "add",
            Edit::Delete => "delete",
            Edit::Replace => "replace",
        };
        self.write_value(verb, described(change.attribute)?)?;
        change
            .values
            .iter()
            .try_for_each(|it| self.write_value(change.attribute, it))?;
        self.out.write_all(b"-\n")
    }

    fn end_record(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// One logical line from its pieces, folded: a continuation begins with one space. A
    /// multi-byte character never comes here unencoded, so a fold cannot cut one.
    fn fold(&mut self, pieces: &[&[u8]]) -> io::Result<()> {
        let line = pieces.concat();
        let (head, mut rest) = line.split_at(line.len().min(COLUMNS));
        self.out.write_all(head)?;
        while !rest.is_empty() {
            let (next, others) = rest.split_at(rest.len().min(COLUMNS - 1));
            self.out.write_all(b"\n ")?;
            self.out.write_all(next)?;
            rest = others;
        }
        self.out.write_all(b"\n")
    }
}

fn described(attribute: &str) -> io::Result<&[u8]> {
    let name = attribute.as_bytes();
    if is_description(name) {
        Ok(name)
    } else {
        Err(invalid(format!("`{attribute}` is no attribute name")))
    }
}

fn invalid(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

/// SAFE-STRING of RFC 2849, and no space at the end, which editors eat (note 8 there).
fn is_safe(value: &[u8]) -> bool {
    let first_is_safe = !matches!(value.first(), Some(b' ' | b':' | b'<'));
    let all_are_safe = value.iter().all(|it| it.is_ascii() && !matches!(it, 0 | b'\n' | b'\r'));
    first_is_safe && all_are_safe && value.last() != Some(&b' ')
}
