//! What every run is given, and why a run can fail to happen at all. A doubt is no error: it is part of a report.

use jalon_domain::{profile::Profile, text::Text};
use jiff::Timestamp;

use crate::directory::join::BadRow;

/// What a run knows besides its target.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What the engagement takes on: it decides which rules apply.
    pub profile: &'a Profile,
    /// The instant that dates are judged against, and the beginning of the run.
    pub now: Timestamp,
    /// Read once, when the run ends.
    pub clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// Where the measurement is made: `local`, or a site agent's name.
    pub vantage: &'a str,
    /// Told from time to time how far the run is.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Questions answered, or bytes read.
    pub done: u64,
    /// Out of how many, when that is known.
    pub total: Option<u64>,
    /// What is being done.
    pub what: Text,
}

/// A run that did not happen: nothing was measured and nothing is to be recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The source cannot be read any further.
    #[error("line {line}: {what}; {remedy}")]
    Input {
        /// Where, counted from 1.
        line: u64,
        /// What is wrong there.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// The settings of the run cannot be used.
    #[error("{what}; {remedy}")]
    Settings {
        /// What is wrong with them.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// The map of who is who in another directory cannot be followed.
    #[error(transparent)]
    Map(#[from] BadRow),
    /// A live source does not answer, or no longer: another try may help.
    #[error("{}; {}", what.en, remedy.en)]
    Source {
        /// What went wrong.
        what: Text,
        /// What to do about it.
        remedy: Text,
    },
    /// Somebody stopped it.
    #[error("the run was cancelled")]
    Cancelled,
}
