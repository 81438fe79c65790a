//! Reading what people name on the command line: bounded, with the place in every error.

use std::{fs::File, io::Read, path::Path};

use jalon_wire::tls::Roots;

use crate::exit::{Failure, Result};

/// Largest profile or list of roots, bytes.
const LARGEST: u64 = 4 << 20;

/// Largest file of changes or table of people, bytes: it is held in memory, so that its end is read before anything is done.
const LARGEST_AT_ONCE: u64 = 512 << 20;

/// What a file of changes or a table of people holds.
pub(crate) fn large_file(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|it| it.take(LARGEST_AT_ONCE + 1).read_to_end(&mut bytes));
    bounded(path, read, LARGEST_AT_ONCE).map(|()| bytes)
}

/// The text of a small file.
pub(crate) fn small_file(path: &Path) -> Result<String> {
    let mut text = String::new();
    let read = File::open(path).and_then(|it| it.take(LARGEST + 1).read_to_string(&mut text));
    bounded(path, read, LARGEST).map(|()| text)
}

/// Roots to trust, from a PEM file.
pub(crate) fn roots(path: &Path) -> Result<Roots> {
    Roots::from_pem(small_file(path)?.as_bytes()).map_err(|error| {
        let path = path.display().to_string();
        Failure::new(
            "bad-roots",
            &[("path", path.into()), ("error", error.to_string().into())],
        )
    })
}

fn bounded(path: &Path, read: std::io::Result<usize>, limit: u64) -> Result<()> {
    match read {
        Err(error) => Err(Failure::io(path, &error)),
        Ok(size) if size as u64 > limit => {
            let path = path.display().to_string();
            Err(Failure::new(
                "file-too-large",
                &[("path", path.into()), ("limit", limit.into())],
            ))
        }
        Ok(_) => Ok(()),
    }
}

/// What a TOML file holds.
pub(crate) fn toml_file<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let text = small_file(path)?;
    toml::from_str(&text).map_err(|error| malformed(path, &text, &error))
}

/// "FILE, line 3: …": TOML's own message is several lines long.
pub(crate) fn malformed(path: &Path, text: &str, error: &toml::de::Error) -> Failure {
    let before = |start: usize| text.bytes().take(start).filter(|it| *it == b'\n').count();
    let line = error.span().map_or(1, |it| 1 + before(it.start));
    let what = error.message().lines().collect::<Vec<_>>().join("; ");
    let path = path.display().to_string();
    Failure::new(
        "malformed-file",
        &[("path", path.into()), ("line", line.into()), ("what", what.into())],
    )
}
