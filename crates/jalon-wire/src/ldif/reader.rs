//! Entries out of lines: the streaming reader. It never looks back and holds one entry at a time.

use std::{borrow::Cow, io::Read, ops::Range};

use base64::Engine;

use super::{
    Limits,
    attribute::{self, BASE64, Kind, Parts},
    window::{NoLine, Window},
};
use crate::entry::{AttributesRef, Entry, EntryRef, Field, Form, Problem, ReadError, Span, excerpt, readable};

/// A streaming reader of LDIF content.
///
/// After an error inside an entry, reading may go on: the rest of that entry is skipped. After a
/// line over the limit or a failed read there is nothing more.
pub struct Reader<R> {
    window: Window<R>,
    limits: Limits,
    /// Lines read so far; also the number of the line in hand.
    lines: u64,
    fields: Vec<Field>,
    decoded: Vec<u8>,
    dn: Name,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Reading,
    /// The rest of a broken entry is in the way.
    Broken,
    Over,
}

#[derive(Default)]
struct Name {
    text: String,
    stray: bool,
    line: u64,
}

/// A logical line: unfolded, with the number of its first physical line.
struct Line {
    place: Range<usize>,
    number: u64,
}

impl<R: Read> Reader<R> {
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
            fields: Vec::new(),
            decoded: Vec::new(),
            dn: Name::default(),
            state: State::Reading,
        }
    }

    /// Reads `bytes` from their beginning instead of whatever was being read; gives the former ones back, to be used
    /// again. Lines count from 1 again.
    pub(super) fn load(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        (self.lines, self.state) = (0, State::Reading);
        self.window.load(bytes)
    }

    /// Where the entry in hand begins among the bytes that were loaded.
    pub(super) fn place(&self) -> usize {
        self.window.start()
    }

    /// Lines read so far.
    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// The entries as owned values; simpler than [`Self::next_entry`], and slower.
    pub fn entries(&mut self) -> Entries<'_, R> {
        Entries { reader: self }
    }

    /// The next entry, borrowed from this reader: the fast path.
    pub fn next_entry(&mut self) -> Option<Result<EntryRef<'_>, ReadError>> {
        match self.advance() {
            Ok(true) => Some(Ok(self.current())),
            Ok(false) => None,
            Err(error) => {
                self.state = if ends_reading(&error) {
                    State::Over
                } else {
                    State::Broken
                };
                Some(Err(error))
            }
        }
    }

    pub(super) fn current(&self) -> EntryRef<'_> {
        EntryRef {
            dn: &self.dn.text,
            dn_stray: self.dn.stray,
            line: self.dn.line,
            attributes: AttributesRef::new(self.window.bytes(), &self.fields, self.dn.line),
        }
    }

    /// Reads one entry into the window; the end of the stream is `false`.
    fn advance(&mut self) -> Result<bool, ReadError> {
        match self.state {
            State::Over => return Ok(false),
            State::Broken => self.skip_entry()?,
            State::Reading => {}
        }
        self.fields.clear();
        while let Some(line) = self.first_line()? {
            if self.begin(&line)? {
                self.read_attributes()?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Drops what is left of a broken entry.
    fn skip_entry(&mut self) -> Result<(), ReadError> {
        self.state = State::Reading;
        loop {
            self.window.release();
            match self.physical_line()? {
                Some(line) if !line.is_empty() => {}
                _ => return Ok(()),
            }
        }
    }

    /// The first line of the next entry, behind blank lines.
    fn first_line(&mut self) -> Result<Option<Line>, ReadError> {
        loop {
            self.window.release();
            match self.logical_line()? {
                Some(line) if line.place.is_empty() => {}
                other => return Ok(other),
            }
        }
    }

    /// Takes the first line of an entry; `false` when it belongs to the file, not to an entry.
    fn begin(&mut self, line: &Line) -> Result<bool, ReadError> {
        let at = |problem: Problem| problem.at(line.number);
        let parts = self.parts(line)?;
        let name = self.bytes(line.place.start..line.place.start + parts.name);
        let value = self.value(line, &parts);
        if name.eq_ignore_ascii_case(b"dn") {
            self.name_entry(line, &parts)?;
            return Ok(true);
        }
        match name.to_ascii_lowercase().as_slice() {
            // At the top of the file, and again where files were put together.
            b"version" if value.trim_ascii() == b"1" => Ok(false),
            b"version" => Err(at(Problem::UnknownVersion {
                version: excerpt(value),
            })),
            // What ldapsearch prints without -LLL: referrals, and how the search ended.
            b"ref" | b"search" => Ok(false),
            b"result" if value == b"0" || value.starts_with(b"0 ") => Ok(false),
            b"result" => Err(at(Problem::SearchFailed { result: excerpt(value) })),
            _ => Err(at(Problem::MissingDn {
                found: excerpt(self.bytes(line.place.clone())),
            })),
        }
    }

    fn name_entry(&mut self, line: &Line, parts: &Parts) -> Result<(), ReadError> {
        let (place, form) = self.decode(line, parts)?;
        let bytes = &self.window.bytes()[place];
        let text = readable(bytes);
        self.dn.stray = form == Form::Plain && matches!(text, Cow::Owned(_));
        self.dn.text.clear();
        self.dn.text.push_str(&text);
        self.dn.line = line.number;
        Ok(())
    }

    fn read_attributes(&mut self) -> Result<(), ReadError> {
        loop {
            self.read_plainly();
            match self.logical_line()? {
                Some(line) if !line.place.is_empty() => self.read_attribute(&line)?,
                _ => return Ok(()),
            }
        }
    }

    /// Reads attributes as long as their lines are plain, without looking at them twice. Whatever is not, or comes near
    /// a limit, is left for [`Self::read_attribute`].
    fn read_plainly(&mut self) {
        let before = self.window.bytes().len();
        let ahead = self.window.ahead();
        let room = self.limits.entry_bytes.saturating_sub(before);
        let ahead = &ahead[..ahead.len().min(room)];
        let mut read = 0;
        while self.fields.len() < self.limits.entry_values
            && let Some((name, value, next)) = attribute::plain(&ahead[read..])
            && next <= self.limits.line_bytes
            && !attribute::has_meaning(&ahead[read..read + name])
        {
            let at = before + read;
            self.lines += 1;
            self.fields.push(Field {
                name: Span::new(at, name),
                value: Span::new(at + value.start, value.len()),
                line_offset: u32::try_from(self.lines - self.dn.line).unwrap_or(u32::MAX),
                form: Form::Plain,
            });
            read += next;
        }
        self.window.pass(read);
    }

    fn read_attribute(&mut self, line: &Line) -> Result<(), ReadError> {
        let parts = self.parts(line)?;
        let name = line.place.start..line.place.start + parts.name;
        if self.bytes(name.clone()).eq_ignore_ascii_case(b"dn") {
            return Err(Problem::RepeatedDn.at(line.number));
        }
        if self.bytes(name.clone()).eq_ignore_ascii_case(b"changetype") {
            return self.accept_addition(line, &parts);
        }
        let limit = self.limits.entry_values;
        if self.fields.len() == limit {
            return Err(Problem::TooManyValues { limit }.at(line.number));
        }
        let (value, form) = self.decode(line, &parts)?;
        self.fields.push(Field {
            name: Span::new(name.start, name.len()),
            value: Span::new(value.start, value.len()),
            line_offset: u32::try_from(line.number - self.dn.line).unwrap_or(u32::MAX),
            form,
        });
        Ok(())
    }

    /// `ldifde` writes `changetype: add` into every entry it exports, and an addition states an
    /// entry's content. Every other change says only what differs from a directory we cannot see.
    fn accept_addition(&self, line: &Line, parts: &Parts) -> Result<(), ReadError> {
        let kind = self.value(line, parts).trim_ascii();
        if kind.eq_ignore_ascii_case(b"add") {
            return Ok(());
        }
        Err(Problem::ChangeRecord { kind: excerpt(kind) }.at(line.number))
    }

    /// Where the value is, once decoded: base64 is decoded over itself, being longer.
    fn decode(&mut self, line: &Line, parts: &Parts) -> Result<(Range<usize>, Form), ReadError> {
        let name = line.place.start..line.place.start + parts.name;
        let place = line.place.start + parts.value.start..line.place.start + parts.value.end;
        let attribute = |it: &[u8]| readable(it).into_owned();
        match parts.kind {
            Kind::Plain => return Ok((place, Form::Plain)),
            Kind::Reference => {
                let attribute = attribute(self.bytes(name));
                return Err(Problem::Reference { attribute }.at(line.number));
            }
            Kind::Base64 => {}
        }
        self.decoded.clear();
        let encoded = self.window.bytes()[place.clone()].trim_ascii_end();
        if BASE64.decode_vec(encoded, &mut self.decoded).is_err() {
            let attribute = attribute(self.bytes(name));
            return Err(Problem::BadBase64 { attribute }.at(line.number));
        }
        let place = place.start..place.start + self.decoded.len();
        self.window.bytes_mut()[place.clone()].copy_from_slice(&self.decoded);
        Ok((place, Form::Base64))
    }

    fn parts(&self, line: &Line) -> Result<Parts, ReadError> {
        attribute::split(self.bytes(line.place.clone())).map_err(|it| it.at(line.number))
    }

    fn value(&self, line: &Line, parts: &Parts) -> &[u8] {
        &self.bytes(line.place.clone())[parts.value.clone()]
    }

    fn bytes(&self, place: Range<usize>) -> &[u8] {
        &self.window.bytes()[place]
    }

    /// The next line with its continuations, behind comments; empty between two entries.
    fn logical_line(&mut self) -> Result<Option<Line>, ReadError> {
        loop {
            let Some(mut place) = self.physical_line()? else {
                return Ok(None);
            };
            let number = self.lines;
            if self.bytes(place.clone()).first() == Some(&b' ') {
                return Err(Problem::StrayContinuation.at(number));
            }
            if place.is_empty() {
                return Ok(Some(Line { place, number }));
            }
            self.unfold(&mut place)?;
            if self.bytes(place.clone()).first() != Some(&b'#') {
                return Ok(Some(Line { place, number }));
            }
        }
    }

    fn unfold(&mut self, line: &mut Range<usize>) -> Result<(), ReadError> {
        while self.peek()? == Some(b' ') {
            let Some(continuation) = self.physical_line()? else {
                break;
            };
            self.window.join(line, continuation.start + 1..continuation.end);
            let limit = self.limits.line_bytes;
            if line.len() > limit {
                return Err(Problem::LineTooLong { limit }.at(self.lines));
            }
        }
        Ok(())
    }

    fn peek(&mut self) -> Result<Option<u8>, ReadError> {
        self.window.peek().map_err(|it| self.no_line(NoLine::Unreadable(it)))
    }

    fn physical_line(&mut self) -> Result<Option<Range<usize>>, ReadError> {
        let line = self
            .window
            .line(self.limits.line_bytes)
            .map_err(|it| self.no_line(it))?;
        self.lines += u64::from(line.is_some());
        let limit = self.limits.entry_bytes;
        if self.window.bytes().len() > limit {
            return Err(Problem::EntryTooLong { limit }.at(self.lines));
        }
        Ok(line)
    }

    fn no_line(&self, why: NoLine) -> ReadError {
        let problem = match why {
            NoLine::TooLong => Problem::LineTooLong {
                limit: self.limits.line_bytes,
            },
            NoLine::Unreadable(error) => Problem::Unreadable {
                reason: error.to_string(),
            },
        };
        problem.at(self.lines + 1)
    }
}

fn ends_reading(error: &ReadError) -> bool {
    matches!(error.problem, Problem::LineTooLong { .. } | Problem::Unreadable { .. })
}

/// The entries of a [`Reader`], owned.
pub struct Entries<'a, R> {
    reader: &'a mut Reader<R>,
}

impl<R: Read> Iterator for Entries<'_, R> {
    type Item = Result<Entry, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.reader.next_entry().map(|it| it.map(|entry| entry.to_entry()))
    }
}
