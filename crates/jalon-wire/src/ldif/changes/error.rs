//! What can be wrong with a file of changes: where, what, and what to do about it, in one line.

use crate::entry::Problem;

/// A file of changes that could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}; {}", problem.remedy())]
pub struct ChangeError {
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong there.
    pub problem: ChangeProblem,
}

/// What is wrong with a file of changes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeProblem {
    /// What can be wrong with any LDIF.
    #[error(transparent)]
    Read(Problem),
    /// A name that is not UTF-8: which object is meant would be a guess.
    #[error("the distinguished name is not UTF-8")]
    UnreadableName,
    /// A record that says nothing.
    #[error("the record changes nothing")]
    Empty,
    /// Another kind of change.
    #[error("`changetype: {kind}` is not made here")]
    OtherKind {
        /// `add`, `delete`, `modrdn`…
        kind: String,
    },
    /// A record of a directory's content.
    #[error("expected `changetype: modify`, found `{found}`")]
    NotAChange {
        /// The attribute in its place.
        found: String,
    },
    /// A control (RFC 2849, `control`).
    #[error("the record asks for a control")]
    Control,
    /// Neither `add`, `delete` nor `replace`.
    #[error("expected `add`, `delete` or `replace`, found `{found}`")]
    NotAnEdit {
        /// What stands there.
        found: String,
    },
    /// An edit of something that is no attribute.
    #[error("`{found}` is no attribute")]
    NotAnAttribute {
        /// What stands there.
        found: String,
    },
    /// A value of another attribute than the edit's.
    #[error("the edit is of `{expected}`, and the value of `{found}`")]
    OtherAttribute {
        /// The edit's attribute.
        expected: String,
        /// The value's.
        found: String,
    },
    /// An addition of nothing.
    #[error("nothing is added to `{attribute}`")]
    NothingToAdd {
        /// The attribute.
        attribute: String,
    },
    /// The record, or the file, ends inside an edit.
    #[error("the edit is not ended by a line `-`")]
    Unended,
}

impl ChangeProblem {
    /// What the person who made the file can do.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Read(problem) => problem.remedy(),
            Self::UnreadableName => "write it in base64, after `dn::`",
            Self::Empty | Self::NothingToAdd { .. } => "complete it, or take it out",
            Self::OtherKind { .. } | Self::Control => "take it out, or use the directory's own tools for it",
            Self::NotAChange { .. } => "give a file of changes, not of content",
            Self::NotAnEdit { .. } | Self::NotAnAttribute { .. } => "write `add: ATTRIBUTE` or the like",
            Self::OtherAttribute { .. } => "end each edit with a line `-`",
            Self::Unended => "end it so; if the file was cut off, write it again",
        }
    }

    pub(super) fn at(self, line: u64) -> ChangeError {
        ChangeError { line, problem: self }
    }
}
