//! The proposals as a table that people go through in a spreadsheet, and what they accepted of it. The table is read back as
//! any other review is; what people may do with this one is to accept, not to write other values.

use std::{
    collections::HashSet,
    io::{self, Write},
};

use jalon_domain::finding::Action;

use super::{Fill, Joined, Match};
use crate::directory::fix::{ReviewError, ReviewProblem, ReviewRow, review::cell::harmless};

const COLUMNS: [&str; 8] = [
    "accept",
    "dn",
    "attribute",
    "value",
    "proposed",
    "key",
    "confidence",
    "action",
];

/// What a row is about: object, attribute in lower case, the value that goes and the one that comes.
type Row = (String, String, String, String);

impl Joined {
    /// Writes the table. What is as sure as can be is accepted beforehand; a match by name, and whatever takes a value
    /// away, is for a person to look at.
    ///
    /// # Errors
    /// What the destination says.
    pub fn write_review(&self, mut out: impl Write) -> io::Result<()> {
        // Excel needs a byte order mark to see accents.
        out.write_all("\u{feff}".as_bytes())?;
        let mut table = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        table.write_record(COLUMNS)?;
        for matched in &self.matched {
            for fill in &matched.values {
                table.write_record(cells(matched, fill).iter().map(|it| harmless(it).into_owned()))?;
            }
        }
        table.flush()
    }

    /// Keeps the proposals that the rows accept, and no other. Rows about objects that `is_done` are passed over: what was
    /// filled already is no longer proposed.
    ///
    /// # Errors
    /// Every row that accepts what is not proposed.
    pub fn accept(&mut self, rows: &[ReviewRow], is_done: &dyn Fn(&str) -> bool) -> Result<(), Vec<ReviewError>> {
        let all = self
            .matched
            .iter()
            .flat_map(|matched| matched.values.iter().map(|it| row(&matched.dn, it)));
        let proposed: HashSet<Row> = all.collect();
        let objects: HashSet<&str> = self.matched.iter().map(|it| it.dn.as_str()).collect();
        let (mut accepted, mut errors) = (HashSet::new(), Vec::new());
        for it in rows.iter().filter(|it| it.accept) {
            let wanted = asked(it);
            let problem = if is_done(&it.dn) && !proposed.contains(&wanted) {
                continue;
            } else if !objects.contains(it.dn.as_str()) {
                ReviewProblem::UnknownObject { dn: it.dn.clone() }
            } else if !proposed.contains(&wanted) {
                let (attribute, value) = (it.attribute.clone(), wanted.3);
                ReviewProblem::OtherValue { attribute, value }
            } else if accepted.insert(wanted) {
                continue;
            } else {
                ReviewProblem::Repeated
            };
            errors.push(problem.at(it.row));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        for matched in &mut self.matched {
            let dn = std::mem::take(&mut matched.dn);
            matched.values.retain(|it| accepted.contains(&row(&dn, it)));
            matched.dn = dn;
        }
        Ok(())
    }
}

fn cells(matched: &Match, fill: &Fill) -> [String; 8] {
    let is_sure = fill.is_missing() && matched.confidence >= 1.0;
    [
        if is_sure { "yes" } else { "no" }.to_owned(),
        matched.dn.clone(),
        fill.attribute.name().to_owned(),
        fill.value.clone().unwrap_or_default(),
        fill.proposed.clone(),
        matched.by.to_string(),
        format!("{:.2}", matched.confidence),
        Action::Edit.to_string(),
    ]
}

fn row(dn: &str, fill: &Fill) -> Row {
    let value = fill.value.clone().unwrap_or_default();
    (
        dn.to_owned(),
        fill.attribute.name().to_ascii_lowercase(),
        value,
        fill.proposed.clone(),
    )
}

fn asked(it: &ReviewRow) -> Row {
    let proposed = it.proposed.clone().unwrap_or_default();
    (
        it.dn.clone(),
        it.attribute.to_ascii_lowercase(),
        it.value.clone(),
        proposed,
    )
}
