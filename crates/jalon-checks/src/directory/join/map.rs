//! Who is who by somebody's word: a table of two columns, `ad` and `other`. Each row is right or stops the run: a person
//! who wrote a row wants to know that it leads nowhere.

use std::collections::HashMap;

use jalon_domain::text::Text;

use super::{
    account::{Account, Accounts, Kind},
    fold::{dn_key, key},
    person::{People, Person},
    phrase,
};

/// Pairs of an object and a person, not yet looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    line: u64,
    ad: String,
    other: String,
}

/// A row that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {line}: {problem}")]
pub struct BadRow {
    /// The row, by the line on which it begins: the header is the first.
    pub line: u64,
    /// What is wrong with it.
    pub problem: RowProblem,
}

/// What is wrong with a row of a map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowProblem {
    /// The first row does not name both columns.
    #[error("the first row must name the columns `ad` and `other`")]
    NoHeader,
    /// It was saved in another encoding, in which names may have lost letters.
    #[error("the table is not UTF-8")]
    NotUtf8,
    /// One of the two cells is empty, or the row is not one of a table.
    #[error("both cells must be filled")]
    Blank,
    /// No user and no contact of Active Directory is called so.
    #[error("no object of Active Directory is called `{0}`")]
    NoObject(String),
    /// Several are.
    #[error("several objects of Active Directory are called `{0}`")]
    SeveralObjects(String),
    /// No person of the other directory is called so.
    #[error("nobody in the other directory is called `{0}`")]
    NoPerson(String),
    /// Several are.
    #[error("several people of the other directory are called `{0}`")]
    SeveralPeople(String),
    /// An earlier row says something else of the same object or person.
    #[error("row {0} names the same object or person")]
    Repeated(u64),
}

impl BadRow {
    /// The row and what is wrong with it, in both languages.
    pub fn text(&self) -> Text {
        let (key, value) = match &self.problem {
            RowProblem::NoHeader => ("row-no-header", ""),
            RowProblem::NotUtf8 => ("row-not-utf8", ""),
            RowProblem::Blank => ("row-blank", ""),
            RowProblem::NoObject(it) => ("row-no-object", it.as_str()),
            RowProblem::SeveralObjects(it) => ("row-several-objects", it.as_str()),
            RowProblem::NoPerson(it) => ("row-no-person", it.as_str()),
            RowProblem::SeveralPeople(it) => ("row-several-people", it.as_str()),
            RowProblem::Repeated(_) => ("row-repeated", ""),
        };
        let before = match self.problem {
            RowProblem::Repeated(it) => it,
            _ => 0,
        };
        phrase::text(
            key,
            &[
                ("row", self.line.into()),
                ("value", value.into()),
                ("before", before.into()),
            ],
        )
    }
}

impl Map {
    /// Reads the bytes of a table; see [`Map::parse`].
    ///
    /// # Errors
    /// With the row, also when it is not UTF-8.
    pub fn read(bytes: &[u8]) -> Result<Self, BadRow> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            RowProblem::NotUtf8.at(1 + before.iter().filter(|it| **it == b'\n').count() as u64)
        })?;
        Self::parse(text)
    }

    /// Reads a table with the columns `ad` (a distinguished name, sAMAccountName or userPrincipalName) and `other` (a
    /// distinguished name, an address or a sign-in name), separated by commas, semicolons or tabs; further columns are
    /// left alone.
    ///
    /// # Errors
    /// With the row, when a column or a cell is missing.
    pub fn parse(text: &str) -> Result<Self, BadRow> {
        let text = text.trim_start_matches('\u{feff}');
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(separator(text))
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut records = rows.records();
        let header = records.next().and_then(Result::ok).unwrap_or_default();
        let column = |name: &str| header.iter().position(|it| it.eq_ignore_ascii_case(name));
        let (Some(ad), Some(other)) = (column("ad"), column("other")) else {
            return Err(RowProblem::NoHeader.at(1));
        };
        let mut lines = Lines {
            text,
            offset: 0,
            line: 1,
        };
        let row = |record: Result<csv::StringRecord, csv::Error>| {
            // Read from a text, a record cannot fail but for its form.
            let record = record.unwrap_or_default();
            let line = record.position().map_or(0, |it| lines.at(it.byte()));
            let cell = |at: usize| record.get(at).filter(|it| !it.is_empty()).map(str::to_owned);
            let (Some(ad), Some(other)) = (cell(ad), cell(other)) else {
                return Err(RowProblem::Blank.at(line));
            };
            Ok(Row { line, ad, other })
        };
        Ok(Self {
            rows: records.map(row).collect::<Result<_, _>>()?,
        })
    }

    /// The object of each person who stands in the map.
    pub(super) fn resolve(&self, accounts: &Accounts, people: &People<'_>) -> Result<HashMap<u32, u32>, BadRow> {
        if self.rows.is_empty() {
            return Ok(HashMap::new());
        }
        let matched = accounts.all.iter().map(|it| (it.kind != Kind::Other).then_some(it));
        let objects = found(
            self.rows.iter().map(|it| &it.ad),
            matched.map(|it| names(it, Account::called)),
        );
        let persons = found(
            self.rows.iter().map(|it| &it.other),
            people.all.iter().map(|it| names(Some(it), Person::called)),
        );
        let (mut pairs, mut rows) = (HashMap::new(), Seen::default());
        for ((row, object), person) in self.rows.iter().zip(objects).zip(persons) {
            let no_object = RowProblem::NoObject(row.ad.clone());
            let several_objects = RowProblem::SeveralObjects(row.ad.clone());
            let no_person = RowProblem::NoPerson(row.other.clone());
            let several_people = RowProblem::SeveralPeople(row.other.clone());
            let object = object.only(no_object, several_objects).map_err(|it| it.at(row.line))?;
            let person = person.only(no_person, several_people).map_err(|it| it.at(row.line))?;
            rows.once(object, person, row.line)?;
            pairs.insert(person, object);
        }
        Ok(pairs)
    }
}

impl RowProblem {
    fn at(self, line: u64) -> BadRow {
        BadRow { line, problem: self }
    }
}

/// Counts lines while rows go by: a record's place is that of the blank lines before it.
struct Lines<'a> {
    text: &'a str,
    offset: usize,
    line: u64,
}

impl Lines<'_> {
    fn at(&mut self, record: u64) -> u64 {
        let record = usize::try_from(record).unwrap_or(usize::MAX);
        let rest = self.text.get(record..).unwrap_or_default();
        let start = record + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let passed = self.text.get(self.offset..start).unwrap_or_default();
        self.line += passed.bytes().filter(|it| *it == b'\n').count() as u64;
        self.offset = start;
        self.line
    }
}

/// The rows that named an object or a person.
#[derive(Default)]
struct Seen {
    objects: HashMap<u32, u64>,
    persons: HashMap<u32, u64>,
}

impl Seen {
    fn once(&mut self, object: u32, person: u32, line: u64) -> Result<(), BadRow> {
        let before = [self.objects.insert(object, line), self.persons.insert(person, line)];
        match before.into_iter().flatten().next() {
            Some(before) => Err(RowProblem::Repeated(before).at(line)),
            None => Ok(()),
        }
    }
}

/// What a name leads to.
#[derive(Clone, Copy, Debug)]
enum Found {
    Nothing,
    One(u32),
    Several,
}

impl Found {
    fn only(self, none: RowProblem, several: RowProblem) -> Result<u32, RowProblem> {
        match self {
            Self::One(it) => Ok(it),
            Self::Nothing => Err(none),
            Self::Several => Err(several),
        }
    }

    fn and(self, number: u32) -> Self {
        match self {
            Self::Nothing => Self::One(number),
            Self::One(it) if it == number => self,
            Self::One(_) | Self::Several => Self::Several,
        }
    }
}

fn names<T, N: Iterator<Item = String>>(it: Option<T>, called: impl Fn(T) -> N) -> Vec<String> {
    it.map(|it| called(it).collect()).unwrap_or_default()
}

/// Who is called by each of the wanted names: one pass over all, without an index of everybody.
fn found<'a>(wanted: impl Iterator<Item = &'a String> + Clone, all: impl Iterator<Item = Vec<String>>) -> Vec<Found> {
    let folded = |it: &String| if it.contains('=') { dn_key(it) } else { key(it) };
    let mut by_name: HashMap<String, Found> = wanted.clone().map(|it| (folded(it), Found::Nothing)).collect();
    for (number, names) in (0..).zip(all) {
        for name in names {
            by_name.entry(name).and_modify(|it| *it = it.and(number));
        }
    }
    wanted
        .map(|it| by_name.get(&folded(it)).copied().unwrap_or(Found::Nothing))
        .collect()
}

/// Spreadsheets write `;` where the decimal sign is a comma. Names are full of commas, so the header tells.
fn separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let found = [b'\t', b';'].into_iter().find(|it| header.as_bytes().contains(it));
    found.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read_by_its_header() {
        let map = Map::parse("\u{feff}why;Other;AD\r\nhomonym;uid=ada,ou=x;\"CN=Ada, B\"\r\n").unwrap();
        let (ad, other) = ("CN=Ada, B".to_owned(), "uid=ada,ou=x".to_owned());
        assert_eq!(map.rows, [Row { line: 2, ad, other }]);
    }

    #[test]
    fn a_wrong_row_is_told_by_its_number() {
        let error = |text: &str| Map::parse(text).unwrap_err().to_string();
        assert_eq!(error(""), "row 1: the first row must name the columns `ad` and `other`");
        assert_eq!(
            error("ada,ada@contoso.example\n"),
            "row 1: the first row must name the columns `ad` and `other`"
        );
        assert_eq!(
            error("ad,other\nada,a@contoso.example\nbob,\n"),
            "row 3: both cells must be filled"
        );
        assert_eq!(error("ad,other\nada\n"), "row 2: both cells must be filled");
        let latin = Map::read(b"ad,other\nH\xe9l\xe8ne,h@contoso.example\n").unwrap_err();
        assert_eq!(latin.to_string(), "row 2: the table is not UTF-8");
    }

    #[test]
    fn every_problem_is_told_in_both_languages() {
        let name = || "ada".to_owned();
        for problem in [
            RowProblem::NoHeader,
            RowProblem::NotUtf8,
            RowProblem::Blank,
            RowProblem::NoObject(name()),
            RowProblem::SeveralObjects(name()),
            RowProblem::NoPerson(name()),
            RowProblem::SeveralPeople(name()),
            RowProblem::Repeated(2),
        ] {
            let text = problem.at(3).text();
            assert!(
                text.en.starts_with("row 3") && text.fr.starts_with("ligne 3"),
                "{text:?}"
            );
        }
    }
}
