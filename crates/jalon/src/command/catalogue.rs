//! `jalon catalogue`: the programme's bullets and responsibilities, and whether the files of a catalogue hold together.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jalon_catalogue::{Catalogue as Book, Changes, Diff as Differences, Problem};
use jalon_domain::{
    ids::{BulletId, GateId, ResponsibilityId},
    programme::{Responsibility, SourceBullet},
    text::Lang,
};
use serde_json::{Value, json};

use crate::{
    exit::{Exit, Failure, Result},
    out::{self, Cell, Format, Listing, Out},
};

/// The programme's 107 bullets and the 76 responsibilities they come down to
#[derive(Subcommand)]
pub(crate) enum Catalogue {
    /// List the responsibilities, or the source bullets
    List(List),
    /// Show one responsibility, source bullet or gate
    Show(Show),
    /// Say whether a catalogue's files hold together
    Validate(Validate),
    /// Compare two catalogues
    Diff(Diff),
}

#[derive(Args)]
pub(crate) struct List {
    /// The source bullets instead of the responsibilities
    #[arg(long)]
    bullets: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Args)]
pub(crate) struct Show {
    /// Its id, such as dns.records, o365.enable.06 or remediate
    id: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Args)]
pub(crate) struct Validate {
    /// The catalogue's folder [default: the one built in]
    dir: Option<PathBuf>,
    /// How to print what is wrong
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Args)]
pub(crate) struct Diff {
    /// The former one: a folder, or `builtin`
    old: PathBuf,
    /// The newer one: a folder, or `builtin`
    new: PathBuf,
    /// How to print the differences
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Catalogue {
    pub(crate) fn run(self, out: &mut Out) -> Result {
        match self {
            Self::List(it) => it.run(out),
            Self::Show(it) => it.run(out),
            Self::Validate(it) => it.run(out),
            Self::Diff(it) => it.run(out),
        }
    }
}

impl List {
    fn run(self, out: &mut Out) -> Result {
        let (book, lang) = (Book::builtin(), out.lang);
        let listing = if self.bullets {
            Listing {
                columns: &["id", "phase", "title", "responsibilities"],
                rows: book.bullets().map(|it| bullet_row(it, lang)).collect(),
                objects: objects(book.bullets_json()),
            }
        } else {
            Listing {
                columns: &["id", "code", "phase", "workstream", "title", "bullets"],
                rows: book.page_responsibilities().map(|it| duty_row(it, lang)).collect(),
                objects: objects(book.responsibilities_json()),
            }
        };
        out.list(self.format, listing)?;
        Ok(Exit::Fine)
    }
}

fn objects(array: Value) -> Vec<Value> {
    match array {
        Value::Array(it) => it,
        other => vec![other],
    }
}

fn duty_row(it: &Responsibility, lang: Lang) -> Vec<Cell> {
    let phase = it
        .phase
        .map_or_else(|| Cell::from(""), |it| Cell::named(it, it.name().get(lang)));
    let workstream = Cell::named(it.workstream, it.workstream.name().get(lang));
    vec![
        (&it.id).into(),
        it.code().into(),
        phase,
        workstream,
        it.title.get(lang).into(),
        Cell::named(joined(&it.bullets), it.bullets.len().to_string()),
    ]
}

fn bullet_row(it: &SourceBullet, lang: Lang) -> Vec<Cell> {
    let phase = Cell::named(it.section, it.section.name().get(lang));
    vec![
        (&it.id).into(),
        phase,
        it.title.get(lang).into(),
        joined(&it.responsibilities).into(),
    ]
}

fn joined<T: ToString>(ids: &[T]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

impl Show {
    fn run(self, out: &mut Out) -> Result {
        let found = find(Book::builtin(), &self.id);
        let object = found.ok_or_else(|| Failure::new("unknown-id", &[("id", self.id.as_str().into())]))?;
        match self.format {
            Format::Json => out.pretty(&object)?,
            Format::Ndjson => out.json(&object)?,
            Format::Table => show(out, &object)?,
            Format::Csv => {
                out.csv(&["key", "value"])?;
                for (key, value) in facts(&object, out.lang) {
                    out.csv(&[key, value])?;
                }
            }
        }
        Ok(Exit::Fine)
    }
}

/// Whatever bears that id, as JSON.
fn find(book: &Book, id: &str) -> Option<Value> {
    let duty = id
        .parse::<ResponsibilityId>()
        .ok()
        .and_then(|it| book.responsibility(&it));
    let bullet = || {
        id.parse::<BulletId>()
            .ok()
            .and_then(|it| book.bullet(&it))
            .map(|it| book.bullet_json(it))
    };
    let gate = || {
        id.parse::<GateId>()
            .ok()
            .and_then(|it| book.gate(&it))
            .map(|it| json!(it))
    };
    duty.map(|it| book.responsibility_json(it))
        .or_else(bullet)
        .or_else(gate)
}

fn show(out: &mut Out, object: &Value) -> Result<()> {
    let facts = facts(object, out.lang);
    let width = facts.iter().map(|it| it.0.chars().count()).max().unwrap_or(0);
    for (key, value) in facts {
        for (index, line) in value.lines().enumerate() {
            let key = if index == 0 { key.as_str() } else { "" };
            out.line(&format!("{key:width$}  {line}"))?;
        }
    }
    Ok(())
}

/// The fields of an object as text, those that say nothing left out; of a text, the language asked for.
fn facts(object: &Value, lang: Lang) -> Vec<(String, String)> {
    let Value::Object(fields) = object else {
        return Vec::new();
    };
    let said = fields.iter().map(|(key, value)| (key.clone(), plain(value, lang)));
    let mut said: Vec<_> = said.filter(|(_, value)| !value.is_empty()).collect();
    said.sort_by_key(|(key, _)| FIRST.iter().position(|it| it == key).unwrap_or(FIRST.len()));
    said
}

/// What is looked for first, in that order; the rest follows by name.
const FIRST: [&str; 9] = [
    "id",
    "code",
    "title",
    "statement",
    "good",
    "proof",
    "requirement",
    "phase",
    "workstream",
];

fn plain(value: &Value, lang: Lang) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::String(it) => it.clone(),
        Value::Array(items) => {
            let between = if items.iter().all(Value::is_string) { ", " } else { "\n" };
            items.iter().map(|it| plain(it, lang)).collect::<Vec<_>>().join(between)
        }
        Value::Object(fields) => match fields.get(lang.code()) {
            Some(text) => plain(text, lang),
            None => {
                let pairs = fields.iter().map(|(key, value)| (key, plain(value, lang)));
                let said = pairs
                    .filter(|it| !it.1.is_empty())
                    .map(|(key, value)| format!("{key}: {value}"));
                said.collect::<Vec<_>>().join("; ")
            }
        },
        other => other.to_string(),
    }
}

impl Validate {
    fn run(self, out: &mut Out) -> Result {
        let (book, problems) = match self.dir.as_deref().map(Book::from_folder) {
            None => (Some(Book::builtin().clone()), Vec::new()),
            Some(Ok(book)) => (Some(book), Vec::new()),
            Some(Err(unloadable)) => (None, unloadable.0),
        };
        let problems = book.as_ref().map_or(problems, |it| it.validate(&jalon_checks::known()));
        self.print(out, book.as_ref(), &problems)?;
        Ok(if problems.is_empty() { Exit::Fine } else { Exit::Refused })
    }

    fn print(&self, out: &mut Out, book: Option<&Book>, problems: &[Problem]) -> Result<()> {
        let count = |of: fn(&Book) -> usize| book.map_or(0, of);
        let (bullets, duties) = (
            count(|it| it.bullets().len()),
            count(|it| it.page_responsibilities().len()),
        );
        let version = book.map(Book::version);
        let objects = problems
            .iter()
            .map(|it| json!({ "file": it.file, "line": it.line, "key": it.key, "fault": it.fault.to_string() }));
        let verdict = json!({
            "version": version, "bullets": bullets, "responsibilities": duties, "gates": count(|it| it.gates().len()),
            "overlays": count(|it| it.overlays().len()), "problems": objects.collect::<Vec<_>>(),
        });
        match self.format {
            Format::Json => out.pretty(&verdict)?,
            Format::Ndjson => out.json(&verdict)?,
            Format::Csv => {
                out.csv(&["file", "line", "key", "fault"])?;
                for it in problems {
                    let line = it.line.map(|it| it.to_string()).unwrap_or_default();
                    out.csv(&[it.file.clone(), line, it.key.clone(), it.fault.to_string()])?;
                }
            }
            Format::Table if problems.is_empty() => {
                let version = version.unwrap_or_default();
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
        }
        problems.iter().for_each(|it| out::complain(&it.to_string()));
        Ok(())
    }
}

impl Diff {
    fn run(self, out: &mut Out) -> Result {
        let (old, new) = (open(&self.old)?, open(&self.new)?);
        let diff = jalon_catalogue::diff(&old, &new);
        match self.format {
            Format::Json => out.pretty(&json!(diff))?,
            Format::Ndjson => out.json(&json!(diff))?,
            Format::Table if diff.is_empty() => out.tell("no-difference", &[])?,
            format => {
                let rows = lines(&diff).into_iter().map(|it| it.map(Cell::from).to_vec()).collect();
                out.list(
                    format,
                    Listing {
                        columns: &["what", "change", "id", "detail"],
                        rows,
                        objects: Vec::new(),
                    },
                )?;
            }
        }
        Ok(Exit::Fine)
    }
}

/// A catalogue by its folder, or the built-in one.
fn open(place: &Path) -> Result<Book> {
    if place == Path::new("builtin") {
        return Ok(Book::builtin().clone());
    }
    Book::from_folder(place).map_err(|unloadable| {
        let (first, others) = (
            unloadable.0.first().map(ToString::to_string),
            unloadable.0.len().saturating_sub(1),
        );
        let place = place.display().to_string();
        let args = [
            ("place", place.into()),
            ("first", first.unwrap_or_default().into()),
            ("others", others.into()),
        ];
        Failure::new("catalogue-unloadable", &args)
    })
}

/// One line a difference: of what kind of thing, what happened to it, its id, its fields or heirs.
fn lines(diff: &Differences) -> Vec<[String; 4]> {
    let split = diff
        .split
        .iter()
        .map(|it| ["responsibilities", "split", it.id.as_str(), &joined(&it.into)].map(str::to_owned));
    let kinds = [
        changes("responsibilities", &diff.responsibilities),
        changes("bullets", &diff.bullets),
        changes("gates", &diff.gates),
    ];
    kinds.into_iter().flatten().chain(split).collect()
}

fn changes<Id: ToString>(kind: &str, it: &Changes<Id>) -> Vec<[String; 4]> {
    let line = |change: &str, id: &Id, detail: String| [kind.to_owned(), change.to_owned(), id.to_string(), detail];
    let added = it.added.iter().map(|id| line("added", id, String::new()));
    let changed = it.changed.iter().map(|it| line("changed", &it.id, it.fields.join(" ")));
    let retired = it.retired.iter().map(|id| line("retired", id, String::new()));
    added.chain(changed).chain(retired).collect()
}
