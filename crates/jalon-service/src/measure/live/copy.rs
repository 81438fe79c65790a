//! The whole directory as it is now: the copy that is kept, with what was just read in the place of what was there, in
//! the order of the identifiers, whichever way it was read.

use std::io::{self, BufWriter, Write};

use jalon_store::directory::objects::{self, Object};
use tempfile::NamedTempFile;

use super::{Seen, fetch::broken, spool};
use crate::{
    app::App,
    measure::execute::{Failure, Prepared},
};

/// Objects read at once.
const PAGE: u64 = 4_000;

/// A directory as LDIF, in a temporary file.
pub(super) struct Whole {
    pub(super) file: NamedTempFile,
    /// Bytes.
    pub(super) size: u64,
}

/// Writes records one after the other.
struct Writing {
    out: BufWriter<NamedTempFile>,
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
        let mut out = BufWriter::new(tempfile::Builder::new().suffix(".ldif").tempfile()?);
        let head = b"version: 1\n\n";
        out.write_all(head)?;
        Ok(Self {
            out,
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
        let size = self.size;
        let file = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Whole { file, size })
    }
}
