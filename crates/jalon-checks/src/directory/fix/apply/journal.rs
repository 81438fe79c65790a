//! The journal of a run: one JSON object a line, on the disk before anything goes on. A line that was cut off never counted.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use jalon_domain::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Made, log::LogError, log::Place};
use crate::directory::fix::plan::ObjectChange;

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub(super) enum Line {
    /// The first one: what the run is about. A run that is taken up again writes none.
    Run {
        time: Timestamp,
        /// The directory's address.
        target: String,
        /// Where the changes come from.
        subject: String,
    },
    /// An object is about to be changed.
    Begin {
        time: Timestamp,
        number: usize,
        #[serde(flatten)]
        change: ObjectChange,
    },
    /// What became of it.
    End {
        time: Timestamp,
        number: usize,
        dn: String,
        result: Made,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        told: Option<Text>,
    },
}

/// The file.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
}

/// What a journal says of the run so far.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Past {
    /// The objects that were changed, in that order.
    pub(super) made: Vec<(Place, ObjectChange)>,
    /// Those that were begun and not ended.
    pub(super) unfinished: Vec<(Place, ObjectChange)>,
}

impl Journal {
    /// Begins a new one; a file that is there already is somebody's.
    pub(super) fn create(path: &Path) -> Result<Self, LogError> {
        let file = OpenOptions::new().write(true).create_new(true).open(path);
        let file = file.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => LogError::Exists { path: path.to_owned() },
            _ => LogError::unavailable(path, error),
        })?;
        Self::held(path, file)
    }

    /// Goes on with one, and says what it holds.
    pub(super) fn resume(path: &Path, target: &str, subject: &str) -> Result<(Self, Past), LogError> {
        let file = OpenOptions::new().read(true).write(true).open(path);
        let mut journal = Self::held(path, file.map_err(|it| LogError::unavailable(path, it))?)?;
        let past = journal.read(target, subject)?;
        Ok((journal, past))
    }

    /// One program at a time writes it.
    fn held(path: &Path, file: File) -> Result<Self, LogError> {
        match file.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                file,
            }),
            Err(TryLockError::WouldBlock) => Err(LogError::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(LogError::unavailable(path, error)),
        }
    }

    /// Reads every line and stands behind the last whole one.
    fn read(&mut self, target: &str, subject: &str) -> Result<Past, LogError> {
        let mut past = Past::default();
        let mut lines = BufReader::new(&self.file);
        let (mut end, mut text) = (0, Vec::new());
        for number in 1.. {
            text.clear();
            let size = lines.read_until(b'\n', &mut text).map_err(|it| self.broken(it))?;
            if text.last() != Some(&b'\n') {
                break;
            }
            let line = serde_json::from_slice(&text).map_err(|error| LogError::Malformed {
                path: self.path.clone(),
                line: number,
                reason: error.to_string(),
            })?;
            self.accept(line, number, [target, subject])?
                .into_iter()
                .for_each(|it| past.note(it));
            end += size as u64;
        }
        let back = self
            .file
            .set_len(end)
            .and_then(|()| self.file.seek(SeekFrom::Start(end)));
        back.map_err(|it| self.broken(it))?;
        Ok(past)
    }

    /// The first line says what the run is about: the same as now, or the journal is of another.
    fn accept(&self, line: Line, number: u64, now: [&str; 2]) -> Result<Option<Line>, LogError> {
        match &line {
            Line::Run { target, subject, .. } if now == [target.as_str(), subject.as_str()] => Ok(None),
            Line::Run { target, subject, .. } => Err(LogError::OtherRun {
                path: self.path.clone(),
                of: format!("{subject} → {target}"),
            }),
            _ if number == 1 => Err(LogError::Malformed {
                path: self.path.clone(),
                line: 1,
                reason: "a journal begins with its run".to_owned(),
            }),
            _ => Ok(Some(line)),
        }
    }

    /// Writes a line, which is on the disk when this returns.
    pub(super) fn write(&mut self, line: &Line) -> Result<(), LogError> {
        let text = serde_json::to_string(line).map_err(|it| self.broken(it.into()))? + "\n";
        let written = self
            .file
            .write_all(text.as_bytes())
            .and_then(|()| self.file.sync_data());
        written.map_err(|it| self.broken(it))
    }

    fn broken(&self, error: io::Error) -> LogError {
        LogError::unavailable(&self.path, error)
    }
}

impl Past {
    fn note(&mut self, line: Line) {
        match line {
            Line::Run { .. } => {}
            Line::Begin { number, change, .. } => {
                let dn = change.dn.clone();
                self.unfinished.push((Place { number, dn }, change));
            }
            Line::End { number, dn, result, .. } => {
                let place = Place { number, dn };
                let Some(at) = self.unfinished.iter().rposition(|it| it.0 == place) else {
                    return;
                };
                let begun = self.unfinished.remove(at);
                if result == Made::Applied {
                    self.made.push(begun);
                }
            }
        }
    }
}
