//! Many targets: typed, or from a file with one a line, and where their documents go.

use std::{
    collections::BTreeSet,
    fmt::Display,
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use jalon_domain::text::Value as Arg;
use serde_json::Value;

use super::summary::{SCHEMA, Summary};
use crate::{
    exit::{Failure, Result},
    out::{self, Out},
};

/// The longest line of a list that can be a target, bytes.
const LONGEST_LINE: usize = 1024;

/// How several targets are measured.
#[derive(Args, Clone, Debug)]
pub(super) struct Several {
    /// More targets: a file with one a line; # begins a remark, - is standard input
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Write the documents there, one a line, and here only a summary
    #[arg(long, value_name = "FILE.ndjson")]
    output: Option<PathBuf>,
    /// Go on with an output that was cut short: what stands in it is not measured again
    #[arg(long, requires = "output")]
    resume: bool,
    /// Targets measured at the same time
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub(super) concurrency: u16,
}

/// What is to be measured.
pub(super) struct Targets<T> {
    pub(super) list: Vec<T>,
    /// Whether a line of the file is no target: it was said, and the others are measured all the same.
    pub(super) has_refused: bool,
}

impl Several {
    /// Whether the targets are too many to be shown in the order they were named.
    pub(super) fn is_bulk(&self) -> bool {
        self.file.is_some() || self.output.is_some()
    }

    /// The typed targets and those of the file, each once. A line that is none is complained about.
    pub(super) fn targets<T, E: Display>(
        &self,
        out: &Out,
        typed: Vec<T>,
        parse: impl Fn(&str) -> std::result::Result<T, E>,
    ) -> Result<Targets<T>>
    where
        T: Clone + Ord,
    {
        let mut known = BTreeSet::new();
        let mut targets = Targets {
            list: Vec::new(),
            has_refused: false,
        };
        let mut add = |target: T, list: &mut Vec<T>| {
            if known.insert(target.clone()) {
                list.push(target);
            }
        };
        typed.into_iter().for_each(|it| add(it, &mut targets.list));
        let Some(path) = &self.file else { return Ok(targets) };
        let mut lines = open(path).map_err(|error| Failure::io(path, &error))?;
        for number in 1_u64.. {
            let Some(line) = line(&mut lines).map_err(|error| Failure::io(path, &error))? else {
                break;
            };
            let line = line.strip_prefix('\u{feff}').unwrap_or(&line);
            let typed = line.split('#').next().unwrap_or_default().trim();
            if typed.is_empty() {
                continue;
            }
            match parse(typed) {
                Ok(target) => add(target, &mut targets.list),
                Err(error) => {
                    let what = error.to_string();
                    let args = [("line", Arg::from(number)), ("what", what.as_str().into())];
                    let failure = Failure::new("bad-target", &args).at(&path.display().to_string());
                    out::complain(&failure.line(out.lang));
                    targets.has_refused = true;
                }
            }
        }
        Ok(targets)
    }

    /// Where the documents go, when that is a file.
    pub(super) fn kept(&self, summary: &mut Summary) -> Result<Option<Kept>> {
        let open = |path: &PathBuf| Kept::open(path, self.resume, summary);
        self.output.as_ref().map(open).transpose()
    }
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(BufReader::new(File::open(path)?)))
}

/// The next line, as much of it as can be a target.
fn line(lines: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = (&mut *lines).take(LONGEST_LINE as u64).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if !bytes.ends_with(b"\n") {
        lines.skip_until(b'\n')?;
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// A file of documents that grows by whole lines.
pub(super) struct Kept {
    path: PathBuf,
    file: File,
    /// The targets that stand in it already.
    pub(super) known: BTreeSet<String>,
}

impl Kept {
    fn open(path: &Path, resumes: bool, summary: &mut Summary) -> Result<Self> {
        let unusable = |error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Failure::new("output-exists", &[("path", path.display().to_string().into())])
            }
            _ => Failure::io(path, &error),
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        let options = if resumes {
            options.create(true).truncate(false)
        } else {
            options.create_new(true)
        };
        let mut kept = Self {
            path: path.to_owned(),
            file: options.open(path).map_err(unusable)?,
            known: BTreeSet::new(),
        };
        kept.take_up(summary)?;
        Ok(kept)
    }

    /// Reads what is there and cuts off what is no whole document at the end: a torn line, or the summary of a run.
    fn take_up(&mut self, summary: &mut Summary) -> Result<()> {
        let failed = |error: io::Error| Failure::io(&self.path, &error);
        let (mut end, mut read) = (0, 0);
        let mut reader = BufReader::new(&self.file);
        let mut text = String::new();
        for number in 1_u64.. {
            text.clear();
            let length = reader.read_line(&mut text).map_err(failed)?;
            if length == 0 || !text.ends_with('\n') {
                break;
            }
            read += length as u64;
            let document: Value = serde_json::from_str(&text).unwrap_or_default();
            // The summary of a run goes when it is the last line; documents behind it stay.
            if document["schema"] == SCHEMA {
                continue;
            }
            let Some(target) = document["target"].as_str() else {
                let path = self.path.display().to_string();
                return Err(Failure::new(
                    "output-foreign",
                    &[("path", path.into()), ("line", number.into())],
                ));
            };
            self.known.insert(target.to_owned());
            summary.resume(&document);
            end = read;
        }
        drop(reader);
        self.file.set_len(end).map_err(failed)?;
        let mut file = &self.file;
        file.seek(SeekFrom::Start(end)).map_err(failed)?;
        Ok(())
    }

    /// Adds a document; what was added survives the end of the program.
    pub(super) fn add(&mut self, document: &str) -> Result<()> {
        let written = self.file.write_all(format!("{document}\n").as_bytes());
        written.map_err(|error| Failure::io(&self.path, &error))
    }
}
