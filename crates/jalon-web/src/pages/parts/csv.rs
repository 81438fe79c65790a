//! A table as a CSV file (RFC 4180): UTF-8 with its mark, so that spreadsheets read accents, and without formulas.

use std::fmt::Write;

use axum::{
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};

/// A table that is written row by row.
pub(crate) struct Csv {
    name: String,
    text: String,
}

impl Csv {
    /// A file called `name` (ASCII, without quotes), with the row of heads.
    pub(crate) fn new(name: impl Into<String>, heads: &[String]) -> Self {
        let mut table = Self {
            name: name.into(),
            text: "\u{feff}".to_owned(),
        };
        table.row(heads.iter().map(String::as_str));
        table
    }

    /// One row more.
    pub(crate) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (n, cell) in cells.into_iter().enumerate() {
            let comma = if n == 0 { "" } else { "," };
            let _ = write!(self.text, "{comma}{}", quoted(cell));
        }
        self.text.push_str("\r\n");
    }
}

/// In quotes when it has to be. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if is_formula { "'" } else { "" };
    if cell.contains([',', '"', '\r', '\n']) {
        format!("\"{guard}{}\"", cell.replace('"', "\"\""))
    } else {
        format!("{guard}{cell}")
    }
}

impl IntoResponse for Csv {
    fn into_response(self) -> Response {
        let disposition = format!("attachment; filename=\"{}\"", self.name);
        let headers = [
            (CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
            (CONTENT_DISPOSITION, disposition),
        ];
        (headers, self.text).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_not_run() {
        let mut table = Csv::new("a.csv", &["Titre".to_owned(), "Objet".to_owned()]);
        table.row(["a, \"b\"", "=1+1"]);
        table.row(["deux\nlignes", ""]);
        assert_eq!(
            table.text,
            "\u{feff}Titre,Objet\r\n\"a, \"\"b\"\"\",'=1+1\r\n\"deux\nlignes\",\r\n"
        );
    }
}
