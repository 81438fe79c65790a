//! The whole directory as it is now: the copy that is kept, with what was just read in the place of what was there, in
//! the order of the identifiers, whichever way it was read.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
};

use jalon_store::directory::objects::{self, Object};
use tempfile::NamedTempFile;

use super::{Seen, fetch::broken, spool};
use crate::{
    app::App,
    measure::execute::{Failure, Prepared},
};

/// Objects read at once.
const PAGE: u64 = 4_000;

/// A directory as LDIF, in a temporary file that has no name: nothing of it is left behind, however the program ends.
pub(super) struct Whole {
    /// From its beginning.
    pub(super) reader: File,
    /// The same, to be read again.
    pub(super) again: File,
    /// Bytes.
    pub(super) size: u64,
}

/// Writes records one after the other.
struct Writing {
    out: BufWriter<File>,
    reader: File,
    again: File,
    size: u64,
}

impl App {
    /// Writes the whole directory.
    pub(super) async fn whole(&self, it: &Prepared, seen: &mut Seen) -> Result<Whole, Failure> {
        let mut writing = Writing::begin().map_err(broken)?;
        let fresh: Vec<String> = seen.objects.keys().cloned().collect();
        let mut fresh = fresh.iter().peekable();
        let (mut after, mut more) = (None, !seen.full);
        while more {
            let page = objects::page(self.store(), it.run.engagement, it.target.id, after.as_deref(), PAGE).await?;
            more = page.len() as u64 == PAGE;
            after = page.last().map(|it| it.0.clone());
            for (key, packed) in page {
                while let Some(new) = fresh.next_if(|it| **it < key) {
                    writing.fresh(seen, new).map_err(broken)?;
                }
                if fresh.next_if(|it| **it == key).is_some() {
                    writing.fresh(seen, &key).map_err(broken)?;
                } else if !seen.gone.contains(&key) {
                    writing.record(&(key, packed)).map_err(broken)?;
                }
            }
        }
        for new in fresh {
            writing.fresh(seen, new).map_err(broken)?;
        }
        writing.end().map_err(broken)
    }
}

impl Writing {
    fn begin() -> io::Result<Self> {
        let named = NamedTempFile::new()?;
        let (reader, again) = (named.reopen()?, named.reopen()?);
        let mut out = BufWriter::new(named.into_file());
        let head = b"version: 1\n\n";
        out.write_all(head)?;
        Ok(Self {
            out,
            reader,
            again,
            size: head.len() as u64,
        })
    }

    fn record(&mut self, (_, packed): &Object) -> io::Result<()> {
        self.size += spool::unpack(packed, &mut self.out)?;
        Ok(())
    }

    fn fresh(&mut self, seen: &Seen, key: &str) -> io::Result<()> {
        let packed = seen.objects.packed(key)?.unwrap_or_default();
        self.record(&(key.to_owned(), packed))
    }

    fn end(self) -> io::Result<Whole> {
        self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Whole {
            reader: self.reader,
            again: self.again,
            size: self.size,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{io::Read as _, os::unix::fs::MetadataExt as _};

    use super::*;

    #[test]
    fn the_file_has_no_name_and_is_read_twice() {
        let writing = Writing::begin().unwrap();
        assert_eq!(
            writing.out.get_ref().metadata().unwrap().nlink(),
            0,
            "nobody else finds it"
        );
        let whole = writing.end().unwrap();
        for mut file in [whole.reader, whole.again] {
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            assert_eq!((text.as_str(), text.len() as u64), ("version: 1\n\n", whole.size));
        }
    }
}
