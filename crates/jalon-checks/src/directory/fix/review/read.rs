//! The table as it comes back: from whichever spreadsheet, with `,`, `;` or tabs between its cells.

use std::io::Read;

use jalon_domain::{finding::Action, text::Text};

use super::cell::meant;
use crate::directory::fix::texts;

/// The largest table, in bytes.
const LARGEST: u64 = 512 << 20;

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// Its number, as a spreadsheet counts: the heads of the columns are row 1.
    pub row: u64,
    /// Whether it is to be made.
    pub accept: bool,
    /// The object's distinguished name.
    pub dn: String,
    /// The attribute.
    pub attribute: String,
    /// The value; empty where the attribute has none.
    pub value: String,
    /// The value to put in its place, if any.
    pub proposed: Option<String>,
    /// What is to be done with the value.
    pub action: Action,
}

/// A table that cannot be followed, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: {problem}")]
pub struct ReviewError {
    /// The row, as a spreadsheet counts.
    pub row: u64,
    /// What is wrong there.
    pub problem: ReviewProblem,
}

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviewProblem {
    /// It cannot be read at all.
    #[error("{reason}")]
    Unreadable {
        /// Why not.
        reason: String,
    },
    /// It was saved in the system's code page: what that has no character for is lost already.
    #[error("the table is not UTF-8")]
    NotUtf8,
    /// A column is missing.
    #[error("there is no column `{name}`")]
    NoColumn {
        /// Its name.
        name: &'static str,
    },
    /// Neither yes nor no.
    #[error("`{found}` is neither yes nor no")]
    BadAccept {
        /// What stands there.
        found: String,
    },
    /// No action.
    #[error("`{found}` is no action")]
    BadAction {
        /// What stands there.
        found: String,
    },
    /// There is nothing to accept about such an object.
    #[error("nothing is known to be wrong with `{dn}`")]
    UnknownObject {
        /// The distinguished name.
        dn: String,
    },
    /// The object has another value by now, or the cell was changed.
    #[error("`{value}` is not a value of {attribute} that something is wrong with")]
    OtherValue {
        /// The attribute.
        attribute: String,
        /// The value as the row has it.
        value: String,
    },
    /// Accepted without saying what comes in its place.
    #[error("it is accepted, but proposes nothing")]
    NoProposal,
    /// A second row accepts the same value.
    #[error("the value is accepted twice")]
    Repeated,
}

impl ReviewProblem {
    /// What is wrong and what to do, for people.
    pub fn text(&self) -> Text {
        let said = |key: &str, name: &str, value: &str| texts::both(key, &[(name, value.into())]);
        match self {
            Self::Unreadable { reason } => said("review-unreadable", "reason", reason),
            Self::NotUtf8 => texts::both("review-not-utf8", &[]),
            Self::NoColumn { name } => said("review-no-column", "name", name),
            Self::BadAccept { found } => said("review-bad-accept", "found", found),
            Self::BadAction { found } => said("review-bad-action", "found", found),
            Self::UnknownObject { dn } => said("review-unknown-object", "dn", dn),
            Self::OtherValue { attribute, value } => {
                let args = [("attribute", attribute.into()), ("value", value.into())];
                texts::both("review-other-value", &args)
            }
            Self::NoProposal => texts::both("review-no-proposal", &[]),
            Self::Repeated => texts::both("review-repeated", &[]),
        }
    }

    pub(in crate::directory) fn at(self, row: u64) -> ReviewError {
        ReviewError { row, problem: self }
    }
}

/// Reads the table.
///
/// # Errors
/// The first row that cannot be understood.
pub fn read_review(source: impl Read) -> Result<Vec<ReviewRow>, ReviewError> {
    let text = whole(source)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .from_reader(text.as_bytes());
    let heads = table.headers().map_err(|it| unreadable(&it, 1))?.clone();
    let columns = Columns::of(&heads)?;
    let mut rows = Vec::new();
    for (row, record) in (2..).zip(table.records()) {
        let record = record.map_err(|it| unreadable(&it, row))?;
        // Spreadsheets leave rows of nothing but separators behind.
        if record.iter().any(|it| !it.trim().is_empty()) {
            rows.push(columns.row(&record, row)?);
        }
    }
    Ok(rows)
}

fn whole(source: impl Read) -> Result<String, ReviewError> {
    let unreadable = |reason: String| ReviewProblem::Unreadable { reason }.at(1);
    let mut bytes = Vec::new();
    let read = source.take(LARGEST + 1).read_to_end(&mut bytes);
    match read {
        Err(error) => Err(unreadable(error.to_string())),
        Ok(size) if size as u64 > LARGEST => Err(unreadable(format!("it is larger than {LARGEST} bytes"))),
        Ok(_) => String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let row = 1 + before.iter().filter(|it| **it == b'\n').count() as u64;
            ReviewProblem::NotUtf8.at(row)
        }),
    }
}

/// What stands most often between the heads of the columns, none of which holds such a character.
fn delimiter(text: &str) -> u8 {
    let heads = text.lines().next().unwrap_or_default();
    let count = |it: &&u8| heads.bytes().filter(|byte| byte == *it).count();
    b",;\t".iter().rev().max_by_key(count).copied().unwrap_or(b',')
}

fn unreadable(error: &csv::Error, row: u64) -> ReviewError {
    let reason = error.to_string();
    ReviewProblem::Unreadable { reason }.at(row)
}

/// Where the columns stand: they may have been moved, and others put between them.
struct Columns {
    accept: usize,
    dn: usize,
    attribute: usize,
    value: usize,
    proposed: usize,
    action: usize,
}

impl Columns {
    fn of(heads: &csv::StringRecord) -> Result<Self, ReviewError> {
        let place = |name: &'static str| {
            let at = heads.iter().position(|it| it.trim().eq_ignore_ascii_case(name));
            at.ok_or_else(|| ReviewProblem::NoColumn { name }.at(1))
        };
        Ok(Self {
            accept: place("accept")?,
            dn: place("dn")?,
            attribute: place("attribute")?,
            value: place("value")?,
            proposed: place("proposed")?,
            action: place("action")?,
        })
    }

    fn row(&self, record: &csv::StringRecord, row: u64) -> Result<ReviewRow, ReviewError> {
        let cell = |at: usize| meant(record.get(at).unwrap_or_default());
        let proposed = cell(self.proposed).trim();
        let bad_action = |_| {
            let found = cell(self.action).to_owned();
            ReviewProblem::BadAction { found }.at(row)
        };
        Ok(ReviewRow {
            row,
            accept: accepted(cell(self.accept)).map_err(|it| it.at(row))?,
            dn: cell(self.dn).to_owned(),
            attribute: cell(self.attribute).trim().to_owned(),
            value: cell(self.value).to_owned(),
            proposed: Some(proposed.to_owned()).filter(|it| !it.is_empty()),
            action: cell(self.action).trim().to_lowercase().parse().map_err(bad_action)?,
        })
    }
}

/// Yes or no, as people and spreadsheets write it in English and in French.
fn accepted(cell: &str) -> Result<bool, ReviewProblem> {
    match cell.trim().to_lowercase().as_str() {
        "yes" | "y" | "oui" | "o" | "x" | "1" | "true" | "vrai" => Ok(true),
        "" | "no" | "n" | "non" | "0" | "false" | "faux" => Ok(false),
        found => Err(ReviewProblem::BadAccept {
            found: found.to_owned(),
        }),
    }
}
