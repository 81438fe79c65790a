//! UTF-16 to UTF-8, as a stream. A lone surrogate becomes U+FFFD.

use std::io::{self, Read};

#[derive(Clone, Copy)]
pub(super) enum Endian {
    Little,
    Big,
}

pub(super) struct Utf16<R> {
    inner: R,
    endian: Endian,
    /// Raw bytes that do not make a whole character yet.
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
}

impl<R: Read> Utf16<R> {
    /// The stream behind its byte order mark.
    pub(super) fn new(inner: R, endian: Endian) -> Self {
        Self {
            inner,
            endian,
            raw: Vec::new(),
            text: Vec::new(),
            at: 0,
        }
    }

    /// Decodes another chunk; nothing more to decode is `false`.
    fn refill(&mut self) -> io::Result<bool> {
        const CHUNK: u64 = 64 << 10;
        let carried = self.raw.len();
        self.inner.by_ref().take(CHUNK).read_to_end(&mut self.raw)?;
        let ended = self.raw.len() == carried;
        if ended && self.raw.is_empty() {
            return Ok(false);
        }
        let keep = if ended { 0 } else { self.unfinished() };
        let whole = self.raw.len() - keep;
        let units = self.raw[..whole].chunks(2).map(|pair| self.unit(pair));
        let text: String = char::decode_utf16(units)
            .map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        self.raw.drain(..whole);
        self.text = text.into_bytes();
        self.at = 0;
        Ok(true)
    }

    /// Bytes at the end that wait for their other half: an odd byte, a leading surrogate.
    fn unfinished(&self) -> usize {
        let odd = self.raw.len() % 2;
        let last = self.raw[..self.raw.len() - odd].chunks(2).next_back();
        let leads = last.is_some_and(|it| (0xd800..0xdc00).contains(&self.unit(it)));
        odd + if leads { 2 } else { 0 }
    }

    fn unit(&self, pair: &[u8]) -> u16 {
        match (pair, self.endian) {
            ([a, b], Endian::Little) => u16::from_le_bytes([*a, *b]),
            ([a, b], Endian::Big) => u16::from_be_bytes([*a, *b]),
            // Half a unit at the end of the file.
            _ => char::REPLACEMENT_CHARACTER as u16,
        }
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.text.len() {
            if !self.refill()? {
                return Ok(0);
            }
        }
        let rest = &self.text[self.at..];
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}
