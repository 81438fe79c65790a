//! What can be wrong with an export: where, what, and what to do about it, in one line.

/// An export that could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}; {}", problem.remedy())]
pub struct ReadError {
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong there.
    pub problem: Problem,
}

impl ReadError {
    /// What is wrong, without the place.
    pub fn what(&self) -> String {
        self.problem.to_string()
    }

    /// What the person who made the export can do.
    pub fn remedy(&self) -> &'static str {
        self.problem.remedy()
    }
}

/// What is wrong with an export.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A record that changes an entry (RFC 2849, `changerecord`). `changetype: add` is content.
    #[error("this is a change record (changetype: {kind})")]
    ChangeRecord {
        /// `modify`, `delete`, `modrdn`…
        kind: String,
    },
    /// An entry without a name.
    #[error("an entry must begin with `dn:`, not with `{found}`")]
    MissingDn {
        /// The beginning of the line.
        found: String,
    },
    /// A second name inside one entry.
    #[error("a second `dn:` stands inside the entry")]
    RepeatedDn,
    /// A line that is no `attribute: value`.
    #[error("expected `attribute: value`, found `{found}`")]
    NotAnAttribute {
        /// The beginning of the line.
        found: String,
    },
    /// A continuation line with nothing before it.
    #[error("a line that begins with a space continues nothing")]
    StrayContinuation,
    /// Base64 that does not decode.
    #[error("the value of `{attribute}` is not valid base64")]
    BadBase64 {
        /// The attribute as written.
        attribute: String,
    },
    /// A value given by reference (`:<`); never fetched.
    #[error("the value of `{attribute}` is a reference (`:<`), and references are not fetched")]
    Reference {
        /// The attribute as written.
        attribute: String,
    },
    /// Another LDIF version than 1.
    #[error("LDIF version `{version}` is unknown")]
    UnknownVersion {
        /// The version as written.
        version: String,
    },
    /// The exporting tool says that its search failed or was cut short.
    #[error("the directory ended the search with `{result}`: the export is not complete")]
    SearchFailed {
        /// Code and text of the LDAP result.
        result: String,
    },
    /// A line over the limit.
    #[error("the line is longer than {limit} bytes")]
    LineTooLong {
        /// In bytes.
        limit: usize,
    },
    /// An entry over the limit.
    #[error("the entry is longer than {limit} bytes")]
    EntryTooLong {
        /// In bytes.
        limit: usize,
    },
    /// An entry with too many values.
    #[error("the entry has more than {limit} values")]
    TooManyValues {
        /// A count.
        limit: usize,
    },
    /// A table whose first row does not name directory attributes.
    #[error("the first row names no directory attribute (it begins with `{found}`)")]
    NoHeader {
        /// The first cell.
        found: String,
    },
    /// A row with more or fewer cells than the header.
    #[error("the row has {found} cells where the header has {expected}")]
    Ragged {
        /// Cells in the header.
        expected: usize,
        /// Cells in the row.
        found: usize,
    },
    /// `Export-Csv` wrote the name of a .NET collection in place of its values.
    #[error("the column `{column}` holds the name of a collection, not its values")]
    CollectionName {
        /// The column as written.
        column: String,
    },
    /// Neither LDIF nor a table.
    #[error("this is neither LDIF nor CSV (it begins with `{found}`)")]
    UnknownFormat {
        /// The beginning of the file.
        found: String,
    },
    /// The file could not be read further.
    #[error("cannot read: {reason}")]
    Unreadable {
        /// What the system or the decompressor said.
        reason: String,
    },
}

impl Problem {
    /// What the person who made the export can do.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::ChangeRecord { .. } => "export the directory's content instead",
            Self::MissingDn { .. } => "begin every entry with its distinguished name",
            Self::RepeatedDn => "put a blank line between two entries",
            Self::NotAnAttribute { .. } => "export again, or repair the line",
            Self::StrayContinuation => "remove the space, or the blank line before it",
            Self::BadBase64 { .. } => "export again, or repair the value",
            Self::Reference { .. } => "write the value itself, in base64 after `::`",
            Self::UnknownVersion { .. } => "export as LDIF version 1 (RFC 2849)",
            Self::SearchFailed { .. } => "export again with paged results and enough rights",
            Self::LineTooLong { .. } | Self::EntryTooLong { .. } | Self::TooManyValues { .. } => {
                "leave large attributes out of the export"
            }
            Self::NoHeader { .. } => "begin the file with a row of attribute names, such as `DN,mail,displayName`",
            Self::Ragged { .. } => "quote cells that hold the separator, and export again",
            Self::CollectionName { .. } => "join the values with `;` before Export-Csv (`-join ';'`)",
            Self::UnknownFormat { .. } => {
                "give an LDIF export (`dn:` lines) or a table with attribute names in its first row"
            }
            Self::Unreadable { .. } => "check the file and export it again",
        }
    }

    pub(crate) fn at(self, line: u64) -> ReadError {
        ReadError { line, problem: self }
    }
}

/// The beginning of a line, short and safe to print on a terminal.
pub(crate) fn excerpt(bytes: &[u8]) -> String {
    const SHOWN: usize = 40;
    let cut = bytes.len() > SHOWN;
    let shown = super::value::readable(&bytes[..bytes.len().min(SHOWN)]);
    let safe = |it: char| {
        if it.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            it
        }
    };
    shown.chars().map(safe).chain(cut.then_some('…')).collect()
}
