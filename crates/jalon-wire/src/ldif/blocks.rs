//! An LDIF file in pieces that end between two entries, so that several threads can each read one. What an entry is, the
//! reader knows; here is where a file may be cut, and how one entry is read again from its place.

use std::io::{self, Read, Seek, SeekFrom};

use super::{Limits, Reader};
use crate::entry::{EntryRef, Problem, ReadError};

/// The size of a piece, in bytes: large enough that handing one over costs nothing, small enough to stay in a cache.
const SIZE: usize = 1 << 20;

/// One piece of a file.
#[derive(Debug)]
pub struct Block {
    /// Where it begins in the stream, in bytes.
    pub offset: u64,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Cuts a stream between entries.
pub struct Blocks<R> {
    reader: R,
    /// Read already, and belonging to the next piece.
    rest: Vec<u8>,
    offset: u64,
    is_over: bool,
}

impl<R: Read> Blocks<R> {
    /// Cuts `reader`, which gives bytes without byte order mark, as [`crate::source::Source`] does.
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            rest: Vec::new(),
            offset: 0,
            is_over: false,
        }
    }

    /// The next piece; `buffer` is used for it, whatever it holds. None at the end of the stream.
    ///
    /// # Errors
    /// When the stream cannot be read, or an entry does not end within the bounds of [`Limits`]. The line is that within
    /// the piece.
    pub fn next_block(&mut self, mut buffer: Vec<u8>) -> Result<Option<Block>, ReadError> {
        buffer.clear();
        buffer.append(&mut self.rest);
        let longest = Limits::default().entry_bytes;
        while !self.is_over {
            let behind = buffer.len().saturating_sub(2);
            self.fill(&mut buffer)?;
            if let Some(end) = last_boundary(&buffer[behind..]).map(|it| behind + it) {
                self.rest.extend_from_slice(&buffer[end..]);
                buffer.truncate(end);
                break;
            }
            if buffer.len() > longest {
                return Err(Problem::EntryTooLong { limit: longest }.at(1));
            }
        }
        let offset = self.offset;
        self.offset += buffer.len() as u64;
        Ok((!buffer.is_empty()).then_some(Block { offset, bytes: buffer }))
    }

    fn fill(&mut self, buffer: &mut Vec<u8>) -> Result<(), ReadError> {
        let unreadable = |error: io::Error| {
            Problem::Unreadable {
                reason: error.to_string(),
            }
            .at(1)
        };
        let count = self
            .reader
            .by_ref()
            .take(SIZE as u64)
            .read_to_end(buffer)
            .map_err(unreadable)?;
        self.is_over = count < SIZE;
        Ok(())
    }
}

/// Behind the last blank line: there an entry has ended, and none has begun.
fn last_boundary(bytes: &[u8]) -> Option<usize> {
    let newlines = memchr::memrchr_iter(b'\n', bytes);
    let mut after = None;
    for at in newlines {
        match after {
            Some(next) if next == at + 1 || (next == at + 2 && bytes[at + 1] == b'\r') => return Some(next + 1),
            _ => after = Some(at),
        }
    }
    None
}

/// Reads the entries of pieces, one piece after another, in the same memory.
pub struct BlockReader {
    reader: Reader<io::Empty>,
    offset: u64,
}

impl Default for BlockReader {
    fn default() -> Self {
        Self {
            reader: Reader::new(io::empty()),
            offset: 0,
        }
    }
}

impl BlockReader {
    /// Takes the next piece; gives back the memory of the one before, to be filled again.
    pub fn load(&mut self, block: Block) -> Vec<u8> {
        self.offset = block.offset;
        self.reader.load(block.bytes)
    }

    /// The next entry of the piece with its place in the stream, for [`Again`]. Lines are those within the piece.
    pub fn next_entry(&mut self) -> Option<Result<(u64, EntryRef<'_>), ReadError>> {
        if let Err(error) = self.reader.next_entry()? {
            return Some(Err(error));
        }
        let place = self.offset + self.reader.place() as u64;
        Some(Ok((place, self.reader.current())))
    }

    /// Lines of the piece read so far.
    pub fn lines(&self) -> u64 {
        self.reader.lines()
    }
}

/// Reads entries of a file again, from the places that [`BlockReader::next_entry`] gave.
pub struct Again<F> {
    file: F,
    reader: BlockReader,
}

/// How much is read at first: one entry is wanted, not what follows.
const NEAR: u64 = 4 << 10;

impl<F: Read + Seek> Again<F> {
    /// Reads `file` again, which needs no buffer.
    pub fn new(file: F) -> Self {
        Self {
            file,
            reader: BlockReader::default(),
        }
    }

    /// The entry at a place. None when nothing readable begins there: the file is no longer what it was.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn entry(&mut self, place: u64) -> io::Result<Option<EntryRef<'_>>> {
        let mut bytes = self.reader.load(Block {
            offset: 0,
            bytes: Vec::new(),
        });
        bytes.clear();
        self.file.seek(SeekFrom::Start(place))?;
        let mut wanted = NEAR;
        while self.file.by_ref().take(wanted).read_to_end(&mut bytes)? as u64 == wanted
            && last_boundary(&bytes).is_none()
        {
            wanted *= 4;
        }
        self.reader.load(Block { offset: place, bytes });
        Ok(self.reader.next_entry().and_then(Result::ok).map(|it| it.1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::entry::Entry;

    fn whole(text: &[u8]) -> Vec<Result<Entry, ReadError>> {
        Reader::new(text).entries().collect()
    }

    /// Every entry and error of the pieces, with the lines of the whole file.
    fn pieces(text: &[u8], sizes: usize) -> Vec<Result<Entry, ReadError>> {
        let trickle = Trickle { text, most: sizes };
        let (mut blocks, mut reader, mut all, mut lines) =
            (Blocks::new(trickle), BlockReader::default(), Vec::new(), 0);
        let mut spare = Vec::new();
        while let Some(block) = blocks.next_block(spare).expect("readable") {
            spare = reader.load(block);
            while let Some(next) = reader.next_entry() {
                all.push(match next {
                    Ok((place, entry)) => {
                        let mut again = Again::new(io::Cursor::new(text));
                        let again = again.entry(place).expect("in memory").map(|it| it.to_entry());
                        let again = again.map(|it| (it.dn, it.attributes));
                        assert_eq!(again, Some((entry.dn.to_owned(), entry.to_entry().attributes)));
                        Ok(Entry {
                            line: entry.line + lines,
                            ..entry.to_entry()
                        })
                    }
                    Err(error) => Err(ReadError {
                        line: error.line + lines,
                        ..error
                    }),
                });
            }
            lines += reader.lines();
        }
        all
    }

    /// Gives a few bytes at a time, as a pipe does.
    struct Trickle<'a> {
        text: &'a [u8],
        most: usize,
    }

    impl Read for Trickle<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = into.len().min(self.most);
            self.text.read(&mut into[..count])
        }
    }

    #[test]
    fn a_file_is_cut_behind_its_last_blank_line() {
        assert_eq!(last_boundary(b"dn: a\n\ndn: b\n\ndn: c\n"), Some(14));
        assert_eq!(last_boundary(b"dn: a\r\n\r\ndn: b\r\n"), Some(9));
        assert_eq!(last_boundary(b"dn: a\ncn: a\n"), None);
        assert_eq!(last_boundary(b"\n\n"), Some(2));
    }

    #[test]
    fn an_entry_longer_than_a_piece_is_read_whole() {
        let long = format!(
            "dn: cn=a\n{}\ndn: cn=b\ncn: b\n",
            "member: cn=somebody\n".repeat(200_000)
        );
        assert_eq!(pieces(long.as_bytes(), SIZE), whole(long.as_bytes()));
    }

    proptest! {
        #[test]
        fn pieces_hold_what_the_whole_holds(
            lines in prop::collection::vec(prop::sample::select(vec!["dn: cn=a", "cn: a", " folded", "", "\r", "# c", "sn:: w4k=", "broken", "version: 1"]), 0..40),
            end in prop::sample::select(vec!["\n", "\r\n"]),
            most in 1usize..50,
        ) {
            let text = lines.join(end);
            prop_assert_eq!(pieces(text.as_bytes(), most), whole(text.as_bytes()));
        }
    }
}
