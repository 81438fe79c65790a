//! Findings of a directory, shown while they are found where the format allows it, and in numbers at the end. Of those
//! that are not shown nothing is kept but the count.

use std::{borrow::Cow, path::PathBuf};

use clap::Args;
use jalon_checks::{
    directory::{
        Streamed,
        suppress::{Remark, Sieve, Suppressed, Suppression, Suppressions},
        tally::{Seen, Tally},
    },
    document, line,
};
use jalon_domain::{
    evidence::Outcome,
    finding::{Defect, ObjectFlaw},
    measure::{Report, RuleResult},
    text::{Lang, Text},
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    super::{Judging, report},
    tables,
};
use crate::{
    exit::{Failure, Result},
    input,
    out::{Format, Out},
    progress::Bar,
    text,
};

/// What is left out of a directory's findings, and where else they are told.
#[derive(Args, Clone, Debug)]
pub(in crate::command::check) struct Shown {
    /// Findings that are accepted for a while, again for another file: [[suppress]] with rule, dn, reason and until
    #[arg(long = "suppress", value_name = "FILE.toml")]
    suppress: Vec<PathBuf>,
    /// Write a report for people too: one HTML file that needs nothing else
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
}

/// A run over a directory while it is shown.
pub(in crate::command::check) struct Showing<'a> {
    out: &'a mut Out,
    judging: &'a Judging,
    bar: &'a Bar,
    target: &'a str,
    page: Option<report::Page>,
    sieve: Sieve,
    tally: Tally,
    has_head: bool,
    /// The first thing that could not be printed, told at the end.
    printed: Result<()>,
}

/// A run over a directory at its end.
pub(in crate::command::check) struct View<'a> {
    /// What it says of each rule.
    pub(in crate::command::check) report: &'a Report,
    /// The outcome, what is accepted left out.
    pub(in crate::command::check) outcome: Outcome,
    /// What counts, in numbers, and the first of it.
    pub(in crate::command::check) tally: &'a Tally,
    /// What is accepted.
    pub(in crate::command::check) suppressed: &'a Suppressed,
}

impl View<'_> {
    /// What each rule said, of those with that outcome.
    pub(in crate::command::check) fn results(&self, outcome: Outcome) -> impl Iterator<Item = &RuleResult> {
        super::results(self.report).filter(move |it| it.outcome == outcome)
    }

    /// How many objects were judged.
    pub(in crate::command::check) fn judged(&self) -> u64 {
        let counted = self.report.stats["judged"].as_u64().unwrap_or_default();
        counted.max(self.tally.objects())
    }
}

impl<'a> Showing<'a> {
    /// Reads what is accepted and makes sure that the report can be written, before anything is measured.
    pub(in crate::command::check) fn begin(
        out: &'a mut Out,
        judging: &'a Judging,
        shown: &Shown,
        bar: &'a Bar,
        target: &'a str,
        now: Timestamp,
    ) -> Result<Self> {
        let page = shown.report.as_deref().map(report::Page::at).transpose()?;
        let of_format = match (judging.printed.format, judging.limit) {
            (Format::Json, _) | (Format::Table, 0) => usize::MAX,
            (Format::Table, limit) => limit,
            (Format::Ndjson | Format::Csv, _) => 0,
        };
        let of_page = page.as_ref().map_or(0, |_| report::MOST_OF_RULE);
        Ok(Self {
            sieve: Sieve::new(suppressions(&shown.suppress, now)?),
            tally: Tally::keeping(of_format.max(of_page)),
            has_head: false,
            printed: Ok(()),
            out,
            judging,
            bar,
            target,
            page,
        })
    }

    /// Counts a finding. Whether it is to be [told](Self::tell), too: only then need it be put into words.
    pub(in crate::command::check) fn wants(&mut self, seen: &Seen<'_>) -> bool {
        let streams = matches!(self.judging.printed.format, Format::Ndjson | Format::Csv);
        self.sieve.passes(seen) && (self.tally.count(seen) || streams)
    }

    /// Shows a finding that was counted, or keeps it to be shown.
    pub(in crate::command::check) fn tell(&mut self, defect: Defect) {
        if self.printed.is_ok() {
            self.printed = match self.judging.printed.format {
                Format::Ndjson => self.aside(|it| it.out.json(&line(&defect))),
                Format::Csv => self.aside(|it| it.row(&cells(&defect, it.out.lang))),
                Format::Table | Format::Json => Ok(()),
            };
        }
        self.tally.keep(defect);
    }

    /// Counts a finding and shows it.
    #[cfg(test)]
    pub(in crate::command::check) fn defect(&mut self, defect: Defect) {
        if self.wants(&Seen::of(&defect)) {
            self.tell(defect);
        }
    }

    /// Shows the rest, and how the run ended.
    pub(in crate::command::check) fn end(mut self, mut run: Streamed) -> Result {
        self.printed?;
        self.printed = Ok(());
        let suppressed = std::mem::replace(&mut self.sieve, Sieve::new(Suppressions::at(run.report.started))).finish();
        suppressed.settle(&mut run);
        count(&mut run.report.stats, &self.tally, &suppressed);
        let outcome = run.outcome(self.judging.fail_on);
        let view = View {
            report: &run.report,
            outcome,
            tally: &self.tally,
            suppressed: &suppressed,
        };
        let html = self.page.as_ref().map(|_| report::render(self.out.lang, &view));
        match self.judging.printed.format {
            Format::Table => tables::print(self.out, self.judging, &view)?,
            Format::Json => self.document(&mut run, &suppressed)?,
            Format::Ndjson => {
                let mut last = run.document(self.judging.fail_on);
                last["suppressed"] = suppressed.document();
                self.out.json(&last)?;
            }
            Format::Csv => self.doubts(&run.report)?,
        }
        self.out.send()?;
        if let (Some(page), Some(html)) = (self.page, html) {
            page.write(&html)?;
        }
        suppressed.remarks().for_each(|it| remark(self.out, it));
        Ok(outcome.into())
    }

    /// The document, with everything that was found.
    fn document(&mut self, run: &mut Streamed, suppressed: &Suppressed) -> Result<()> {
        if let Some(check) = run.report.checks.first_mut() {
            check.defects = self.tally.take_kept();
        }
        let mut document = document(&run.report, self.judging.fail_on).value();
        document["suppressed"] = suppressed.document();
        self.out.pretty(&document)
    }

    /// The rows of CSV that are about rules.
    fn doubts(&mut self, report: &Report) -> Result<()> {
        self.head()?;
        let lang = self.out.lang;
        super::doubts(report).try_for_each(|it| self.row(&doubt(it, lang)))
    }

    /// Prints while the bar is out of the way, at once where somebody looks.
    fn aside(&mut self, print: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        if !self.out.is_watched() {
            return print(self);
        }
        let bar = self.bar;
        bar.aside(|| print(self).and_then(|()| self.out.send()))
    }

    fn head(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.has_head, true) {
            return Ok(());
        }
        self.out.csv(&COLUMNS)
    }

    fn row(&mut self, cells: &Cells<'_>) -> Result<()> {
        self.head()?;
        let mut row = vec!["directory", self.target];
        row.extend(cells.iter().map(|it| it.as_ref()));
        self.out.csv(&row)
    }
}

/// The columns of CSV; an inconclusive rule is a row too.
const COLUMNS: [&str; 17] = [
    "check",
    "target",
    "rule",
    "outcome",
    "severity",
    "dn",
    "object_class",
    "attribute",
    "errors",
    "value",
    "expected",
    "proposed",
    "action",
    "holder",
    "others",
    "message",
    "remedy",
];

/// The cells behind the first two columns.
type Cells<'a> = [Cow<'a, str>; COLUMNS.len() - 2];

fn cells(defect: &Defect, lang: Lang) -> Cells<'_> {
    let object = defect.object.as_deref();
    let of = |get: fn(&ObjectFlaw) -> Option<&str>| Cow::Borrowed(object.and_then(get).unwrap_or_default());
    let joined = |get: fn(&ObjectFlaw) -> String| Cow::Owned(object.map(get).unwrap_or_default());
    [
        defect.rule.as_str().into(),
        Outcome::Fail.word().into(),
        defect.severity.word().into(),
        defect.subject.as_str().into(),
        of(|it| Some(&it.object_class)),
        defect.attribute.as_deref().unwrap_or_default().into(),
        joined(|it| it.errors.iter().map(|it| it.word()).collect::<Vec<_>>().join(" ")),
        defect.observed.as_str().into(),
        defect.expected.as_str().into(),
        of(|it| it.proposed.as_deref()),
        of(|it| Some(it.action.word())),
        of(|it| it.holder.map(|it| it.word())),
        joined(|it| it.others.join("|")),
        defect.message.get(lang).into(),
        defect.remedy.get(lang).into(),
    ]
}

fn doubt(result: &RuleResult, lang: Lang) -> Cells<'_> {
    let mut cells = Cells::default();
    cells[0] = result.rule.as_str().into();
    cells[1] = result.outcome.word().into();
    cells[COLUMNS.len() - 4] = result.reason.as_ref().map_or("", |it| it.get(lang)).into();
    cells
}

/// What is accepted, by every file.
fn suppressions(files: &[PathBuf], now: Timestamp) -> Result<Suppressions> {
    let mut suppressions = Suppressions::at(now);
    for path in files {
        let (name, text) = (path.display().to_string(), input::small_file(path)?);
        suppressions.read(&name, &text).map_err(|error| {
            let said = |lang: Lang| {
                let what = error.what.get(lang).into();
                let args = [
                    ("path", name.as_str().into()),
                    ("line", error.line.into()),
                    ("what", what),
                ];
                text::say(lang, "unusable-entry", &args)
            };
            Failure::from(Text::new(said(Lang::En), said(Lang::Fr)))
        })?;
    }
    Ok(suppressions)
}

/// The numbers of the run among its other numbers.
fn count(stats: &mut Value, tally: &Tally, suppressed: &Suppressed) {
    if let (Value::Object(stats), Value::Object(counted)) = (stats, tally.stats()) {
        stats.extend(counted);
        stats.insert("suppressed".to_owned(), json!(suppressed.total()));
    }
}

fn remark(out: &Out, remark: Remark<'_>) {
    let (key, it) = match remark {
        Remark::Ended(it) => ("suppress-ended", it),
        Remark::Idle(it) => ("suppress-idle", it),
    };
    let line = out.say(key, &place(it));
    out.remark(&text::harmless(&line));
}

/// Where an entry stands, and its end.
pub(super) fn place(it: &Suppression) -> [(&'static str, jalon_domain::text::Value<'_>); 3] {
    [
        ("path", it.file.as_str().into()),
        ("line", it.line.into()),
        ("until", it.until.to_string().into()),
    ]
}

#[cfg(test)]
mod tests;
