//! What is printed on standard output: lines, tables, JSON, CSV. A reader who left is no error; whatever came from
//! outside is made harmless before a terminal sees it.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::{Args, ValueEnum};
use comfy_table::{Attribute, ContentArrangement, Table, presets};
use jalon_domain::text::{Lang, Value as Arg};
use serde::Serialize;
use serde_json::Value;

use crate::{
    cell,
    exit::{Exit, Failure, Result},
    text, world,
};

/// How something is printed.
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

/// The flag that chooses it.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Printed {
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Standard output, and how to speak on it.
pub(crate) struct Out {
    /// The language.
    pub(crate) lang: Lang,
    /// Whether remarks and progress are left out.
    pub(crate) quiet: bool,
    colour: bool,
    /// Whether people look at it: what is printed need not wait, and must not act on their terminal.
    is_watched: bool,
    is_closed: bool,
    stdout: BufWriter<Box<dyn Write + Send>>,
}

/// A terminal narrower than this says nothing of its width.
const NARROWEST: u16 = 40;

/// Room for a usual row of CSV, bytes.
const ROW: usize = 512;

impl Out {
    /// Standard output. Colour only on a terminal, and not where `NO_COLOR` is set (no-color.org).
    pub(crate) fn new(lang: Lang, quiet: bool) -> Self {
        let stdout = io::stdout();
        let is_watched = stdout.is_terminal();
        let colour = is_watched && world::variable("NO_COLOR").is_none();
        Self {
            lang,
            quiet,
            colour,
            is_watched,
            is_closed: false,
            stdout: BufWriter::new(Box::new(stdout)),
        }
    }

    /// Output that a test reads; nobody looks at it while it is printed.
    #[cfg(test)]
    pub(crate) fn into(lang: Lang, buffer: impl Write + Send + 'static) -> Self {
        Self {
            lang,
            quiet: true,
            colour: false,
            is_watched: false,
            is_closed: false,
            stdout: BufWriter::new(Box::new(buffer)),
        }
    }

    /// The message `key`.
    pub(crate) fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        text::say(self.lang, key, args)
    }

    /// Prints the message `key` as one line.
    pub(crate) fn tell(&mut self, key: &str, args: &[(&str, Arg<'_>)]) -> Result<()> {
        let line = self.say(key, args);
        self.line(&text::harmless(&line))
    }

    /// Prints one line.
    pub(crate) fn line(&mut self, line: &str) -> Result<()> {
        writeln!(self, "{line}").map_err(unwritten)
    }

    /// Prints one JSON document on one line.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(value).map_err(|it| unwritten(it.into()))?;
        self.written(&text)
    }

    /// Prints one JSON document to be read by people too.
    pub(crate) fn pretty(&mut self, value: &Value) -> Result<()> {
        self.written(&format!("{value:#}"))
    }

    /// Prints JSON that is written already.
    pub(crate) fn written(&mut self, json: &str) -> Result<()> {
        self.line(&text::harmless_json(json))
    }

    /// Prints a list of objects; tables and CSV show the fields that `columns` names.
    pub(crate) fn list(&mut self, format: Format, columns: &[&str], objects: Vec<Value>) -> Result<()> {
        match format {
            Format::Table => self.table(columns, &objects),
            Format::Json => self.pretty(&Value::Array(objects)),
            Format::Ndjson => objects.iter().try_for_each(|it| self.json(it)),
            Format::Csv => {
                self.csv(columns)?;
                objects.iter().try_for_each(|it| self.row(columns, it))
            }
        }
    }

    /// Prints one object, and ends the command well.
    pub(crate) fn object(&mut self, format: Format, object: &Value) -> Result {
        let pairs = cell::pairs(object, self.lang);
        match format {
            Format::Json => self.pretty(object)?,
            Format::Ndjson => self.json(object)?,
            Format::Csv => pairs.iter().try_for_each(|it| self.csv(it))?,
            Format::Table => {
                let width = pairs.iter().map(|it| it[0].len()).max().unwrap_or(0);
                pairs
                    .iter()
                    .try_for_each(|[key, it]| self.line(&format!("{key:width$}  {}", text::harmless(it))))?;
            }
        }
        Ok(Exit::Fine)
    }

    /// Prints a table, as wide as the terminal where there is one. Nothing when there are no rows.
    pub(crate) fn table(&mut self, columns: &[&str], objects: &[Value]) -> Result<()> {
        let lang = self.lang;
        self.table_under(columns, |it| text::say(lang, &format!("column-{it}"), &[]), objects)
    }

    /// The same under headings of the caller's.
    pub(crate) fn table_under(
        &mut self,
        columns: &[&str],
        heading: impl Fn(&str) -> String,
        objects: &[Value],
    ) -> Result<()> {
        if objects.is_empty() {
            return Ok(());
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        if table.width().is_some_and(|it| it >= NARROWEST) {
            table.set_content_arrangement(ContentArrangement::Dynamic);
        }
        table.set_header(columns.iter().map(|it| self.heading(&heading(it))));
        let row = |it: &Value| {
            columns
                .iter()
                .map(|key| cell::cell(key, &it[*key], self.lang, self.colour))
                .collect::<Vec<_>>()
        };
        table.add_rows(objects.iter().map(row));
        let lines: Vec<String> = table.lines().collect();
        lines.iter().try_for_each(|it| self.line(it.trim_end()))
    }

    fn heading(&self, name: &str) -> comfy_table::Cell {
        let cell = comfy_table::Cell::new(name.to_uppercase());
        if self.colour {
            cell.add_attribute(Attribute::Bold)
        } else {
            cell
        }
    }

    /// Prints the fields of one object as a row of CSV.
    pub(crate) fn row(&mut self, columns: &[&str], object: &Value) -> Result<()> {
        let words: Vec<String> = columns.iter().map(|it| cell::word(&object[*it], self.lang)).collect();
        self.csv(&words)
    }

    /// Prints one row of CSV, in which no cell is a formula to a spreadsheet or a command to a terminal.
    pub(crate) fn csv<T: AsRef<str>>(&mut self, row: &[T]) -> Result<()> {
        let is_watched = self.is_watched;
        let safe = |it: &'_ str| {
            let plain = cell::no_formula(it);
            if is_watched {
                text::harmless(&plain).into_owned()
            } else {
                plain.into_owned()
            }
        };
        csv::WriterBuilder::new()
            .buffer_capacity(ROW)
            .from_writer(self)
            .write_record(row.iter().map(|it| safe(it.as_ref())))
            .map_err(|it| unwritten(it.into()))
    }

    /// Whether people look at it while it is printed.
    pub(crate) fn is_watched(&self) -> bool {
        self.is_watched
    }

    /// The width of the terminal, where there is one.
    pub(crate) fn width(&self) -> Option<usize> {
        Table::new().width().filter(|it| *it >= NARROWEST).map(usize::from)
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

/// Prints a line on standard error. A closed one is nobody's error.
pub(crate) fn complain(line: &str) {
    drop(writeln!(io::stderr(), "{line}"));
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
