//! What a run notes: the journal, and the file that undoes it. The undo of a change is written before the change is made and
//! taken back when it was not: whenever the run ends, the file holds what was really changed. At the end it is put into the
//! order in which it is to be applied, the last change first.

use std::{
    collections::HashMap,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use jalon_domain::text::Text;
use jalon_wire::ldif::Writer;
use jiff::Timestamp;

use super::{
    Made, Wanted,
    journal::{Journal, Line, Past},
};
use crate::directory::fix::{
    plan::{ObjectChange, ValueChange},
    record,
};

/// Why a run cannot be noted. Nothing is changed that is not noted first.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The file is there already: it tells of another run, and is never written over.
    #[error("{} exists already", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Another program is at it.
    #[error("{} is in use", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The journal is of another directory or of other changes.
    #[error("{} is the journal of {of}", path.display())]
    OtherRun {
        /// The file.
        path: PathBuf,
        /// What it is about.
        of: String,
    },
    /// A line that is no line of a journal.
    #[error("{}, line {line}: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The file cannot be read or written.
    #[error("{}: {error}", path.display())]
    Unavailable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

impl LogError {
    pub(super) fn unavailable(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        Self::Unavailable { path, error }
    }
}

/// Which of the wanted changes a note is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) number: usize,
    pub(super) dn: String,
}

/// The journal and the undo file of a run.
pub struct Log {
    journal: Journal,
    undo: UndoFile,
    past: Past,
    /// Where the changes of former runs stand in `past.made`, by object.
    former: HashMap<String, Vec<usize>>,
    /// The change that was begun, and is not ended.
    open: Option<(Place, ObjectChange)>,
}

impl Log {
    /// Begins a new run on `target`, with changes from `subject`.
    ///
    /// # Errors
    /// When one of the files exists already, or cannot be written.
    pub fn create(journal: &Path, undo: &Path, run: [&str; 2], now: Timestamp) -> Result<Self, LogError> {
        let undo = UndoFile::create(undo)?;
        let mut log = Self::new(Journal::create(journal)?, undo, Past::default());
        let [target, subject] = run.map(str::to_owned);
        log.journal.write(&Line::Run {
            time: now,
            target,
            subject,
        })?;
        Ok(log)
    }

    /// Takes up a run that ended early; the undo file is written anew from the journal.
    ///
    /// # Errors
    /// When the journal is of another run, or a file cannot be read or written.
    pub fn resume(journal: &Path, undo: &Path, run: [&str; 2]) -> Result<Self, LogError> {
        let (journal, past) = Journal::resume(journal, run[0], run[1])?;
        let mut undo = UndoFile::at(undo);
        undo.rewrite(past.made.iter().map(|it| &it.1))?;
        Ok(Self::new(journal, undo, past))
    }

    fn new(journal: Journal, undo: UndoFile, past: Past) -> Self {
        let mut former: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (place, _)) in past.made.iter().enumerate() {
            former.entry(place.dn.clone()).or_default().push(at);
        }
        Self {
            journal,
            undo,
            past,
            former,
            open: None,
        }
    }

    /// Whether a former run changed an object.
    pub fn has_changed(&self, dn: &str) -> bool {
        self.former.contains_key(dn)
    }

    /// What a former run began and did not end.
    pub(super) fn unfinished(&self) -> Vec<(Place, ObjectChange)> {
        self.past.unfinished.clone()
    }

    /// The change that a former run made, if it is this one.
    pub(super) fn made_before(&self, place: &Place, wanted: &Wanted) -> Option<ObjectChange> {
        let former = self
            .former
            .get(&place.dn)?
            .iter()
            .filter_map(|it| self.past.made.get(*it));
        let is_it = |made: &&(Place, ObjectChange)| match wanted {
            // The plan may be another one by now, because what was made before is no longer found.
            Wanted::Planned(wanted) => wanted
                .changes
                .iter()
                .all(|it| made.1.changes.iter().any(|made| is_same(made, it))),
            // The file is the same one.
            Wanted::Requested(_) => made.0.number == place.number,
        };
        former.rev().find(is_it).map(|it| it.1.clone())
    }

    /// An object is about to be changed.
    pub(super) fn begin(&mut self, place: Place, change: &ObjectChange, now: Timestamp) -> Result<(), LogError> {
        self.journal.write(&Line::Begin {
            time: now,
            number: place.number,
            change: change.clone(),
        })?;
        self.undo.append(change)?;
        self.open = Some((place, change.clone()));
        Ok(())
    }

    /// What became of the object that was begun.
    pub(super) fn end(&mut self, made: Made, told: Option<&Text>, now: Timestamp) -> Result<(), LogError> {
        let Some((place, change)) = self.open.take() else {
            return Ok(());
        };
        if made != Made::Applied {
            self.undo.take_back()?;
        }
        self.note(&place, made, told, now)?;
        if made == Made::Applied {
            self.past.made.push((place, change));
        }
        Ok(())
    }

    /// An object is left as it is, and was not begun.
    pub(super) fn left(&mut self, place: Place, made: Made, told: &Text, now: Timestamp) -> Result<(), LogError> {
        self.note(&place, made, Some(told), now)
    }

    /// A change that was begun by a former run turns out to have been made.
    pub(super) fn found_made(&mut self, place: Place, change: &ObjectChange, now: Timestamp) -> Result<(), LogError> {
        self.undo.append(change)?;
        self.note(&place, Made::Applied, None, now)?;
        self.former
            .entry(place.dn.clone())
            .or_default()
            .push(self.past.made.len());
        self.past.made.push((place, change.clone()));
        Ok(())
    }

    /// A change that was begun by a former run turns out not to have been made.
    pub(super) fn not_made(&mut self, place: &Place, made: Made, told: &Text, now: Timestamp) -> Result<(), LogError> {
        self.note(place, made, Some(told), now)
    }

    fn note(&mut self, place: &Place, made: Made, told: Option<&Text>, now: Timestamp) -> Result<(), LogError> {
        self.journal.write(&Line::End {
            time: now,
            number: place.number,
            dn: place.dn.clone(),
            result: made,
            told: told.cloned(),
        })
    }

    /// Puts the undo file into the order in which it is to be applied. A change that is still open stays in it: whether
    /// it was made is not known, and an undo that finds nothing to undo does nothing.
    pub(super) fn finish(&mut self) -> Result<(), LogError> {
        let open = self.open.iter().map(|it| &it.1);
        let made = self.past.made.iter().map(|it| &it.1);
        self.undo.rewrite(open.chain(made.rev()))
    }
}

fn is_same(made: &ValueChange, wanted: &ValueChange) -> bool {
    made.attribute.eq_ignore_ascii_case(&wanted.attribute) && made.from == wanted.from
}

/// The file that undoes a run.
struct UndoFile {
    path: PathBuf,
    file: Option<File>,
    /// Where the last record begins.
    last: u64,
}

impl UndoFile {
    fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            file: None,
            last: 0,
        }
    }

    /// A new file; one that is there already undoes another run.
    fn create(path: &Path) -> Result<Self, LogError> {
        if path.exists() {
            return Err(LogError::Exists { path: path.to_owned() });
        }
        let mut undo = Self::at(path);
        undo.rewrite([].into_iter())?;
        Ok(undo)
    }

    /// Appends what undoes a change; it is on the disk when this returns.
    fn append(&mut self, change: &ObjectChange) -> Result<(), LogError> {
        let mut writer = Writer::new(Vec::new());
        let written = record::write_record(&change.inverse(), &mut writer);
        let written = written.and_then(|()| {
            let file = self.file.as_mut().ok_or(io::ErrorKind::NotFound)?;
            self.last = file.seek(SeekFrom::End(0))?;
            file.write_all(&writer.into_inner())?;
            file.sync_data()
        });
        written.map_err(|it| LogError::unavailable(&self.path, it))
    }

    /// Takes the last record away again.
    fn take_back(&mut self) -> Result<(), LogError> {
        let back = self
            .file
            .as_ref()
            .map_or(Ok(()), |it| it.set_len(self.last).and_then(|()| it.sync_data()));
        back.map_err(|it| LogError::unavailable(&self.path, it))
    }

    /// Writes the whole file anew beside the old one, and puts it in its place.
    fn rewrite<'a>(&mut self, changes: impl Iterator<Item = &'a ObjectChange>) -> Result<(), LogError> {
        let mut name = self.path.clone().into_os_string();
        name.push(".new");
        let written = Self::written(Path::new(&name), changes).and_then(|file| {
            fs::rename(&name, &self.path)?;
            Ok(file)
        });
        let file = written.map_err(|it| LogError::unavailable(&self.path, it))?;
        self.file = Some(file);
        Ok(())
    }

    fn written<'a>(path: &Path, changes: impl Iterator<Item = &'a ObjectChange>) -> io::Result<File> {
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
        let inverse: Vec<ObjectChange> = changes.map(ObjectChange::inverse).collect();
        record::write_ldif(&inverse, BufWriter::new(&file))?;
        file.sync_all()?;
        Ok(file)
    }
}
