//! The directory family: an export, read once from front to back in bounded memory. The formats are `jalon-wire`'s.

mod hashing;
pub mod objects;

use std::{collections::BTreeMap, io::Read};

use jalon_domain::{
    evidence::Outcome,
    finding::{Defect, Severity},
    measure::{Family, Report},
    text::Text,
};
use jalon_wire::{
    entry::ReadError,
    export::{Export, OpenError},
    source::Limits,
};
use serde_json::{Value, json};

use self::{hashing::Hashing, objects::Judge};
pub use objects::TopLevelDomains;

use crate::{CheckError, Context, Progress, document::document, verdicts::heaviest_first};

/// How often, in entries, somebody may stop the run and is told how far it is.
const STRIDE: u64 = 1024;

/// How a directory is judged.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// People sign in with another attribute (alternate login ID): userPrincipalName is not judged.
    pub alternate_login_id: bool,
    /// What addresses may end in.
    pub top_level_domains: TopLevelDomains,
    /// The size of the source in bytes, where known, for the progress.
    pub total_bytes: Option<u64>,
}

/// A run whose defects were handed over as they were found.
#[derive(Clone, Debug, PartialEq)]
pub struct Streamed {
    /// The report, without its defects.
    pub report: Report,
    /// How many defects there were of each weight.
    pub found: BTreeMap<Severity, u64>,
}

impl Streamed {
    /// The outcome of the run: any defect at or above `least` fails it.
    pub fn outcome(&self, least: Severity) -> Outcome {
        if self.found.range(least..).any(|it| *it.1 > 0) {
            return Outcome::Fail;
        }
        // The defects were handed over and counted: what failed here failed by lighter ones only.
        let rules = self.report.checks.iter().flat_map(|it| &it.rules);
        Outcome::all(rules.map(|it| match it.outcome {
            Outcome::Fail => Outcome::Pass,
            other => other,
        }))
    }

    /// The last line of a streamed run: the document without its findings, which were the lines before.
    pub fn document(&self, least: Severity) -> Value {
        let mut document = document(&self.report, least);
        document["outcome"] = json!(self.outcome(least));
        if let Value::Object(fields) = &mut document {
            fields.remove("findings");
        }
        document
    }
}

/// Judges an export, LDIF or a table, gzipped or not; `source_name` is what its sender calls it, and its ending tells
/// the format.
///
/// # Errors
/// [`CheckError::Input`] with the line when it cannot be read, [`CheckError::Cancelled`] when `cancelled` says so.
pub fn run(
    source_name: &str,
    reader: impl Read + Send + 'static,
    settings: &Settings,
    ctx: &Context<'_>,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Report, CheckError> {
    let mut defects = Vec::new();
    let streamed = stream(source_name, reader, settings, ctx, cancelled, &mut |it| {
        defects.push(it)
    })?;
    let mut report = streamed.report;
    heaviest_first(&mut defects);
    if let Some(check) = report.checks.first_mut() {
        check.defects = defects;
    }
    Ok(report)
}

/// The same, handing over each defect as it is found, in bounded memory whatever their number.
///
/// # Errors
/// As [`run`]; what was handed over before is true all the same.
pub fn stream(
    source_name: &str,
    reader: impl Read + Send + 'static,
    settings: &Settings,
    ctx: &Context<'_>,
    cancelled: &(dyn Fn() -> bool + Sync),
    on_defect: &mut dyn FnMut(Defect),
) -> Result<Streamed, CheckError> {
    let (reader, hash) = Hashing::new(reader);
    let mut export = Export::from_reader(reader, source_name, Limits::default()).map_err(unopened)?;
    let read = export.progress();
    let mut judge = Judge::new(settings);
    let mut entries = 0;
    while let Some(entry) = export.next_entry() {
        judge.entry(&entry.map_err(unreadable)?, on_defect);
        entries += 1;
        if entries % STRIDE == 0 {
            if cancelled() {
                return Err(CheckError::Cancelled);
            }
            let what = Text::new("judging objects", "examen des objets");
            (ctx.progress)(Progress {
                done: read.bytes(),
                total: settings.total_bytes,
                what,
            });
        }
    }
    drop(export);
    let summary = judge.finish();
    let mut stats = summary.counts();
    stats["entries"] = json!(entries);
    stats["bytes"] = json!(read.bytes());
    let report = Report {
        family: Family::Directory,
        target: source_name.to_owned(),
        vantage: ctx.vantage.to_owned(),
        started: ctx.now,
        ended: (ctx.clock)(),
        checks: vec![summary.report(source_name, settings, ctx)],
        stats,
        sha256: hash.finish(),
    };
    Ok(Streamed {
        report,
        found: summary.weights().clone(),
    })
}

fn unopened(error: OpenError) -> CheckError {
    match error {
        OpenError::Unreadable { error, .. } => unreadable(error),
        OpenError::Unavailable { error, .. } => CheckError::Input {
            line: 1,
            what: format!("cannot read: {error}"),
            remedy: "check the source".to_owned(),
        },
    }
}

fn unreadable(error: ReadError) -> CheckError {
    CheckError::Input {
        line: error.line,
        what: error.what(),
        remedy: error.remedy().to_owned(),
    }
}

#[cfg(test)]
mod tests;
