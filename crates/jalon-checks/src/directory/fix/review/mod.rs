//! A plan as a table that people go through in a spreadsheet, and the same table read back: what they accepted is made, with
//! the values that they wrote. RFC 4180, in UTF-8 with a byte order mark, because Excel needs one to see accents.

mod accept;
pub(in crate::directory) mod cell;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::{ReviewError, ReviewProblem, ReviewRow, read_review};
pub use write::write_review;

/// The columns, in their order.
const COLUMNS: [&str; 9] = [
    "accept",
    "dn",
    "object_class",
    "attribute",
    "rules",
    "value",
    "proposed",
    "action",
    "reason",
];
