//! `jalon catalogue`: the programme's bullets and responsibilities, and whether the files of a catalogue hold together.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jalon_catalogue::{Catalogue as Book, Unloadable};
use jalon_domain::text::Lang;
use serde_json::{Value, json};

use crate::{
    cell,
    exit::{Exit, Failure, Result},
    out::{self, Format, Out, Printed},
};

/// The programme's 107 bullets and the 76 responsibilities they come down to
#[derive(Subcommand)]
pub(crate) enum Catalogue {
    /// List the responsibilities, or the source bullets
    List {
        /// The source bullets instead of the responsibilities
        #[arg(long)]
        bullets: bool,
        #[command(flatten)]
        printed: Printed,
    },
    /// Show one responsibility, source bullet or gate
    Show {
        /// Its id, such as dns.records, o365.enable.06 or remediate
        id: String,
        #[command(flatten)]
        printed: Printed,
    },
    /// Say whether a catalogue's files hold together
    Validate {
        /// The catalogue's folder [default: the one built in]
        dir: Option<PathBuf>,
        #[command(flatten)]
        printed: Printed,
    },
    Diff(Diff),
}

/// Compare two catalogues
#[derive(Args)]
pub(crate) struct Diff {
    /// The former one: a folder, or `builtin`
    old: PathBuf,
    /// The newer one: a folder, or `builtin`
    new: PathBuf,
    #[command(flatten)]
    printed: Printed,
}

impl Catalogue {
    pub(crate) fn run(self, out: &mut Out) -> Result {
        match self {
            Self::List { bullets, printed } => list(out, bullets, printed.format),
            Self::Show { id, printed } => match find(Book::builtin(), &id) {
                Some(object) => out.object(printed.format, &object),
                None => Err(Failure::new("unknown-id", &[("id", id.into())])),
            },
            Self::Validate { dir, printed } => validate(out, dir.as_deref(), printed.format),
            Self::Diff(it) => it.run(out),
        }
    }
}

fn list(out: &mut Out, bullets: bool, format: Format) -> Result {
    let (columns, all): (&[&str], Value) = if bullets {
        (
            &["id", "section", "title", "responsibilities"],
            Book::builtin().bullets_json(),
        )
    } else {
        (
            &["id", "code", "phase", "workstream", "title"],
            Book::builtin().responsibilities_json(),
        )
    };
    out.list(format, columns, all.as_array().cloned().unwrap_or_default())?;
    Ok(Exit::Fine)
}

/// Whatever bears that id, as JSON.
fn find(book: &Book, id: &str) -> Option<Value> {
    let duty = id.parse().ok().and_then(|it| book.responsibility(&it));
    let bullet = id.parse().ok().and_then(|it| book.bullet(&it));
    let gate = id.parse().ok().and_then(|it| book.gate(&it));
    let duty = duty.map(|it| book.responsibility_json(it));
    duty.or_else(|| bullet.map(|it| book.bullet_json(it)))
        .or_else(|| gate.map(|it| json!(it)))
}

fn validate(out: &mut Out, dir: Option<&Path>, format: Format) -> Result {
    let read = dir.map_or_else(|| Ok(Book::builtin().clone()), Book::from_folder);
    let problems = match &read {
        Ok(book) => book.validate(&jalon_checks::known()),
        Err(Unloadable(problems)) => problems.clone(),
    };
    let count = |of: fn(&Book) -> usize| read.as_ref().map_or(0, of);
    let (bullets, duties) = (
        count(|it| it.bullets().len()),
        count(|it| it.page_responsibilities().len()),
    );
    let version = read.as_ref().map_or("", Book::version);
    let told = problems
        .iter()
        .map(|it| json!({ "file": it.file, "line": it.line, "key": it.key, "fault": it.fault.to_string() }));
    let verdict = json!({
        "version": version, "bullets": bullets, "responsibilities": duties, "gates": count(|it| it.gates().len()),
        "problems": told.collect::<Vec<_>>(),
    });
    match format {
        Format::Table if problems.is_empty() => {
            out.tell(
                "catalogue-holds",
                &[
                    ("version", version.into()),
                    ("bullets", bullets.into()),
                    ("duties", duties.into()),
                ],
            )?;
        }
        Format::Table => {}
        format => out.object(format, &verdict).map(drop)?,
    }
    problems.iter().for_each(|it| out::complain(&it.to_string()));
    Ok(if problems.is_empty() { Exit::Fine } else { Exit::Refused })
}

impl Diff {
    fn run(self, out: &mut Out) -> Result {
        let diff = jalon_catalogue::diff(&open(&self.old)?, &open(&self.new)?);
        match self.printed.format {
            Format::Table if diff.is_empty() => out.tell("no-difference", &[])?,
            Format::Table => {
                let lines = cell::pairs(&json!(diff), Lang::En)
                    .into_iter()
                    .filter(|it| !it[1].is_empty());
                let rows: Vec<Value> = lines
                    .map(|[what, detail]| json!({ "what": what, "detail": detail }))
                    .collect();
                out.table(&["what", "detail"], &rows)?;
            }
            format => out.object(format, &json!(diff)).map(drop)?,
        }
        Ok(Exit::Fine)
    }
}

/// A catalogue by its folder, or the built-in one.
fn open(place: &Path) -> Result<Book> {
    if place == Path::new("builtin") {
        return Ok(Book::builtin().clone());
    }
    Book::from_folder(place).map_err(|Unloadable(problems)| {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        let others = problems.len().saturating_sub(1);
        let place = place.display().to_string();
        Failure::new(
            "catalogue-unloadable",
            &[
                ("place", place.into()),
                ("first", first.into()),
                ("others", others.into()),
            ],
        )
    })
}
