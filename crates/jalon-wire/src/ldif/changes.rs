//! Change records of kind `modify` (RFC 2849, `change-modify`): what [`super::Writer`] writes, read back. Every other kind is
//! refused with its line: it creates, moves or removes objects, which nothing here does.
//!
//! An edit must end with its `-`, as the RFC has it: a file that was cut off would otherwise remove a whole attribute
//! where one value of it was meant.

mod error;
#[cfg(test)]
mod tests;

use std::io::{self, Read, Write};

use base64::Engine;

pub use self::error::{ChangeError, ChangeProblem};
use super::{
    Change, Edit, Limits, Writer,
    attribute::{self, BASE64, Kind},
    window::{NoLine, Window},
};
use crate::entry::{Problem, excerpt, readable};

/// One object and what is to happen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRecord {
    /// The object's distinguished name.
    pub dn: String,
    /// The line on which the record begins, counted from 1.
    pub line: u64,
    /// The edits, in their order; at least one.
    pub edits: Vec<OwnedEdit>,
}

/// One edit of one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedEdit {
    /// What happens.
    pub edit: Edit,
    /// The attribute, options included.
    pub attribute: String,
    /// The values it happens with.
    pub values: Vec<Vec<u8>>,
    /// The line on which the edit begins.
    pub line: u64,
}

impl ChangeRecord {
    /// Writes the record as it was read.
    ///
    /// # Errors
    /// What the destination says.
    pub fn write<W: Write>(&self, to: &mut Writer<W>) -> io::Result<()> {
        let values: Vec<Vec<&[u8]>> = self
            .edits
            .iter()
            .map(|it| it.values.iter().map(Vec::as_slice).collect())
            .collect();
        let changes: Vec<Change<'_>> = self
            .edits
            .iter()
            .zip(&values)
            .map(|(it, values)| Change {
                edit: it.edit,
                attribute: &it.attribute,
                values,
            })
            .collect();
        to.write_modify(&self.dn, &changes)
    }
}

/// A streaming reader of change records; it ends with the first error.
pub struct ChangeRecords<R> {
    window: Window<R>,
    limits: Limits,
    /// Lines read so far.
    lines: u64,
    /// Bytes and values of the record in hand.
    bytes: usize,
    values: usize,
    is_over: bool,
}

/// A logical line: unfolded, with the number of its first physical line.
struct Line {
    number: u64,
    text: Vec<u8>,
}

/// A line taken apart, its value decoded.
struct Pair {
    number: u64,
    name: String,
    value: Vec<u8>,
}

type Result<T> = std::result::Result<T, ChangeError>;

impl<R: Read> ChangeRecords<R> {
    /// Reads a stream; give it bytes without byte order mark, as [`crate::source::Source`] does.
    pub fn new(reader: R) -> Self {
        Self::with_limits(reader, Limits::default())
    }

    /// Reads a stream with other bounds than the default ones.
    pub fn with_limits(reader: R, limits: Limits) -> Self {
        Self {
            window: Window::new(reader),
            limits: limits.sane(),
            lines: 0,
            bytes: 0,
            values: 0,
            is_over: false,
        }
    }

    fn record(&mut self) -> Result<Option<ChangeRecord>> {
        let Some(name) = self.name()? else {
            return Ok(None);
        };
        let dn = String::from_utf8(name.value).map_err(|_| ChangeProblem::UnreadableName.at(name.number))?;
        self.kind(name.number)?;
        let mut edits = Vec::new();
        while let Some(head) = self.pair()? {
            edits.push(self.edit(head)?);
        }
        if edits.is_empty() {
            return Err(ChangeProblem::Empty.at(name.number));
        }
        let line = name.number;
        Ok(Some(ChangeRecord { dn, line, edits }))
    }

    /// The line that names the next object, behind blank lines and what belongs to the file.
    fn name(&mut self) -> Result<Option<Pair>> {
        loop {
            (self.bytes, self.values) = (0, 0);
            let Some(line) = self.line()? else {
                return Ok(None);
            };
            if line.text.is_empty() {
                continue;
            }
            let pair = line.pair()?;
            match pair.name.to_ascii_lowercase().as_str() {
                "dn" => return Ok(Some(pair)),
                "version" if pair.value.trim_ascii() == b"1" => {}
                "version" => {
                    let version = excerpt(&pair.value);
                    return Err(read(Problem::UnknownVersion { version }, pair.number));
                }
                _ => {
                    let found = excerpt(&line.text);
                    return Err(read(Problem::MissingDn { found }, pair.number));
                }
            }
        }
    }

    /// `changetype: modify`, and nothing else.
    fn kind(&mut self, record: u64) -> Result<()> {
        let pair = self.pair()?.ok_or_else(|| ChangeProblem::Empty.at(record))?;
        let kind = excerpt(pair.value.trim_ascii());
        match pair.name.to_ascii_lowercase().as_str() {
            "changetype" if kind.eq_ignore_ascii_case("modify") => Ok(()),
            "changetype" => Err(ChangeProblem::OtherKind { kind }.at(pair.number)),
            "control" => Err(ChangeProblem::Control.at(pair.number)),
            _ => Err(ChangeProblem::NotAChange { found: pair.name }.at(pair.number)),
        }
    }

    /// `add: mail`, its values, and the `-` that ends it.
    fn edit(&mut self, head: Pair) -> Result<OwnedEdit> {
        let at = head.number;
        let edit = match head.name.to_ascii_lowercase().as_str() {
            "add" => Edit::Add,
            "delete" => Edit::Delete,
            "replace" => Edit::Replace,
            _ => return Err(ChangeProblem::NotAnEdit { found: head.name }.at(at)),
        };
        let attribute = described(&head)?;
        let mut values = Vec::new();
        loop {
            let line = self.line()?.filter(|it| !it.text.is_empty());
            let line = line.ok_or_else(|| ChangeProblem::Unended.at(at))?;
            if line.text.trim_ascii_end() == b"-" {
                break;
            }
            values.push(self.value(&attribute, line.pair()?)?);
        }
        if edit == Edit::Add && values.is_empty() {
            return Err(ChangeProblem::NothingToAdd { attribute }.at(at));
        }
        let line = at;
        Ok(OwnedEdit {
            edit,
            attribute,
            values,
            line,
        })
    }

    fn value(&mut self, attribute: &str, pair: Pair) -> Result<Vec<u8>> {
        self.values += 1;
        let limit = self.limits.entry_values;
        if self.values > limit {
            return Err(read(Problem::TooManyValues { limit }, pair.number));
        }
        if !pair.name.eq_ignore_ascii_case(attribute) {
            let (expected, found) = (attribute.to_owned(), pair.name);
            return Err(ChangeProblem::OtherAttribute { expected, found }.at(pair.number));
        }
        Ok(pair.value)
    }

    /// The next line of the record, taken apart; none where the record ends.
    fn pair(&mut self) -> Result<Option<Pair>> {
        match self.line()? {
            Some(line) if !line.text.is_empty() => line.pair().map(Some),
            _ => Ok(None),
        }
    }

    /// The next line with its continuations, behind comments; empty between two records.
    fn line(&mut self) -> Result<Option<Line>> {
        loop {
            let Some(mut text) = self.physical()? else {
                return Ok(None);
            };
            let number = self.lines;
            if text.first() == Some(&b' ') {
                return Err(read(Problem::StrayContinuation, number));
            }
            self.unfold(&mut text)?;
            if text.first() != Some(&b'#') {
                return Ok(Some(Line { number, text }));
            }
        }
    }

    fn unfold(&mut self, text: &mut Vec<u8>) -> Result<()> {
        while !text.is_empty() && self.peek()? == Some(b' ') {
            text.extend(self.physical()?.unwrap_or_default().iter().skip(1));
            let limit = self.limits.line_bytes;
            if text.len() > limit {
                return Err(read(Problem::LineTooLong { limit }, self.lines));
            }
        }
        Ok(())
    }

    fn peek(&mut self) -> Result<Option<u8>> {
        self.window.peek().map_err(|it| self.no_line(NoLine::Unreadable(it)))
    }

    fn physical(&mut self) -> Result<Option<Vec<u8>>> {
        self.window.release();
        let line = self
            .window
            .line(self.limits.line_bytes)
            .map_err(|it| self.no_line(it))?;
        let text = line.map(|it| self.window.bytes()[it].to_vec());
        self.lines += u64::from(text.is_some());
        self.bytes += text.as_ref().map_or(0, Vec::len);
        let limit = self.limits.entry_bytes;
        if self.bytes > limit {
            return Err(read(Problem::EntryTooLong { limit }, self.lines));
        }
        Ok(text)
    }

    fn no_line(&self, why: NoLine) -> ChangeError {
        let problem = match why {
            NoLine::TooLong => Problem::LineTooLong {
                limit: self.limits.line_bytes,
            },
            NoLine::Unreadable(error) => Problem::Unreadable {
                reason: error.to_string(),
            },
        };
        read(problem, self.lines + 1)
    }
}

impl<R: Read> Iterator for ChangeRecords<R> {
    type Item = Result<ChangeRecord>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let record = self.record().transpose();
        self.is_over = !matches!(record, Some(Ok(_)));
        record
    }
}

impl Line {
    fn pair(&self) -> Result<Pair> {
        let number = self.number;
        let parts = attribute::split(&self.text).map_err(|it| read(it, number))?;
        let name = readable(&self.text[..parts.name]).into_owned();
        let value = &self.text[parts.value];
        let value = match parts.kind {
            Kind::Plain => value.to_vec(),
            Kind::Reference => return Err(read(Problem::Reference { attribute: name }, number)),
            Kind::Base64 => match BASE64.decode(value.trim_ascii_end()) {
                Ok(decoded) => decoded,
                Err(_) => return Err(read(Problem::BadBase64 { attribute: name }, number)),
            },
        };
        Ok(Pair { number, name, value })
    }
}

/// The attribute that an edit is about.
fn described(head: &Pair) -> Result<String> {
    let name = head.value.trim_ascii();
    if !attribute::is_description(name) {
        let found = excerpt(name);
        return Err(ChangeProblem::NotAnAttribute { found }.at(head.number));
    }
    Ok(readable(name).into_owned())
}

fn read(problem: Problem, line: u64) -> ChangeError {
    ChangeProblem::Read(problem).at(line)
}
