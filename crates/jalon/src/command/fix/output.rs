//! The files that a plan is written to.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use jalon_checks::directory::fix::{Plan, write_ldif, write_powershell};

use crate::{
    exit::{Failure, Result},
    out::Out,
};

/// Where the changes are written.
#[derive(Args, Clone, Debug)]
pub(super) struct Outputs {
    /// Write the changes there, as LDIF change records; - for standard output
    #[arg(long = "out", id = "changes", value_name = "CHANGES.ldif")]
    changes: Option<PathBuf>,
    /// Write what undoes the changes there, as LDIF change records [default with --apply: beside the journal]
    #[arg(long, value_name = "UNDO.ldif")]
    pub(super) undo: Option<PathBuf>,
    /// Write the changes there as a script for PowerShell, which only shows them until it is given -Apply
    #[arg(long, value_name = "FIX.ps1")]
    powershell: Option<PathBuf>,
    /// Write a table there for people to go through in a spreadsheet; what they accept is read back with --accept
    #[arg(long, value_name = "REVIEW.csv")]
    review: Option<PathBuf>,
}

impl Outputs {
    /// Writes every file that was asked for, the table by `review`. `is_made` says whether the changes are made as well: then
    /// what undoes them is written while they are.
    pub(super) fn write(
        &self,
        out: &Out,
        plan: &Plan,
        review: impl FnOnce(&mut dyn Write) -> io::Result<()>,
        is_made: bool,
    ) -> Result<()> {
        let lang = out.lang;
        let undo = self.undo.as_deref().filter(|_| !is_made);
        // Files of decisions and of undoing are never written over: there may be no other copy.
        for path in [undo, self.review.as_deref()].into_iter().flatten() {
            if path.exists() {
                return Err(exists(path));
            }
        }
        if let Some(path) = undo {
            write(path, |to| write_ldif(&plan.undo(), to))?;
        }
        if let Some(path) = &self.powershell {
            write(path, |to| write_powershell(plan, lang, to))?;
        }
        if let Some(path) = &self.review {
            write(path, review)?;
        }
        match &self.changes {
            Some(path) if path != Path::new("-") => write(path, |to| write_ldif(&plan.objects, to)),
            _ => Ok(()),
        }
    }

    /// Whether the changes were asked for on standard output.
    pub(super) fn are_printed(&self) -> bool {
        self.changes.as_deref() == Some(Path::new("-"))
    }

    /// Whether nothing was asked for.
    pub(super) fn are_none(&self) -> bool {
        let files = [&self.changes, &self.undo, &self.powershell, &self.review];
        files.iter().all(|it| it.is_none())
    }
}

/// Prints the changes.
pub(super) fn print(out: &mut Out, plan: &Plan) -> Result<()> {
    let mut ldif = Vec::new();
    let written = write_ldif(&plan.objects, &mut ldif);
    written.map_err(|it| Failure::io(Path::new("-"), &it))?;
    out.raw(&ldif).map(drop)
}

/// A file that must not be written over.
pub(super) fn exists(path: &Path) -> Failure {
    Failure::new("file-exists", &[("path", path.display().to_string().into())])
}

/// Writes a file.
pub(super) fn write(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let written = File::create(path).and_then(|file| {
        let mut to = BufWriter::new(file);
        content(&mut to)?;
        to.flush()
    });
    written.map_err(|it| Failure::io(path, &it))
}
