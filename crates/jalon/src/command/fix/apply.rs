//! `jalon fix apply`: a file of change records, made in a directory. It is how a fix is undone.

use std::path::PathBuf;

use clap::Args;
use jalon_checks::directory::fix::{Requested, apply::Wanted};
use jalon_wire::{
    ldap::Address,
    ldif::{ChangeError, ChangeRecords},
};
use sha2::{Digest, Sha256};

use super::making::{Making, Noted, beside, writable};
use crate::{
    directory_source::{Discreet, LiveFlags, address},
    exit::{Failure, Result},
    input,
    out::Out,
};

/// Make the changes of an LDIF file, such as one that undoes a fix
///
/// Each object is read again first and left alone when it does not hold what the file says; all changes of a record are made
/// at once or not at all. Only records of `changetype: modify` are made.
#[derive(Args)]
pub(crate) struct Apply {
    /// The file of change records
    #[arg(value_name = "FILE.ldif")]
    file: PathBuf,
    /// The directory to change
    #[arg(long, value_name = "ldap(s)://HOST", value_parser = Discreet(address))]
    to: Address,
    /// Write what undoes the changes there, as LDIF change records [default: beside the journal]
    #[arg(long, value_name = "UNDO.ldif")]
    undo: Option<PathBuf>,
    #[command(flatten)]
    noted: Noted,
    /// Lines at most about what is left to people or left alone; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    live: LiveFlags,
}

impl Apply {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let bytes = input::large_file(&self.file)?;
        let wanted = self.wanted(&bytes)?;
        // Named after the file, beside it: one for each file that is applied.
        let named = |ending: &str| self.file.with_extension(ending);
        let undo = self.noted.journal.as_deref().map_or_else(|| named("undo.ldif"), beside);
        let undo = self.undo.clone().unwrap_or(undo);
        let journal = self.noted.journal.clone().unwrap_or_else(|| named("journal.ndjson"));
        let subject = format!("sha256:{}", hex::encode(Sha256::digest(&bytes)));
        let making = Making::new(
            writable(out, self.to.clone())?,
            journal,
            undo,
            subject,
            self.noted.resume,
        );
        let former = making.former()?;
        making.make(out, &self.live, &wanted, former, self.limit).await
    }

    /// Every record, before the first is made: a file that cannot be followed to its end is not begun.
    fn wanted(&self, bytes: &[u8]) -> Result<Vec<Wanted>> {
        let at = |it: Failure| it.at(&self.file.display().to_string());
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        ChangeRecords::new(text)
            .map(|record| {
                let requested = Requested::of(record.map_err(|it| at(unread(&it)))?);
                requested.map(Wanted::Requested).map_err(|error| {
                    let (line, attribute) = (error.line, error.attribute);
                    at(Failure::new(
                        "fix-not-text",
                        &[("line", line.into()), ("attribute", attribute.into())],
                    ))
                })
            })
            .collect()
    }
}

fn unread(error: &ChangeError) -> Failure {
    let what = error.problem.to_string();
    let remedy = error.problem.remedy();
    Failure::new(
        "input",
        &[
            ("line", error.line.into()),
            ("what", what.into()),
            ("remedy", remedy.into()),
        ],
    )
}
