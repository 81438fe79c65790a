//! An export in pieces that several threads can work on at once.

use std::io::Read;

use super::{Format, OpenError, open, unreadable};
use crate::{
    csv,
    entry::{Entry, ReadError},
    ldif::{Block, Blocks},
    source::{Limits, Progress, Source},
};

/// How many rows of a table make a piece.
const ROWS: usize = 1000;

/// Some entries of an export.
#[derive(Debug)]
pub enum Piece {
    /// A piece of an LDIF file, not yet read into entries.
    Block(Block),
    /// Entries; from a table, or from a directory.
    Entries(Vec<Entry>),
}

/// An export that is handed out in pieces, in their order.
pub struct Pieces {
    reader: Formatted,
    progress: Progress,
    stored_behind: Option<u64>,
}

enum Formatted {
    Ldif(Box<Blocks<Source>>),
    Csv(Box<csv::Reader<Source>>),
}

impl Pieces {
    /// Takes any reader; `name` is what its sender calls it. Without a format its ending tells, or else the content.
    ///
    /// # Errors
    /// When it is neither LDIF nor a table of a directory.
    pub fn new(
        reader: impl Read + Send + 'static,
        name: &str,
        format: Option<Format>,
        limits: Limits,
    ) -> Result<Self, OpenError> {
        let (source, format) = open(reader, name, format, limits)?;
        let progress = source.progress();
        let stored_behind = source.stored_behind().filter(|_| format == Format::Ldif);
        let reader = match format {
            Format::Ldif => Formatted::Ldif(Box::new(Blocks::new(source))),
            Format::Csv => Formatted::Csv(Box::new(csv::Reader::new(source).map_err(|it| unreadable(name, it))?)),
        };
        Ok(Self {
            reader,
            progress,
            stored_behind,
        })
    }

    /// A handle that keeps telling how many bytes of the file have been consumed.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Where the places that a [`crate::ldif::BlockReader`] tells lie in the file: behind so many bytes. None when an
    /// entry cannot be read again from its place, as in a table or a compressed file.
    pub fn stored_behind(&self) -> Option<u64> {
        self.stored_behind
    }

    /// The next piece; `buffer` is used for it, whatever it holds. None at the end.
    ///
    /// # Errors
    /// Where and why the export cannot be read any further.
    pub fn next_piece(&mut self, buffer: Vec<u8>) -> Result<Option<Piece>, ReadError> {
        match &mut self.reader {
            Formatted::Ldif(blocks) => Ok(blocks.next_block(buffer)?.map(Piece::Block)),
            Formatted::Csv(rows) => {
                let some: Vec<Entry> = rows.entries().take(ROWS).collect::<Result<_, _>>()?;
                Ok((!some.is_empty()).then_some(Piece::Entries(some)))
            }
        }
    }
}
