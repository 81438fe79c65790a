//! The whole directory so far: what was counted and claimed, and where each object can be read again.

use jalon_wire::entry::Entry;

use super::{Made, Scanned};
use crate::{
    CheckError,
    directory::{
        batch::{Counts, Question},
        claims::Claims,
        feed::Side,
        join::ActiveDirectory,
        kept::Place,
        objects::Found,
    },
};

/// The directory so far.
pub(super) struct Whole {
    sides: Vec<Side>,
    /// Lines of each source before the piece in hand.
    lines: Vec<u64>,
    /// Pieces of each source before the piece in hand.
    pieces: Vec<u32>,
    origins: Vec<Origin>,
    places: Vec<u64>,
    pub(super) claims: Claims,
    pub(super) open: Vec<(u32, Question)>,
    pub(super) counts: Counts,
    directory: ActiveDirectory,
}

/// A piece: its objects count from `first`.
struct Origin {
    first: u32,
    source: usize,
    piece: u32,
}

impl Whole {
    pub(super) fn new(sides: Vec<Side>) -> Self {
        Self {
            lines: vec![0; sides.len()],
            pieces: vec![0; sides.len()],
            sides,
            origins: Vec::new(),
            places: Vec::new(),
            claims: Claims::default(),
            open: Vec::new(),
            counts: Counts::default(),
            directory: ActiveDirectory::default(),
        }
    }

    /// Takes what was made of the next piece, and hands over what was found in it.
    pub(super) fn take(&mut self, made: Made, out: &mut dyn FnMut(Found)) -> Result<(), CheckError> {
        let Made {
            source,
            batch,
            accounts,
            lines,
            ..
        } = made;
        let first = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.claims.take(&batch.claims, first);
        self.open.extend(batch.open.iter().map(|it| (first + it.0, it.1)));
        self.places.extend_from_slice(&batch.places);
        self.origins.push(Origin {
            first,
            source,
            piece: self.pieces[source],
        });
        self.pieces[source] += 1;
        self.sides[source].kept.keep(batch.copies);
        self.counts.add(&batch.counts);
        self.directory.take(accounts, batch.counts.entries);
        for found in batch.found {
            self.tell(found, out);
        }
        if let Some(error) = made.broken {
            return Err(self.located(error, source));
        }
        self.lines[source] += lines;
        Ok(())
    }

    /// Counts a finding and hands it over.
    pub(super) fn tell(&mut self, found: Found, out: &mut dyn FnMut(Found)) {
        self.counts.tell(&found);
        out(found);
    }

    /// The error with its line in the whole source, and with the source where there are several.
    fn located(&self, error: CheckError, source: usize) -> CheckError {
        let CheckError::Input { line, what, remedy } = error else {
            return error;
        };
        let what = if self.sides.len() > 1 {
            format!("{}: {what}", self.sides[source].name)
        } else {
            what
        };
        CheckError::Input {
            line: line + self.lines[source],
            what,
            remedy,
        }
    }

    /// Reads an object again.
    pub(super) fn again(&mut self, object: u32) -> Result<Entry, CheckError> {
        let at = self.origins.partition_point(|it| it.first <= object).saturating_sub(1);
        let (source, piece) = self.origins.get(at).map_or((0, 0), |it| (it.source, it.piece));
        let place = self.places.get(object as usize).map(|at| Place { piece, at: *at });
        let side = self.sides.get_mut(source);
        let entry = side.zip(place).map(|(side, place)| side.kept.entry(place));
        match entry {
            Some(Ok(Some(entry))) => Ok(entry),
            Some(Err(error)) => Err(changed(&error.to_string())),
            _ => Err(changed("the file changed while it was read")),
        }
    }

    /// Bytes read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.sides.iter().map(|it| it.progress.bytes()).sum()
    }

    pub(super) fn finish(self) -> Scanned {
        let bytes = self.bytes();
        let hashes: Vec<String> = self
            .sides
            .iter()
            .filter_map(|it| it.hash.as_ref())
            .map(|it| it.finish())
            .collect();
        Scanned {
            counts: self.counts,
            directory: self.directory,
            bytes,
            sha256: (!hashes.is_empty()).then(|| hashes.join(" ")),
        }
    }
}

fn changed(what: &str) -> CheckError {
    CheckError::Input {
        line: 1,
        what: what.to_owned(),
        remedy: "judge a copy that nobody writes to".to_owned(),
    }
}
