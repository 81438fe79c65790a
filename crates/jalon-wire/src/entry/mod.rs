//! A directory entry as an export gives it: a name and its values, byte for byte. How an export
//! is written lives in `ldif` and `csv`; what a value must look like lives in the checks.

mod attributes;
mod error;
mod value;

pub use attributes::{Attributes, AttributesRef, plain_name};
pub(crate) use attributes::{Field, Span};
pub(crate) use error::excerpt;
pub use error::{Problem, ReadError};
pub(crate) use value::readable;
pub use value::{Form, Value};

/// One directory entry, owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The distinguished name as written, or `row N` when a table has no such column.
    pub dn: String,
    /// The name was not UTF-8 and has been read as Latin-1.
    pub dn_stray: bool,
    /// The line on which the entry begins, counted from 1.
    pub line: u64,
    /// Its values, in the order of the file.
    pub attributes: Attributes,
}

impl Entry {
    /// The same entry, borrowed.
    pub fn view(&self) -> EntryRef<'_> {
        EntryRef {
            dn: &self.dn,
            dn_stray: self.dn_stray,
            line: self.line,
            attributes: self.attributes.view(),
        }
    }
}

/// One directory entry, borrowed from the reader that found it: the fast path.
#[derive(Clone, Copy, Debug)]
pub struct EntryRef<'a> {
    /// The distinguished name as written, or `row N` when a table has no such column.
    pub dn: &'a str,
    /// The name was not UTF-8 and has been read as Latin-1.
    pub dn_stray: bool,
    /// The line on which the entry begins, counted from 1.
    pub line: u64,
    /// Its values, in the order of the file.
    pub attributes: AttributesRef<'a>,
}

impl EntryRef<'_> {
    /// A copy that outlives the reader.
    pub fn to_entry(&self) -> Entry {
        Entry {
            dn: self.dn.to_owned(),
            dn_stray: self.dn_stray,
            line: self.line,
            attributes: self.attributes.to_attributes(),
        }
    }
}
