//! A window over a stream that holds the current entry in one piece, so that values are slices
//! of it. Lines are found with memchr and unfolded in place; nothing here knows about entries.

use std::{
    io::{self, Read},
    ops::Range,
};

use memchr::memchr;

const CHUNK: usize = 256 << 10;

/// Why no line could be given.
pub(super) enum NoLine {
    TooLong,
    Unreadable(io::Error),
}

impl From<io::Error> for NoLine {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// Offsets given to callers count from `start`, which moves with [`Window::release`] only.
pub(super) struct Window<R> {
    reader: R,
    buffer: Vec<u8>,
    start: usize,
    next: usize,
    filled: usize,
    ended: bool,
}

impl<R: Read> Window<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            buffer: Vec::new(),
            start: 0,
            next: 0,
            filled: 0,
            ended: false,
        }
    }

    /// Puts bytes that are there already in the place of the old ones, which are given back: nothing more will come.
    pub(super) fn load(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        (self.start, self.next, self.filled, self.ended) = (0, 0, bytes.len(), true);
        std::mem::replace(&mut self.buffer, bytes)
    }

    /// Where the window begins among the bytes that were loaded.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// Everything since the last release.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.next]
    }

    pub(super) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.buffer[self.start..self.next]
    }

    /// Forgets what has been read: the next line starts a new entry.
    pub(super) fn release(&mut self) {
        self.start = self.next;
    }

    /// What is in memory and has not been read.
    pub(super) fn ahead(&self) -> &[u8] {
        &self.buffer[self.next..self.filled]
    }

    /// Reads so many bytes of what is ahead.
    pub(super) fn pass(&mut self, count: usize) {
        self.next += count;
    }

    /// The next line without its end (LF or CRLF); `None` at the end of the stream.
    pub(super) fn line(&mut self, longest: usize) -> Result<Option<Range<usize>>, NoLine> {
        let mut searched = self.next;
        loop {
            if let Some(at) = memchr(b'\n', &self.buffer[searched..self.filled]) {
                return self.cut(searched + at, 1, longest).map(Some);
            }
            if self.filled - self.next > longest {
                return Err(NoLine::TooLong);
            }
            let behind_start = self.filled - self.start;
            if !self.fill()? {
                let last = (self.next < self.filled).then_some(self.filled);
                return last.map(|end| self.cut(end, 0, longest)).transpose();
            }
            searched = self.start + behind_start;
        }
    }

    fn cut(&mut self, end: usize, newline: usize, longest: usize) -> Result<Range<usize>, NoLine> {
        let line = &self.buffer[self.next..end];
        let length = line.len() - usize::from(line.ends_with(b"\r"));
        let from = self.next - self.start;
        self.next = end + newline;
        if length > longest {
            Err(NoLine::TooLong)
        } else {
            Ok(from..from + length)
        }
    }

    /// The byte that the next line begins with.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        while self.next == self.filled {
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(Some(self.buffer[self.next]))
    }

    /// Moves a continuation up to the line that it continues.
    pub(super) fn join(&mut self, line: &mut Range<usize>, continuation: Range<usize>) {
        let from = self.start + continuation.start..self.start + continuation.end;
        self.buffer.copy_within(from, self.start + line.end);
        line.end += continuation.len();
    }

    fn fill(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.make_room();
        let count = loop {
            match self.reader.read(&mut self.buffer[self.filled..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.filled += count;
        self.ended = count == 0;
        Ok(!self.ended)
    }

    /// Slides the current entry to the front; grows only for an entry larger than the buffer.
    fn make_room(&mut self) {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.filled, 0);
            self.next -= self.start;
            self.filled -= self.start;
            self.start = 0;
        }
        if self.filled + CHUNK / 2 > self.buffer.len() {
            self.buffer.resize((self.buffer.len() * 2).max(CHUNK), 0);
        }
    }
}
