//! A directory export, whichever its format: what `jalon check directory FILE` opens. The formats
//! themselves live in `ldif` and `csv`.

mod pieces;

use std::{
    io::{self, Read},
    path::Path,
};

use crate::{
    csv,
    entry::{Entry, EntryRef, Problem, ReadError, excerpt},
    ldif,
    source::{Limits, Progress, Source},
};

pub use pieces::{Piece, Pieces};

/// How far into a file one looks for what it is.
const SNIFFED: usize = 4 << 10;

/// How an export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 2849.
    Ldif,
    /// A table with attribute names in its first row.
    Csv,
}

/// Why an export could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file is not there, or may not be read.
    #[error("cannot open {name}: {error}")]
    Unavailable {
        /// The file as it was named.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// The file is no export.
    #[error("{name}, {error}")]
    Unreadable {
        /// The file as it was named.
        name: String,
        /// Where and why.
        error: ReadError,
    },
}

/// An open export.
pub struct Export {
    reader: Formatted,
    progress: Progress,
}

enum Formatted {
    Ldif(Box<ldif::Reader<Source>>),
    Csv(Box<csv::Reader<Source>>),
}

impl Export {
    /// Opens a file, gzipped or not; its name tells the format, or else its content.
    ///
    /// # Errors
    /// When there is no such file, or when it is neither LDIF nor a table of a directory.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let name = path.display().to_string();
        let file = std::fs::File::open(path);
        let file = file.and_then(|it| {
            if it.metadata()?.is_dir() {
                Err(io::ErrorKind::IsADirectory.into())
            } else {
                Ok(it)
            }
        });
        match file {
            Ok(file) => Self::from_reader(file, &name, Limits::default()),
            Err(error) => Err(OpenError::Unavailable { name, error }),
        }
    }

    /// Takes any reader, such as an upload; `name` is what its sender calls it.
    ///
    /// # Errors
    /// When it is neither LDIF nor a table of a directory.
    pub fn from_reader(reader: impl Read + Send + 'static, name: &str, limits: Limits) -> Result<Self, OpenError> {
        let (source, format) = open(reader, name, None, limits)?;
        let progress = source.progress();
        let reader = match format {
            Format::Ldif => Formatted::Ldif(Box::new(ldif::Reader::new(source))),
            Format::Csv => Formatted::Csv(Box::new(csv::Reader::new(source).map_err(|it| unreadable(name, it))?)),
        };
        Ok(Self { reader, progress })
    }

    /// How the export is written.
    pub fn format(&self) -> Format {
        match self.reader {
            Formatted::Ldif(_) => Format::Ldif,
            Formatted::Csv(_) => Format::Csv,
        }
    }

    /// A handle that keeps telling how many bytes of the file have been consumed.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// The next entry, borrowed: the fast path.
    pub fn next_entry(&mut self) -> Option<Result<EntryRef<'_>, ReadError>> {
        match &mut self.reader {
            Formatted::Ldif(reader) => reader.next_entry(),
            Formatted::Csv(reader) => reader.next_entry(),
        }
    }
}

impl Iterator for Export {
    type Item = Result<Entry, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_entry().map(|it| it.map(|entry| entry.to_entry()))
    }
}

/// A stream and how it is written.
fn open(
    reader: impl Read + Send + 'static,
    name: &str,
    format: Option<Format>,
    limits: Limits,
) -> Result<(Source, Format), OpenError> {
    let start = |error: io::Error| {
        Problem::Unreadable {
            reason: error.to_string(),
        }
        .at(1)
    };
    let opened = Source::new(reader, limits).map_err(start).and_then(|mut source| {
        let format = format.map_or_else(|| format_of(&mut source, name), Ok)?;
        Ok((source, format))
    });
    opened.map_err(|it| unreadable(name, it))
}

fn unreadable(name: &str, error: ReadError) -> OpenError {
    OpenError::Unreadable {
        name: name.to_owned(),
        error,
    }
}

fn format_of(source: &mut Source, name: &str) -> Result<Format, ReadError> {
    if let Some(format) = format_by_name(name) {
        return Ok(format);
    }
    let unreadable = |error: io::Error| {
        Problem::Unreadable {
            reason: error.to_string(),
        }
        .at(1)
    };
    let head = source.peek(SNIFFED).map_err(unreadable)?;
    format_by_content(head).ok_or_else(|| {
        Problem::UnknownFormat {
            found: excerpt(first_line(head)),
        }
        .at(1)
    })
}

fn format_by_name(name: &str) -> Option<Format> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit_once('.')?.1 {
        "ldif" | "ldf" => Some(Format::Ldif),
        "csv" | "tsv" => Some(Format::Csv),
        _ => None,
    }
}

fn format_by_content(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"#TYPE") {
        return Some(Format::Csv);
    }
    let is_said = |it: &&[u8]| !it.is_empty() && !it.starts_with(b"#") && !it.starts_with(b" ");
    let line = head.split(|it| *it == b'\n').map(<[u8]>::trim_ascii_end).find(is_said);
    // Nothing but comments and blank lines: an empty LDIF file.
    let Some(line) = line else {
        return (!head.is_empty()).then_some(Format::Ldif);
    };
    let begins = |word: &[u8]| line.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
    if begins(b"dn:") || begins(b"version:") {
        return Some(Format::Ldif);
    }
    let has_separator = line.iter().any(|it| b",;\t".contains(it));
    has_separator.then_some(Format::Csv)
}

fn first_line(head: &[u8]) -> &[u8] {
    head.split(|it| *it == b'\n')
        .next()
        .unwrap_or_default()
        .trim_ascii_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_either_format_hold_the_same_entry() {
        for (name, format, content) in [
            ("export.ldif", None, LDIF),
            ("export.csv", None, CSV),
            ("export.csv", Some(Format::Ldif), LDIF),
        ] {
            let mut pieces = Pieces::new(io::Cursor::new(content), name, format, Limits::default()).expect("opens");
            let entry = match pieces.next_piece(Vec::new()).expect("readable").expect("a piece") {
                Piece::Block(block) => {
                    let mut reader = ldif::BlockReader::default();
                    reader.load(block);
                    reader
                        .next_entry()
                        .expect("an entry")
                        .expect("well-formed")
                        .1
                        .to_entry()
                }
                Piece::Entries(mut entries) => entries.remove(0),
            };
            assert_eq!(
                (entry.dn.as_str(), entry.attributes.iter().count()),
                ("cn=a", 1),
                "{name}"
            );
            assert!(pieces.next_piece(Vec::new()).expect("readable").is_none());
        }
    }

    const LDIF: &str = "dn: cn=a\nmail: a@contoso.example\n";
    const CSV: &str = "DN,mail\ncn=a,a@contoso.example\n";

    #[track_caller]
    fn check(name: &str, content: &str, expected: Format) {
        let content = io::Cursor::new(content.to_owned());
        let mut export = Export::from_reader(content, name, Limits::default()).expect("opens");
        assert_eq!(export.format(), expected, "{name}");
        let entry = export.next().expect("an entry").expect("well-formed");
        assert_eq!(entry.dn, "cn=a");
        assert_eq!(
            entry.attributes.first("MAIL").and_then(|it| it.text()),
            Some("a@contoso.example")
        );
        assert!(export.next().is_none());
    }

    #[test]
    fn the_name_tells_the_format_or_else_the_content() {
        check("export.ldif", LDIF, Format::Ldif);
        check("EXPORT.LDF.GZ", LDIF, Format::Ldif);
        check("export.csv", CSV, Format::Csv);
        check("upload", LDIF, Format::Ldif);
        check(
            "upload",
            &format!("\u{feff}# comment\n folded\n\nversion: 1\n{LDIF}"),
            Format::Ldif,
        );
        check("upload.txt", CSV, Format::Csv);
        check("upload", &format!("#TYPE Selected\n{CSV}"), Format::Csv);
    }

    #[test]
    fn something_else_is_refused_with_a_remedy() {
        let content = io::Cursor::new("MZ\u{0}\u{1}");
        let error = Export::from_reader(content, "tool.exe", Limits::default()).err();
        assert_eq!(
            error.expect("refused").to_string(),
            "tool.exe, line 1: this is neither LDIF nor CSV (it begins with `MZ\u{fffd}\u{fffd}`); give an \
             LDIF export (`dn:` lines) or a table with attribute names in its first row"
        );
    }

    #[test]
    fn a_missing_file_and_a_folder_are_told_by_name() {
        let folder = tempfile::tempdir().expect("a folder");
        for path in [folder.path().join("none.ldif"), folder.path().to_owned()] {
            let error = Export::open(&path).err().expect("refused");
            assert!(
                error
                    .to_string()
                    .starts_with(&format!("cannot open {}: ", path.display())),
                "{error}"
            );
        }
    }
}
