//! The repository as a tree of files: where it is, and what in it is ours.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Folders that hold nothing of ours, wherever they are.
const FOREIGN: [&str; 4] = [".git", ".jalon", "node_modules", "target"];

/// Where `cargo xtask assets` puts what npm brought.
const FETCHED: &str = "crates/jalon-web/assets/dist";

/// The files of this repository, or of a copy of it. Files are named from its root, with `/`.
#[derive(Clone, Debug)]
pub struct Tree {
    root: PathBuf,
}

impl Tree {
    /// This repository.
    #[must_use]
    pub fn ours() -> Self {
        Self::at(root())
    }

    /// The one at another place.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Where a file or folder is, or would be.
    #[must_use]
    pub fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    /// The text of a file.
    pub fn text(&self, file: &str) -> Result<String> {
        std::fs::read_to_string(self.path(file)).with_context(|| format!("cannot read {file}"))
    }

    /// Every file of ours below a folder (of all when it is ``), sorted.
    pub fn files(&self, folder: &str) -> Result<Vec<String>> {
        let mut found = Vec::new();
        self.walk(&self.path(folder), &mut found)?;
        found.sort();
        Ok(found)
    }

    fn walk(&self, folder: &Path, found: &mut Vec<String>) -> Result<()> {
        let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            if !entry.file_type()?.is_dir() {
                found.push(self.relative(&path)?);
            } else if !FOREIGN.iter().any(|it| entry.file_name() == *it) && path != self.path(FETCHED) {
                self.walk(&path, found)?;
            }
        }
        Ok(())
    }

    fn relative(&self, path: &Path) -> Result<String> {
        let path = path.strip_prefix(&self.root)?;
        let path = path
            .to_str()
            .with_context(|| format!("{} is no UTF-8", path.display()))?;
        Ok(path.to_owned())
    }

    /// Writes a file unless it already reads so, making the folders above it: what is untouched is not built again.
    /// Returns whether it wrote.
    pub fn put(&self, file: &str, content: &[u8]) -> Result<bool> {
        put(&self.path(file), content)
    }
}

/// This repository's root.
#[must_use]
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask is a folder of the repository")
}

/// [`Tree::put`] for a file that is not of the tree, such as what is measured.
pub fn put(path: &Path, content: &[u8]) -> Result<bool> {
    if std::fs::read(path).is_ok_and(|it| it == content) {
        return Ok(false);
    }
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(true)
}
