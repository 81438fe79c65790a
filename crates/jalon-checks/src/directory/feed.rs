//! What is judged, piece by piece: exports and live directories, one after the other, as one directory. Several threads
//! take pieces; each piece has its number, so that what is made of them can be put in order again.

use std::{fs::File, io::Read, sync::mpsc::Receiver};

use jalon_wire::{
    entry::{Entry, ReadError},
    export::{Format, OpenError, Piece, Pieces},
    source::{Limits, Progress},
};

use super::{
    hashing::{Hash, Hashing},
    kept::Kept,
};
use crate::CheckError;

/// A directory, or a part of one, to be judged.
pub struct Source {
    /// What to call it.
    pub name: String,
    /// What its schema says, where it has been asked.
    pub about: About,
    /// Where its entries come from.
    pub entries: Entries,
}

/// What the schema of a live directory says of the attributes that the rules look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Those that the schema does not have: no object can hold one, and a blank says nothing.
    pub absent: Vec<String>,
    /// Where the directory is a global catalogue, those that are not replicated into it: objects may hold one, and the
    /// catalogue does not show it.
    pub not_in_catalogue: Option<Vec<String>>,
}

/// Where entries come from.
pub enum Entries {
    /// An export, LDIF or a table, gzipped or not.
    Export {
        /// Its bytes.
        reader: Box<dyn Read + Send>,
        /// How it is written; where nobody knows, the ending of the source's name tells, or else the content.
        format: Option<Format>,
        /// The file that they come from, opened a second time, where it can be: what is shared is then read from there
        /// again and not kept in memory.
        again: Option<File>,
    },
    /// A live directory: whoever reads it sends the entries as they come, and an error if there is no getting on.
    Live(Receiver<Result<Vec<Entry>, CheckError>>),
}

impl Source {
    /// An export that is read as it comes: an upload, standard input.
    pub fn stream(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self {
            name: name.into(),
            about: About::default(),
            entries: Entries::Export {
                reader: Box::new(reader),
                format: None,
                again: None,
            },
        }
    }
}

/// A piece that is to be judged.
pub(super) struct Portion {
    /// Its number, from 0, over all sources.
    pub(super) number: u64,
    /// The number of its source.
    pub(super) source: usize,
    /// What it holds.
    pub(super) piece: Piece,
    /// Whether copies of its objects have to be kept.
    pub(super) keeps: bool,
}

/// A source that cannot be read any further.
pub(super) struct Broken {
    /// The number that its next piece would have had.
    pub(super) number: u64,
    /// The number of the source.
    pub(super) source: usize,
    /// Why.
    pub(super) error: CheckError,
}

/// Hands out the pieces of every source.
pub(super) struct Feed {
    sources: Vec<Opened>,
    current: usize,
    number: u64,
    is_over: bool,
}

/// A source that has been opened.
struct Opened {
    entries: Flow,
    keeps: bool,
}

enum Flow {
    Pieces(Pieces),
    Live(Receiver<Result<Vec<Entry>, CheckError>>),
}

/// What is needed of a source besides its pieces.
pub(super) struct Side {
    /// Where its objects are read again.
    pub(super) kept: Kept,
    /// How many bytes of it have been read.
    pub(super) progress: Progress,
    /// What went through, where somebody wants to know.
    pub(super) hash: Option<Hash>,
    /// What to call it.
    pub(super) name: String,
}

impl Feed {
    /// Opens every source. `is_hashed` says whether the bytes are to be remembered by their SHA-256.
    pub(super) fn open(sources: Vec<Source>, is_hashed: bool) -> Result<(Self, Vec<Side>), CheckError> {
        let opened: Vec<(Opened, Side)> = sources
            .into_iter()
            .map(|it| open(it, is_hashed))
            .collect::<Result<_, _>>()?;
        let (sources, sides) = opened.into_iter().unzip();
        let feed = Self {
            sources,
            current: 0,
            number: 0,
            is_over: false,
        };
        Ok((feed, sides))
    }

    /// The next piece, in the memory of `spare`; an error comes with the number of its source, and nothing after it.
    pub(super) fn next(&mut self, mut spare: Vec<u8>) -> Option<Result<Portion, Broken>> {
        while !self.is_over && self.current < self.sources.len() {
            let source = &mut self.sources[self.current];
            match source.next(spare) {
                Ok(Some(piece)) => {
                    let number = self.number;
                    self.number += 1;
                    return Some(Ok(Portion {
                        number,
                        source: self.current,
                        piece,
                        keeps: source.keeps,
                    }));
                }
                Ok(None) => {
                    self.current += 1;
                    spare = Vec::new();
                }
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(Broken {
                        number: self.number,
                        source: self.current,
                        error,
                    }));
                }
            }
        }
        None
    }

    /// Hands out nothing more.
    pub(super) fn stop(&mut self) {
        self.is_over = true;
    }
}

impl Opened {
    fn next(&mut self, spare: Vec<u8>) -> Result<Option<Piece>, CheckError> {
        match &mut self.entries {
            Flow::Pieces(pieces) => pieces.next_piece(spare).map_err(unreadable),
            Flow::Live(entries) => entries.recv().ok().transpose().map(|it| it.map(Piece::Entries)),
        }
    }
}

fn open(source: Source, is_hashed: bool) -> Result<(Opened, Side), CheckError> {
    let Source { name, entries, .. } = source;
    let (entries, kept, progress, hash) = match entries {
        Entries::Live(entries) => (Flow::Live(entries), Kept::Memory(Vec::new()), Progress::default(), None),
        Entries::Export { reader, format, again } => {
            let (reader, hash): (Box<dyn Read + Send>, _) = if is_hashed {
                let (reader, hash) = Hashing::new(reader);
                (Box::new(reader), Some(hash))
            } else {
                (reader, None)
            };
            let pieces = Pieces::new(reader, &name, format, Limits::default()).map_err(unopened)?;
            let kept = again
                .zip(pieces.stored_behind())
                .map(|(file, behind)| Kept::file(file, behind));
            let progress = pieces.progress();
            (
                Flow::Pieces(pieces),
                kept.unwrap_or_else(|| Kept::Memory(Vec::new())),
                progress,
                hash,
            )
        }
    };
    let keeps = kept.is_memory();
    let side = Side {
        kept,
        progress,
        hash,
        name,
    };
    Ok((Opened { entries, keeps }, side))
}

fn unopened(error: OpenError) -> CheckError {
    match error {
        OpenError::Unreadable { error, .. } => unreadable(error),
        OpenError::Unavailable { error, .. } => CheckError::Input {
            line: 1,
            what: format!("cannot read: {error}"),
            remedy: "check the source".to_owned(),
        },
    }
}

pub(super) fn unreadable(error: ReadError) -> CheckError {
    CheckError::Input {
        line: error.line,
        what: error.what(),
        remedy: error.remedy().to_owned(),
    }
}
