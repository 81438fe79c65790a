//! Where the report goes: beside its place until it is whole, so that nobody reads half of one.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::exit::{Failure, Result};

/// A report that can be written. Only its owner may read it, for it names people.
pub(in crate::command::check) struct Page {
    path: PathBuf,
    file: NamedTempFile,
}

impl Page {
    /// Makes sure that there can be a file at `path`.
    pub(in crate::command::check) fn at(path: &Path) -> Result<Self> {
        let unavailable = |error| Failure::io(path, &error);
        if path.is_dir() {
            return Err(unavailable(std::io::ErrorKind::IsADirectory.into()));
        }
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let file = NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(unavailable)?;
        Ok(Self {
            path: path.to_owned(),
            file,
        })
    }

    /// Writes it.
    pub(in crate::command::check) fn write(mut self, html: &str) -> Result<()> {
        let unavailable = |error| Failure::io(&self.path, &error);
        self.file.write_all(html.as_bytes()).map_err(unavailable)?;
        self.file.persist(&self.path).map_err(|it| unavailable(it.error))?;
        Ok(())
    }
}
