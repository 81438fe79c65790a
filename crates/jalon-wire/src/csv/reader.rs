//! Entries out of rows. One row is held at a time; the header is kept as the names of the values.

use std::io::{BufRead, BufReader, Read};

use ::csv::{ByteRecord, ReaderBuilder, Terminator};

use super::{
    columns::{self, Role},
    dialect,
};
use crate::entry::{AttributesRef, Entry, EntryRef, Field, Form, Problem, ReadError, Span, excerpt, readable};

/// The longest row, in bytes; a cell may be as large.
const ROW_BYTES: usize = 32 << 20;

/// A streaming reader of tables.
///
/// After a row with the wrong number of cells, reading may go on with the next row.
pub struct Reader<R> {
    rows: ::csv::Reader<Bounded<BufReader<R>>>,
    row: ByteRecord,
    columns: Vec<Column>,
    /// The header's names, then the cells of the row in hand.
    bytes: Vec<u8>,
    names_end: usize,
    fields: Vec<Field>,
    /// Lines and rows before the header, which the parser does not see.
    skipped: u64,
    row_number: u64,
    line: u64,
    dn: String,
    dn_stray: bool,
    over: bool,
}

struct Column {
    name: Span,
    spelling: String,
    role: Role,
}

impl<R: Read> Reader<R> {
    /// Reads the header; give it bytes without byte order mark, as [`crate::source::Source`] does.
    ///
    /// # Errors
    /// [`Problem::NoHeader`] when the first row names nothing that a directory has.
    pub fn new(reader: R) -> Result<Self, ReadError> {
        let mut reader = BufReader::with_capacity(256 << 10, reader);
        let skipped = skip_type_line(&mut reader).map_err(|it| unreadable(&it, 1))?;
        let first = reader.fill_buf().map_err(|it| unreadable(&it, 1 + skipped))?;
        let first_line = first.split(|it| *it == b'\n').next().unwrap_or_default();
        let separator = dialect::separator(first_line);
        let bounded = Bounded {
            inner: reader,
            left: ROW_BYTES,
            ended: false,
        };
        let rows = ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .terminator(Terminator::Any(b'\n'))
            .from_reader(bounded);
        let mut table = Self {
            rows,
            row: ByteRecord::new(),
            columns: Vec::new(),
            bytes: Vec::new(),
            names_end: 0,
            fields: Vec::new(),
            skipped,
            row_number: skipped,
            line: 1,
            dn: String::new(),
            dn_stray: false,
            over: false,
        };
        table.read_header()?;
        Ok(table)
    }

    /// The rows as owned entries.
    pub fn entries(&mut self) -> impl Iterator<Item = Result<Entry, ReadError>> {
        std::iter::from_fn(|| self.next_entry().map(|it| it.map(|entry| entry.to_entry())))
    }

    /// The next row, borrowed from this reader. A row without name is called `row N`: the header
    /// is row 1, as in a spreadsheet, and blank rows do not count.
    pub fn next_entry(&mut self) -> Option<Result<EntryRef<'_>, ReadError>> {
        if self.over {
            return None;
        }
        match self.next_row() {
            Ok(false) => None,
            Err(error) => {
                self.over = !matches!(error.problem, Problem::Ragged { .. } | Problem::CollectionName { .. });
                Some(Err(error))
            }
            Ok(true) => Some(match self.take_row() {
                Err(error) => Err(error),
                Ok(()) => Ok(EntryRef {
                    dn: &self.dn,
                    dn_stray: self.dn_stray,
                    line: self.line,
                    attributes: AttributesRef::new(&self.bytes, &self.fields, self.line),
                }),
            }),
        }
    }

    fn read_header(&mut self) -> Result<(), ReadError> {
        let is_there = self.next_row()?;
        let cells: Vec<String> = self.row.iter().map(|it| readable(it.trim_ascii()).into()).collect();
        let names: Vec<&str> = cells.iter().map(|it| columns::ldap_name(it)).collect();
        if !is_there || !names.iter().any(|it| columns::is_known(it)) {
            let found = excerpt(cell(&self.row, 0));
            return Err(Problem::NoHeader { found }.at(self.line));
        }
        for (name, spelling) in names.iter().zip(&cells) {
            let span = Span::new(self.bytes.len(), name.len());
            self.bytes.extend_from_slice(name.as_bytes());
            let (spelling, role) = (spelling.clone(), columns::role(name));
            self.columns.push(Column {
                name: span,
                spelling,
                role,
            });
        }
        self.names_end = self.bytes.len();
        Ok(())
    }

    /// Reads the next row that is not blank.
    fn next_row(&mut self) -> Result<bool, ReadError> {
        loop {
            self.rows.get_mut().left = ROW_BYTES;
            if !self
                .rows
                .read_byte_record(&mut self.row)
                .map_err(|it| self.broken(it))?
            {
                return Ok(false);
            }
            // The parser stands behind the newline that ended the row.
            let inside = self.row.as_slice().iter().filter(|it| **it == b'\n').count() as u64;
            self.line = (self.rows.position().line() + self.skipped).saturating_sub(1 + inside);
            if self.row.len() > 1 || !cell(&self.row, 0).is_empty() {
                break;
            }
        }
        self.row_number += 1;
        let (expected, found) = (self.columns.len(), self.row.len());
        // While the header is read, there are no columns to compare with.
        if expected != 0 && expected != found {
            return Err(Problem::Ragged { expected, found }.at(self.line));
        }
        Ok(true)
    }

    fn broken(&self, error: ::csv::Error) -> ReadError {
        unreadable(&std::io::Error::from(error), self.rows.position().line() + self.skipped)
    }

    /// Turns the row in hand into an entry.
    fn take_row(&mut self) -> Result<(), ReadError> {
        self.bytes.truncate(self.names_end);
        self.bytes.extend_from_slice(self.row.as_slice());
        self.fields.clear();
        self.dn = format!("row {}", self.row_number);
        self.dn_stray = false;
        for index in 0..self.columns.len() {
            self.take_cell(index)?;
        }
        Ok(())
    }

    fn take_cell(&mut self, index: usize) -> Result<(), ReadError> {
        let column = &self.columns[index];
        let cell = cell(&self.row, index);
        if cell.is_empty() {
            return Ok(());
        }
        if dialect::is_collection_name(cell) {
            let column = column.spelling.clone();
            return Err(Problem::CollectionName { column }.at(self.line));
        }
        let name = column.name;
        // Cells lie in `bytes` behind the names, in the order and without gaps, as in the row.
        let place = self.row.range(index).map_or(0, |it| it.start) + self.names_end;
        let field = |value| Field {
            name,
            value,
            line_offset: 0,
            form: Form::Plain,
        };
        match column.role {
            Role::Dn => {
                self.dn_stray = std::str::from_utf8(cell).is_err();
                self.dn = readable(cell).into_owned();
            }
            Role::One => self.fields.push(field(Span::new(place, cell.len()))),
            Role::Many => {
                let spans = dialect::values(cell).map(|it| Span::new(place + it.start, it.len()));
                self.fields.extend(spans.map(field));
            }
        }
        Ok(())
    }
}

/// Windows PowerShell's `Export-Csv` begins with `#TYPE Selected.…`; answers the lines skipped.
fn skip_type_line(reader: &mut impl BufRead) -> std::io::Result<u64> {
    if !reader.fill_buf()?.starts_with(b"#TYPE") {
        return Ok(0);
    }
    reader.by_ref().take(64 << 10).skip_until(b'\n')?;
    Ok(1)
}

/// A cell without the CR of a CRLF, which the parser leaves in the last one.
fn cell(row: &ByteRecord, index: usize) -> &[u8] {
    let cell = row.get(index).unwrap_or_default();
    let is_last = index + 1 == row.len();
    cell.strip_suffix(b"\r").filter(|_| is_last).unwrap_or(cell)
}

fn unreadable(error: &std::io::Error, line: u64) -> ReadError {
    Problem::Unreadable {
        reason: error.to_string(),
    }
    .at(line)
}

/// Stops a row without end, such as one behind a quote that is never closed, and ends the last
/// row with a newline like all others.
struct Bounded<R> {
    inner: R,
    left: usize,
    ended: bool,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            let why = format!("a row is longer than {ROW_BYTES} bytes: is a quote left open?");
            return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, why));
        }
        let most = into.len().min(self.left);
        let count = self.inner.read(&mut into[..most])?;
        if count == 0 && !self.ended && most > 0 {
            self.ended = true;
            into[0] = b'\n';
            return Ok(1);
        }
        self.left -= count;
        Ok(count)
    }
}
