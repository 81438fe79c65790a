//! A catalogue's folder, read within bounds: which files, how large. What is in them is for `load`.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use crate::{Catalogue, Fault, Problem, Unloadable, load::assemble};

/// A data file is prose for people; the largest of ours has 20 kB.
const FILE_BYTES: usize = 1 << 20;
/// Files in one folder of a catalogue.
const FOLDER_FILES: usize = 1_000;
/// The folders below the catalogue's own. There is no deeper level.
const FOLDERS: [&str; 3] = ["bullets", "responsibilities", "overlays"];

impl Catalogue {
    /// Reads a catalogue from a folder: `catalogue.toml`, `gates.toml`, `bullets/`, `responsibilities/`, `overlays/`.
    /// Files that are not TOML are left alone. The result is well formed; [`Catalogue::validate`] tells whether it holds.
    ///
    /// # Errors
    /// [`Unloadable`] with every file that cannot be read or parsed, one line each.
    pub fn from_folder(folder: &Path) -> Result<Self, Unloadable> {
        let (files, problems) = read(folder);
        if problems.is_empty() {
            assemble(files)
        } else {
            Err(Unloadable(problems))
        }
    }
}

fn read(folder: &Path) -> (Vec<(String, String)>, Vec<Problem>) {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for below in [""].iter().chain(&FOLDERS) {
        match names(&folder.join(below)) {
            Ok(names) if names.len() > FOLDER_FILES => {
                let fault = Fault::TooLarge {
                    limit: FOLDER_FILES,
                    unit: "files",
                };
                problems.push(Problem::of_file(below, fault));
            }
            Ok(names) => {
                for name in names {
                    let path = if below.is_empty() {
                        name
                    } else {
                        format!("{below}/{name}")
                    };
                    match text(&folder.join(&path)) {
                        Ok(text) => files.push((path, text)),
                        Err(fault) => problems.push(Problem::of_file(&path, fault)),
                    }
                }
            }
            // A folder that is not there is an empty one; what must be there is missed later, by name.
            Err(error) if error.kind() == io::ErrorKind::NotFound && !below.is_empty() => {}
            Err(error) => {
                let place = folder.join(below);
                problems.push(Problem::of_file(
                    &place.display().to_string(),
                    Fault::Unreadable(error.to_string()),
                ));
            }
        }
    }
    (files, problems)
}

/// The TOML files of one folder, sorted, so that the same folder always gives the same catalogue.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)?.take(10 * FOLDER_FILES) {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn text(path: &Path) -> Result<String, Fault> {
    let unreadable = |error: io::Error| Fault::Unreadable(error.to_string());
    // Opening a pipe would wait for its other end.
    if !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(Fault::Unreadable("not a regular file".to_owned()));
    }
    let mut text = String::new();
    let limit = u64::try_from(FILE_BYTES).unwrap_or(u64::MAX);
    File::open(path)
        .and_then(|it| it.take(limit + 1).read_to_string(&mut text))
        .map_err(unreadable)?;
    if text.len() > FILE_BYTES {
        Err(Fault::TooLarge {
            limit: FILE_BYTES,
            unit: "bytes",
        })
    } else {
        Ok(text)
    }
}
