//! What is printed on standard output: lines, tables, JSON, CSV. A reader who left is no error; whatever came from
//! outside is made harmless before a terminal sees it.

use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};

use clap::ValueEnum;
use comfy_table::{Attribute, Color, ContentArrangement, Table, presets};
use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    text::{Lang, Value as Arg},
};
use serde_json::Value;

use crate::{
    exit::{Exit, Failure, Result},
    text, world,
};

/// How a list is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    // For people.
    #[default]
    Table,
    // One document.
    Json,
    // One document a line.
    Ndjson,
    // RFC 4180, with a header.
    Csv,
}

/// Standard output, and how to speak on it.
pub(crate) struct Out {
    /// The language.
    pub(crate) lang: Lang,
    /// Whether remarks and progress are left out.
    pub(crate) quiet: bool,
    colour: bool,
    is_closed: bool,
    stdout: BufWriter<Stdout>,
}

/// What a colour would mean; the words mean it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Bad,
    Doubtful,
}

/// One cell: a word for programs, and what people read instead.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    word: String,
    shown: Option<String>,
    tone: Option<Tone>,
}

/// A list that every format can show.
pub(crate) struct Listing<'a> {
    /// The words of the columns: the header of CSV. The message `column-WORD` heads the table.
    pub(crate) columns: &'a [&'a str],
    /// The rows.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// The same as JSON.
    pub(crate) objects: Vec<Value>,
}

impl<T: ToString> From<T> for Cell {
    fn from(word: T) -> Self {
        Self {
            word: word.to_string(),
            shown: None,
            tone: None,
        }
    }
}

impl Cell {
    /// `word` for programs, `shown` for people.
    pub(crate) fn named(word: impl ToString, shown: impl Into<String>) -> Self {
        Self {
            word: word.to_string(),
            shown: Some(shown.into()),
            tone: None,
        }
    }

    /// In that tone.
    pub(crate) fn toned(self, tone: Option<Tone>) -> Self {
        Self { tone, ..self }
    }

    /// An outcome.
    pub(crate) fn outcome(lang: Lang, outcome: Outcome) -> Self {
        let tone = match outcome {
            Outcome::Pass => Some(Tone::Good),
            Outcome::Fail => Some(Tone::Bad),
            Outcome::Inconclusive => Some(Tone::Doubtful),
            Outcome::NotApplicable => None,
        };
        Self::named(outcome, outcome.name().get(lang)).toned(tone)
    }

    /// A severity.
    pub(crate) fn severity(lang: Lang, severity: Severity) -> Self {
        let tone = match severity {
            Severity::Blocker | Severity::Major => Some(Tone::Bad),
            Severity::Minor => Some(Tone::Doubtful),
            Severity::Info => None,
        };
        Self::named(severity, severity.name().get(lang)).toned(tone)
    }

    fn draw(&self, colour: bool) -> comfy_table::Cell {
        let cell = comfy_table::Cell::new(text::harmless(self.shown.as_ref().unwrap_or(&self.word)));
        match self.tone.filter(|_| colour) {
            None => cell,
            Some(Tone::Good) => cell.fg(Color::Green),
            Some(Tone::Bad) => cell.fg(Color::Red),
            Some(Tone::Doubtful) => cell.fg(Color::Yellow),
        }
    }
}

impl Out {
    /// Standard output. Colour only on a terminal, and not where `NO_COLOR` is set (no-color.org).
    pub(crate) fn new(lang: Lang, quiet: bool) -> Self {
        let stdout = io::stdout();
        let colour = stdout.is_terminal() && world::variable("NO_COLOR").is_none();
        Self {
            lang,
            quiet,
            colour,
            is_closed: false,
            stdout: BufWriter::new(stdout),
        }
    }

    /// The message `key`.
    pub(crate) fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        text::say(self.lang, key, args)
    }

    /// Prints one line.
    pub(crate) fn line(&mut self, line: &str) -> Result<()> {
        writeln!(self, "{line}").map_err(unwritten)
    }

    /// Prints the message `key` as one line.
    pub(crate) fn tell(&mut self, key: &str, args: &[(&str, Arg<'_>)]) -> Result<()> {
        let line = self.say(key, args);
        self.line(&text::harmless(&line))
    }

    /// Prints one JSON document on one line.
    pub(crate) fn json(&mut self, value: &Value) -> Result<()> {
        self.line(&value.to_string())
    }

    /// Prints one JSON document to be read by people too.
    pub(crate) fn pretty(&mut self, value: &Value) -> Result<()> {
        self.line(&format!("{value:#}"))
    }

    /// Prints a list.
    pub(crate) fn list(&mut self, format: Format, listing: Listing<'_>) -> Result<()> {
        match format {
            Format::Table => self.table(listing.columns, &listing.rows),
            Format::Json => self.pretty(&Value::Array(listing.objects)),
            Format::Ndjson => listing.objects.iter().try_for_each(|it| self.json(it)),
            Format::Csv => {
                self.csv(listing.columns)?;
                listing.rows.iter().try_for_each(|row| self.csv(&words(row)))
            }
        }
    }

    /// Prints a table, as wide as the terminal where there is one. Nothing when there are no rows.
    pub(crate) fn table(&mut self, columns: &[&str], rows: &[Vec<Cell>]) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        if table.is_tty() {
            table.set_content_arrangement(ContentArrangement::Dynamic);
        }
        table.set_header(columns.iter().map(|it| self.heading(it)));
        table.add_rows(
            rows.iter()
                .map(|row| row.iter().map(|it| it.draw(self.colour)).collect::<Vec<_>>()),
        );
        for line in table.lines() {
            self.line(line.trim_end())?;
        }
        Ok(())
    }

    fn heading(&self, column: &str) -> comfy_table::Cell {
        let cell = comfy_table::Cell::new(self.say(&format!("column-{column}"), &[]).to_uppercase());
        if self.colour {
            cell.add_attribute(Attribute::Bold)
        } else {
            cell
        }
    }

    /// Prints one row of CSV.
    pub(crate) fn csv<T: AsRef<[u8]>>(&mut self, row: &[T]) -> Result<()> {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(row).map_err(|it| unwritten(it.into()))?;
        let line = writer.into_inner().map_err(|it| unwritten(it.into_error()))?;
        self.write_all(&line).map_err(unwritten)
    }

    /// Prints bytes as they are, and ends the command well.
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> Result {
        self.write_all(bytes).map_err(unwritten)?;
        Ok(Exit::Fine)
    }

    /// Sends what was printed on its way.
    pub(crate) fn send(&mut self) -> Result<()> {
        self.flush().map_err(unwritten)
    }

    /// Prints a remark on standard error, unless that was not wished for.
    pub(crate) fn remark(&self, line: &str) {
        if !self.quiet {
            complain(line);
        }
    }
}

/// Prints a line on standard error. A closed one is nobody's error.
pub(crate) fn complain(line: &str) {
    let mut stderr: Stderr = io::stderr();
    drop(writeln!(stderr, "{line}"));
}

/// The cells for programs.
pub(crate) fn words(row: &[Cell]) -> Vec<&str> {
    row.iter().map(|it| it.word.as_str()).collect()
}

fn unwritten(error: io::Error) -> Failure {
    Failure::new("output-refused", &[("error", error.to_string().into())])
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = if self.is_closed {
            Ok(bytes.len())
        } else {
            self.stdout.write(bytes)
        };
        self.forgive(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = if self.is_closed { Ok(()) } else { self.stdout.flush() };
        self.forgive(flushed, ())
    }
}

impl Out {
    /// A reader who left (`| head`) has seen enough.
    fn forgive<T>(&mut self, done: io::Result<T>, instead: T) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(instead)
            }
            other => other,
        }
    }
}
