//! How the program ends: the four exit codes, and the one line that an error gets on standard error.

use std::{fmt, path::Path, process::ExitCode};

use jalon_checks::CheckError;
use jalon_domain::{
    evidence::Outcome,
    text::{Lang, Text, Value},
};
use jalon_service::Error;
use jalon_store::StoreError;

use crate::text;

/// How a command that did its work ends. Ordered by what weighs more when several targets differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Everything passes or is not applicable: 0.
    Fine,
    /// Nothing failed, but something could not be told: 3.
    Unsure,
    /// At least one finding counts: 1.
    Found,
    /// A usage, a configuration or an input that cannot be read, said on standard error already: 2.
    Refused,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Found => 1,
            Exit::Refused => 2,
            Exit::Unsure => 3,
        })
    }
}

impl From<Outcome> for Exit {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Pass | Outcome::NotApplicable => Self::Fine,
            Outcome::Inconclusive => Self::Unsure,
            Outcome::Fail => Self::Found,
        }
    }
}

/// Why a command could not do its work: one line that says what, where and what to do. Exit code 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure(Text);

/// What a command returns.
pub(crate) type Result<T = Exit> = std::result::Result<T, Failure>;

impl Failure {
    /// The message `key` of the command line's texts.
    pub(crate) fn new(key: &str, args: &[(&str, Value<'_>)]) -> Self {
        Self(text::both(key, args))
    }

    /// The same line with the place in front.
    pub(crate) fn at(self, place: &str) -> Self {
        let Text { en, fr } = self.0;
        Self(Text::new(format!("{place}: {en}"), format!("{place}\u{a0}: {fr}")))
    }

    /// A file that cannot be read or written.
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        let path = path.display().to_string();
        Self::new(
            "file-unavailable",
            &[("path", path.into()), ("error", error.to_string().into())],
        )
    }

    /// What the store says, with the place and what to do.
    pub(crate) fn store(error: StoreError) -> Self {
        let key = match &error {
            StoreError::InUse { .. } => "store-in-use",
            StoreError::Newer { .. } => "store-newer",
            StoreError::Unreachable(_) => "store-unreachable",
            StoreError::Full { .. } => "store-full",
            StoreError::Busy(_) => "store-busy",
            _ => "store-broken",
        };
        Self::new(key, &[("error", error.to_string().into())])
    }

    /// The line in one language, whatever came from outside made harmless.
    pub(crate) fn line(&self, lang: Lang) -> String {
        text::harmless(self.0.get(lang)).into_owned()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.en)
    }
}

impl From<Text> for Failure {
    fn from(text: Text) -> Self {
        Self(text)
    }
}

impl From<CheckError> for Failure {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Input { line, what, remedy } => Self::new(
                "input",
                &[("line", line.into()), ("what", what.into()), ("remedy", remedy.into())],
            ),
            CheckError::Map(row) => Self(row.text()),
            CheckError::Source { what, remedy } => Self(Text::new(
                format!("{}; {}", what.en, remedy.en),
                format!("{}\u{202f}; {}", what.fr, remedy.fr),
            )),
            CheckError::Settings { what, remedy } => {
                Self::new("settings", &[("what", what.into()), ("remedy", remedy.into())])
            }
            CheckError::Cancelled => Self::new("cancelled", &[]),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(error) => Self::store(error),
            Error::Conflict(text) => Self(text),
            Error::Invalid { field, text } => Self(Text::new(
                format!("{field}: {}", text.en),
                format!("{field}\u{a0}: {}", text.fr),
            )),
            Error::NotFound => Self::new("not-found", &[]),
            Error::Forbidden(permission) => Self::new("forbidden", &[("permission", permission.to_string().into())]),
            other => Self(Text::same(other.to_string())),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::store(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heavier_end_wins_when_targets_differ() {
        assert_eq!(
            [Exit::Fine, Exit::Found, Exit::Unsure].into_iter().max(),
            Some(Exit::Found)
        );
        assert_eq!([Exit::Found, Exit::Refused].into_iter().max(), Some(Exit::Refused));
    }

    #[test]
    fn an_input_error_keeps_its_line_in_both_languages() {
        let error = CheckError::Input {
            line: 7,
            what: "no colon".into(),
            remedy: "write NAME: VALUE".into(),
        };
        let failure = Failure::from(error).at("a.ldif");
        assert_eq!(failure.line(Lang::En), "a.ldif: line 7: no colon; write NAME: VALUE");
        assert_eq!(
            failure.line(Lang::Fr),
            "a.ldif\u{a0}: ligne 7\u{a0}: no colon\u{202f}; write NAME: VALUE"
        );
    }
}
