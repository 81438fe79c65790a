//! Opening what people export: plain or gzipped, UTF-8, Latin-1 or UTF-16, always as a bounded
//! stream. What the bytes mean lives in `ldif`, `csv` and `export`.

mod gunzip;
mod peek;
mod utf16;

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use gunzip::Gunzip;
use peek::Peek;
use utf16::{Endian, Utf16};

/// How far a compressed export may unfold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Decompressed bytes in all.
    pub plain_bytes: u64,
    /// Decompressed bytes for one compressed byte, counted after the first 16 MiB. Directory
    /// exports compress about tenfold; deflate itself ends near 1,030.
    pub expansion: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            plain_bytes: 64 << 30,
            expansion: 250,
        }
    }
}

/// How much of the file has been consumed, as stored on disk: what a progress bar shows.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Bytes read so far, before decompression.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A stream of UTF-8 (or at worst Latin-1) bytes without byte order mark.
pub struct Source {
    reader: Peek<Box<dyn Read + Send>>,
    progress: Progress,
    stored_behind: Option<u64>,
}

impl Source {
    /// Opens a file, whatever its compression and encoding.
    ///
    /// # Errors
    /// What the system says when the file cannot be opened or its first bytes not be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::new(File::open(path)?, Limits::default())
    }

    /// Takes any reader; its first bytes tell gzip (RFC 1952) and byte order marks.
    ///
    /// # Errors
    /// What the reader says when its first bytes cannot be read.
    pub fn new(reader: impl Read + Send + 'static, limits: Limits) -> io::Result<Self> {
        let progress = Progress::default();
        let counted = Counted {
            inner: reader,
            progress: progress.clone(),
        };
        let mut stored = Peek::new(Box::new(counted) as Box<dyn Read + Send>);
        let is_packed = stored.peek(2)? == [0x1f, 0x8b];
        let unpacked: Box<dyn Read + Send> = if is_packed {
            Box::new(Gunzip::new(stored, limits))
        } else {
            Box::new(stored)
        };
        let (decoded, behind) = decoded(Peek::new(unpacked))?;
        Ok(Self {
            reader: Peek::new(decoded),
            progress,
            stored_behind: behind.filter(|_| !is_packed),
        })
    }

    /// Where the stream's bytes lie in what is stored, as they are: behind so many others. None when they were
    /// decompressed or decoded.
    pub fn stored_behind(&self) -> Option<u64> {
        self.stored_behind
    }

    /// The next bytes without consuming them; fewer when the stream is shorter.
    pub(crate) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        self.reader.peek(wanted)
    }

    /// A handle that keeps telling how far the reading is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }
}

impl Read for Source {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.reader.read(into)
    }
}

/// PowerShell redirection and `ldifde -u` write UTF-16 with a byte order mark. Also answers how many bytes stand before
/// the text, where it is UTF-8 as it is.
fn decoded(mut raw: Peek<Box<dyn Read + Send>>) -> io::Result<(Box<dyn Read + Send>, Option<u64>)> {
    Ok(match raw.peek(3)? {
        [0xef, 0xbb, 0xbf] => (Box::new(raw.behind(3)), Some(3)),
        [0xff, 0xfe, ..] => (Box::new(Utf16::new(raw.behind(2), Endian::Little)), None),
        [0xfe, 0xff, ..] => (Box::new(Utf16::new(raw.behind(2), Endian::Big)), None),
        _ => (Box::new(raw), Some(0)),
    })
}

struct Counted<R> {
    inner: R,
    progress: Progress,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.progress.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzipped(plain: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(plain).expect("a vector takes all");
        writer.finish().expect("a vector takes all")
    }

    fn read(stored: Vec<u8>, limits: Limits) -> io::Result<Vec<u8>> {
        let mut plain = Vec::new();
        Source::new(io::Cursor::new(stored), limits)?.read_to_end(&mut plain)?;
        Ok(plain)
    }

    #[track_caller]
    fn check(stored: Vec<u8>, expected: &str) {
        let plain = read(stored, Limits::default()).expect("readable");
        assert_eq!(String::from_utf8_lossy(&plain), expected);
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(bytes)
            .collect()
    }

    #[test]
    fn plain_gzip_and_every_byte_order_mark_give_the_same_text() {
        let text = "dn: cn=é😀\n";
        check(text.into(), text);
        check(gzipped(text.as_bytes()), text);
        check(format!("\u{feff}{text}").into(), text);
        check(utf16(text, u16::to_le_bytes), text);
        check(utf16(text, u16::to_be_bytes), text);
        check(gzipped(&utf16(text, u16::to_le_bytes)), text);
        check(Vec::new(), "");
    }

    #[test]
    fn two_gzip_members_are_read_as_one_file() {
        check(
            [gzipped(b"dn: a\n"), gzipped(b"\ndn: b\n")].concat(),
            "dn: a\n\ndn: b\n",
        );
    }

    #[test]
    fn a_bomb_is_refused_by_its_size_and_by_its_expansion() {
        let bomb = gzipped(&vec![0; 32 << 20]);
        let sized = Limits {
            plain_bytes: 1 << 20,
            ..Limits::default()
        };
        for limits in [sized, Limits::default()] {
            let error = read(bomb.clone(), limits).expect_err("too large");
            assert_eq!(error.kind(), io::ErrorKind::FileTooLarge, "{error}");
        }
    }

    #[test]
    fn a_cut_gzip_file_is_an_error_and_not_an_end() {
        let mut cut = gzipped(b"dn: cn=a,dc=contoso,dc=example\n");
        cut.truncate(cut.len() - 6);
        assert!(read(cut, Limits::default()).is_err());
    }

    #[test]
    fn progress_counts_the_stored_bytes() {
        let stored = gzipped(&vec![b'a'; 100_000]);
        let length = stored.len() as u64;
        let mut source = Source::new(io::Cursor::new(stored), Limits::default()).expect("opens");
        let progress = source.progress();
        io::copy(&mut source, &mut io::sink()).expect("reads");
        assert_eq!(progress.bytes(), length);
    }
}
