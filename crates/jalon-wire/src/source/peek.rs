//! Looking at the first bytes of a stream without losing them.

use std::io::{self, Read};

pub(super) struct Peek<R> {
    inner: R,
    held: Vec<u8>,
    at: usize,
}

impl<R: Read> Peek<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            held: Vec::new(),
            at: 0,
        }
    }

    /// Up to `wanted` bytes from here; fewer only at the end of the stream.
    pub(super) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        let missing = wanted.saturating_sub(self.held.len() - self.at);
        self.inner.by_ref().take(missing as u64).read_to_end(&mut self.held)?;
        let end = self.held.len().min(self.at + wanted);
        Ok(&self.held[self.at..end])
    }

    /// The stream without its first `count` bytes, which were peeked.
    pub(super) fn behind(mut self, count: usize) -> Self {
        self.at = self.held.len().min(self.at + count);
        self
    }
}

impl<R: Read> Read for Peek<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let held = &self.held[self.at..];
        if held.is_empty() {
            return self.inner.read(into);
        }
        let count = held.len().min(into.len());
        into[..count].copy_from_slice(&held[..count]);
        self.at += count;
        Ok(count)
    }
}
