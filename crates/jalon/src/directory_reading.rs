//! A directory that is read to its end, entry by entry, by somebody who keeps little of it.

use std::{
    io::{self, Read},
    path::Path,
};

use jalon_wire::{
    entry::{EntryRef, ReadError},
    export::{Export, OpenError},
    source::Limits,
};

use crate::{
    directory_source::{self, LiveFlags, Source},
    exit::{Failure, Result},
    out::Out,
    progress::Bar,
};

/// Reads a source to its end, entry by entry; of a live one, these attributes.
pub(crate) async fn each_entry(
    out: &Out,
    source: &Source,
    live: &LiveFlags,
    attributes: &[String],
    mut take: impl FnMut(&EntryRef<'_>),
) -> Result<()> {
    match source {
        Source::Export(path) => each_of_export(out, path, take).map_err(|it| it.at(&source.name())),
        Source::Live(address) => {
            let mut client = live.connect(out, address).await?;
            let attributes: Vec<&str> = attributes.iter().map(String::as_str).collect();
            let query = live.query(&mut client, &attributes).await?;
            let mut scan = client.scan(&query, &|| false);
            while let Some(batch) = scan
                .next_batch()
                .await
                .map_err(|it| directory_source::unavailable(&it))?
            {
                batch.iter().for_each(|it| take(&it.view()));
            }
            drop(scan);
            client.close().await;
            Ok(())
        }
    }
}

fn each_of_export(out: &Out, path: &Path, mut take: impl FnMut(&EntryRef<'_>)) -> Result<()> {
    let name = path.display().to_string();
    let (reader, size): (Box<dyn Read + Send>, _) = if path == Path::new("-") {
        (Box::new(io::stdin()), None)
    } else {
        let (file, size) = directory_source::file(path)?;
        (Box::new(file), size)
    };
    let mut export = Export::from_reader(reader, &name, Limits::default()).map_err(|it| match it {
        OpenError::Unreadable { error, .. } => unreadable(&error),
        OpenError::Unavailable { error, .. } => Failure::io(path, &error),
    })?;
    let (bar, read) = (Bar::of_bytes(out, size), export.progress());
    let mut all = || {
        while let Some(entry) = export.next_entry() {
            take(&entry?);
            bar.reach(read.bytes());
        }
        Ok(())
    };
    let done = all().map_err(|it| unreadable(&it));
    bar.end();
    done
}

/// Where an export cannot be read any further, and why.
fn unreadable(error: &ReadError) -> Failure {
    let (what, remedy) = (error.what(), error.remedy());
    let args = [
        ("line", error.line.into()),
        ("what", what.into()),
        ("remedy", remedy.into()),
    ];
    Failure::new("input", &args)
}
