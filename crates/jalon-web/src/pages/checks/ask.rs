//! What the address asks of the two pages, read leniently.

use jalon_domain::{evidence::Outcome, measure::Family};
use serde::Deserialize;

/// The query, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    edit: Option<String>,
    outcome: Option<String>,
    done: Option<String>,
}

impl Asked {
    /// The family whose schedule is being changed.
    pub(super) fn edit(&self) -> Option<Family> {
        self.edit.as_deref().and_then(|it| it.parse().ok())
    }

    /// The outcome that the rules are narrowed to.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        self.outcome.as_deref().and_then(|it| it.parse().ok())
    }

    /// The act that led here.
    pub(super) fn done(&self) -> Option<&str> {
        self.done.as_deref()
    }

    /// The form of the schedule of `family` came back.
    pub(super) fn edit_again(&mut self, family: &str) {
        self.edit = Some(family.to_owned());
    }
}
