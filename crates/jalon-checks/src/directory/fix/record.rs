//! Plans as LDIF change records (RFC 2849). One record an object: the directory makes all of it or nothing. Values are
//! deleted by name and never replaced, so that a change fails when the value is no longer there.

use std::io::{self, Write};

use jalon_wire::ldif::{Change, ChangeRecord, Edit, OwnedEdit, Writer};

use super::plan::{ObjectChange, ValueChange};

/// Writes changes as an LDIF file.
///
/// # Errors
/// What the destination says; `InvalidInput` when an attribute cannot be one.
pub fn write_ldif<'a>(objects: impl IntoIterator<Item = &'a ObjectChange>, out: impl Write) -> io::Result<()> {
    let mut writer = Writer::new(out);
    writer.write_version()?;
    objects.into_iter().try_for_each(|it| write_record(it, &mut writer))?;
    writer.into_inner().flush()
}

/// Writes the change of one object.
pub(super) fn write_record<W: Write>(object: &ObjectChange, to: &mut Writer<W>) -> io::Result<()> {
    let edits = edits(object);
    to.write_modify(&object.dn, &edits.iter().map(EditOf::change).collect::<Vec<_>>())
}

/// What happens to one attribute of an object, borrowed from its change.
pub(super) struct EditOf<'a> {
    edit: Edit,
    attribute: &'a str,
    values: Vec<&'a [u8]>,
}

impl EditOf<'_> {
    pub(super) fn change(&self) -> Change<'_> {
        Change {
            edit: self.edit,
            attribute: self.attribute,
            values: &self.values,
        }
    }
}

/// The edits of one object: everything that goes before anything that comes, because a value may move from one place to
/// another and an attribute may have room for one only.
pub(super) fn edits(object: &ObjectChange) -> Vec<EditOf<'_>> {
    let gone = collect(Edit::Delete, &object.changes, |it| it.from.as_deref());
    let come = collect(Edit::Add, &object.changes, |it| it.to.as_deref());
    gone.into_iter().chain(come).collect()
}

fn collect(edit: Edit, changes: &[ValueChange], value: fn(&ValueChange) -> Option<&str>) -> Vec<EditOf<'_>> {
    let mut edits: Vec<EditOf<'_>> = Vec::new();
    for change in changes {
        let Some(value) = value(change) else { continue };
        match edits
            .iter_mut()
            .find(|it| it.attribute.eq_ignore_ascii_case(&change.attribute))
        {
            Some(it) => it.values.push(value.as_bytes()),
            None => edits.push(EditOf {
                edit,
                attribute: &change.attribute,
                values: vec![value.as_bytes()],
            }),
        }
    }
    edits
}

/// A change that somebody else wrote down, to be made with the same care as a plan's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requested {
    /// The object's distinguished name.
    pub dn: String,
    /// The edits, in their order.
    pub(super) edits: Vec<RequestedEdit>,
}

/// One edit of a requested change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RequestedEdit {
    pub(super) edit: Edit,
    pub(super) attribute: String,
    pub(super) values: Vec<String>,
}

/// A value that is no text: there is nothing to compare and to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a value of `{attribute}` is no text")]
pub struct NotText {
    /// The line of its edit.
    pub line: u64,
    /// The attribute.
    pub attribute: String,
}

impl Requested {
    /// A record as it was read.
    ///
    /// # Errors
    /// [`NotText`] when a value is not UTF-8.
    pub fn of(record: ChangeRecord) -> Result<Self, NotText> {
        let text = |it: OwnedEdit| {
            let (line, attribute) = (it.line, it.attribute);
            let values: Result<_, _> = it.values.into_iter().map(String::from_utf8).collect();
            match values {
                Ok(values) => Ok(RequestedEdit {
                    edit: it.edit,
                    attribute,
                    values,
                }),
                Err(_) => Err(NotText { line, attribute }),
            }
        };
        let edits = record.edits.into_iter().map(text).collect::<Result<_, _>>()?;
        Ok(Self { dn: record.dn, edits })
    }
}
