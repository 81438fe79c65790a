//! A table of proposals as people gave it back.

use std::{fs::File, path::Path};

use jalon_checks::directory::fix::{ReviewError, ReviewRow, read_review};
use jalon_domain::text::Text;

use crate::{
    exit::{Failure, Result},
    text,
};

/// What people made of a table.
pub(super) fn reviewed(path: &Path) -> Result<Vec<ReviewRow>> {
    let file = File::open(path).map_err(|it| Failure::io(path, &it))?;
    read_review(file).map_err(|it| refused(path, &[it]))
}

/// The first row that cannot be followed, and how many others there are.
pub(super) fn refused(path: &Path, errors: &[ReviewError]) -> Failure {
    let Some(first) = errors.first() else {
        return Failure::new("cancelled", &[]);
    };
    let (path, told) = (path.display().to_string(), first.problem.text());
    let line = |what: String| {
        let args = [
            ("path", path.as_str().into()),
            ("row", first.row.into()),
            ("what", what.into()),
            ("others", (errors.len() - 1).into()),
        ];
        text::both("fix-review", &args)
    };
    Text::new(line(told.en).en, line(told.fr).fr).into()
}
